// Where the passages of a text stand in its page: as ranges of its words, between what else the page shows.

const TEXT = ".text";
// What stands in the text and is not of it: notes, cards and what the preview itself puts there.
const BESIDE = "aside, .note, .sidenote, .card, .marginal, backstory-marker, script, style, [popover], [hidden]";

// All words of the text, in one line, with the place of each character.
export function textOf(root = document.querySelector(TEXT)) {
  const words = { all: "", at: [] };
  if (!root) return words;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.nodeType === Node.ELEMENT_NODE ? (node.matches(BESIDE) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT),
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

// The ranges of all passages, by their number. They stand in the text in their order, so each is looked for behind the one before.
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

// What typography alone makes different is the same, as where quotes are looked for.
function plain(sign) {
  if (/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(sign)) return "";
  if (/\s/.test(sign)) return " ";
  if (/[“”„‟«»]/.test(sign)) return '"';
  return /[‘’‚‹›]/.test(sign) ? "'" : sign;
}
