/* The live desk: shows each save on the page that is open, without a reload.

   The server sends the whole page whenever it is another (server-sent events, HTML Standard §9.2).
   Only what differs is changed in the document, so focus, selection, opened details and the
   reader's place stay. What changed is marked for a moment, scrolled to where nothing of it is in
   sight, and told to screen readers while the focus stays (WCAG 2.2, 4.1.3 Status Messages).
   Every key that leads somewhere needs Alt (2.1.4), and is known by its place: Arabic keyboards
   type other letters. */
"use strict";
{
  const MOMENT = 3000; // milliseconds for which a changed passage is marked
  const PAUSE = 500; // milliseconds between two attempts to reach the server
  const PATIENCE = 2000; // milliseconds without a stream after which the page may be old
  const FEW = 3; // places that are named where they are told
  const LINE = 24; // pixels of a passage that have to be seen for it to be in sight
  const PLACES = ".piece, .margin, article .signatories li, [data-told]"; // are marked and told
  const SHIFTED = ".at, .spot, .margin > p:first-child > b:first-child"; // change with any edit above

  const root = document.documentElement;
  const strip = document.querySelector(".strip");
  const faults = document.querySelector(".faults"); // in a low window these alone stay in sight
  const cutOff = document.getElementById("cut-off");
  const said = document.getElementById("said");
  const letter = document.getElementById("letter");
  const marked = new Map(); // from what is marked to the timers that unmark them
  const touched = new Map(); // from places that a new page changes to their words before
  let stream; // of a page that is seen: a browser opens six at most
  let doubt; // the timer that tells of it
  let sight = []; // the places in sight and their tops, before the last change of any
  let lost; // the id of the passage that had the focus when the language went

  const leave = () => (stream = stream?.close()); // which gives undefined

  function follow() {
    if (stream || document.hidden) return;
    const { events, version } = document.body.dataset;
    stream = new EventSource(`${events}?since=${version}`);
    doubt ??= setTimeout(() => keepPlace(() => (cutOff.hidden = false)), PATIENCE);
    stream.onopen = () => {
      doubt = clearTimeout(doubt);
      if (!cutOff.hidden) keepPlace(() => (cutOff.hidden = true));
    };
    stream.onmessage = (event) => show(event.data);
    stream.onerror = () => {
      leave(); // by itself it would try again with the version that it began with
      setTimeout(follow, PAUSE);
    };
  }

  /** Shows a new page, given as HTML. */
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (page.body.dataset.code !== document.body.dataset.code) return location.reload();
    const [old, focused, piece] = [listAll(PLACES), document.activeElement, findFocused()];
    touched.clear();
    const look = () => [".broken", "[href='#changes']"].map((kind) => strip.querySelector(kind));
    const [wasBroken, wasBehind] = look();
    keepPlace(() => {
      // What extensions add to the head and the root, such as dark colours, isn't the page's; what
      // they add to the body goes with the next save, as with a reload.
      for (const name of ["lang", "dir"]) root[name] = page.documentElement[name];
      document.title = page.title;
      morph(document.body, page.body);
    });
    refocus(focused, piece, old);
    if (!document.querySelector(PLACES)) return say(letter.textContent.trim());
    if (!old.length) return say(`${strip.querySelector("b").textContent} is back.`);
    const happened = compare(old);
    const shown = [...happened.changed, ...happened.moved];
    shown.forEach(mark);
    const first = shown.find((place) => !place.matches(".margin")) ?? shown[0];
    if (first && !shown.some(isInSight)) reveal(first);
    const [broken, update] = look();
    const mended = wasBroken && !broken ? "The file can be read again." : "";
    say([mended, describe(happened), wasBehind ? "" : update?.textContent].join(" ").trim());
  }

  /** Gives the focus that a change took away to a passage, or else to the letter's own place. */
  function refocus(focused, piece, old) {
    const isThere = (place) => place.isConnected && place.matches(".piece");
    const next = old.slice(old.indexOf(piece)).find(isThere) ?? old.findLast(isThere);
    const isAway = focused !== document.body && document.activeElement === document.body;
    const back = focused === letter ? document.getElementById(lost) : null;
    (isAway ? ((piece && next) ?? letter) : back)?.focus({ preventScroll: true });
    lost = document.activeElement === letter ? (piece?.id ?? lost) : undefined;
  }

  // ---- Changing the document into another

  /** Makes a node equal to `wish`, a node of the same name, and touches nothing that is equal. */
  function morph(node, wish) {
    if (node === said || node.isEqualNode(wish)) return;
    if (node.nodeType !== Node.ELEMENT_NODE) return replaceText(node, wish.data);
    if (node.matches(PLACES)) touched.set(node, readWords(node));
    copyAttributes(node, wish);
    const wishes = [...wish.childNodes];
    const kept = pairNodes([...node.childNodes], wishes);
    const staying = new Set(kept);
    for (const child of [...node.childNodes]) if (!staying.has(child)) child.remove();
    let place = node.firstChild;
    wishes.forEach((each, index) => {
      const child = kept[index] ?? document.importNode(each, true);
      if (child === place) place = place.nextSibling;
      // What moveBefore moves keeps the focus; some browsers lack it.
      else if (kept[index] && node.moveBefore) node.moveBefore(child, place);
      else node.insertBefore(child, place);
      if (kept[index]) morph(child, each);
    });
  }

  /** Copies all but what is up to the reader and to this script. */
  function copyAttributes(node, wish) {
    for (const name of new Set([...node.getAttributeNames(), ...wish.getAttributeNames()])) {
      let value = wish.getAttribute(name);
      if (name === "class" && marked.has(node)) value = `${value ?? ""} landed`.trim();
      if (name === "open" || name === "style" || value === node.getAttribute(name)) continue;
      if (value === null) node.removeAttribute(name);
      else node.setAttribute(name, value);
    }
  }

  /** Replaces only the characters that differ, so that a selection around them stays. */
  function replaceText(node, text) {
    const old = node.data;
    const most = Math.min(old.length, text.length);
    let start = 0;
    while (start < most && old[start] === text[start]) start++;
    let end = 0;
    while (end < most - start && old.at(-1 - end) === text.at(-1 - end)) end++;
    node.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
  }

  /** Gives the node to keep for each wish, or undefined: that of its key, else the next like it. */
  function pairNodes(nodes, wishes) {
    const own = nodes.map(readKey);
    const places = new Map(own.map((key, place) => [key || place, place]));
    const keys = new Set(wishes.map(readKey).filter(Boolean));
    let next = 0; // nodes without a key stay in their order
    return wishes.map((wish) => {
      // A text that passed over an element for the sake of a space would cost that element.
      const canPass = (node, place) => place > next && !own[place] && node.tagName;
      const isNext = (place) => place === next && !keys.has(own[place]);
      const isAlike = (node) => marked.has(node) || node.classList?.[0] === wish.classList?.[0];
      // The cheapest question first: a long letter has a thousand nodes, and is asked for each.
      const isLike = (node, place) =>
        (isNext(place) || canPass(node, place)) && node.nodeName === wish.nodeName && isAlike(node);
      const place = places.get(readKey(wish)) ?? nodes.findIndex(isLike);
      places.delete(readKey(wish)); // two items may have the same words
      if (place < 0 || nodes[place].nodeName !== wish.nodeName) return undefined;
      next = Math.max(next, place + 1);
      return nodes[place];
    });
  }

  /** Gives an element's id or the first in it; an item of a list without any has its words. */
  function readKey(node) {
    const words = node.nodeName === "LI" ? node.textContent : "";
    return node.id || node.querySelector?.("[id]")?.id || words;
  }

  // ---- What changed, and where the reader is

  const listAll = (kind) => [...document.querySelectorAll(kind)];
  const findBox = (place) => place.getBoundingClientRect();

  /** Gives what is seen of a place; a margin is a place of its own. */
  function readWords(place) {
    const copy = (place.querySelector(".words") ?? place).cloneNode(true);
    for (const each of copy.querySelectorAll(SHIFTED)) each.remove();
    return copy.innerHTML.replace(/ open=""|, line \d+(?=:)/g, "");
  }

  /** Lists the places that aren't as they were, by what happened to them. */
  function compare(old) {
    const [before, now] = [new Set(old), listAll(PLACES)];
    const stayed = now.filter((place) => before.has(place));
    const isOther = (place) => touched.has(place) && touched.get(place) !== readWords(place);
    const isOwn = (place, _, all) => !all.includes(place.parentElement); // not a piece's margin
    return {
      changed: now.filter((place) => !before.has(place) || isOther(place)).filter(isOwn),
      moved: listMoved(old.filter((place) => place.isConnected), stayed).filter(isOwn),
      removed: old.filter((place) => !place.isConnected).filter(isOwn),
    };
  }

  /** Lists what to move from one order to the other, counted from the end that needs fewer. */
  function listMoved(old, now) {
    const list = (rest, wishes) =>
      wishes.filter((place) => {
        const [first] = rest;
        return rest.delete(place) && place !== first;
      });
    const up = list(new Set(old), now);
    const down = list(new Set(old.reverse()), now.reverse());
    return up.length < down.length ? up : down;
  }

  function mark(piece) {
    clearTimeout(marked.get(piece));
    piece.classList.add("landed");
    const unmark = () => marked.delete(piece) && piece.classList.remove("landed");
    marked.set(piece, setTimeout(unmark, MOMENT));
  }

  /** Keeps the first passage in sight where it is, whatever becomes of the page above it. */
  function keepPlace(change) {
    const places = listAll(PLACES);
    const measure = (place) => [place, findBox(place).top];
    if (places.length) sight = places.filter(isInSight).map(measure);
    change();
    const find = ([place]) => (place.isConnected ? place : document.getElementById(place.id));
    const kept = sight.find(find);
    const shift = kept && measure(find(kept))[1] - kept[1];
    if (shift) scrollBy({ top: shift, behavior: "instant" });
  }

  function isInSight(piece) {
    const { top, bottom, height } = findBox(piece);
    const least = Math.min(height, LINE);
    return bottom - least >= findTop() && top + least <= innerHeight;
  }

  /** Gives where the view begins, below what stays in sight, in pixels. */
  const findTop = () => Math.max(0, findBox(strip).bottom, findBox(faults).bottom);

  /** Scrolls to a passage unless the whole of it is in sight; style.css says how smoothly. */
  function reveal(piece) {
    const { top, bottom, height } = findBox(piece);
    if (top >= findTop() && bottom <= innerHeight) return;
    const block = height < innerHeight - findTop() ? "center" : "start";
    piece.scrollIntoView({ block });
  }

  // ---- What is said

  /** Says something to screen readers. */
  const say = (text) => (said.textContent = text);

  function describe(happened) {
    const told = Object.entries(happened).map(tell).join("");
    if (!told || !document.querySelector(".piece")) return told;
    const counts = happened.changed.map((place) => place.closest(".piece")?.dataset.finding ?? 0);
    const findings = counts.reduce((sum, each) => sum + Number(each), 0);
    const left = listAll("[data-todo]").length;
    const todo = left ? count(left, "passage") : "No passage is left";
    return told + (findings ? `${count(findings, "finding")}. ` : "") + `${todo} to do.`;
  }

  /** Tells what happened to some places, which have names: some stand in several lists. */
  function tell([what, places]) {
    const name = (place) => {
      const label = (place.querySelector(".margin") ?? place).getAttribute("aria-label");
      const parts = [...place.childNodes].map((part) => part.textContent.trim());
      const own = label ?? place.dataset.told ?? parts.filter(Boolean).join(", ");
      return place.matches(".margin") ? `Margin of ${own}` : own;
    };
    const names = [...new Set(places.map(name))];
    const all = names.length > FEW ? count(names.length, "place") : names.join("; ");
    return all && `${all} ${what}. `;
  }

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  // ---- Keys, all with Alt

  const KEYS = {
    KeyJ: () => turnTo("[data-todo]", 1, "No passage is left to do."),
    KeyK: () => turnTo("[data-todo]", -1, "No passage is left to do."),
    KeyI: () => turnTo("[data-finding]", 1, "No passage has a finding."),
    KeyO: turnOriginal,
    KeyL: turnLanguage,
  };

  function hearKey(event) {
    if (event.code === "Escape") return closePanels();
    const isOther = !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    const isIdle = event.code !== "KeyL" && !document.querySelector(".piece");
    if (isOther || isTyping || isIdle || !Object.hasOwn(KEYS, event.code)) return;
    event.preventDefault();
    KEYS[event.code]();
  }

  function closePanels() {
    for (const panel of strip.querySelectorAll("details[open]")) {
      if (panel.contains(document.activeElement)) panel.firstElementChild.focus();
      panel.open = false;
    }
  }

  const findFocused = () => document.activeElement?.closest(".piece");
  const findHere = () => findFocused() ?? listAll(".piece").find(isInSight);

  /** Moves the focus to the next passage of some kind (1) or the one before (-1). */
  function turnTo(kind, step, none) {
    const here = findFocused();
    const isBelow = (each) => findBox(each).bottom - LINE >= findTop();
    const isAfter = (each) => (here ? here.compareDocumentPosition(each) & 4 : isBelow(each));
    const wanted = listAll(kind);
    const rest = wanted.filter((each) => each !== here && !isAfter(each) === step < 0);
    const found = rest.at(step > 0 ? 0 : -1);
    if (!found) return say(wanted.length ? `None is ${step > 0 ? "below" : "above"}.` : none);
    say(found.querySelector(".margin p").textContent.replace(/\s+/g, " "));
    found.focus({ preventScroll: true });
    reveal(found);
  }

  /** Opens or closes the original of the passage that has the focus, else of the first in sight. */
  function turnOriginal() {
    const piece = findHere();
    const details = piece?.querySelector("details.original");
    if (!details) return say("No original here.");
    details.open = !details.open;
    (details.open ? details.firstElementChild : piece).focus({ preventScroll: true });
    if (details.open) details.scrollIntoView({ block: "nearest" });
  }

  /** Goes to the next language's desk, at the same passage. */
  function turnLanguage() {
    const links = [...strip.querySelectorAll("a[hreflang]")];
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const piece = findHere();
    location = `${links[(at + 1) % links.length].href}#${piece?.id ?? ""}`;
  }

  // ---- From here on it runs

  root.style.overflowAnchor = "none"; // keepPlace does the same, in every browser
  // What has the focus or is scrolled to isn't hidden by what stays in sight (WCAG 2.4.11).
  const watch = new ResizeObserver(() => {
    root.style.scrollPaddingTop = `${strip.offsetHeight || faults.offsetHeight}px`;
  });
  watch.observe(strip);
  watch.observe(faults);
  addEventListener("keydown", hearKey);
  addEventListener("click", (event) => event.target.closest(".strip details") ?? closePanels());
  addEventListener("pageshow", follow); // a page that one comes back to may be out of date
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  follow();
}
