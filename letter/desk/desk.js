/* The live desk: shows each save on the page that is already open, without a reload.

   The server sends the whole page whenever it differs from the one shown (server-sent events,
   HTML Standard §9.2). Only what differs is changed in the document, so focus, selection, opened
   details and the reader's place stay. A passage that changed is marked for a moment, scrolled to
   if none of those that changed is in sight, and told to screen readers without taking the focus
   (WCAG 2.2: 4.1.3 Status Messages). Nothing moves smoothly where less motion is asked for
   (2.3.3). Every key needs Alt (2.1.4), and is known by its place on the keyboard, since an
   Arabic one types other letters there (UI Events, `code`). */
"use strict";
{
  const MOMENT = 3000; // milliseconds for which a changed passage is marked
  const PAUSE = 500; // milliseconds between two attempts to reach the server
  const LINE = 24; // pixels of a passage that have to be in view for it to be in sight
  const LOST = "The desk can’t be reached. Start it again with “make run”.";

  const root = document.documentElement;
  const strip = document.querySelector(".strip");
  const said = document.getElementById("said");
  const code = readCode(document);
  /** @type {Map<Element, number>} */
  const marked = new Map(); // the timers that unmark passages
  /** @type {EventSource | undefined} */
  let stream;

  // ---- Following the server

  /** Hears of every page newer than this one while the tab is seen: a browser allows six streams. */
  function follow() {
    if (stream || document.hidden) return;
    const { events, version = "" } = document.body.dataset;
    stream = new EventSource(`${events}?since=${encodeURIComponent(version)}`);
    stream.onopen = () => said.classList.contains("hidden") || say("");
    stream.onmessage = (event) => show(event.data, event.lastEventId);
    // A browser would wait seconds, and give up for good where anything else answers at the port.
    stream.onerror = () => {
      leave();
      if (!document.hidden) say(LOST, true);
      setTimeout(follow, PAUSE);
    };
  }

  function leave() {
    stream?.close();
    stream = undefined;
  }

  /** Shows a new page; the old document stays, and all in it that is the same. */
  function show(html, version) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (readCode(page) !== code) return location.reload();
    const wasBroken = document.querySelector(".broken");
    const changed = listChanged(page);
    const focused = document.activeElement?.closest(".piece");
    keepPlace(() => morph(document.body, page.body));
    for (const name of ["lang", "dir"]) copyAttribute(root, page.documentElement, name);
    document.title = page.title;
    document.body.dataset.version = version;
    if (focused?.isConnected && document.activeElement === document.body) {
      focused.focus({ preventScroll: true }); // the link in it that had the focus is gone
    }
    const pieces = changed.map((id) => document.getElementById(id));
    pieces.forEach(mark);
    if (pieces.length && !pieces.some(isInSight)) reveal(pieces[0]);
    const isMended = wasBroken && !document.querySelector(".broken");
    say([isMended && "The file can be read again.", describe(pieces)].filter(Boolean).join(" "));
  }

  /** The script and style sheets of a page: others than those that run need a reload. */
  function readCode(page) {
    return [...page.querySelectorAll("script, style")].map((each) => each.textContent).join("\n");
  }

  // ---- Changing the document into another

  /** Makes `old` equal to `wish`, a node of the same name, and changes nothing that is equal. */
  function morph(old, wish) {
    if (old === said || old.isEqualNode(wish)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) return replaceText(old, wish.data);
    for (const name of new Set([...old.getAttributeNames(), ...wish.getAttributeNames()])) {
      if (name !== "open" && name !== "class") copyAttribute(old, wish, name);
    }
    const names = wish.className + (marked.has(old) ? " landed" : "");
    if (old.className !== names) old.className = names;
    morphChildren(old, wish);
  }

  function copyAttribute(old, wish, name) {
    const value = wish.getAttribute(name);
    if (value === null) old.removeAttribute(name);
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }

  /** Replaces only the characters that differ, so that a selection around them stays. */
  function replaceText(node, text) {
    const before = node.data;
    const most = Math.min(before.length, text.length);
    let start = 0;
    while (start < most && before[start] === text[start]) start++;
    let end = 0;
    while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end++;
    node.replaceData(start, before.length - start - end, text.slice(start, text.length - end));
  }

  function morphChildren(parent, wish) {
    const old = [...parent.childNodes];
    const wishes = [...wish.childNodes];
    while (old.length && wishes.length && old[0].isEqualNode(wishes[0])) {
      old.shift();
      wishes.shift();
    }
    let next = null; // what the changed children stand before
    while (old.length && wishes.length && old.at(-1).isEqualNode(wishes.at(-1))) {
      next = old.pop();
      wishes.pop();
    }
    const kept = pairNodes(old, wishes);
    const stay = new Set(kept);
    for (const node of old) if (!stay.has(node)) node.remove();
    let place = old.find((node) => stay.has(node)) ?? next;
    wishes.forEach((each, index) => {
      const node = kept[index] ?? document.importNode(each, true);
      if (node === place) place = place.nextSibling;
      else moveBefore(parent, node, place);
      morph(node, each);
    });
  }

  /** Gives the node to keep for each wish, or undefined: by its key, else the next that is like it. */
  function pairNodes(old, wishes) {
    const places = new Map(old.map((node, place) => [readKey(node) || node, place]));
    const keys = new Set(wishes.map(readKey));
    let at = 0; // nodes without a key keep their order
    return wishes.map((wish) => {
      const isFree = (node, place) => place >= at && isLike(node, wish) && !keys.has(readKey(node));
      const place = places.get(readKey(wish)) ?? old.findIndex(isFree);
      if (place < 0 || old[place].nodeName !== wish.nodeName) return undefined;
      at = Math.max(at, place + 1);
      return old[place];
    });
  }

  /** The id of an element, or of the first in it that has one: so a list's item is known, too. */
  function readKey(node) {
    return node.id || node.querySelector?.("[id]")?.id || "";
  }

  function isLike(node, wish) {
    return node.nodeName === wish.nodeName && node.classList?.[0] === wish.classList?.[0];
  }

  /** Moves or puts in a node; where browsers have moveBefore, a moved one keeps the focus. */
  function moveBefore(parent, node, place) {
    if (node.isConnected && parent.moveBefore) parent.moveBefore(node, place);
    else parent.insertBefore(node, place);
  }

  // ---- What changed, and where the reader is

  /** Lists the ids of the passages whose shown words, state or findings are others in a page. */
  function listChanged(page) {
    const isOther = (piece) => {
      const old = document.getElementById(piece.id);
      return !old || (!old.isEqualNode(piece) && readWords(old) !== readWords(piece));
    };
    return [...page.querySelectorAll(".piece")].filter(isOther).map((piece) => piece.id);
  }

  /** What readers see of a passage, without its number: an added passage changes all of those. */
  function readWords(piece) {
    const copy = piece.cloneNode(true);
    for (const each of copy.querySelectorAll(".margin, .at")) each.remove();
    for (const each of copy.querySelectorAll("[open]")) each.removeAttribute("open");
    return [copy.dataset.state, copy.dataset.finding, copy.innerHTML].join("\n");
  }

  function mark(piece) {
    clearTimeout(marked.get(piece));
    piece.classList.add("landed");
    const unmark = () => marked.delete(piece) && piece.classList.remove("landed");
    marked.set(piece, setTimeout(unmark, MOMENT));
  }

  /** Keeps what is at the top of the view where it is, whatever becomes of the page above. */
  function keepPlace(change) {
    const seen = [...document.querySelectorAll(".piece")].filter(isInSight);
    const tops = seen.map((piece) => piece.getBoundingClientRect().top);
    change();
    const index = seen.findIndex((piece) => piece.isConnected);
    if (index < 0) return;
    const moved = seen[index].getBoundingClientRect().top - tops[index];
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  }

  function isInSight(piece) {
    const { top, bottom, height } = piece.getBoundingClientRect();
    const least = Math.min(height, LINE);
    return bottom - least >= strip.offsetHeight && top + least <= innerHeight;
  }

  function reveal(piece) {
    const { top, bottom, height } = piece.getBoundingClientRect();
    const room = innerHeight - strip.offsetHeight;
    if (top >= strip.offsetHeight && bottom <= innerHeight) return;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    piece.scrollIntoView({
      block: height < room ? "center" : "start",
      behavior: isStill ? "instant" : "smooth",
    });
  }

  // ---- What is said

  /** Says something to screen readers, and to all readers if it is to be seen. */
  function say(text, isSeen = false) {
    said.classList.toggle("hidden", !isSeen);
    if (said.textContent !== text) said.textContent = text;
  }

  function describe(pieces) {
    if (!pieces.length) return "";
    const name = pieces.length === 1 && pieces[0].querySelector(".margin")?.ariaLabel;
    const findings = pieces.filter((piece) => "finding" in piece.dataset).length;
    const left = document.querySelectorAll("[data-todo]").length;
    return [
      `${name || count(pieces.length, "passage")} changed.`,
      findings && `${count(findings, "passage")} with findings.`,
      left ? `${count(left, "passage")} to do.` : "No passage is left to do.",
    ].filter(Boolean).join(" ");
  }

  function count(number, noun) {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
  }

  // ---- Keys

  const KEYS = {
    KeyJ: () => turnTo("[data-todo]", 1, "to do"),
    KeyK: () => turnTo("[data-todo]", -1, "to do"),
    KeyI: () => turnTo("[data-finding]", 1, "with a finding"),
    KeyO: turnOriginal,
    KeyL: turnLanguage,
  };

  /** The passage with the focus, else the first in sight. */
  function findCurrent() {
    const focused = document.activeElement?.closest(".piece");
    return focused ?? [...document.querySelectorAll(".piece")].find(isInSight);
  }

  /** Moves the focus to the next passage of a kind (1) or the one before (-1). */
  function turnTo(selector, step, kind) {
    const focused = document.activeElement?.closest(".piece");
    const all = [...document.querySelectorAll(".piece")];
    const from = all.indexOf(findCurrent()) - (focused || step < 0 ? 0 : 1);
    const isWanted = (piece, place) => piece.matches(selector) && (place - from) * step > 0;
    const found = step > 0 ? all.find(isWanted) : all.findLast(isWanted);
    if (!found) {
      const isAny = all.some((piece) => piece.matches(selector));
      const where = step > 0 ? "after" : "before";
      return say(isAny ? `No passage ${kind} ${where} this one.` : `No passage is left ${kind}.`);
    }
    found.focus({ preventScroll: true });
    reveal(found);
  }

  /** Opens or closes the words of the letter's own language under the current passage. */
  function turnOriginal() {
    const piece = findCurrent();
    const details = piece?.querySelector("details.original");
    if (!details) return say("This passage has no original to show.");
    details.open = !details.open;
    (details.open ? details.querySelector("summary") : piece).focus({ preventScroll: true });
    if (details.open) details.scrollIntoView({ block: "nearest" });
  }

  /** Goes to the desk of the next language, at the same passage. */
  function turnLanguage() {
    const links = [...strip.querySelectorAll("a[hreflang]")];
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const next = links[(at + 1) % links.length];
    if (next) location.assign(`${next.href}#${findCurrent()?.id ?? ""}`);
  }

  function hearKey(event) {
    const isOther = !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (isOther || isTyping || event.isComposing || !Object.hasOwn(KEYS, event.code)) return;
    event.preventDefault();
    KEYS[event.code]();
  }

  // ---- From here on it runs

  root.style.overflowAnchor = "none"; // keepPlace does this in every browser, and once is enough
  // What is scrolled to or has the focus isn't under the strip (WCAG 2.4.11).
  new ResizeObserver(() => {
    root.style.scrollPaddingTop = `${strip.offsetHeight}px`;
  }).observe(strip);
  addEventListener("keydown", hearKey);
  addEventListener("pageshow", follow); // back from the browser's memory, too
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  follow();
}
