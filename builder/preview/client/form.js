// The form beside a passage: its choices and fields. Typed text stays until it is saved.

import { ChoiceOrder } from "./choice_order.js";
import { KIND_WORDS, KINDS, OF_PROPOSAL, OWN_LABELS } from "./choices.js";
import { field, fill, make } from "./dom.js";
import { EventFields, NOT_TOLD } from "./event_fields.js";

export class Form {
  // `does` are the actions of the buttons: write, nobody, reject, remove, close; and `typed`, which is told of each change.
  constructor(does) {
    this.does = does;
    this.head = make("h2", { id: "head" });
    this.words = make("p", { class: "words", id: "words" });
    this.who = make("input", {
      id: "who",
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "speakers",
      "aria-autocomplete": "list",
      "aria-describedby": "words hint",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.who.addEventListener("input", () => this.list());
    this.speakers = make("ul", { id: "speakers", role: "listbox", "aria-label": "Speakers", tabindex: "-1" });
    this.label = make("label", { for: "who" });
    this.hint = make("p", { class: "hint", id: "hint" });
    this.why = make("p", { class: "why", role: "alert" });
    for (const id of ["which", "kind", "denies", "source", "day", "how", "terms"]) this[id] = make("select", { id });
    Object.assign(this, { event: new EventFields(), order: new ChoiceOrder() });
    this.to = make("input", { id: "to", type: "text", autocomplete: "off" });
    this.other = make("input", { id: "other", type: "text", autocomplete: "off", placeholder: "2025-10-14" });
    this.which.addEventListener("change", () => this.takeRecord());
    this.own = make("div", { class: "fields" });
    this.makeButtons();
    const rows = {
      which: field("Record", this.which),
      kind: field("Kind", this.kind),
      denies: field("Denies", this.denies),
      source: field("Source", this.source),
      day: field("Day", this.day),
      how: field("How it was said", this.how),
      to: field("Said to", this.to),
      terms: field("Terms", this.terms),
      ...this.event.rows,
    };
    this.rows = { ...rows, more: make("details", {}, make("summary", {}, "More"), field("Day in figures", this.other), rows.to, rows.terms) };
    const fields = make("div", { class: "fields" }, rows.kind, rows.denies, rows.source, rows.day, rows.how, rows.status, rows.by);
    const buttons = make("div", { class: "ways" }, this.submit, this.nobody, this.reject, this.remove, this.leave);
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
      this.own,
      fields,
      this.rows.more,
      buttons,
    );
    this.box = make("div", { class: "form", role: "dialog", "aria-labelledby": "head", hidden: "" }, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      does.write();
    });
    // Enter saves in a list of choices as in a field, and "0" rejects; one whose choices are shown takes them for itself.
    form.addEventListener("keydown", (event) => {
      if (!event.target.matches("select") || (CSS.supports("selector(:open)") && event.target.matches(":open"))) return;
      if (event.key !== "Enter" && !this.rejects(event)) return;
      event.preventDefault();
      if (event.key === "Enter") does.write();
    });
    this.kind.addEventListener("change", () => (this.why.textContent = ""));
    for (const name of ["input", "change"]) form.addEventListener(name, () => does.typed());
  }

  makeButtons() {
    const button = (words, work, attributes = {}) => {
      const made = make("button", { type: "button", ...attributes }, words);
      made.addEventListener("click", work);
      return made;
    };
    this.submit = make("button", { type: "submit", class: "main" }, "Write");
    this.nobody = button("Not a quotation ", () => this.does.nobody(), { "aria-keyshortcuts": "0" });
    this.nobody.append(make("kbd", { "aria-hidden": "true" }, "0"));
    this.reject = button("Reject ", () => this.does.reject());
    this.reject.append(make("kbd", { "aria-hidden": "true" }, "0"));
    this.remove = button("Delete the record", () => this.does.remove());
    this.leave = button("Close", () => this.does.close());
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get hasFocus() {
    return this.box.matches(":focus-within");
  }

  // Open the form for a subject; `records` are the ids of editable records, "" for a new one, and `about` finds the subject again.
  open(kind, subject, state, records, about) {
    const { label, fields, hint } = { ...KINDS[kind], ...(kind === "proposal" ? OF_PROPOSAL[subject.proposal.kind] : {}) };
    Object.assign(this, { asks: kind, subject, state, about });
    this.happened = kind === "happened" ? state.events.find((one) => one.id === subject.event) : null;
    const proposed = kind === "quotation" && subject.proposal?.line.includes(" … ") ? subject.proposal.line : ""; // Several pieces become one quote.
    this.words.textContent = proposed || subject.parts.join(" ¶ ");
    this.words.hidden = ["records", "listed"].includes(kind);
    this.speakers.hidden = kind === "listed"; // Typed text only.
    this.who.setAttribute("aria-expanded", String(kind !== "listed"));
    this.why.textContent = state.blocked;
    this.label.textContent = kind === "listed" ? OWN_LABELS[Object.keys(subject.listed.keys)[0]] : label;
    this.hint.textContent = hint;
    this.speakers.setAttribute("aria-label", this.label.textContent);
    this.event.show(fields.includes("status"));
    for (const name of ["kind", "source", "day", "how", "to", "terms", "more"]) this.rows[name].hidden = !fields.includes(name);
    this.who.value =
      {
        actor: subject.parts[0],
        event: subject.title,
        happened: this.happened?.title,
        proposal: subject.proposal?.kind === "quote" ? "" : subject.proposal?.line,
        listed: Object.values(subject.listed?.keys ?? {})[0],
      }[kind] ?? "";
    this.begins = this.who.value; // "0" rejects a proposal only while its line is untouched.
    this.reject.lastChild.hidden = kind !== "proposal"; // Elsewhere "0" says that it is no quotation.
    this.rows.more.open = Boolean(this.happened) || (kind === "event" && subject.days.length === 0);
    this.drawKinds(subject.proposal);
    const says = (one) => `${one.says}: ${one.words}, counted from ${one.counted_from}`;
    fill(
      this.day,
      [subject.proposal?.day ? ["", `As proposed: ${subject.proposal.day}`] : NOT_TOLD, ...subject.days.map((one, n) => [String(n), says(one)])],
      subject.says && ["event", "date"].includes(kind) ? "0" : "",
    );
    fill(
      this.which,
      records.map((id) => [id, id || "A new one"]),
      records[0] ?? "",
    );
    this.rows.which.hidden = this.which.options.length < 2;
    this.drawOwn();
    this.submit.textContent = kind === "records" ? "Open" : kind === "proposal" ? "Accept" : "Write";
    this.box.hidden = false;
    this.takeRecord();
    this.who.focus({ preventScroll: true });
    if (this.who.value) this.who.setSelectionRange(this.who.value.length, this.who.value.length);
    this.untouched = JSON.stringify(this.values());
  }

  // What is in the form: the values of its fields, and the name of the choice.
  values() {
    const fields = [...this.box.querySelectorAll("input, select")].map((one) => [one.id, one.value]);
    return { fields: Object.fromEntries(fields), choice: this.options[this.chosen]?.name ?? "" };
  }

  get asksSpeaker() {
    return ["quotation", "quote", "paraphrase"].includes(this.asks) || this.subject.proposal?.kind === "quote";
  }

  get isTouched() {
    return this.isOpen && JSON.stringify(this.values()) !== this.untouched;
  }

  // Put back what was in the form before.
  restore({ fields, choice }) {
    const set = () => {
      for (const one of this.box.querySelectorAll("input, select")) if (Object.hasOwn(fields, one.id)) one.value = fields[one.id];
    };
    this.which.value = fields.which;
    this.takeRecord();
    set();
    this.list();
    this.choose(this.options.findIndex((one) => one.name === choice));
    set(); // The choice may ask for its kind.
    if (fields.to || fields.terms || fields.other) this.rows.more.open = true;
  }

  drawKinds(proposal) {
    const asked = proposal?.kind === "actor" && proposal.candidates.length > 0;
    if (this.asks === "proposal") this.rows.kind.hidden = !asked;
    const all = (asked ? proposal.candidates : this.state.kinds).map((one) => [one, KIND_WORDS[one] ?? one]);
    fill(this.kind, asked ? [["", "Choose"], ...all] : all, asked ? "" : (this.subject.kind ?? "Person"));
  }

  // Ask what a speaker is who is only proposed, where the draft could not tell.
  askKind() {
    if (!this.asksSpeaker) return;
    const speaker = this.options[this.chosen]?.said.speaker;
    const proposal = this.record ? null : this.state.proposals.find((one) => one.kind === "actor" && one.key === speaker && one.candidates.length > 0);
    this.rows.kind.hidden = !proposal;
    if (proposal) this.drawKinds(proposal);
  }

  // The further keys of the record of an actor or a source, as inputs.
  drawOwn() {
    const keys = Object.entries(this.subject.listed?.keys ?? {}).slice(1);
    this.own.hidden = this.asks !== "listed";
    this.own.replaceChildren(
      ...keys.map(([key, value]) => {
        const input = make("input", { id: `own-${key}`, type: "text", autocomplete: "off", ...(key === "type" ? { list: "kinds" } : {}) });
        input.value = value;
        return field(OWN_LABELS[key], input);
      }),
      make("datalist", { id: "kinds" }, ...this.state.kinds.map((one) => make("option", { value: one }))),
    );
  }

  // The changed keys of that record.
  ownKeys() {
    const keys = Object.entries(this.subject.listed.keys);
    const now = ([key], n) => (n === 0 ? this.who.value : this.own.querySelector(`#own-${key}`).value).trim();
    return Object.fromEntries(
      keys
        .map((one, n) => [one[0], now(one, n), one[1]])
        .filter(([, value, old]) => value !== old)
        .map(([key, value]) => [key, value]),
    );
  }

  // Fill in the values of the record, or the suggestions for a new one.
  takeRecord() {
    const { state, subject } = this;
    this.record = state.records.find((one) => one.id === this.which.value) ?? null;
    const isQuotation = this.asks === "quotation" && !subject.elsewhere;
    this.nobody.hidden = Boolean(this.record) || !isQuotation;
    this.reject.hidden = !subject.proposal || Boolean(this.record);
    this.remove.hidden = !this.record && !this.happened && this.asks !== "listed";
    const last = subject.selected && !["quote", "paraphrase"].includes(this.asks) ? "" : state.source;
    const via = this.record?.via ?? this.happened?.source ?? subject.proposal?.via ?? last;
    const denied = this.record ? "" : (subject.proposal?.denies ?? "");
    this.rows.denies.hidden = !denied;
    fill(
      this.denies,
      [
        ["", `As proposed: ${denied}`],
        ["no", "No quote"],
      ],
      "",
    );
    fill(this.source, [NOT_TOLD, ...state.sources.map((one) => [one.id, one.label])], via);
    fill(this.how, [NOT_TOLD, ...state.mediums.map((one) => [one, one])], this.record?.medium ?? "");
    fill(this.terms, [NOT_TOLD, ...state.rules.map((one) => [one, one])], this.record?.rules ?? "");
    this.event.fill(state, this.happened);
    this.other.value = this.record?.said ?? this.happened?.edtf ?? "";
    this.to.value = this.record?.to ?? "";
    this.list();
    if (this.record) this.choose(this.options.findIndex((one) => one.said.speaker === this.record.speaker));
  }

  close() {
    const hadFocus = this.hasFocus;
    this.box.hidden = true;
    this.subject = null;
    return hadFocus;
  }

  refuse(why) {
    this.why.textContent = why;
    if (!why) return;
    if (!this.rows.kind.hidden && !this.kind.value) this.kind.focus();
    this.why.scrollIntoView({ block: "nearest" });
  }

  // --- choices ---

  list() {
    const typed = this.who.value.trim();
    const offered = KINDS[this.asks].offer(this.state, this.subject, typed);
    this.options = this.asksSpeaker && !typed ? this.order.ordered(this.about, this.state, offered) : offered;
    this.speakers.replaceChildren(...this.options.map((one, n) => this.option(one, n, Boolean(typed))));
    const { proposal } = this.subject;
    const isProposed = ["quotation", "proposal"].includes(this.asks) && !this.record && Boolean(proposal?.speaker || (proposal && proposal.kind !== "quote"));
    const likeliest = typed ? 0 : Math.max(0, this.options.findIndex((one) => one.said.speaker && one.said.speaker === proposal?.speaker));
    this.choose((typed || isProposed || this.asks === "listed") && this.options.length > 0 ? likeliest : -1);
  }

  option(one, n, isSearch) {
    const sign = isSearch ? "" : (one.key ?? (n < 9 ? String(n + 1) : ""));
    const key = sign ? [make("kbd", { "aria-hidden": "true" }, sign)] : [];
    const made = make("li", { role: "option", id: `option-${n}`, "aria-selected": "false" }, ...key, make("span", { class: "name" }, one.name));
    if (one.told) made.append(" ", make("span", { class: "told" }, one.told));
    made.addEventListener("click", () => {
      this.choose(n);
      this.does.typed();
    });
    return made;
  }

  choose(n) {
    this.chosen = n;
    [...this.speakers.children].forEach((one, m) => one.setAttribute("aria-selected", String(m === n)));
    this.askKind();
    if (this.asks === "date") this.event.show(this.options[n]?.said.makes === "event");
    if (n < 0) this.who.removeAttribute("aria-activedescendant");
    else {
      this.who.setAttribute("aria-activedescendant", `option-${n}`);
      this.speakers.children[n].scrollIntoView({ block: "nearest" });
    }
  }

  // Whether a key says that this is no quotation, or rejects what is proposed: then it is done.
  rejects(event) {
    if (event.key !== "0" || event.ctrlKey || event.metaKey || event.altKey || this.who.value !== this.begins) return false;
    if (!this.nobody.hidden) this.does.nobody();
    else if (this.asks === "proposal") this.does.reject();
    else return false;
    return true;
  }

  // A key in the name field. Returns whether it was handled.
  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isEmpty = !this.who.value;
    const joins = this.options.findIndex((one) => one.key === "+");
    if (move && this.options.length > 0) this.choose((this.chosen + move + this.options.length) % this.options.length);
    else if (isEmpty && /^[1-9]$/.test(event.key) && this.options[event.key - 1]) this.choose(event.key - 1);
    else if (isEmpty && event.key === "+" && joins >= 0) this.choose(joins);
    else if (!this.rejects(event)) return false;
    event.preventDefault();
    if (this.isOpen) this.does.typed();
    return true;
  }

  // The values of the visible fields; the date with its words in the text.
  said() {
    const { fields } = KINDS[this.asks];
    const values = {
      kind: ["kind", this.kind.value],
      source: ["via", this.source.value],
      how: ["medium", this.how.value],
      terms: ["rules", this.terms.value],
      to: ["to", this.to.value.trim()],
      status: ["status", this.event.status.value],
      by: ["by", this.event.by.value],
    };
    const said = Object.fromEntries(fields.filter((one) => values[one]).map((one) => values[one]));
    if (!this.rows.kind.hidden) said.kind = this.kind.value;
    if (!this.rows.denies.hidden) said.denies = this.denies.value;
    const day = this.subject.days[this.day.value];
    const other = this.other.value.trim();
    return fields.includes("day") ? { ...said, said: other || day?.edtf || "", says: other ? "" : (day?.says ?? "") } : said;
  }

  // Only the changed values of a quote or an event.
  changes() {
    const day = this.subject.days[this.day.value]?.edtf;
    const other = this.other.value.trim();
    const now = this.happened
      ? this.event.changes(this.happened, { title: this.who.value.trim(), when: other, sources: this.source.value })
      : {
          via: [this.source.value, this.record.via],
          said: [day ?? other, this.record.said],
          medium: [this.how.value, this.record.medium],
          rules: [this.terms.value, this.record.rules],
          to: [this.to.value.trim(), this.record.to],
        };
    return Object.fromEntries(Object.entries(now).flatMap(([key, [value, old]]) => (value === old ? [] : [[key, value]])));
  }

  // Type a letter, or take one back, at the end of the name.
  type(key) {
    if (key === "Backspace") this.who.value = this.who.value.slice(0, -1);
    else if (key.length === 1) this.who.value += key;
    this.list();
    this.does.typed();
  }

  // In the margin beside the passage where there is room, so that the words around it stay in sight; below it otherwise.
  // On a narrow screen the form stands at the bottom by its style.
  place(range, scrolls) {
    const bar = this.box.nextElementSibling.offsetHeight + 12;
    const room = (top) => this.box.style.setProperty("--room", `${Math.max(320, innerHeight - top - bar)}px`);
    if (!range) {
      this.box.style.setProperty("--top", `${Math.round(scrollY + innerHeight * 0.1)}px`);
      room(innerHeight * 0.1);
      return;
    }
    const box = range.getBoundingClientRect();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "auto";
    if (scrolls && (box.top < 40 || box.bottom > innerHeight * 0.45)) scrollBy({ top: box.top - innerHeight * 0.2, behavior: still });
    const now = range.getBoundingClientRect();
    const block = (range.startContainer.parentElement ?? document.body).closest("p, li, blockquote, td, h1, h2, h3, h4, .text, main") ?? document.body;
    const margin = block.getBoundingClientRect().right + 12;
    const isBeside = margin + this.box.offsetWidth + 16 <= document.documentElement.clientWidth;
    const top = isBeside ? Math.max(12, Math.min(now.top, innerHeight - bar - this.box.offsetHeight - 8)) : now.bottom + 10;
    this.box.style.setProperty("--top", `${Math.round(top + scrollY)}px`);
    room(top);
    const left = isBeside ? margin : Math.max(16, Math.min(now.left, innerWidth - this.box.offsetWidth - 32));
    this.box.style.setProperty("--left", `${Math.round(left + scrollX)}px`);
  }
}
