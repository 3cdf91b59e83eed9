// The choices and fields that the form offers for each kind of subject.

const MOST = 9; // Choices with a number key.
const NONE = [];
const OF_QUOTE = ["source", "day", "how", "more", "to", "terms"];

export const KIND_WORDS = { Organization: "Organisation", PublicBody: "Public body", UnnamedSource: "Source without a name" };
export const OWN_LABELS = {
  name: "Name",
  position: "Office",
  type: "Kind",
  of: "Body",
  here: "Part in this story",
  alias: "Other names",
  described_as: "Described as",
  knows_because: "Knows because",
  anonymity_reason: "Not named because",
  publisher: "Publisher",
  title: "Title",
  published: "Published on",
  url: "Address",
};

// What the form asks of a proposal without a quotation.
export const OF_PROPOSAL = {
  actor: { head: "an actor", label: "Name", hint: "Enter accepts it as it stands here, 0 rejects it." },
  unnamed: { head: "a source without a name", label: "Description; how they know; why not named", hint: "Enter accepts it as it stands here, 0 rejects it." },
  quote: { head: "a quote", label: "Who said it", hint: "1–9 chooses, a name searches, Enter accepts, 0 rejects." },
  event: { head: "an event", label: "What happened then", hint: "Write it and press Enter, or 0 if it belongs in no timeline." },
};

export const KINDS = {
  quotation: { head: "", label: "Who said it", fields: OF_QUOTE, hint: "1–9 chooses, a name searches, Enter saves.", offer: speakers },
  quote: {
    head: "Quote",
    label: "Who said it",
    fields: OF_QUOTE,
    hint: "The words get quotation marks. 1–9 chooses, a name searches, Enter saves.",
    offer: speakers,
  },
  paraphrase: { head: "Paraphrase", label: "Who is paraphrased", fields: OF_QUOTE, hint: "1–9 chooses, a name searches, Enter saves.", offer: speakers },
  actor: { head: "Actor", label: "Name", fields: ["kind"], hint: "Put an office after a comma. Enter saves.", offer: actors },
  event: { head: "Event", label: "Title", fields: ["source", "day", "status", "by", "more"], hint: "Choose its day below. Enter saves.", offer: title },
  happened: { head: "Event", label: "Title", fields: ["source", "status", "by", "more"], hint: "Enter saves the changes.", offer: title },
  date: {
    head: "Date",
    label: "The event that it means",
    fields: ["day", "status", "by"],
    hint: "1–9 chooses, words search or name a new event, Enter saves.",
    offer: events,
  },
  proposal: { head: "Proposed", label: "Record", fields: ["kind"], hint: "", offer: proposed },
  records: {
    head: "Actors and sources of this explainer",
    label: "Record",
    fields: NONE,
    hint: "1–9 chooses, a name searches, Enter opens the record.",
    offer: listed,
  },
  listed: {
    head: "",
    label: "Name",
    fields: NONE,
    hint: "Enter saves the changes.",
    offer: (state, subject, typed) => (typed ? [{ said: {}, name: typed, told: "", key: "" }] : NONE),
  },
  source: { head: "Source", label: "Source", fields: NONE, hint: "1–9 chooses. A new one: publisher, title, day; or an address.", offer: sources },
};

// The candidates for a date; the present value of anything else.
function proposed(state, subject, typed) {
  const { proposal } = subject;
  if (proposal.kind === "quote") return speakers(state, subject, typed).map((one) => ({ ...one, said: { ...one.said, via: proposal.via } }));
  if (proposal.kind !== "event") return [{ said: { line: typed }, name: typed || proposal.line, told: proposal.ask, key: "" }];
  if (!typed) return NONE;
  const days = proposal.candidates.slice(0, MOST).map((day) => ({ said: { line: typed, said: day }, name: typed, told: `on ${day} instead`, key: "" }));
  return [{ said: { line: typed }, name: typed, told: proposal.day, key: "" }, ...days];
}

function listed(state, subject, typed) {
  const kinds = { actors: "actor", unnamed: "source without a name", sources: "source" };
  const found = state.listed.filter((one) => !typed || isLike(`${one.name} ${one.id}`, typed.toLowerCase())).slice(0, MOST);
  return found.map((one) => ({
    said: {},
    listed: one,
    name: one.name,
    told: Object.keys(one.keys).length ? kinds[one.section] : `${kinds[one.section]}, in a file of its own`,
  }));
}

// The speakers that what was typed may mean; where nothing was typed, those of this explainer alone, who are named near the passage first.
function speakers(state, subject, typed) {
  const name = firstPart(typed);
  const near = subject.speakers;
  const { proposal } = subject;
  const likely = proposal ? [proposal.speaker, ...proposal.candidates] : NONE;
  const rank = (one) => (likely.includes(one.id) ? likely.indexOf(one.id) - likely.length : near.includes(one.id) ? near.indexOf(one.id) : near.length);
  const known = [...state.speakers, ...newSpeakers(state)].sort((one, other) => rank(one) - rank(other));
  const isOffered = (one) => one.is_here !== false || likely.includes(one.id) || near.includes(one.id);
  const found = known
    .filter((one) => (!typed && isOffered(one)) || (typed && (typed.includes(",") ? one.name.toLowerCase() === name : isLike(`${one.name} ${one.told}`, name))))
    .slice(0, MOST);
  const options = found.map((one) => ({
    said: { speaker: one.id },
    name: one.name,
    told: [one.told, one.id === proposal?.speaker ? because(proposal) : ""].filter(Boolean).join(" · "),
  }));
  // A name beside the words that no actor has is not typed again.
  const fresh = typed ? NONE : (subject.unlinked ?? NONE).filter((words) => !known.some((one) => one.name === words));
  options.splice(
    found.filter((one) => rank(one) < near.length).length,
    0,
    ...fresh.map((words) => ({ said: { named: words }, name: words, told: "new: a name of the text" })),
  );
  options.splice(MOST);
  if (typed && !found.some((one) => one.name.toLowerCase() === name)) {
    options.push({ said: { named: typed }, name: typed, told: "new; an office stands behind a comma" });
    options.push({ said: { described: typed }, name: typed, told: "new, and not named: these words describe them" });
  }
  if (!typed && subject.before) options.push({ said: { joins: subject.before }, name: "Continues the previous quote", told: subject.beforeWords, key: "+" });
  if (!typed && subject.makes !== "paraphrase" && !subject.unplaced)
    options.push({ said: { speaker: "unknown" }, name: "Speaker unknown", told: "speaker: unknown", key: "" });
  return options;
}

// Proposed actors without a record.
function newSpeakers(state) {
  const has = new Set(state.speakers.map((one) => one.id));
  return state.proposals
    .filter((one) => ["actor", "unnamed"].includes(one.kind) && !has.has(one.key))
    .map((one) => ({
      id: one.key,
      name: one.line.split(one.kind === "actor" ? "," : ";")[0],
      told: one.kind === "actor" ? one.told.split(",").slice(1).join(",").trim() : "not named",
    }));
}

function because({ because, ask }) {
  return `proposed${because ? `: ${because}` : ""}${ask ? `. ${ask}` : ""}`;
}

// A new actor, or another name of a known one.
function actors(state, subject, typed) {
  const parts = firstPart(typed).split(/\s+/);
  const own = (one) =>
    one.told !== "not named" &&
    (one.id === subject.otherName ||
      one.name
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.length > 2 && parts.includes(word)));
  const others = state.speakers.filter((one) => own(one) && one.name.toLowerCase() !== firstPart(typed)).slice(0, MOST - 1);
  const options = others.map((one) => ({ said: { other_name: one.id }, name: `Another name of ${one.name}`, told: one.told, key: "" }));
  const made = { said: { named: typed }, name: typed, told: "new", key: "" };
  if (!typed) return options;
  return subject.otherName ? [...options, made] : [made, ...options];
}

function title(state, subject, typed) {
  return typed ? [{ said: typed === subject.title ? {} : { named: typed }, name: typed, told: "a new event of the timeline", key: "" }] : NONE;
}

function events(state, subject, typed) {
  const days = subject.days.map((one) => one.edtf);
  const rank = (one) => (days.includes(one.edtf) ? 0 : 1);
  const found = [...state.events].sort((one, other) => rank(one) - rank(other)).filter((one) => !typed || isLike(one.title, typed.toLowerCase()));
  const options = found.slice(0, MOST).map((one) => ({ said: { event: one.id }, name: one.title, told: one.when }));
  if (typed) options.push({ said: { makes: "event", named: typed }, name: typed, told: "a new event on this day" });
  return options;
}

function sources(state, subject, typed) {
  const found = state.sources.filter((one) => !typed || isLike(one.label, typed.toLowerCase())).slice(0, MOST);
  const options = found.map((one) => ({ said: { via: one.id }, name: one.label, told: "" }));
  if (typed) options.push({ said: { named: typed }, name: typed, told: "new" });
  return options;
}

function firstPart(typed) {
  return typed.split(",")[0].trim().toLowerCase();
}

// Whether words begin with the typed text, from any word on.
function isLike(words, typed) {
  const all = words.toLowerCase().split(/\s+/);
  return all.some((word, n) => all.slice(n).join(" ").startsWith(typed));
}

// What to do where nothing is chosen yet, by what the form asks for.
export function unchosen(asks, subject) {
  const speaker = "Choose who said it: a number, or type a name.";
  const texts = {
    date: "Choose the event: a number, or type its title.",
    source: "Choose a source: a number, or type a new one.",
    records: "Choose a record: a number, or type a name.",
    proposal: subject.proposal?.kind === "event" ? "Write what happened." : speaker,
    listed: "Write a name.",
  };
  return texts[asks] ?? speaker;
}
