// What the preview says in the page: problems over it, warnings beside their passages, and a small menu in the corner.
// It stands beside the body, in a shadow root: the site's styles do not reach it, and the morph of the page does not touch it.

const OWN = "/__backstory/";

export class Panel {
  constructor({ follow, onFollow }) {
    this.follow = follow;
    this.isGone = false;
    this.hidden = ""; // The problems that were put away by the reader: shown again when they are others.
    this.host = document.createElement("backstory-preview");
    this.root = this.host.attachShadow({ mode: "open" });
    this.root.append(stylesheet());

    this.status = make("p", { class: "say", role: "status" });
    this.dialog = make("section", { class: "problems", role: "alertdialog", "aria-labelledby": "title", tabindex: "-1", hidden: "" });
    this.follower = make("input", { type: "checkbox", id: "follow" });
    this.follower.checked = follow;
    this.follower.addEventListener("change", () => {
      this.follow = this.follower.checked;
      onFollow(this.follow);
    });
    this.label = make("summary", {}, "Preview");
    this.entries = make("div", { class: "entries" });
    const box = make("label", {}, this.follower, " Go to what is saved");
    this.menu = make("details", { class: "menu" }, this.label, make("div", { class: "inside" }, box, this.entries));
    this.root.append(this.status, this.dialog, this.menu);
    document.documentElement.append(this.host);

    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (!this.dialog.hidden) this.hide();
      else if (this.menu.open) this.menu.open = false;
    });
  }

  show(state) {
    const errors = state.broken ? state.problems.filter((one) => one.severity === "error") : [];
    const warnings = state.problems.filter((one) => one.severity !== "error");
    this.errors = errors;
    this.more = state.total - state.problems.length;
    this.broken = state.broken;
    if (!state.broken) this.hidden = "";
    this.drawDialog();
    this.drawMarkers(warnings.filter((one) => one.here && one.selector));
    this.drawMenu(state, errors, warnings);
  }

  drawDialog() {
    const wanted = this.broken && this.hidden !== key(this.errors);
    // The open menu would lie over what is told.
    if (wanted && this.dialog.hidden) this.menu.open = false;
    this.dialog.hidden = !wanted;
    if (!wanted) return;
    const count = this.errors.length + Math.max(this.more, 0);
    const title = make("h2", { id: "title" }, count === 1 ? "A problem in what was saved" : `${count} problems in what was saved`);
    const close = make("button", { type: "button" }, "Hide (Esc)");
    close.addEventListener("click", () => this.hide());
    const list = make("ol", {}, ...this.errors.map((one) => make("li", {}, ...told(one))));
    const more = this.more > 0 ? [make("p", {}, `And ${this.more} more: see the terminal.`)] : [];
    const below = make("p", { class: "faint" }, "The page behind this is the last good one; if there has been none yet, what could be read.");
    this.dialog.replaceChildren(make("header", {}, title, close), below, list, ...more);
  }

  hide() {
    this.hidden = key(this.errors);
    this.dialog.hidden = true;
  }

  drawMenu(state, errors, warnings) {
    const marks = [];
    if (state.draft) marks.push("draft");
    if (state.waits) marks.push(`waits for its day, ${state.waits}`);
    if (errors.length) marks.push(errors.length === 1 ? "1 error" : `${errors.length} errors`);
    if (warnings.length) marks.push(warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`);
    this.words = ["Preview", ...marks].join(" · ");
    this.menu.classList.toggle("unpublished", state.draft || Boolean(state.waits));
    this.drawLabel();
    const parts = [];
    const page = state.places[0]?.at;
    if (page?.editor) parts.push(make("p", {}, make("a", { href: page.editor }, `Open ${page.path}`)));
    else if (page) parts.push(make("p", {}, page.path));
    if (errors.length) {
      const again = make("button", { type: "button" }, "Show the errors");
      again.addEventListener("click", () => {
        this.hidden = "";
        this.drawDialog();
        this.dialog.focus();
      });
      parts.push(again);
    }
    if (warnings.length) parts.push(make("ol", {}, ...warnings.map((one) => make("li", {}, ...told(one)))));
    parts.push(make("p", { class: "faint" }, "Alt and click on a passage opens it in the editor."));
    this.entries.replaceChildren(...parts);
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
    if (is) this.say("This page is gone: its file was deleted, renamed or made a draft. What you see is the last of it.");
    else if (this.isGone) this.say("");
    this.isGone = is;
  }

  say(text) {
    this.status.textContent = text;
  }

  // Lead into the editor: by a link, as a reader's click would.
  open(address) {
    const link = make("a", { href: address, hidden: "" });
    this.root.append(link);
    link.click();
    link.remove();
  }

  // --- warnings at their passages ---

  drawMarkers(warnings) {
    this.clearMarkers();
    for (const one of warnings) {
      let found = null;
      try {
        found = document.querySelector(one.selector);
      } catch {
        // A selector that this browser does not know: the menu has the warning all the same.
      }
      if (found) marker(found, one);
    }
  }

  clearMarkers() {
    for (const one of document.querySelectorAll("backstory-marker")) one.remove();
  }
}

function marker(element, problem) {
  const host = document.createElement("backstory-marker");
  const button = make("button", { type: "button", "aria-expanded": "false", "aria-label": `Warning: ${problem.message}` }, "⚠");
  const note = make("span", { class: "note", hidden: "" }, ...told(problem));
  button.addEventListener("click", (event) => {
    event.preventDefault(); // Within a link, it is not the link that was meant.
    event.stopPropagation();
    note.hidden = !note.hidden;
    button.setAttribute("aria-expanded", String(!note.hidden));
  });
  host.attachShadow({ mode: "open" }).append(stylesheet(), button, note);
  element.append(host);
}

function told(problem) {
  const place = problem.at.line ? `${problem.at.path}:${problem.at.line}` : problem.at.path;
  const where = problem.at.editor ? make("a", { href: problem.at.editor }, place) : make("span", {}, place);
  const code = make("a", { href: problem.guide, target: "_blank", title: "What the guide says of this" }, problem.code);
  const parts = [make("strong", {}, problem.message), make("span", { class: "where" }, where, " ", code)];
  if (problem.excerpt) parts.push(make("code", { class: "excerpt" }, problem.excerpt));
  if (problem.help) parts.push(make("span", { class: "help" }, problem.help));
  return parts;
}

function key(problems) {
  return JSON.stringify(problems.map((one) => [one.code, one.message, one.at.path, one.at.line]));
}

function stylesheet() {
  return make("link", { rel: "stylesheet", href: `${OWN}panel.css` });
}

// Text goes in as text, never as HTML: it is what authors wrote.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
