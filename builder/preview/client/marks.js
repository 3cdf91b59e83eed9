// Problems at their passages, marked as in a proof: a number after the words, an underline, and a note below the passage.
// The marks are in shadow roots between the elements of the page, and are removed before the page changes.

import { make, stylesheet } from "./dom.js";
import { isError, key, problemParts } from "./problems.js";

const KINDS = ["error", "warning"];
const TOP = "main";
// Elements that contain their note: below, it would leave its row or list.
const HOLDS = "li, dt, dd, td, th, blockquote, figure, section, article, div, main";
// Problems of an unreadable front matter: their words are not in the page.
const UNREAD = /^(yaml|front-matter|encoding|template)/;
// Elements that can have a number at their end.
const WORDED = "p, h1, h2, h3, h4, h5, h6, dt, dd, td, th";
const POINTING = [
  ["pointerenter", true],
  ["focusin", true],
  ["pointerleave", false],
  ["focusout", false],
];

export class Marks {
  constructor() {
    this.open = new Map(); // Notes opened or closed by the user, by problem.
    this.marks = [];
    this.notes = true;
    this.drawn = ""; // The marked problems.
    this.focused = null; // The focus when the marks were removed.
  }

  // Mark all problems that are about this page; returns them in the order of the page, with their numbers.
  draw(problems) {
    const wanted = JSON.stringify(problems);
    if (this.drawn === wanted) return this.marks;
    this.clear();
    this.drawn = wanted;
    const top = document.querySelector(TOP) ?? document.body;
    this.marks = problems
      .map((problem) => {
        const element = find(problem.selector) ?? top;
        const range = element === top ? null : wordsIn(element, problem.words);
        return { problem, element, range, isTop: element === top, kind: isError(problem) ? "error" : "warning" };
      })
      .sort(inOrder);
    const holders = new Map();
    this.marks.forEach((mark, n) => {
      mark.number = n + 1;
      if (!holders.has(mark.element)) holders.set(mark.element, holder(mark));
      this.write(mark, holders.get(mark.element));
    });
    // From the last to the first: of several behind the same words, the first comes to stand first.
    for (const mark of this.marks.toReversed()) if (mark.range) behind(mark.range, numbered(mark));
    this.underline();
    this.focusAgain();
    document.dispatchEvent(new CustomEvent("backstory:changed")); // For layout scripts of the site.
    return this.marks;
  }

  // Write the note of a problem, and make the button that opens it; one that belongs behind words is not put there yet.
  write(mark, notes) {
    const { problem, element, kind, number, isTop } = mark;
    const said = `${kind === "error" ? "Error" : "Warning"} ${number}`;
    const elements = problemParts(problem, { excerpt: isTop && UNREAD.test(problem.code) });
    mark.note = make("div", { class: `note ${kind}`, role: "note", "aria-label": said, tabindex: "-1" });
    mark.note.append(make("span", { class: "number", "aria-hidden": "true" }, String(number)), make("p", {}, ...elements));
    notes.append(mark.note);
    if (isTop) return;
    const isOpen = this.open.get(key(problem)) ?? (this.notes && kind === "error");
    mark.note.hidden = !isOpen;
    mark.button = make(
      "button",
      { type: "button", class: `number ${kind}`, "aria-expanded": String(isOpen), "aria-label": `${said}: ${problem.message}` },
      String(number),
    );
    mark.button.addEventListener("click", (event) => {
      event.preventDefault(); // Within a link, it is not the link that was meant.
      event.stopPropagation();
      this.toggle(mark, mark.note.hidden);
      this.open.set(key(problem), !mark.note.hidden);
    });
    for (const one of [mark.note, mark.button]) {
      for (const [event, is] of POINTING) one.addEventListener(event, () => this.point(mark, is));
    }
    const line = mark.range ? null : lineOf(element);
    if (line) line.append(numbered(mark));
    else if (!mark.range) notes.querySelector(".numbers").append(mark.button);
  }

  toggle(mark, open) {
    mark.note.hidden = !open;
    mark.button?.setAttribute("aria-expanded", String(open));
    document.dispatchEvent(new CustomEvent("backstory:changed"));
  }

  // Open all notes of errors, or close all.
  showNotes(on) {
    this.notes = on;
    this.open.clear();
    for (const mark of this.marks) if (mark.button) this.toggle(mark, on && mark.kind === "error");
  }

  // Scroll to the note of a problem.
  lead(problem) {
    const mark = this.marks.find((one) => key(one.problem) === key(problem));
    if (!mark) return false;
    for (let around = mark.element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    this.toggle(mark, true);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    (mark.button ?? mark.note).scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
    mark.note.focus({ preventScroll: true });
    return true;
  }

  // --- words ---

  underline() {
    if (!window.CSS?.highlights) return; // An older browser: the numbers are enough.
    for (const kind of KINDS) {
      const ranges = this.marks.filter((mark) => mark.range && mark.kind === kind).map((mark) => mark.range);
      CSS.highlights.set(`backstory-${kind}`, new Highlight(...ranges));
    }
  }

  point(mark, is) {
    if (!window.CSS?.highlights) return;
    if (is && mark.range) CSS.highlights.set("backstory-pointed", new Highlight(mark.range));
    else CSS.highlights.delete("backstory-pointed");
  }

  focusAgain() {
    const mark = this.focused && this.marks.find((one) => key(one.problem) === this.focused.problem);
    if (mark) (mark[this.focused.part] ?? mark.note).focus({ preventScroll: true });
    this.focused = null;
  }

  clear() {
    for (const mark of this.marks) {
      const part = ["note", "button"].find((one) => mark[one]?.matches(":focus-within"));
      if (part) this.focused = { problem: key(mark.problem), part };
    }
    this.drawn = "";
    for (const name of [...KINDS, "pointed"]) window.CSS?.highlights?.delete(`backstory-${name}`);
    for (const one of document.querySelectorAll("backstory-marker")) {
      const parent = one.parentNode;
      one.remove();
      parent.normalize(); // A number within words has cut them in two.
    }
    this.marks = [];
  }
}

function find(selector) {
  try {
    return selector ? document.querySelector(selector) : null;
  } catch {
    return null; // A selector that this browser does not know: the problem stands at the top.
  }
}

// In the order of the page; within a passage, of the words that they are about.
function inOrder(one, other) {
  if (one.element !== other.element) {
    if (one.isTop || other.isTop) return one.isTop ? -1 : 1;
    return one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  }
  if (one.range && other.range) return one.range.compareBoundaryPoints(Range.START_TO_START, other.range);
  return Boolean(other.range) - Boolean(one.range);
}

// The place of the notes of a passage.
function holder({ element, isTop }) {
  const host = make("backstory-marker", { class: isTop ? "top" : "below" });
  const notes = make("div", { class: isTop ? "notes top" : "notes" }, make("div", { class: "numbers" }));
  host.attachShadow({ mode: "open" }).append(stylesheet(), notes);
  if (isTop) element.prepend(host);
  else if (element.matches(HOLDS)) (element.querySelector(":scope > .what, :scope > dd:last-of-type") ?? element).append(host);
  else element.after(host);
  return notes;
}

// The number of a problem, to stand among words.
function numbered(mark) {
  const host = make("backstory-marker", { class: "number" });
  host.attachShadow({ mode: "open" }).append(stylesheet(), mark.button);
  return host;
}

function behind(range, host) {
  const end = range.cloneRange();
  end.collapse(false);
  end.insertNode(host);
}

// The line of a passage at whose end a number can stand: its title, or its last words; none in a list or a table.
function lineOf(element) {
  if (element.matches(WORDED)) return element;
  return element.matches(HOLDS) ? (element.querySelector("dt, .title, .who") ?? [...element.querySelectorAll("p")].at(-1) ?? null) : null;
}

// Find words in a passage as they are shown: without the marks that they are written with.
function wordsIn(element, written) {
  for (const words of new Set([written, shown(written)])) {
    const range = words.length > 1 ? rangeOf(element, words) : null;
    if (range) return range;
  }
  return written.length > 1 ? linkTo(element, written) : null;
}

// An address is not to be seen: its link is.
function linkTo(element, address) {
  const end = address.replace(/^[./]+/, "");
  const link = [...element.querySelectorAll("a[href]")].find(
    (one) => end && [one.getAttribute("href"), decoded(one.getAttribute("href"))].some((href) => href.endsWith(end)),
  );
  if (!link) return null;
  const range = document.createRange();
  range.selectNodeContents(link);
  return range;
}

function decoded(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

// `[[event:the-vote|the vote]]` is shown as “the vote”, `[words](address)` and `![words](address)` as “words”.
function shown(written) {
  const link = /^\[\[(?:\w+:)?([^|\]]*)(?:\|([^\]]*))?\]\]$/.exec(written);
  if (link) return link[2] ?? link[1];
  const named = /^!?\[([^\]]*)\]\(/.exec(written);
  return (named ? named[1] : written).replace(/[*_`]/g, "");
}

function rangeOf(element, words) {
  const texts = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let all = "";
  while (walker.nextNode()) {
    texts.push({ node: walker.currentNode, start: all.length });
    all += walker.currentNode.data;
  }
  const at = plain(all).indexOf(plain(words));
  if (at < 0) return null;
  const spot = (offset, isEnd) => texts.findLast(({ start }) => (isEnd ? start < offset : start <= offset));
  const [from, to] = [spot(at, false), spot(at + words.length, true)];
  const range = document.createRange();
  range.setStart(from.node, at - from.start);
  range.setEnd(to.node, at + words.length - to.start);
  return range;
}

// Each character stays one, so that places are the same.
function plain(text) {
  return text
    .replace(/\s/g, " ")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'");
}
