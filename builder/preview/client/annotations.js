// Finds the passages of a text in its page, as ranges of words.

// How passages look that have no record yet, and the words in the form.
export const LOOK = `
::highlight(backstory-to-do) { text-decoration: underline 2px light-dark(#8a5a00, #ffcf70); text-underline-offset: 0.24em; }
::highlight(backstory-chosen) { background-color: light-dark(#ffe9b8, #5c4613); }
`;

const TEXT = ".text";
// Elements within the text that are not part of it: notes, cards and the preview's own.
const BESIDE = "aside, .note, .sidenote, .card, .marginal, backstory-marker, script, style, [popover], [hidden]";

// All words of the text, in one line, with the place of each character.
export function textOf(root = document.querySelector(TEXT)) {
  const words = { all: "", at: [] };
  if (!root) return words;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.nodeType === Node.ELEMENT_NODE ? (node.matches(BESIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT,
  });
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let n = 0; n < node.data.length; n += 1) {
      const sign = plain(node.data[n]);
      if (!sign || (sign === " " && words.all.endsWith(" "))) continue;
      words.all += sign;
      words.at.push([node, n]);
    }
  }
  return words;
}

// The ranges of all passages, by number. Each is searched for after the one before.
export function rangesOf(passages, words = textOf()) {
  const found = new Map();
  let from = 0;
  for (const passage of passages) {
    const ranges = [];
    let at = from;
    for (const part of passage.parts) {
      const sought = folded(part);
      const start = sought ? words.all.indexOf(sought, at) : -1;
      if (start < 0) break;
      at = start + sought.length;
      ranges.push(rangeOf(words, start, at));
    }
    if (ranges.length === 0) continue;
    found.set(passage.number, ranges);
    from = at;
  }
  return found;
}

function rangeOf(words, start, end) {
  const range = document.createRange();
  range.setStart(...words.at[start]);
  const [node, n] = words.at[end - 1];
  range.setEnd(node, n + 1);
  return range;
}

export function folded(text) {
  return [...text].map(plain).join("").replace(/ +/g, " ").trim();
}

// Folds typographic differences, as the search for quotes does.
function plain(sign) {
  if (/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(sign)) return "";
  if (/\s/.test(sign)) return " ";
  if (/[“”„‟«»]/.test(sign)) return '"';
  return /[‘’‚‹›]/.test(sign) ? "'" : sign;
}

// --- selected words ---

const AROUND = 200; // Characters of context, which tell selected words from the same words elsewhere.

// The whole words of a range with their context; null if the range has no words of the text.
export function selectedIn(range, words = textOf()) {
  let start = first(words.at.length, (n) => range.comparePoint(...words.at[n]) >= 0);
  let end = first(words.at.length, (n) => range.comparePoint(words.at[n][0], words.at[n][1] + 1) > 0);
  const isSpace = (n) => words.all[n] === " ";
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  if (start >= end) return null;
  const isLetter = (n) => n >= 0 && n < words.all.length && /[\p{L}\p{N}]/u.test(words.all[n]);
  while (isLetter(start) && isLetter(start - 1)) start -= 1;
  while (isLetter(end - 1) && isLetter(end)) end += 1;
  return { ...around(words, start, end), range: rangeOf(words, start, end) };
}

function around({ all }, start, end) {
  return { words: all.slice(start, end), before: all.slice(Math.max(0, start - AROUND), start), behind: all.slice(end, end + AROUND) };
}

// Finds words again in a changed text: of several places, the one with the same context.
export function foundAgain(sought, words = textOf()) {
  const wanted = folded(sought.words);
  let best = null;
  for (let at = wanted ? words.all.indexOf(wanted) : -1; at >= 0; at = words.all.indexOf(wanted, at + 1)) {
    const here = around(words, at, at + wanted.length);
    const alike = shared(reversed(here.before), reversed(sought.before ?? "")) + shared(here.behind, sought.behind ?? "");
    if (!best || alike > best.alike) best = { ...here, alike, range: rangeOf(words, at, at + wanted.length) };
  }
  return best;
}

function first(length, holds) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function reversed(text) {
  return [...text].reverse().join("");
}

function shared(one, other) {
  let n = 0;
  while (n < one.length && n < other.length && one[n] === other[n]) n += 1;
  return n;
}

// The words of the text one by one, as places in its line.
export function eachWord(words) {
  return [...words.all.matchAll(/\S+/g)].map((found) => [found.index, found.index + found[0].length]);
}

export function rangeBetween(words, start, end) {
  return rangeOf(words, start, end);
}
