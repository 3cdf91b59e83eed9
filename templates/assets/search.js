// Backstory: the page to search on. Pagefind reads the index, which lies on this site; nothing is asked of anybody else.
// What is searched stands in the address. Keys: “/” goes to the words, the arrows go through what was found, Escape goes back.

const form = document.querySelector("form.search");
const words = form.elements.q;
const told = form.querySelector("output");
const parts = [...document.querySelectorAll(".found")];
const narrowed = ["speaker", "basis", "topic", "year"];
const AT_ONCE = 6;
// Numbers as the page's language writes them.
const figures = (number) => number.toLocaleString(document.documentElement.lang);
let pagefind,
  having,
  turn = 0,
  timer;

// Which records have all that is asked for: by filter and value, the ids that Pagefind gives them.
const read = async (address) => {
  const { ids, filters } = await (await fetch(address)).json();
  const entries = Object.entries(filters).map(([name, values]) => [
    name,
    new Map(Object.entries(values).map(([value, numbers]) => [value, new Set(numbers.map((n) => ids[n]))])),
  ]);
  return new Map(entries);
};

const asked = () => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));

const fromAddress = () => {
  const given = new URLSearchParams(location.search);
  for (const field of form.elements) if (field.name) field.value = given.get(field.name) ?? "";
};

// Characters that the index has as words of their own (builder/content/mentions/search_text.py): a run of them is searched for as a phrase.
const split = new RegExp(
  "[" +
    String.raw`\u0e00-\u0e7f\u0e80-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff` +
    String.raw`\u{20000}-\u{3ffff}\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f` +
    "]+",
  "gu",
);
const shifted = /[\u0e00-\u109f\u1780-\u17ff\u3041-\u30ff]/;
const SHIFT = 0x20000;
const phrase = (run) => `"${[...run].map((one) => (shifted.test(one) ? String.fromCodePoint(one.codePointAt(0) + SHIFT) : one)).join(" ")}"`;
const searches = (q) => {
  const words = q.normalize("NFC");
  const runs = words.match(split);
  if (!runs) return [q || null];
  const others = words
    .replace(split, " ")
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .trim();
  return [...runs.map(phrase), ...(others ? [others] : [])];
};
// What is found by each of several searches, in the order of the first.
const foundBy = async (asked) => {
  const [first, ...others] = await Promise.all(asked.map(async (one) => (await pagefind.search(one)).results));
  return others.reduce((left, results) => {
    const ids = new Set(results.map((one) => one.id));
    return left.filter((one) => ids.has(one.id));
  }, first);
};
// A passage as it stood in the text: without the words and spaces that only the index has.
const whole = (text) =>
  text
    .replace(/ ?(?:<mark>)?\u2062[^<\s]*(?:<\/mark>)?/g, "")
    .replace(/ (<mark>)?\u2060/g, "$1")
    .replace(/ (<mark>)?\u2061(.)/gu, (_, mark, one) => (mark ?? "") + String.fromCodePoint(one.codePointAt(0) - SHIFT))
    .replace(/[\u2061\u2063](.)/gu, (_, one) => String.fromCodePoint(one.codePointAt(0) - SHIFT))
    .replaceAll("\u2060", "")
    .replaceAll("</mark><mark>", "");

// Pagefind gives an excerpt as HTML with <mark>; it is taken apart, so that nothing from the index ever becomes markup.
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
const excerpt = (text) => {
  const made = document.createElement("p");
  whole(text)
    .split(/<mark>(.*?)<\/mark>/)
    .forEach((piece, n) => {
      if (n % 2) made.append(Object.assign(document.createElement("mark"), { textContent: plain(piece) }));
      else made.append(plain(piece));
    });
  return made;
};

const entry = ({ meta, excerpt: around }, kind, searched) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = kind === "paraphrase" ? "quote" : kind;
  link.href = form.dataset.root + meta.path;
  link.textContent = meta.title;
  item.append(link);
  if (meta.note) item.append(Object.assign(document.createElement("p"), { textContent: meta.note }));
  if (searched && kind !== "quote" && kind !== "paraphrase" && kind !== "source") item.append(excerpt(around));
  return item;
};

const more = async (part, results, searched, mine) => {
  const list = part.querySelector("ol"),
    button = part.querySelector("button");
  const from = list.children.length;
  const read = await Promise.all(results.slice(from, from + AT_ONCE).map((one) => one.data()));
  if (mine !== turn) return;
  list.append(...read.map((one) => entry(one, part.dataset.kind, searched)));
  const left = results.length - list.children.length;
  button.hidden = !left;
  button.textContent = form.dataset.more.replace("{n}", figures(left));
  button.onclick = async () => {
    await more(part, results, searched, mine);
    list.children[from + AT_ONCE]?.querySelector("a").focus();
  };
};

const search = async () => {
  const mine = ++turn;
  const { q = "", kind = "", ...filters } = asked();
  const query = new URLSearchParams(asked()).toString();
  history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  const idle = !query;
  await pagefind.options({ excerptLength: split.test(q) ? 90 : 30 });
  split.lastIndex = 0;
  const all = idle ? [] : await foundBy(searches(q));
  const kept = Object.entries(filters).reduce((left, [name, value]) => left.filter((one) => having.get(name)?.get(value)?.has(one.id)), all);
  const found = parts.map((part) => (kind && kind !== part.dataset.kind ? [] : kept.filter((one) => having.get("kind")?.get(part.dataset.kind)?.has(one.id))));
  if (mine !== turn) return;
  let number = 0;
  await Promise.all(
    parts.map((part, n) => {
      const results = found[n];
      number += results.length;
      part.hidden = !results.length;
      part.querySelector("ol").replaceChildren();
      part.querySelector(".number").textContent = figures(results.length);
      return results.length ? more(part, results, q, mine) : null;
    }),
  );
  if (mine === turn) told.textContent = idle ? "" : number ? form.dataset.count.replace("{n}", figures(number)) : form.dataset.none;
};

const tried = async () => {
  try {
    await search();
  } catch {
    told.textContent = form.dataset.broken;
  }
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(tried, 150);
};

const keys = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    words.focus();
    words.select();
    return;
  }
  if (event.target.matches("select")) return;
  const links = [...document.querySelectorAll(".found:not([hidden]) li > a")];
  const at = links.indexOf(event.target);
  if (event.key === "Escape" && at >= 0) {
    words.focus();
    return;
  }
  if (at < 0 && event.target !== words) return;
  if (event.key === "ArrowDown" && links.length) {
    event.preventDefault();
    links[Math.min(at + 1, links.length - 1)].focus();
  }
  if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (links[at - 1] ?? words).focus();
  }
};

const begin = async () => {
  form.hidden = false;
  const note = document.querySelector(".unscripted");
  if (note) note.hidden = true;
  try {
    pagefind = await import(new URL(form.dataset.index, document.baseURI));
    await pagefind.init();
    having = await read(new URL("filters.json", new URL(form.dataset.index, document.baseURI)));
    for (const name of narrowed) {
      const values = [...(having.get(name)?.keys() ?? [])].sort((a, b) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b)));
      form.elements[name].append(...values.map((value) => new Option(value, value)));
      form.elements[name].closest("label").hidden = !values.length;
    }
  } catch {
    told.textContent = form.dataset.broken;
    return;
  }
  fromAddress();
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    tried();
  });
  addEventListener("popstate", () => {
    fromAddress();
    tried();
  });
  document.addEventListener("keydown", keys);
  form.dataset.ready = "";
  if (!location.search && !location.hash) words.focus();
  await tried();
};

await begin();
