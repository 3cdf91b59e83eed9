// What a form sends: its kind, and the fields of this kind; see preview/annotating/annotation_form.py.

const SPEAKER = ["speaker", "named", "described"];
const STATEMENT = [...SPEAKER, "via", "said", "says", "medium", "rules", "to"];
const PASSAGE = ["passage", "words"];
const FIELDS = {
  quotation: [...PASSAGE, ...STATEMENT],
  "no-quotation": PASSAGE,
  continuation: [...PASSAGE, "joins"],
  "accept-proposal": ["proposal", ...PASSAGE, ...STATEMENT, "denies", "kind", "line"],
  "reject-proposal": ["proposal", ...PASSAGE, "nobody"],
  quote: ["selected", ...STATEMENT],
  paraphrase: ["selected", ...STATEMENT],
  actor: ["selected", "named", "kind"],
  alias: ["selected", "other_name"],
  event: ["selected", "named", "via", "said", "says", "status", "by"],
  date: ["selected", "event"],
  source: ["selected", "via", "named"],
  "change-quote": ["quote", "words", "keys", ...SPEAKER],
  "delete-quote": ["quote", "words"],
  "change-event": ["event", "keys"],
  "delete-event": ["event"],
  "change-record": ["record", "section", "keys"],
  "delete-record": ["record", "section"],
};

// What is sent of the values of a form.
export function submission(values) {
  const form = kindOf(values);
  const fields = FIELDS[form].filter((name) => values[name] !== undefined).map((name) => [name, values[name]]);
  return { form, ...Object.fromEntries(fields) };
}

function kindOf(values) {
  if (values.selected) return values.other_name ? "alias" : values.makes;
  const record = ["record", "quote", "event"].find((name) => values[name]);
  if (record) return `${values.deletes ? "delete" : "change"}-${record}`;
  if (values.proposal) return values.rejects || values.nobody ? "reject-proposal" : "accept-proposal";
  if (values.nobody) return "no-quotation";
  return values.joins ? "continuation" : "quotation";
}
