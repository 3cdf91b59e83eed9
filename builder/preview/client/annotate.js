// Annotating in the page: each quotation without a record is underlined, and a form beside it asks who spoke. Loaded when somebody begins.
// The server writes; here is only what was chosen. What was typed stays until it is written.

import { rangesOf } from "./annotations.js";
import { OWN, count, make } from "./dom.js";

const MOST = 9; // Speakers that have a key.
const LOOK = `
::highlight(backstory-to-do) { text-decoration: underline 2px light-dark(#8a5a00, #ffcf70); text-underline-offset: 0.24em; }
::highlight(backstory-chosen) { background-color: light-dark(#ffe9b8, #5c4613); }
`;

export class Annotating {
  constructor({ secret, ended }) {
    this.secret = secret; // Gives what the page shows the server in order to write.
    this.ended = ended;
    this.number = -1; // Of the passage that the form is about.
    this.busy = false;
    this.host = document.createElement("backstory-annotate");
    this.root = this.host.attachShadow({ mode: "open" });
    this.look = new CSSStyleSheet();
    this.look.replaceSync(LOOK);
    this.makeBar();
    this.makeForm();
    this.root.append(make("link", { rel: "stylesheet", href: `${OWN}annotate.css` }), this.form, this.bar);
    this.keys = (event) => this.key(event);
    this.clicks = (event) => this.click(event);
  }

  async begin() {
    const state = await this.ask();
    if (!state) return false;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.look];
    document.documentElement.append(this.host);
    addEventListener("keydown", this.keys);
    document.addEventListener("click", this.clicks);
    this.take(state);
    if (state.blocked) this.tell(state.blocked);
    else this.go(1);
    if (this.form.hidden) this.bar.focus();
    return true;
  }

  end() {
    removeEventListener("keydown", this.keys);
    document.removeEventListener("click", this.clicks);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== this.look);
    for (const name of ["to-do", "chosen"]) window.CSS?.highlights?.delete(`backstory-${name}`);
    this.host.remove();
    this.ended();
  }

  // --- the server ---

  async ask() {
    const answer = await fetch(`${OWN}annotate?page=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
    return answer.ok ? answer.json() : null;
  }

  // Send what is to be written; returns whether it was.
  async send(name, said) {
    if (this.busy) return false; // Enter that is held down writes once.
    this.busy = true;
    this.why.textContent = "";
    try {
      const answer = await fetch(`${OWN}${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Backstory-Page": this.secret() },
        body: JSON.stringify({ page: location.pathname, ...said }),
      });
      if (!answer.ok) return this.refuse(await answer.text());
      const state = await answer.json();
      this.take(state);
      if (state.refused) return this.refuse(state.refused);
      this.tell(state.done);
      return true;
    } catch {
      return this.refuse("The preview does not answer: nothing was written. Is it still running?");
    } finally {
      this.busy = false;
    }
  }

  refuse(why) {
    if (this.form.hidden) this.tell(why);
    else {
      this.why.textContent = why;
      this.why.scrollIntoView({ block: "nearest" });
    }
    return false;
  }

  // --- what is to do ---

  take(state) {
    const before = this.state?.passages[this.number];
    this.state = state;
    // The same words again, where passages came or went before them.
    if (before) this.number = nearestLike(state.passages, before);
    if (before && !this.form.hidden) this.title();
    this.redraw();
    const toDo = state.passages.filter((one) => one.to_do).length;
    this.counted.textContent = `${count(state.passages.length, "quotation", "quotations")}, ${toDo ? `${toDo} to do` : "none to do"}`;
    this.undo.disabled = !state.undo;
    this.undo.title = state.undo ? `Undo: ${state.undo}` : "";
    this.redo.disabled = !state.redo;
    this.redo.title = state.redo ? `Redo: ${state.redo}` : "";
  }

  // The page has changed: ask what stands in it now.
  async renew() {
    const state = await this.ask();
    if (state) this.take(state);
  }

  redraw() {
    this.ranges = rangesOf(this.state.passages);
    this.mark("to-do", this.state.passages.filter((one) => one.to_do));
    this.mark("chosen", this.form.hidden ? [] : [this.state.passages[this.number]].filter(Boolean));
    if (!this.form.hidden) this.place();
  }

  mark(name, passages) {
    if (!window.CSS?.highlights) return;
    CSS.highlights.set(`backstory-${name}`, new Highlight(...passages.flatMap((one) => this.ranges.get(one.number) ?? [])));
  }

  // Go to the next passage that is to do, or the one before; around the end of the text.
  // With `every`, those with a record too, so that it can be changed.
  go(step, every = false) {
    const all = this.state.passages;
    for (let n = 1; n <= all.length; n += 1) {
      const number = (((this.number + step * n) % all.length) + all.length) % all.length;
      if (all[number].to_do || (every && all[number].quotes.length > 0)) return this.show(number);
    }
    this.close();
    return undefined;
  }

  show(number) {
    this.number = number;
    const passage = this.state.passages[number];
    this.title();
    this.words.textContent = passage.parts.join(" ¶ ");
    this.why.textContent = this.state.blocked;
    this.who.value = "";
    this.record = passage.to_do ? null : (this.state.records.find((one) => passage.quotes.includes(one.id)) ?? null);
    this.nobody.hidden = Boolean(this.record);
    this.remove.hidden = !this.record;
    fill(this.source, [["", "Not told"], ...this.state.sources.map((one) => [one.id, one.label])], this.record ? this.record.via : this.state.source);
    fill(this.day, [["", "Not told"], ...passage.days.map((one, n) => [String(n), `${one.says}: ${one.words}, counted from ${one.counted_from}`])]);
    fill(this.how, [["", "Not told"], ...this.state.mediums.map((one) => [one, one])], this.record?.medium ?? "");
    fill(this.terms, [["", "Not told"], ...this.state.rules.map((one) => [one, one])], this.record?.rules ?? "");
    this.other.value = this.record?.said ?? "";
    this.to.value = this.record?.to ?? "";
    this.form.hidden = false;
    this.list();
    if (this.record) this.choose(this.options.findIndex((one) => one.said.speaker === this.record.speaker));
    this.redraw();
    this.who.focus({ preventScroll: true });
  }

  title() {
    this.head.textContent = `Quotation ${this.number + 1} of ${this.state.passages.length}`;
  }

  close() {
    const hadFocus = this.root.activeElement && this.form.contains(this.root.activeElement);
    this.form.hidden = true;
    this.redraw();
    if (hadFocus) this.bar.focus({ preventScroll: true });
  }

  tell(words) {
    this.said.textContent = words;
  }

  // --- speakers ---

  // The speakers that what was typed may mean; where nothing was typed, those who are named near the passage first.
  list() {
    const typed = this.who.value.trim();
    const name = typed.split(",")[0].trim().toLowerCase();
    const near = this.state.passages[this.number].speakers;
    const rank = (one) => (near.includes(one.id) ? near.indexOf(one.id) : near.length);
    const known = [...this.state.speakers].sort((one, other) => rank(one) - rank(other));
    const like = (one) => (typed.includes(",") ? one.name.toLowerCase() === name : `${one.name} ${one.told}`.toLowerCase().split(/\s+/).some((word, n, all) => all.slice(n).join(" ").startsWith(name)));
    const found = known.filter((one) => !typed || like(one)).slice(0, MOST);
    this.options = found.map((one) => ({ said: { speaker: one.id }, name: one.name, told: one.told }));
    if (typed && !found.some((one) => one.name.toLowerCase() === name)) {
      this.options.push({ said: { named: typed }, name: typed, told: "new; an office stands behind a comma" });
      this.options.push({ said: { described: typed }, name: typed, told: "new, and not named: these words describe them" });
    }
    if (!typed) this.options.push({ said: { speaker: "unknown" }, name: "Nobody says who", told: "speaker: unknown" });
    this.speakers.replaceChildren(...this.options.map((one, n) => this.option(one, n, Boolean(typed))));
    this.choose(typed ? 0 : -1);
  }

  option(one, n, isSearch) {
    const key = !isSearch && n < MOST && one.said.speaker !== "unknown" ? [make("kbd", { "aria-hidden": "true" }, String(n + 1))] : [];
    const made = make("li", { role: "option", id: `option-${n}`, "aria-selected": "false" }, ...key, make("span", { class: "name" }, one.name));
    if (one.told) made.append(" ", make("span", { class: "told" }, one.told));
    made.addEventListener("click", () => this.choose(n));
    return made;
  }

  choose(n) {
    this.chosen = n;
    [...this.speakers.children].forEach((one, m) => one.setAttribute("aria-selected", String(m === n)));
    if (n < 0) this.who.removeAttribute("aria-activedescendant");
    else {
      this.who.setAttribute("aria-activedescendant", `option-${n}`);
      this.speakers.children[n].scrollIntoView({ block: "nearest" });
    }
  }

  async write() {
    const chosen = this.options[this.chosen];
    if (!chosen) {
      this.refuse("Choose who said it: a number, or type a name.");
      this.who.focus();
      return;
    }
    const day = this.state.passages[this.number].days[this.day.value];
    const other = this.other.value.trim();
    if (this.record) {
      await this.change(chosen, day, other);
      return;
    }
    await this.answer({
      ...chosen.said,
      via: this.source.value,
      said: other || day?.edtf || "",
      says: other ? "" : (day?.says ?? ""),
      medium: this.how.value,
      rules: this.terms.value,
      to: this.to.value.trim(),
    });
  }

  // Only what was chosen anew is sent.
  async change(chosen, day, other) {
    const now = { via: this.source.value, said: day?.edtf ?? other, medium: this.how.value, rules: this.terms.value, to: this.to.value.trim() };
    const keys = Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== this.record[key]));
    const speaker = chosen.said.speaker === this.record.speaker ? {} : chosen.said;
    if (Object.keys({ ...keys, ...speaker }).length === 0) this.close();
    else await this.answer({ quote: this.record.id, keys, ...speaker });
  }

  async answer(said) {
    const passage = this.state.passages[this.number];
    if (await this.send("annotate", { digest: this.state.digest, passage: passage.number, words: passage.parts, ...said })) this.go(1);
  }

  async step(name) {
    if (await this.send(name, {})) this.close();
  }

  // --- keys and clicks ---

  key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const inside = event.composedPath()[0];
    const typing = inside instanceof HTMLElement && (inside.isContentEditable || inside.matches("input, textarea, select"));
    const typed = typing && (inside !== this.who || this.who.value);
    if (event.ctrlKey || event.metaKey) {
      const name = event.key.toLowerCase() === "y" || (event.shiftKey && event.key.toLowerCase() === "z") ? "redo" : "undo";
      if (event.altKey || typed || !["y", "z"].includes(event.key.toLowerCase())) return;
      event.preventDefault();
      this.step(name);
      return;
    }
    if (event.altKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (this.form.hidden) this.end();
      else this.close();
    } else if (!this.form.hidden && ["PageDown", "PageUp"].includes(event.key)) {
      event.preventDefault();
      this.go(event.key === "PageDown" ? 1 : -1, event.shiftKey);
    } else if (inside === this.who) this.whoKey(event);
    else if (!typing && ["n", "p", "N", "P"].includes(event.key)) {
      event.preventDefault();
      this.go(event.key.toLowerCase() === "n" ? 1 : -1, event.shiftKey);
    }
  }

  whoKey(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isEmpty = !this.who.value;
    if (move) this.choose((this.chosen + move + this.options.length) % this.options.length);
    else if (isEmpty && /^[1-9]$/.test(event.key) && this.options[event.key - 1]) this.choose(event.key - 1);
    else if (isEmpty && event.key === "0" && !this.record) this.answer({ nobody: true });
    else return;
    event.preventDefault();
  }

  // A click on a passage opens its form; one on a link follows it.
  click(event) {
    if (event.altKey || event.defaultPrevented || event.composedPath().includes(this.host) || event.target.closest?.("a, button, input, label")) return;
    if (!getSelection().isCollapsed) return;
    const holds = (box) => box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom;
    const found = this.state.passages.find((one) => (one.to_do || one.quotes.length > 0) && (this.ranges.get(one.number) ?? []).some((range) => [...range.getClientRects()].some(holds)));
    if (found) this.show(found.number);
  }

  // --- what is shown ---

  // Beside the passage on a wide screen; on a narrow one the form stands at the bottom by its style.
  place() {
    const range = this.ranges.get(this.number)?.at(-1);
    if (!range) return;
    const box = range.getBoundingClientRect();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "auto";
    if (box.top < 40 || box.bottom > innerHeight * 0.45) scrollBy({ top: box.top - innerHeight * 0.2, behavior: still });
    const now = range.getBoundingClientRect();
    this.form.style.setProperty("--top", `${Math.round(now.bottom + scrollY + 10)}px`);
    this.form.style.setProperty("--left", `${Math.round(Math.max(16, Math.min(now.left + scrollX, innerWidth - this.form.offsetWidth - 32)))}px`);
  }

  makeBar() {
    this.counted = make("p", { class: "counted", role: "status" });
    this.said = make("p", { class: "said", role: "status" });
    const button = (words, key, work) => {
      const made = make("button", { type: "button", ...(key ? { "aria-keyshortcuts": key } : {}) }, words);
      made.addEventListener("click", work);
      return made;
    };
    this.undo = button("Undo", "Control+Z", () => this.step("undo"));
    this.redo = button("Redo", "Control+Shift+Z", () => this.step("redo"));
    const ways = [button("Previous", "p", () => this.go(-1)), button("Next", "n", () => this.go(1)), this.undo, this.redo, button("Done", "Escape", () => this.end())];
    this.bar = make("section", { class: "bar", "aria-label": "Annotate", tabindex: "-1" }, this.counted, make("div", { class: "ways" }, ...ways), this.said);
  }

  makeForm() {
    this.head = make("h2", { id: "head" });
    this.words = make("p", { class: "words", id: "words" });
    this.who = make("input", { id: "who", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "speakers", "aria-autocomplete": "list", "aria-describedby": "words hint", autocomplete: "off", spellcheck: "false" });
    this.who.addEventListener("input", () => this.list());
    this.speakers = make("ul", { id: "speakers", role: "listbox", "aria-label": "Speakers", tabindex: "-1" });
    this.source = make("select", { id: "source" });
    this.day = make("select", { id: "day" });
    this.how = make("select", { id: "how" });
    this.terms = make("select", { id: "terms" });
    this.to = make("input", { id: "to", type: "text", autocomplete: "off" });
    this.other = make("input", { id: "other", type: "text", autocomplete: "off", placeholder: "2025-10-14" });
    this.why = make("p", { class: "why", role: "alert" });
    const nobody = make("button", { type: "button", "aria-keyshortcuts": "0" }, "Not a quotation ", make("kbd", { "aria-hidden": "true" }, "0"));
    nobody.addEventListener("click", () => this.answer({ nobody: true }));
    this.nobody = nobody;
    this.remove = make("button", { type: "button" }, "Delete the record");
    this.remove.addEventListener("click", () => this.answer({ quote: this.record.id, deletes: true }));
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => this.close());
    const more = make("details", {}, make("summary", {}, "Day in figures, listener, terms"), field("Day", this.other), field("Said to", this.to), field("Terms", this.terms));
    const hint = make("p", { class: "hint", id: "hint" }, "1–9 chooses, a name searches, Enter writes.");
    const form = make(
      "form",
      { novalidate: "" },
      this.head,
      this.words,
      this.why,
      make("label", { for: "who" }, "Who said it"),
      this.who,
      hint,
      this.speakers,
      make("div", { class: "fields" }, field("Source", this.source), field("Day", this.day), field("How it was said", this.how)),
      more,
      make("div", { class: "ways" }, make("button", { type: "submit", class: "main" }, "Write"), nobody, this.remove, close),
    );
    this.form = make("div", { class: "form", role: "dialog", "aria-labelledby": "head", hidden: "" }, form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
  }
}

function field(words, control) {
  return make("p", { class: "field" }, make("label", { for: control.id }, words), control);
}

function fill(select, choices, chosen = "") {
  select.replaceChildren(...choices.map(([value, words]) => make("option", { value }, words)));
  select.value = chosen;
}

// Where a passage stands in a list that may have become another: by its words, and of several the nearest.
function nearestLike(passages, before) {
  const same = passages.filter((one) => one.parts.join() === before.parts.join());
  same.sort((one, other) => Math.abs(one.number - before.number) - Math.abs(other.number - before.number));
  return (same[0] ?? before).number;
}
