// What the preview says to the author, above the page and apart from it: in a shadow tree, which the site's own styles do not reach.

const FOLLOW = "backstory-follow";

export class Overlay {
  #root;
  #state = null;
  #find = () => null;
  #dismissed = "";
  #isLost = false;
  #isGone = false;
  #isOpen = false;
  #said = "";

  constructor() {
    const host = document.createElement("backstory-preview");
    this.#root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/__backstory/client.css";
    this.#root.append(style, ...["marks", "panel", "sign"].map((name) => element("div", { class: name })));
    document.documentElement.append(host);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    addEventListener("resize", () => this.#place());
    new ResizeObserver(() => this.#place()).observe(document.body);
    this.#draw();
  }

  get follows() {
    const chosen = localStorage.getItem(FOLLOW);
    return chosen === null ? Boolean(this.#state?.follow) : chosen === "yes";
  }

  /** Show the state of the site. A problem that is new opens the panel, if it stops the site from being published. */
  show(state, find) {
    this.#state = state;
    this.#find = find;
    if (!state.broken) this.#dismissed = "";
    this.#draw();
  }

  lost(isLost) {
    this.#isLost = isLost;
    this.#draw();
  }

  gone(isGone) {
    if (isGone === this.#isGone) return;
    this.#isGone = isGone;
    this.#draw();
  }

  /** Open a place in the author's editor; where none is known, say it and put it on the clipboard. */
  open(where, address) {
    if (address) location.href = address;
    else navigator.clipboard?.writeText(where).catch(() => {});
    this.#said = address ? `Opening ${where}` : `${where} (copied; choose your editor with --editor)`;
    this.#draw();
    setTimeout(() => {
      this.#said = "";
      this.#draw();
    }, 4000);
  }

  get #errors() {
    return this.#state?.problems.filter((problem) => problem.severity === "error") ?? [];
  }

  get #key() {
    return JSON.stringify(this.#errors.map((problem) => [problem.code, problem.where, problem.message]));
  }

  #close() {
    this.#dismissed = this.#key;
    this.#isOpen = false;
    this.#draw();
  }

  #draw() {
    this.#drawPanel();
    this.#drawSign();
    this.#drawMarks();
  }

  #drawPanel() {
    const panel = this.#root.querySelector(".panel");
    const isBroken = Boolean(this.#state?.broken);
    const shows = (isBroken && this.#dismissed !== this.#key) || this.#isOpen;
    const before = this.#root.activeElement;
    panel.replaceChildren();
    panel.hidden = !shows || !this.#state?.problems.length;
    if (panel.hidden) return;
    panel.setAttribute("role", isBroken ? "alertdialog" : "dialog");
    panel.setAttribute("aria-labelledby", "title");
    const listed = this.#isOpen ? this.#state.problems : this.#errors;
    const close = element("button", { type: "button", class: "close", "aria-label": "Hide the problems" }, "×");
    close.addEventListener("click", () => this.#close());
    panel.append(
      close,
      element("h2", { id: "title" }, isBroken ? "This cannot be published yet" : "Worth a look"),
      ...(isBroken ? [element("p", {}, "What you see below is the page as it last was without errors.")] : []),
      element("ol", {}, ...listed.map((problem) => this.#entry(problem))),
      ...(this.#state.more ? [element("p", {}, `And ${this.#state.more} more.`)] : []),
    );
    if (before) close.focus();
  }

  #entry(problem) {
    const where = problem.editor ? element("a", { href: problem.editor }, problem.where) : element("code", {}, problem.where);
    return element(
      "li",
      { class: problem.severity, "data-code": problem.code },
      element("p", { class: "message" }, problem.message),
      element("p", { class: "where" }, where, ` ${problem.severity} `, element("span", { class: "code" }, problem.code)),
      ...(problem.excerpt ? [element("pre", {}, problem.excerpt)] : []),
      ...(problem.help ? [element("p", { class: "help" }, problem.help)] : []),
    );
  }

  #drawSign() {
    const sign = this.#root.querySelector(".sign");
    const problems = this.#state?.problems.length ?? 0;
    const warnings = problems - this.#errors.length;
    const words = this.#isLost
      ? "The preview is not running. It comes back by itself."
      : this.#isGone
        ? "This page is no longer there."
        : this.#said || [count(this.#errors.length, "error"), count(warnings, "warning")].filter(Boolean).join(", ");
    sign.className = `sign${this.#isLost || this.#isGone ? " away" : this.#errors.length ? " error" : warnings ? " warning" : ""}`;
    const told = element("button", { type: "button", class: "told", "aria-expanded": String(this.#isOpen) }, words || "Preview");
    told.addEventListener("click", () => {
      this.#isOpen = !this.#isOpen;
      if (!this.#isOpen) this.#dismissed = this.#key;
      this.#draw();
    });
    const box = element("input", { type: "checkbox", id: "follow" });
    box.checked = this.follows;
    box.addEventListener("change", () => localStorage.setItem(FOLLOW, box.checked ? "yes" : "no"));
    sign.replaceChildren(told, element("label", { for: "follow" }, box, " follow what I save"));
    sign.setAttribute("role", "status");
  }

  /** A sign beside each passage that a problem is about. */
  #drawMarks() {
    const marks = this.#root.querySelector(".marks");
    const about = new Map();
    for (const problem of this.#state?.problems ?? []) {
      const passage = problem.selector ? this.#find(problem.selector) : null;
      if (passage) about.set(passage, [...(about.get(passage) ?? []), problem]);
    }
    marks.replaceChildren(
      ...[...about].map(([passage, problems]) => {
        const worst = problems.some((problem) => problem.severity === "error") ? "error" : "warning";
        const words = problems.map((problem) => problem.message).join(" ");
        const mark = element("button", { type: "button", class: `mark ${worst}`, title: words, "aria-label": words }, "!");
        mark.passage = passage;
        mark.addEventListener("click", () => {
          this.#isOpen = true;
          this.#draw();
        });
        return mark;
      }),
    );
    this.#place();
  }

  #place() {
    for (const mark of this.#root.querySelectorAll(".mark")) {
      const box = mark.passage.getBoundingClientRect();
      mark.style.top = `${box.top + scrollY}px`;
      mark.style.left = `${Math.max(2, box.left + scrollX - 26)}px`;
    }
  }
}

const count = (number, word) => (number ? `${number} ${word}${number === 1 ? "" : "s"}` : "");

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
