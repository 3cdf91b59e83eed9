// The panel: a tab in the corner that opens the list of all problems.
// It is in a shadow root beside the body, out of reach of the site's styles and of the morph.

import { OWN, count, make, stylesheet } from "./dom.js";
import { Marks } from "./marks.js";
import { fixes, isError, key, where } from "./problems.js";

export class Panel {
  constructor({ follow, notes, remember, annotate, step }) {
    this.follow = follow;
    this.isGone = false;
    this.marks = new Marks();
    this.marks.notes = notes;
    this.host = document.createElement("backstory-preview");
    this.root = this.host.attachShadow({ mode: "open" });
    this.root.append(stylesheet());

    this.status = make("p", { class: "say", role: "status" });
    this.heard = make("p", { class: "heard", role: "status" });
    this.label = make("summary", {}, "Preview");
    this.entries = make("div", { class: "entries" });
    const following = this.box("Go to what is saved", follow, (on) => {
      this.follow = on;
      remember("backstory-follow", on);
    });
    const noting = this.box("Notes of errors in the text", notes, (on) => {
      this.marks.showNotes(on);
      remember("backstory-notes", on);
    });
    const begin = make("button", { type: "button", class: "begin", "aria-keyshortcuts": "a" }, "Annotate");
    begin.addEventListener("click", () => {
      this.menu.open = false; // The list would cover the text.
      annotate();
    });
    this.steps = ["undo", "redo"].map((name) => {
      const button = make("button", { type: "button", class: "step", hidden: "", "aria-keyshortcuts": name === "undo" ? "Control+Z" : "Control+Shift+Z" });
      button.addEventListener("click", () => step(name));
      return button;
    });
    const guide = make("a", { href: `${OWN}guide/`, target: "_blank" }, "Guide for authors");
    const inside = make("div", { class: "inside" }, this.entries, make("div", { class: "choices" }, begin, ...this.steps, following, noting, guide));
    this.menu = make("details", { class: "menu" }, this.label, inside);
    this.root.append(this.status, this.heard, this.menu);
    document.documentElement.append(this.host);

    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.menu.open) return;
      this.menu.open = false;
      if (this.root.activeElement) this.label.focus();
    });
  }

  box(words, on, changed) {
    const box = make("input", { type: "checkbox" });
    box.checked = on;
    box.addEventListener("change", () => changed(box.checked));
    return make("label", {}, box, ` ${words}`);
  }

  show(state) {
    const marks = this.marks.draw(state.problems.filter((one) => one.here));
    const more = state.total - state.problems.length;
    const errors = state.problems.filter(isError).length;
    const told = [];
    if (errors) told.push(count(errors, "error", "errors"));
    if (state.problems.length - errors) told.push(count(state.problems.length - errors, "warning", "warnings"));
    const unpublished = [...(state.draft ? ["draft"] : []), ...(state.waits ? [`scheduled for ${state.waits}`] : [])];
    this.words = ["Preview", ...unpublished, ...told].join(" · ");
    this.menu.classList.toggle("stops", state.stops);
    this.menu.classList.toggle("unpublished", unpublished.length > 0);
    this.drawLabel();
    this.drawList(state, marks, told, more);
    this.drawSteps(state);
    if (this.wasTold !== undefined && this.wasTold !== told.join()) this.heard.textContent = told.join(", ") || "No problems";
    this.wasTold = told.join();
    if (state.failed)
      this.say(
        "Backstory could not process the last save. This is a bug in Backstory, not in your text. " +
          "You see the page as it was before; details are in the terminal.",
      );
    else if (this.hasFailed) this.say("");
    this.hasFailed = state.failed;
  }

  // The next undo and redo of Backstory's edits.
  drawSteps(state) {
    this.steps.forEach((button, n) => {
      const what = n === 0 ? state.undo : state.redo;
      button.hidden = !what;
      button.textContent = what ? `${n === 0 ? "Undo" : "Redo"}: ${what}` : "";
    });
  }

  drawList(state, marks, told, more) {
    const parts = [];
    const page = state.spots[0]?.at;
    if (page) parts.push(make("p", { class: "file" }, page.editor ? make("a", { href: page.editor }, `Open ${page.path}`) : page.path));
    if (told.length) {
      parts.push(make("h2", {}, told.join(", ")));
      parts.push(
        make("p", { class: "faint" }, state.stops ? "The preview shows what it can; a build fails until the errors are fixed." : "These do not stop a build."),
      );
    }
    const here = marks.map(({ problem, number, kind }) => this.entry(problem, kind, String(number), () => this.lead(problem)));
    const others = state.problems.filter((one) => !one.here);
    const elsewhere = others.filter((one) => one.page).map((one) => this.entry(one, one.severity, "", null));
    const nowhere = others.filter((one) => !one.page).map((one) => this.entry(one, one.severity, "", undefined));
    for (const [words, list] of [
      ["On this page", here],
      ["On other pages", elsewhere],
      ["On no page", nowhere],
    ]) {
      if (list.length) parts.push(make("h3", {}, words), make("ol", {}, ...list));
    }
    if (more > 0) parts.push(make("p", {}, `And ${more} more: see the terminal.`));
    parts.push(make("p", { class: "faint" }, "Alt and click on a passage opens it in the editor."));
    this.entries.replaceChildren(...parts);
  }

  // An item of the list. It links to the note in this page, to the page of the problem (`go` is null), or nowhere.
  entry(problem, kind, number, go) {
    const words =
      go === undefined ? make("span", {}, problem.message) : go ? make("button", { type: "button", class: "lead" }, problem.message) : this.away(problem);
    if (go) words.addEventListener("click", go);
    const sign = make("span", { class: `number ${kind}`, role: "img", "aria-label": kind === "error" ? "Error" : "Warning" }, number);
    const help = go === undefined && problem.help ? [make("span", { class: "help" }, problem.help)] : [];
    return make("li", {}, sign, make("div", {}, words, ...help, ...fixes(problem), where(problem)));
  }

  away(problem) {
    const address =
      "/" +
      problem.page
        .replace(/(^|\/)index\.html$/, "$1")
        .split("/")
        .map(encodeURIComponent)
        .join("/");
    const link = make("a", { class: "lead", href: address }, problem.message);
    link.addEventListener("click", () => sessionStorage.setItem("backstory-problem", key(problem)));
    return link;
  }

  lead(problem) {
    if (innerWidth < 1000) this.menu.open = false; // The list would cover its target.
    this.marks.lead(problem);
  }

  // After a page was opened from the list of another one.
  leadFrom(state, wanted) {
    const problem = state.problems.find((one) => key(one) === wanted);
    if (problem) this.marks.lead(problem);
  }

  drawLabel() {
    this.label.textContent = this.lost ? "Preview · disconnected" : (this.words ?? "Preview");
    this.menu.classList.toggle("lost", Boolean(this.lost));
  }

  connected(is) {
    this.lost = !is;
    this.drawLabel();
  }

  gone(is) {
    if (is) this.say("This page no longer exists: its file was deleted, renamed or made a draft. You see its last version.");
    else if (this.isGone) this.say("");
    this.isGone = is;
  }

  say(text) {
    this.status.textContent = text;
  }

  // Open the editor by a link, as a click would.
  open(address) {
    const link = make("a", { href: address, hidden: "" });
    this.root.append(link);
    link.click();
    link.remove();
  }
}
