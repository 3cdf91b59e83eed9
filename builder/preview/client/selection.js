// Selecting words of the page, with the mouse, a finger or the keyboard, and choosing what they are.

import { eachWord, rangeBetween, selectedIn, textOf } from "./annotations.js";
import { make } from "./dom.js";

export const MAKES = [
  ["quote", "q", "Quote"],
  ["paraphrase", "p", "Paraphrase"],
  ["actor", "a", "Actor"],
  ["event", "e", "Event"],
  ["date", "d", "Date"],
  ["source", "s", "Source"],
  ["nobody", "0", "Not a quotation"],
];
const SETTLES = 200; // Milliseconds without a change after which a selection is read.

export class Selecting {
  constructor({ root, host, chosen, tell, from, left }) {
    Object.assign(this, { host, chosen, tell, from, left }); // `from` returns the range at which keyboard selection starts.
    this.selected = null;
    this.at = -1; // The first word of a keyboard selection; -1 if there is none.
    this.ways = make("div", { class: "makes", role: "toolbar", "aria-label": "What these words are", hidden: "" });
    for (const [name, key, words] of MAKES) {
      const button = make("button", { type: "button", "aria-keyshortcuts": key }, `${words} `, make("kbd", { "aria-hidden": "true" }, key));
      button.addEventListener("click", () => this.choose(name));
      this.ways.append(button);
    }
    this.ways.addEventListener("pointerdown", (event) => event.preventDefault()); // The selection stays.
    this.ways.addEventListener("keydown", (event) => this.along(event));
    root.prepend(this.ways);
    this.changes = () => {
      clearTimeout(this.waits);
      this.waits = setTimeout(() => this.look(), SETTLES);
    };
  }

  begin() {
    document.addEventListener("selectionchange", this.changes);
  }

  end() {
    document.removeEventListener("selectionchange", this.changes);
    clearTimeout(this.waits);
  }

  look() {
    const selection = getSelection();
    const range = selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const found = range && !this.host.contains(range.startContainer) ? selectedIn(range) : null;
    if (found) this.offer(found);
    else if (!this.ways.matches(":focus-within")) this.close();
  }

  offer(found) {
    this.selected = found;
    this.ways.hidden = false;
    const box = found.range.getBoundingClientRect();
    this.ways.style.setProperty("--top", `${Math.round(box.bottom + scrollY + 8)}px`);
    this.ways.style.setProperty("--left", `${Math.round(Math.max(16, Math.min(box.left + scrollX, innerWidth - this.ways.offsetWidth - 32)))}px`);
  }

  close() {
    this.ways.hidden = true;
    this.selected = null;
    this.at = -1;
  }

  choose(name) {
    const found = this.selected;
    this.close();
    if (found) this.chosen(name, found);
  }

  // --- the keyboard ---

  // Returns whether a key was meant for the selection.
  key(event) {
    const name = this.selected && MAKES.find(([, key]) => key === event.key)?.[0];
    if (name) this.choose(name);
    else if (event.key === "s" && this.at < 0) this.start();
    else if (event.key === "Escape" && this.selected) {
      getSelection().removeAllRanges();
      if (this.ways.matches(":focus-within")) this.left();
      this.close();
      this.tell("Nothing is selected.");
    } else if (event.key === "Enter" && this.selected && !this.ways.matches(":focus-within")) this.ways.firstChild.focus();
    else if (this.at >= 0 && /^Arrow/.test(event.key) && !this.ways.matches(":focus-within")) this.move(event);
    else return false;
    event.preventDefault();
    return true;
  }

  start() {
    this.words = textOf();
    this.each = eachWord(this.words);
    if (this.each.length === 0) return;
    const from = this.from();
    const place = from
      ? (n) => from.comparePoint(...this.words.at[this.each[n][1] - 1]) >= 0
      : (n) => rangeBetween(this.words, ...this.each[n]).getBoundingClientRect().bottom > 60;
    this.at = Math.max(
      0,
      this.each.findIndex((one, n) => place(n)),
    );
    this.to = this.at;
    this.take("Left and Right move, with Shift they select more, Enter chooses what the words are. ");
  }

  move(event) {
    if (this.words.at[this.each[this.at][0]]?.[0].isConnected !== true) {
      this.start(); // The page has changed.
      return;
    }
    const step = { ArrowRight: () => 1, ArrowLeft: () => -1, ArrowDown: () => this.toSentence(1), ArrowUp: () => this.toSentence(-1) }[event.key]();
    const last = this.each.length - 1;
    this.to = Math.max(0, Math.min(last, this.to + step));
    if (!event.shiftKey) this.at = this.to;
    this.take();
  }

  // How many words it is to the beginning of the next sentence, or of this one or the one before.
  toSentence(way) {
    let n = this.to + way;
    while (n > 0 && n < this.each.length - 1 && !/[.!?…:]["')\]]*$/.test(this.words.all.slice(...this.each[n - 1]))) n += way;
    return n - this.to;
  }

  take(hint = "") {
    const [start, end] = [Math.min(this.at, this.to), Math.max(this.at, this.to)].map((n, isEnd) => this.each[n][isEnd]);
    const range = rangeBetween(this.words, start, end);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const box = range.getBoundingClientRect();
    if (box.top < 40 || box.bottom > innerHeight * 0.7) scrollBy({ top: box.top - innerHeight * 0.3, behavior: "instant" });
    const found = selectedIn(range, this.words);
    if (found) this.offer(found);
    this.tell(`${hint}Selected: ${this.words.all.slice(start, end)}`);
  }

  along(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...this.ways.children];
    const now = all.findIndex((one) => one.matches(":focus"));
    all[(now + step + all.length) % all.length].focus();
    event.preventDefault();
  }
}
