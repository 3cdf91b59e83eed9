// Annotating in the page: quotations without a record are underlined, and a form beside each takes its speaker; other words can be selected. Loaded on demand.
// The server writes to the file; this script only collects choices.

import { LOOK, foundAgain, rangesOf, textOf } from "./annotations.js";
import { Bar } from "./bar.js";
import { KINDS, OF_PROPOSAL, unchosen } from "./choices.js";
import { OWN, make } from "./dom.js";
import { Form } from "./form.js";
import { Kept, aboutOf, takeUp } from "./kept.js";
import { PageInput } from "./page_input.js";
import { Selecting } from "./selection.js";
import { send } from "./requests.js";
import { submission } from "./submission.js";
import { Waiting } from "./waiting.js";
import { NOTHING, excerpt, hasRecord, listOf, nearestLike, newNames, numberBefore, overlap, piecesOf, rangeOfProposal, withoutStop } from "./todo.js";

export class Annotating {
  constructor({ secret, ended }) {
    this.secret = secret; // Returns the CSRF token.
    this.ended = ended;
    this.number = -1; // Of the passage in the form.
    this.subject = null; // Of the form: a passage, a proposal, a record, or a selection.
    this.named = -1; // The last unlinked name that was shown.
    this.busy = false;
    this.sent = 0; // Requests that write, begun and ended: a state that was asked for before one is out of date.
    this.kept = new Kept();
    this.host = document.createElement("backstory-annotate");
    this.root = this.host.attachShadow({ mode: "open" });
    this.look = new CSSStyleSheet();
    this.look.replaceSync(LOOK);
    this.bar = new Bar({
      go: (step) => this.waiting.later(() => this.go(step)),
      select: () => this.selecting.start(),
      names: () => this.waiting.later(() => this.goName()),
      records: () => this.waiting.later(() => this.goRecords()),
      step: (name) => this.waiting.later(() => this.step(name)),
      end: () => this.waiting.later(() => this.end()),
    });
    this.form = new Form({
      write: () => this.write(),
      nobody: () => this.answer({ nobody: true }),
      reject: () => this.answer({ rejects: true }),
      remove: () => this.remove(),
      close: () => this.waiting.later(() => this.leave()),
      typed: () => this.keep(),
    });
    this.waiting = new Waiting({ host: this.host, isBusy: () => this.busy, press: (pressed) => this.input.press(pressed) });
    this.sheet = make("link", { rel: "stylesheet", href: `${OWN}annotate.css` });
    this.root.append(this.sheet, this.form.box, this.bar.box);
    this.grows = new ResizeObserver(() => this.host.style.setProperty("--bar", `${this.bar.box.offsetHeight}px`));
    this.selecting = new Selecting({
      root: this.root,
      host: this.host,
      chosen: (name, found) => this.waiting.later(() => this.choseKind(name, found)),
      tell: (words) => this.tell(words),
      from: () => this.ranges.get(this.number)?.[0],
      left: () => this.bar.box.focus({ preventScroll: true }),
    });
    this.input = new PageInput(this);
  }

  async begin() {
    const state = await this.ask();
    if (!state) return false;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.look];
    const styled = new Promise((done) => ["load", "error"].forEach((name) => this.sheet.addEventListener(name, done)));
    document.documentElement.append(this.host);
    await styled; // Where the form stands depends on its width.
    this.grows.observe(this.bar.box);
    this.waiting.begin();
    this.input.begin();
    this.selecting.begin();
    this.take(state);
    if (this.missed) await this.renew();
    if (state.blocked) this.tell(state.blocked);
    else if (!takeUp(this)) this.go(1);
    if (!this.form.isOpen) this.bar.box.focus();
    return true;
  }

  end() {
    this.waiting.end();
    this.input.end();
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

  // Send a form; returns whether it was written.
  async send(name, said) {
    if (this.busy) return false; // Enter that is held down writes once.
    this.busy = true;
    this.sent += 1;
    this.form.refuse("");
    const state = await send(name, said, this.secret());
    this.busy = false;
    this.sent += 1;
    if (state.digest) this.take(state);
    else if (this.missed) this.renew();
    this.missed = false;
    if (state.refused) {
      const letters = this.waiting.drop();
      return this.refuse(letters ? `${state.refused} What you typed meanwhile was not used: “${letters}”.` : state.refused);
    }
    this.tell(state.done);
    return true;
  }

  refuse(why) {
    if (this.form.isOpen) this.form.refuse(why);
    else this.tell(why);
    return false;
  }

  // --- open passages ---

  take(state) {
    const before = this.all?.[this.number];
    this.state = state;
    this.all = listOf(state);
    // The same words again, where passages came or went before them.
    if (before) this.number = nearestLike(this.all, before);
    if (before && this.form.isOpen && this.number >= 0 && !this.subject.selected && !this.subject.listed && !this.subject.isList) {
      this.subject = this.subjectOf(this.number);
      this.form.subject = this.subject;
      this.title();
    }
    this.form.state = state;
    this.redraw();
    this.bar.show(state, this.all);
  }

  // The page has changed: find the passages in it at once, so that a click meets them, and fetch its state.
  async renew() {
    this.missed = !this.state; // Not begun yet.
    if (this.missed) return;
    this.redraw();
    const { sent } = this;
    const state = await this.ask();
    if (sent !== this.sent || this.busy)
      this.missed = true; // What was written meanwhile brings a newer state.
    else if (state) this.take(state);
  }

  // Find the passages in the page; the page moves to that of the form only where it `isNew`.
  redraw(isNew = false) {
    const words = textOf();
    const inText = this.state.passages.filter((one) => one.in_text);
    const { length } = this.state.passages;
    this.ranges = new Map([
      ...rangesOf(inText, words),
      ...rangesOf(
        this.all.slice(length).filter((one) => one.elsewhere),
        words,
      ),
    ]);
    const page = inText.length < length ? textOf(document.querySelector("main") ?? document.body) : null;
    for (const one of this.state.passages) if (!one.in_text) for (const [number, ranges] of rangesOf([one], page)) this.ranges.set(number, ranges);
    for (const one of this.all) if (one.unplaced) this.ranges.set(one.number, rangeOfProposal(one.proposal, words));
    if (this.subject?.selected) this.subject.range = foundAgain(this.subject.selected, words)?.range;
    this.mark(
      "to-do",
      this.state.passages.filter((one) => one.to_do).flatMap((one) => this.ranges.get(one.number) ?? []),
    );
    this.mark("chosen", this.form.isOpen ? this.about() : []);
    if (this.form.isOpen) this.form.place(this.about().at(-1), isNew);
  }

  // The ranges of the subject of the form.
  about() {
    if (this.subject?.selected) return this.subject.range ? [this.subject.range] : [];
    if (this.subject?.listed || this.subject?.isList) return this.subject.range ? [this.subject.range] : [];
    return [this.number, ...piecesOf(this.subject, this.all)].flatMap((number) => this.ranges.get(number) ?? []);
  }

  mark(name, ranges) {
    if (!window.CSS?.highlights) return;
    CSS.highlights.set(`backstory-${name}`, new Highlight(...ranges));
  }

  // Go to the next or previous open passage; wraps around.
  // With `every`, passages with a record too, so that it can be edited.
  go(step, every = false) {
    const { all } = this;
    for (let n = 1; n <= all.length; n += 1) {
      const number = (((this.number + step * n) % all.length) + all.length) % all.length;
      if (all[number].to_do || (every && hasRecord(all[number]))) return this.show(number);
    }
    this.close();
    return undefined;
  }

  // Open the form for a passage, or for one of its records.
  show(number) {
    this.number = number;
    const passage = this.all[number];
    const records = passage.quotes.filter((id) => this.state.records.some((one) => one.id === id));
    this.subject = this.subjectOf(number);
    this.open(passage.event ? "happened" : passage.unplaced ? "proposal" : "quotation", [...(passage.to_do && records.length ? [""] : []), ...records]);
  }

  // A passage with the quote before it, which it may continue, and its proposal.
  subjectOf(number) {
    const passage = this.all[number];
    const last = this.all[number - 1];
    const joins = passage.in_text && passage.to_do && last?.in_text && last.quotes.length > 0;
    const proposal = passage.proposal ?? (passage.in_text ? this.state.proposals.find((one) => one.passage === number) : null) ?? null;
    const around = this.ranges.get(number)?.[0]?.startContainer.parentElement?.closest("p, li, blockquote, td")?.textContent ?? "";
    return {
      ...passage,
      proposal,
      unlinked: newNames(this.state, around),
      before: joins ? last.quotes.at(-1) : "",
      beforeWords: joins ? excerpt(last.parts) : "",
    };
  }

  // Open the form for selected words and their chosen kind.
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
      unlinked: newNames(this.state, near),
      days: [...inside, ...this.state.days.filter((one) => !inside.includes(one) && has(near, one))],
      says: inside.length > 0,
      title: found.words[0].toUpperCase() + found.words.slice(1),
      otherName: alike?.other_name ?? "",
      kind: alike?.kind ?? "Person",
      fromNames: Boolean(offered),
    };
    if (!offered) this.tell("");
    this.open(name, []);
  }

  // Go to the next unlinked name in the text.
  goName() {
    const { names } = this.state;
    if (names.length === 0) return this.tell("Each name in the text has an actor.");
    this.named = (this.named + 1) % names.length;
    const found = foundAgain({ words: names[this.named].words });
    return found ? this.askAbout("actor", found, names[this.named]) : this.tell(`“${names[this.named].words}” is not on this page.`);
  }

  // List the actors and sources of the explainer.
  goRecords() {
    this.subject = { ...NOTHING, isList: true };
    this.open("records", []);
  }

  showListed(record, range = null) {
    if (Object.keys(record.keys).length === 0) return this.refuse(`“${record.id}” has a file of its own: change it there.`);
    this.subject = { ...NOTHING, listed: record, parts: [record.name], range };
    return this.open("listed", []);
  }

  open(kind, records) {
    this.form.open(kind, this.subject, this.state, records, aboutOf(this.subject, this.all));
    const kept = this.kept.of(this.form.about);
    if (kept) {
      this.form.restore(kept);
      this.tell("What you had typed here stands in the form again.");
    }
    this.title();
    getSelection().removeAllRanges(); // The words are highlighted instead; a click within a selection would only end it.
    this.redraw(true);
  }

  title() {
    const { subject } = this;
    const head = () => {
      if (subject.selected || subject.isList) return KINDS[this.form.asks].head;
      if (subject.listed) return subject.listed.section === "sources" ? "Source" : "Actor";
      if (subject.unplaced) return `Proposed: ${OF_PROPOSAL[subject.proposal.kind].head}`;
      if (this.form.happened) return "Event";
      if (subject.elsewhere) return "Words without quotation marks";
      return `Quotation ${this.number + 1} of ${this.state.passages.length}${subject.in_text ? "" : ", in the front matter"}`;
    };
    this.form.head.textContent = head();
  }

  close() {
    const hadFocus = this.form.close();
    this.subject = null;
    this.redraw();
    if (hadFocus) this.bar.box.focus({ preventScroll: true });
  }

  // Close the form without writing: what was typed into it is given up.
  leave() {
    if (this.subject) this.kept.drop(aboutOf(this.subject, this.all));
    this.close();
  }

  // --- what is typed and not written ---

  keep() {
    if (!this.subject || this.subject.isList || this.busy) return;
    if (this.form.isTouched) this.kept.keep(aboutOf(this.subject, this.all), this.form.values());
    else this.kept.drop(aboutOf(this.subject, this.all));
  }

  tell(words) {
    this.bar.said.textContent = words;
  }

  // --- writing ---

  async write() {
    if (this.busy) return;
    const { form, subject } = this;
    const chosen = form.options[form.chosen];
    if (!chosen) {
      this.refuse(unchosen(form.asks, subject));
      form.who.focus();
    } else if (subject.isList) this.showListed(chosen.listed);
    else if (subject.listed) await this.change({ record: subject.listed.id, section: subject.listed.section }, form.ownKeys());
    else if (form.happened) await this.change({ event: form.happened.id }, form.changes());
    else if (form.record) await this.change({ quote: form.record.id }, form.changes(), chosen.said.speaker === form.record.speaker ? {} : chosen.said);
    else {
      const said = form.said();
      if (chosen.said.event) delete said.said; // The day is that of the event.
      if (chosen.said.event) delete said.says;
      await this.answer({ ...said, ...chosen.said });
    }
  }

  // Only changed values are sent.
  async change(about, keys, more = {}) {
    if (Object.keys({ ...keys, ...more }).length === 0) this.close();
    else await this.answer({ ...about, keys, ...more });
  }

  async remove() {
    const { form, subject } = this;
    const about = subject.listed
      ? { record: subject.listed.id, section: subject.listed.section }
      : form.happened
        ? { event: form.happened.id }
        : { quote: form.record.id };
    await this.answer({ ...about, deletes: true });
  }

  async answer(said) {
    const { subject } = this;
    const about = aboutOf(this.subject, this.all);
    const isNew = !said.quote && !said.event && !said.record;
    const proposal = isNew && subject.proposal && !said.joins ? { proposal: subject.proposal.id } : {};
    const place = subject.selected
      ? { selected: subject.selected, makes: subject.makes }
      : subject.listed || subject.unplaced
        ? {}
        : { passage: subject.number, words: subject.parts };
    const following = this.all[subject.number + 1];
    if (!(await this.send("annotate", { digest: this.state.digest, ...submission({ ...place, ...proposal, ...said }) }))) return;
    this.kept.drop(about);
    if (subject.fromNames) this.named -= 1; // The next one takes its place.
    if (subject.unplaced && following) this.number = numberBefore(this.all, following) ?? this.number;
    this.waiting.goOn(() => {
      if (subject.fromNames && this.state.names.length > 0) this.goName();
      else if (subject.selected || subject.elsewhere || subject.listed) this.close();
      else this.go(1);
    });
  }

  async step(name) {
    if (await this.send(name, {})) this.waiting.goOn(() => this.close());
  }
}
