// The bar at the foot of the page while it is annotated: the number of open passages, and the buttons.

import { count, make } from "./dom.js";

export class Bar {
  // `does` are the actions of the buttons: go, select, names, records, step, end.
  constructor(does) {
    this.counted = make("p", { class: "counted", role: "status" });
    this.said = make("p", { class: "said", role: "status" });
    const button = (words, key, work) => {
      const made = make("button", { type: "button", "aria-keyshortcuts": key }, words);
      made.addEventListener("click", work);
      return made;
    };
    this.undo = button("Undo", "Control+Z", () => does.step("undo"));
    this.redo = button("Redo", "Control+Shift+Z", () => does.step("redo"));
    this.names = button("Names", "m", () => does.names());
    this.records = button("Records", "r", () => does.records());
    const ways = [
      button("Previous", "p", () => does.go(-1)),
      button("Next", "n", () => does.go(1)),
      button("Select words", "s", () => does.select()),
      this.names,
      this.records,
      this.undo,
      this.redo,
      button("Done", "Escape", () => does.end()),
    ];
    this.box = make("section", { class: "bar", "aria-label": "Annotate", tabindex: "-1" }, this.counted, make("div", { class: "ways" }, ...ways), this.said);
  }

  // Show a state and the list of passages.
  show(state, all) {
    const toDo = state.passages.filter((one) => one.to_do).length;
    const others = all.filter((one) => one.unplaced).length;
    const more = others ? `, ${count(others, "other proposal", "other proposals")}` : "";
    this.counted.textContent = `${count(state.passages.length, "quotation", "quotations")}, ${toDo ? `${toDo} to do` : "none to do"}${more}`;
    this.names.textContent = `Names (${state.names.length})`;
    this.names.hidden = state.names.length === 0;
    this.records.hidden = state.listed.length === 0;
    for (const [button, word, what] of [
      [this.undo, "Undo", state.undo],
      [this.redo, "Redo", state.redo],
    ]) {
      button.disabled = !what;
      button.title = what ? `${word}: ${what}` : "";
    }
  }
}
