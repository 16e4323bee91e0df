/* The live desk: shows each save on the page that is open, without a reload.

   The server sends the whole page whenever it is another (server-sent events, HTML Standard §9.2).
   Only what differs is changed in the document, so focus, selection, opened details and the
   reader's place stay. A passage that changed is marked for a moment, scrolled to where none that
   changed is in sight, and told to screen readers while the focus stays (WCAG 2.2, 4.1.3 Status
   Messages). Where less motion is asked for, nothing is scrolled smoothly (2.3.3). Every key needs
   Alt (2.1.4), and is known by its place, since Arabic keyboards type other letters there. */
"use strict";
{
  const MOMENT = 3000; // milliseconds for which a changed passage is marked
  const PAUSE = 500; // milliseconds between two attempts to reach the server
  const LINE = 24; // pixels of a passage that have to be seen for it to be in sight
  const LOST = "The desk can’t be reached, and this page may be old. Start it with: make run";

  const root = document.documentElement;
  const strip = document.querySelector(".strip");
  const said = document.getElementById("said");
  const code = readCode(document);
  const marked = new Map(); // from passages to the timers that unmark them
  let stream; // of a page that is seen: a browser opens six at most
  let failures = 0;

  function follow() {
    if (stream || document.hidden) return;
    const { events, version } = document.body.dataset;
    stream = new EventSource(`${events}?since=${version}`);
    stream.onopen = () => {
      if (failures > 1) keepPlace(() => say(""));
      failures = 0;
    };
    stream.onmessage = (event) => show(event.data);
    stream.onerror = () => {
      leave(); // by itself it would try again with the version that it began with
      failures += 1;
      if (failures === 2) keepPlace(() => say(LOST, true));
      setTimeout(follow, PAUSE);
    };
  }

  function leave() {
    stream?.close();
    stream = undefined;
  }

  /** Shows a new page, given as HTML. */
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (readCode(page) !== code) return location.reload();
    const changed = listChanged(page);
    const names = new Set(listNames().map((name) => name.textContent));
    const focused = findFocused();
    const wasBroken = document.querySelector(".broken");
    keepPlace(() => morph(document.body, page.body));
    copyAttributes(root, page.documentElement);
    document.title = page.title;
    // What had the focus in that passage is gone.
    if (focused?.isConnected && !findFocused()) focused.focus({ preventScroll: true });
    const pieces = changed.map((id) => document.getElementById(id));
    pieces.push(...listNames().filter((name) => !names.has(name.textContent)));
    pieces.forEach(mark);
    if (pieces.length && !pieces.some(isInSight)) reveal(pieces[0]);
    const isMended = wasBroken && !document.querySelector(".broken");
    say((isMended ? "The file can be read again. " : "") + describe(pieces));
  }

  /** Gives the script and the style sheets of a page: if those are others, it has to be loaded. */
  function readCode(page) {
    return [...page.querySelectorAll("script, style")].map((each) => each.textContent).join("\n");
  }

  // ---- Changing the document into another

  /** Makes a node equal to `wish`, a node of the same name, and touches nothing that is equal. */
  function morph(node, wish) {
    if (node === said || node.isEqualNode(wish)) return;
    if (node.nodeType !== Node.ELEMENT_NODE) return replaceText(node, wish.data);
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
    const places = new Map(nodes.map((node, place) => [readKey(node) || node, place]));
    const keys = new Set(wishes.map(readKey));
    const isFree = (node) => !readKey(node) || !keys.has(readKey(node));
    let next = 0; // nodes without a key stay in their order
    return wishes.map((wish) => {
      // A text that passed over an element for the sake of a space would cost that element.
      const isNear = (node, place) => (node.tagName ? place >= next : place === next);
      const isLike = (node, place) => isNear(node, place) && isFree(node) && isOfKind(node, wish);
      const place = places.get(readKey(wish)) ?? nodes.findIndex(isLike);
      if (place < 0 || nodes[place].nodeName !== wish.nodeName) return undefined;
      next = Math.max(next, place + 1);
      return nodes[place];
    });
  }

  /** Gives an element's id or the first in it, by which an item of a list is known, too. */
  function readKey(node) {
    return node.id || node.querySelector?.("[id]")?.id || "";
  }

  function isOfKind(node, wish) {
    return node.nodeName === wish.nodeName && node.classList?.[0] === wish.classList?.[0];
  }

  // ---- What changed, and where the reader is

  /** Lists the ids of passages whose words, state or findings are others in a new page. */
  function listChanged(page) {
    const old = new Map(listPieces(document).map((piece) => [piece.id, readWords(piece)]));
    const isOther = (piece) => old.get(piece.id) !== readWords(piece);
    return listPieces(page).filter(isOther).map((piece) => piece.id);
  }

  function listPieces(page = document) {
    return [...page.querySelectorAll(".piece")];
  }

  /** Gives what a reader sees of a passage, but for its number: one more passage changes many. */
  function readWords(piece) {
    const copy = piece.querySelector(".words").cloneNode(true);
    for (const each of copy.querySelectorAll(".at")) each.remove();
    for (const each of copy.querySelectorAll("[open]")) each.removeAttribute("open");
    return [piece.dataset.state, piece.dataset.finding, copy.innerHTML].join("\n");
  }

  /** Lists those who signed, who have no margin. */
  function listNames() {
    return [...document.querySelectorAll("article .signatories li")];
  }

  function mark(piece) {
    clearTimeout(marked.get(piece));
    piece.classList.add("landed");
    const unmark = () => {
      marked.delete(piece);
      piece.classList.remove("landed");
      if (!piece.className) piece.removeAttribute("class"); // a name has none
    };
    marked.set(piece, setTimeout(unmark, MOMENT));
  }

  /** Keeps the first passage in sight where it is, whatever becomes of the page above it. */
  function keepPlace(change) {
    const seen = listPieces().filter(isInSight);
    const tops = seen.map((piece) => piece.getBoundingClientRect().top);
    change();
    const first = seen.findIndex((piece) => piece.isConnected);
    if (first < 0) return;
    const shift = seen[first].getBoundingClientRect().top - tops[first];
    if (shift) scrollBy({ top: shift, behavior: "instant" });
  }

  function isInSight(piece) {
    const { top, bottom, height } = piece.getBoundingClientRect();
    const least = Math.min(height, LINE);
    return bottom - least >= findTop() && top + least <= innerHeight;
  }

  /** Gives where the view begins, below the strip, in pixels. */
  function findTop() {
    return Math.max(0, strip.getBoundingClientRect().bottom);
  }

  /** Scrolls to a passage unless the whole of it is in sight. */
  function reveal(piece) {
    const { top, bottom, height } = piece.getBoundingClientRect();
    if (top >= findTop() && bottom <= innerHeight) return;
    const block = height < innerHeight - findTop() ? "center" : "start";
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    piece.scrollIntoView({ block, behavior: isStill ? "instant" : "smooth" });
  }

  // ---- What is said

  /** Says something to screen readers, and to everybody if it is to be seen. */
  function say(text, isSeen = false) {
    said.classList.toggle("hidden", !isSeen);
    said.textContent = text;
  }

  function describe(pieces) {
    if (!pieces.length) return "";
    const margin = pieces.length === 1 && pieces[0].querySelector(".margin");
    const name = margin ? margin.getAttribute("aria-label") : "";
    const kind = pieces.every((piece) => piece.matches("li")) ? "name" : "passage";
    const findings = pieces.reduce((sum, { dataset }) => sum + Number(dataset.finding ?? 0), 0);
    const left = document.querySelectorAll("[data-todo]").length;
    return (
      `${name || count(pieces.length, kind)} changed. ` +
      (findings ? `${count(findings, "finding")}. ` : "") +
      `${left ? count(left, "passage") : "No passage is left"} to do.`
    );
  }

  function count(number, noun) {
    return `${number} ${noun}${number === 1 ? "" : "s"}`;
  }

  // ---- Keys, all with Alt

  const KEYS = {
    KeyJ: () => turnTo("[data-todo]", 1, "No passage is left to do."),
    KeyK: () => turnTo("[data-todo]", -1, "No passage is left to do."),
    KeyI: () => turnTo("[data-finding]", 1, "No passage has a finding."),
    KeyO: turnOriginal,
    KeyL: turnLanguage,
  };

  function hearKey(event) {
    const isOther = !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (isOther || isTyping || !Object.hasOwn(KEYS, event.code)) return;
    event.preventDefault();
    KEYS[event.code]();
  }

  function findFocused() {
    return document.activeElement?.closest(".piece");
  }

  /** Moves the focus to the next passage of some kind (1) or the one before (-1). */
  function turnTo(kind, step, none) {
    const pieces = listPieces();
    const focused = pieces.indexOf(findFocused());
    const first = pieces.findIndex(isInSight);
    const from = focused >= 0 ? focused : step > 0 ? first - 1 : first;
    const wanted = pieces.filter((piece) => piece.matches(kind));
    const rest = wanted.filter((piece) => (pieces.indexOf(piece) - from) * step > 0);
    const found = rest.at(step > 0 ? 0 : -1);
    const end = step > 0 ? "This is the last one." : "This is the first one.";
    if (!found) return say(wanted.length ? end : none);
    say(found.querySelector(".margin p").textContent.replace(/\s+/g, " "));
    found.focus({ preventScroll: true });
    reveal(found);
  }

  /** Opens or closes the original of the passage that has the focus, else of the first in sight. */
  function turnOriginal() {
    const piece = findFocused() ?? listPieces().find(isInSight);
    const details = piece?.querySelector("details.original");
    if (!details) return say("No original here: this is it.");
    details.open = !details.open;
    (details.open ? details.firstElementChild : piece).focus({ preventScroll: true });
    if (details.open) details.scrollIntoView({ block: "nearest" });
  }

  /** Goes to the next language's desk, at the same passage. */
  function turnLanguage() {
    const links = [...strip.querySelectorAll("a[hreflang]")];
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const piece = findFocused() ?? listPieces().find(isInSight);
    if (links.length) location = `${links[(at + 1) % links.length].href}#${piece?.id ?? ""}`;
  }

  // ---- From here on it runs

  root.style.overflowAnchor = "none"; // keepPlace does the same, in every browser
  // What has the focus or is scrolled to isn't hidden by the strip (WCAG 2.4.11).
  new ResizeObserver(() => {
    const isSticky = getComputedStyle(strip).position === "sticky";
    root.style.scrollPaddingTop = isSticky ? `${strip.offsetHeight}px` : "";
  }).observe(strip);
  addEventListener("keydown", hearKey);
  addEventListener("pageshow", follow); // a page that one comes back to may be out of date
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  follow();
}
