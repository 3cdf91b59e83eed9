// Keys and clicks between two forms: while one is being written, they are meant for the next, which is not there yet.

import { stepOf } from "./requests.js";

const ENDS = ["Enter", "0"]; // They write a form, or reject what it proposes.
const OTHER_KEYS = ["Enter", "Escape", "Backspace", "ArrowDown", "ArrowUp", "PageDown", "PageUp"];

export class Waiting {
  // `isBusy` tells whether a form is being written, `press` handles a key that waited and returns whether it went into a form.
  constructor({ host, isBusy, press }) {
    Object.assign(this, { host, isBusy, press });
    this.pressed = [];
    this.next = null; // What a click asked for: it comes instead of the next passage.
    this.keys = (event) => this.key(event);
  }

  begin() {
    addEventListener("keydown", this.keys, { capture: true });
  }

  end() {
    removeEventListener("keydown", this.keys, { capture: true });
  }

  key(event) {
    if (!this.isBusy() || event.isComposing || event.altKey) return;
    const inside = event.composedPath()[0];
    const isOutside = !event.composedPath().includes(this.host);
    if (isOutside && inside instanceof HTMLElement && (inside.isContentEditable || inside.matches("input, textarea, select"))) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand ? !stepOf(event) : event.key.length > 1 && !OTHER_KEYS.includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { key, shiftKey, ctrlKey, metaKey, repeat } = event;
    if (!(repeat && ENDS.includes(key))) this.pressed.push({ key, shiftKey, ctrlKey, metaKey, altKey: false });
  }

  // Do something now, or after the writing.
  later(work) {
    if (this.isBusy()) this.next = work;
    else work();
  }

  // Written: go on with `work`, or with what was clicked; then press the keys that waited.
  goOn(work) {
    const next = this.next ?? work;
    this.next = null;
    next();
    let isChosen = false;
    while (this.pressed.length > 0 && !this.isBusy()) {
      const one = this.pressed.shift();
      // Alone, these would accept or reject a proposal that nobody has seen.
      if (ENDS.includes(one.key) && !isChosen) continue;
      isChosen = this.press(one);
    }
  }

  // Not written: return the letters that waited; they belong to no form.
  drop() {
    const letters = this.pressed.filter((one) => one.key.length === 1 && !one.ctrlKey && !one.metaKey).map((one) => one.key);
    this.pressed = [];
    this.next = null;
    return letters.join("").trim();
  }
}
