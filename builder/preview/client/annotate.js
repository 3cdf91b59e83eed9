// Annotating in the page: each quotation without a record is underlined, and a form beside it asks who spoke; any other words can be selected. Loaded when somebody begins.
// The server writes; here is only what was chosen. What was typed stays until it is written.

import { foundAgain, rangesOf, textOf } from "./annotations.js";
import { KINDS } from "./choices.js";
import { OWN, count, make } from "./dom.js";
import { Selecting } from "./selecting.js";

const LOOK = `
::highlight(backstory-to-do) { text-decoration: underline 2px light-dark(#8a5a00, #ffcf70); text-underline-offset: 0.24em; }
::highlight(backstory-chosen) { background-color: light-dark(#ffe9b8, #5c4613); }
`;

export class Annotating {
  constructor({ secret, ended }) {
    this.secret = secret; // Gives what the page shows the server in order to write.
    this.ended = ended;
    this.number = -1; // Of the passage that the form is about.
    this.subject = null; // What the form is about: a passage, or words that were selected.
    this.named = -1; // The name without an actor that was gone to last.
    this.busy = false;
    this.host = document.createElement("backstory-annotate");
    this.root = this.host.attachShadow({ mode: "open" });
    this.look = new CSSStyleSheet();
    this.look.replaceSync(LOOK);
    this.makeBar();
    this.makeForm();
    this.sheet = make("link", { rel: "stylesheet", href: `${OWN}annotate.css` });
    this.root.append(this.sheet, this.form, this.bar);
    this.grows = new ResizeObserver(() => this.host.style.setProperty("--bar", `${this.bar.offsetHeight}px`));
    this.selecting = new Selecting({
      root: this.root,
      host: this.host,
      chosen: (name, found) => this.choseKind(name, found),
      tell: (words) => this.tell(words),
      from: () => this.ranges.get(this.number)?.[0],
      left: () => this.bar.focus({ preventScroll: true }),
    });
    this.keys = (event) => this.key(event);
    this.clicks = (event) => this.click(event);
  }

  async begin() {
    const state = await this.ask();
    if (!state) return false;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.look];
    const styled = new Promise((done) => ["load", "error"].forEach((name) => this.sheet.addEventListener(name, done)));
    document.documentElement.append(this.host);
    await styled; // Where the form stands depends on its width.
    this.grows.observe(this.bar);
    addEventListener("keydown", this.keys);
    document.addEventListener("click", this.clicks, { capture: true }); // Before the page’s own scripts, which open notes.
    this.selecting.begin();
    this.take(state);
    if (state.blocked) this.tell(state.blocked);
    else this.go(1);
    if (this.form.hidden) this.bar.focus();
    return true;
  }

  end() {
    removeEventListener("keydown", this.keys);
    document.removeEventListener("click", this.clicks, { capture: true });
    this.selecting.end();
    this.grows.disconnect();
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
    const before = this.all?.[this.number];
    this.state = state;
    // Words of records outside of quotations are gone to as quotations are, and not counted.
    const others = state.elsewhere.map((one, n) => ({ number: state.passages.length + n, parts: one.parts, quotes: one.quote ? [one.quote] : [], event: one.event, speakers: [], days: [], to_do: false, elsewhere: true }));
    this.all = [...state.passages, ...others];
    // The same words again, where passages came or went before them.
    if (before) this.number = nearestLike(this.all, before);
    if (before && !this.form.hidden && !this.subject.selected) {
      this.subject = this.subjectOf(this.number);
      this.title();
    }
    this.redraw();
    const toDo = state.passages.filter((one) => one.to_do).length;
    this.counted.textContent = `${count(state.passages.length, "quotation", "quotations")}, ${toDo ? `${toDo} to do` : "none to do"}`;
    this.names.textContent = `Names (${state.names.length})`;
    this.names.hidden = state.names.length === 0;
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
    const words = textOf();
    const inText = this.state.passages.filter((one) => one.in_text);
    this.ranges = new Map([...rangesOf(inText, words), ...rangesOf(this.all.slice(this.state.passages.length), words)]);
    const page = inText.length < this.state.passages.length ? textOf(document.querySelector("main") ?? document.body) : null;
    for (const one of this.state.passages) if (!one.in_text) for (const [number, ranges] of rangesOf([one], page)) this.ranges.set(number, ranges);
    if (this.subject?.selected) this.subject.range = foundAgain(this.subject.selected, words)?.range;
    this.mark("to-do", this.state.passages.filter((one) => one.to_do).flatMap((one) => this.ranges.get(one.number) ?? []));
    this.mark("chosen", this.form.hidden ? [] : this.about());
    if (!this.form.hidden) this.place();
  }

  // The ranges of what the form is about.
  about() {
    if (this.subject?.selected) return this.subject.range ? [this.subject.range] : [];
    return this.ranges.get(this.number) ?? [];
  }

  mark(name, ranges) {
    if (!window.CSS?.highlights) return;
    CSS.highlights.set(`backstory-${name}`, new Highlight(...ranges));
  }

  // Go to the next passage that is to do, or the one before; around the end of the text.
  // With `every`, those with a record too, so that it can be changed.
  go(step, every = false) {
    const { all } = this;
    for (let n = 1; n <= all.length; n += 1) {
      const number = (((this.number + step * n) % all.length) + all.length) % all.length;
      if (all[number].to_do || (every && hasRecord(all[number]))) return this.show(number);
    }
    this.close();
    return undefined;
  }

  // Ask about a passage; where it has records, about one of them.
  show(number) {
    this.number = number;
    const passage = this.all[number];
    const records = passage.quotes.filter((id) => this.state.records.some((one) => one.id === id));
    this.subject = this.subjectOf(number);
    fill(this.which, [...(passage.to_do ? [["", "A new one"]] : []), ...records.map((id) => [id, id])], passage.to_do ? "" : records[0]);
    this.open(passage.event ? "happened" : "quotation");
  }

  // A passage with the quote right before it, which it may go on with.
  subjectOf(number) {
    const passage = this.all[number];
    const last = this.all[number - 1];
    const joins = passage.in_text && passage.to_do && last?.in_text && last.quotes.length > 0;
    return { ...passage, before: joins ? last.quotes.at(-1) : "", beforeWords: joins ? excerpt(last.parts) : "" };
  }

  // Ask about words that were selected: what they are was chosen.
  choseKind(name, found) {
    if (this.state.blocked) {
      this.tell(this.state.blocked);
      return;
    }
    const holds = this.state.passages.find((one) => (this.ranges.get(one.number) ?? []).some((range) => overlap(range, found.range)));
    if (holds && ["quote", "nobody"].includes(name)) {
      this.show(holds.number);
      if (name === "nobody") this.answer({ nobody: true });
    } else if (name === "nobody") this.tell("These words stand in no quotation marks.");
    else this.askAbout(name, found);
  }

  askAbout(name, selected, offered = null) {
    const found = ["actor", "event", "date"].includes(name) ? withoutStop(selected) : selected;
    const near = `${found.before.slice(-80)} ${found.words} ${found.behind.slice(0, 80)}`;
    const has = (words, one) => ` ${words.replace(/[^\p{L}\p{N}]+/gu, " ")} `.includes(` ${one.says} `);
    const inside = this.state.days.filter((one) => has(found.words, one));
    const alike = offered ?? this.state.names.find((one) => one.words === found.words);
    this.subject = {
      selected: { words: found.words, before: found.before, behind: found.behind },
      range: found.range,
      makes: name,
      parts: [found.words],
      quotes: [],
      speakers: this.state.speakers.filter((one) => near.includes(one.name.split(" ").at(-1))).map((one) => one.id),
      days: [...inside, ...this.state.days.filter((one) => !inside.includes(one) && has(near, one))],
      says: inside.length > 0,
      title: found.words[0].toUpperCase() + found.words.slice(1),
      otherName: alike?.other_name ?? "",
      kind: alike?.kind ?? "Person",
      fromNames: Boolean(offered),
    };
    fill(this.which, []);
    if (!offered) this.tell("");
    this.open(name);
  }

  // Go to the next name in the text that no actor has.
  goName() {
    const { names } = this.state;
    if (names.length === 0) return this.tell("Each name in the text has an actor.");
    this.named = (this.named + 1) % names.length;
    const found = foundAgain({ words: names[this.named].words });
    return found ? this.askAbout("actor", found, names[this.named]) : this.tell(`“${names[this.named].words}” is not on this page.`);
  }

  open(kind) {
    const { subject, state } = this;
    const { label, fields, hint, offer } = KINDS[kind];
    this.asks = kind;
    this.offer = offer;
    this.happened = kind === "happened" ? state.events.find((one) => one.id === subject.event) : null;
    this.title();
    this.words.textContent = subject.parts.join(" ¶ ");
    this.why.textContent = state.blocked;
    this.label.textContent = label;
    this.hint.textContent = hint;
    this.speakers.setAttribute("aria-label", label);
    for (const name of ["kind", "source", "day", "how", "to", "terms", "more"]) this.rows[name].hidden = !fields.includes(name);
    this.who.value = { actor: subject.parts[0], event: subject.title, happened: this.happened?.title }[kind] ?? "";
    this.rows.more.open = this.happened || (kind === "event" && subject.days.length === 0);
    fill(this.kind, state.kinds.map((one) => [one, KIND_WORDS[one] ?? one]), subject.kind ?? "Person");
    fill(this.day, [["", "Not told"], ...subject.days.map((one, n) => [String(n), `${one.says}: ${one.words}, counted from ${one.counted_from}`])], subject.says && ["event", "date"].includes(kind) ? "0" : "");
    this.rows.which.hidden = this.which.options.length < 2;
    this.form.hidden = false;
    this.takeRecord();
    this.redraw();
    this.who.focus({ preventScroll: true });
    if (this.who.value) this.who.setSelectionRange(this.who.value.length, this.who.value.length);
  }

  // Fill in what the record says that is to be changed, or what is proposed for a new one.
  takeRecord() {
    const { state } = this;
    this.record = state.records.find((one) => one.id === this.which.value) ?? null;
    const isQuotation = this.asks === "quotation" && !this.subject.elsewhere;
    this.nobody.hidden = Boolean(this.record) || !isQuotation;
    this.remove.hidden = !this.record && !this.happened;
    const proposed = this.subject.selected && !["quote", "paraphrase"].includes(this.asks) ? "" : state.source;
    fill(this.source, [["", "Not told"], ...state.sources.map((one) => [one.id, one.label])], this.record?.via ?? this.happened?.source ?? proposed);
    fill(this.how, [["", "Not told"], ...state.mediums.map((one) => [one, one])], this.record?.medium ?? "");
    fill(this.terms, [["", "Not told"], ...state.rules.map((one) => [one, one])], this.record?.rules ?? "");
    this.other.value = this.record?.said ?? this.happened?.edtf ?? "";
    this.to.value = this.record?.to ?? "";
    this.list();
    if (this.record) this.choose(this.options.findIndex((one) => one.said.speaker === this.record.speaker));
  }

  title() {
    const number = this.number + 1;
    if (this.subject.selected) this.head.textContent = KINDS[this.asks].head;
    else if (this.happened) this.head.textContent = "Event";
    else if (this.subject.elsewhere) this.head.textContent = "Words without quotation marks";
    else this.head.textContent = `Quotation ${number} of ${this.state.passages.length}${this.subject.in_text ? "" : ", in the front matter"}`;
  }

  close() {
    const hadFocus = this.root.activeElement && this.form.contains(this.root.activeElement);
    this.form.hidden = true;
    this.subject = null;
    this.redraw();
    if (hadFocus) this.bar.focus({ preventScroll: true });
  }

  tell(words) {
    this.said.textContent = words;
  }

  // --- what is offered ---

  list() {
    const typed = this.who.value.trim();
    this.options = this.offer(this.state, this.subject, typed);
    this.speakers.replaceChildren(...this.options.map((one, n) => this.option(one, n, Boolean(typed))));
    this.choose(typed ? 0 : -1);
  }

  option(one, n, isSearch) {
    const sign = isSearch ? "" : (one.key ?? (n < 9 ? String(n + 1) : ""));
    const key = sign ? [make("kbd", { "aria-hidden": "true" }, sign)] : [];
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
      this.refuse({ date: "Choose the event: a number, or type its title.", source: "Choose a source: a number, or type a new one." }[this.asks] ?? "Choose who said it: a number, or type a name.");
      this.who.focus();
      return;
    }
    if (this.happened) {
      await this.changeEvent();
      return;
    }
    const day = this.subject.days[this.day.value];
    const other = this.other.value.trim();
    if (this.record) {
      await this.change(chosen, day, other);
      return;
    }
    const { fields } = KINDS[this.asks];
    const shown = {
      kind: this.kind.value,
      via: this.source.value,
      medium: this.how.value,
      rules: this.terms.value,
      to: this.to.value.trim(),
    };
    const names = { kind: "kind", source: "via", how: "medium", terms: "rules", to: "to" };
    const said = Object.fromEntries(fields.filter((one) => names[one]).map((one) => [names[one], shown[names[one]]]));
    if (fields.includes("day") && !chosen.said.event) Object.assign(said, { said: other || day?.edtf || "", says: other ? "" : (day?.says ?? "") });
    await this.answer({ ...said, ...chosen.said });
  }

  // Only what was chosen anew is sent.
  async change(chosen, day, other) {
    const now = { via: this.source.value, said: day?.edtf ?? other, medium: this.how.value, rules: this.terms.value, to: this.to.value.trim() };
    const keys = Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== this.record[key]));
    const speaker = chosen.said.speaker === this.record.speaker ? {} : chosen.said;
    if (Object.keys({ ...keys, ...speaker }).length === 0) this.close();
    else await this.answer({ quote: this.record.id, keys, ...speaker });
  }

  async changeEvent() {
    const { id, title, edtf, source } = this.happened;
    const now = { title: [this.who.value.trim(), title], when: [this.other.value.trim(), edtf], sources: [this.source.value, source] };
    const keys = Object.fromEntries(Object.entries(now).flatMap(([key, [value, old]]) => (value === old ? [] : [[key, value]])));
    if (Object.keys(keys).length === 0) this.close();
    else await this.answer({ event: id, keys });
  }

  async answer(said) {
    const { subject } = this;
    const about = subject.selected ? { selected: subject.selected, makes: subject.makes } : { passage: subject.number, words: subject.parts };
    if (!(await this.send("annotate", { digest: this.state.digest, ...about, ...said }))) return;
    if (subject.fromNames) {
      this.named -= 1; // The next one has its place now.
      if (this.state.names.length > 0) this.goName();
      else this.close();
    } else if (subject.selected || subject.elsewhere) this.close();
    else this.go(1);
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
    if (event.altKey || (!typing && this.selecting.key(event))) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (this.form.hidden) this.end();
      else this.close();
    } else if (!this.form.hidden && ["PageDown", "PageUp"].includes(event.key)) {
      event.preventDefault();
      this.go(event.key === "PageDown" ? 1 : -1, event.shiftKey);
    } else if (inside === this.who) this.whoKey(event);
    else if (!typing && event.key === "m") {
      event.preventDefault();
      this.goName();
    }
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
    else if (isEmpty && event.key === "+" && this.options.some((one) => one.key === "+")) this.choose(this.options.findIndex((one) => one.key === "+"));
    else if (isEmpty && event.key === "0" && !this.nobody.hidden) this.answer({ nobody: true });
    else return;
    event.preventDefault();
  }

  // A click on a passage opens its form; one on a link follows it, but for words that mean an event: these are what is annotated.
  click(event) {
    if (event.altKey || event.defaultPrevented || event.composedPath().includes(this.host)) return;
    if (event.target.closest?.("a:not(.event-words), button, input, label")) return;
    if (!getSelection().isCollapsed) return;
    const holds = (box) => box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom;
    const found = this.all.find((one) => (one.to_do || hasRecord(one)) && (this.ranges.get(one.number) ?? []).some((range) => [...range.getClientRects()].some(holds)));
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    this.show(found.number);
  }

  // --- what is shown ---

  // Beside the passage on a wide screen; on a narrow one the form stands at the bottom by its style.
  place() {
    const range = this.about().at(-1);
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
    this.names = button("Names", "m", () => this.goName());
    const ways = [button("Previous", "p", () => this.go(-1)), button("Next", "n", () => this.go(1)), button("Select words", "s", () => this.selecting.start()), this.names, this.undo, this.redo, button("Done", "Escape", () => this.end())];
    this.bar = make("section", { class: "bar", "aria-label": "Annotate", tabindex: "-1" }, this.counted, make("div", { class: "ways" }, ...ways), this.said);
  }

  makeForm() {
    this.head = make("h2", { id: "head" });
    this.words = make("p", { class: "words", id: "words" });
    this.who = make("input", { id: "who", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "speakers", "aria-autocomplete": "list", "aria-describedby": "words hint", autocomplete: "off", spellcheck: "false" });
    this.who.addEventListener("input", () => this.list());
    this.speakers = make("ul", { id: "speakers", role: "listbox", "aria-label": "Speakers", tabindex: "-1" });
    this.label = make("label", { for: "who" });
    this.which = make("select", { id: "which" });
    this.which.addEventListener("change", () => this.takeRecord());
    this.kind = make("select", { id: "kind" });
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
    this.remove.addEventListener("click", () => this.answer({ ...(this.happened ? { event: this.happened.id } : { quote: this.record.id }), deletes: true }));
    const close = make("button", { type: "button" }, "Close");
    close.addEventListener("click", () => this.close());
    const rows = {
      which: field("Record", this.which),
      kind: field("Kind", this.kind),
      source: field("Source", this.source),
      day: field("Day", this.day),
      how: field("How it was said", this.how),
      to: field("Said to", this.to),
      terms: field("Terms", this.terms),
    };
    this.rows = { ...rows, more: make("details", {}, make("summary", {}, "More"), field("Day in figures", this.other), rows.to, rows.terms) };
    this.hint = make("p", { class: "hint", id: "hint" });
    const form = make(
      "form",
      { novalidate: "" },
      this.head,
      this.words,
      this.why,
      rows.which,
      this.label,
      this.who,
      this.hint,
      this.speakers,
      make("div", { class: "fields" }, rows.kind, rows.source, rows.day, rows.how),
      this.rows.more,
      make("div", { class: "ways" }, make("button", { type: "submit", class: "main" }, "Write"), nobody, this.remove, close),
    );
    this.form = make("div", { class: "form", role: "dialog", "aria-labelledby": "head", hidden: "" }, form);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.write();
    });
  }
}

const KIND_WORDS = { Organization: "Organisation", PublicBody: "Public body", UnnamedSource: "Source without a name" };

function hasRecord(one) {
  return one.quotes.length > 0 || Boolean(one.event);
}

// Selected words without the sign that ends their sentence.
function withoutStop(found) {
  const words = found.words.replace(/[.,;:!?…]+$/, "");
  return words ? { ...found, words, behind: found.words.slice(words.length) + found.behind } : found;
}

function excerpt(parts) {
  const words = parts.join(" ");
  return words.length > 50 ? `“${words.slice(0, 48)} …”` : `“${words}”`;
}

function overlap(one, other) {
  return one.compareBoundaryPoints(Range.START_TO_END, other) > 0 && one.compareBoundaryPoints(Range.END_TO_START, other) < 0;
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
