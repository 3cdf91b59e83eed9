"""A corpus of annotated explainers, the same bytes on every machine, for the peers and for us.

    python -m tests.bench.corpus N FOLDER [--dialect backstory]

In the plain dialect, for the peers: `content/explainers/<slug>.md` (front matter in YAML, about 1,100 words of Markdown) and
`data/actors.json`. In ours, the same explainers and actors in our format: `content/site.yaml`, `content/explainers/<slug>.md`,
`content/actors/<id>.md`. The same number and seed give the same prose, quotes, actors and events in both.

An explainer has 3 sources, 8 actors (one of its own, 7 by a Zipf-Mandelbrot law from a shared pool of N), 6 quotes whose words stand
in the body (one in six split in two) and 6 timeline entries (2 events of its own, 4 from a shared pool of 2N). So the site has
N explainer, N actor and 2N event pages.
"""

import argparse
import bisect
import hashlib
import json
import random
from pathlib import Path

FEWEST = 3
"""With fewer explainers there are too few events for one."""


def _words(text):
    return tuple(text.split())


NOUNS = _words("""grid council harbour budget treaty audit turbine ferry hospital levy tariff quota
tunnel reservoir statute ballot census charter dividend embargo fleet grant hearing injunction
junction ledger mandate network ordinance pension railway subsidy tender union vaccine warrant
committee minister regulator contractor agency inspector campaign market report inquiry shortage
surplus forecast deadline contract permit licence dispute ruling appeal district province coast
valley factory school bridge airport pipeline archive registry platform signal outage storm""")
ADJS = _words("""regional public delayed contested quiet early costly final joint local national private
temporary revised disputed narrow broad seasonal formal informal partial independent unusual
rising falling steady fragile urgent modest sweeping technical legal fiscal coastal rural""")
VERBS = _words("""approved delayed questioned published rejected funded reviewed cancelled extended
withdrew signed opened closed audited defended revised announced warned promised suspended
restored reported negotiated inspected replaced""")
ADVS = _words("quickly quietly formally reluctantly partly openly finally repeatedly briefly broadly")
LINKS = _words("""because although while after before since whereas until once unless""")
FIRST = _words("""Ada Bruno Clara Dmitri Elena Farid Greta Hugo Imani Jonas Keiko Lars Mina Nadia Omar
Petra Quentin Rosa Selim Tove Uma Viktor Wanda Xenia Yusuf Zofia""")
LAST = _words("""Abara Bergström Castell Dufour Eriksen Fontaine Gupta Hallam Ito Jansen Kovač Lindqvist
Moreau Novak Okafor Petrov Quist Rahman Silva Tanaka Ueda Varga Weiss Yilmaz Zeman""")
ORGS = _words("Authority Council Agency Group Institute Union Bank Trust Office Company Federation")
TOPICS = _words("""energy housing transport health water trade elections courts budgets ports schools
climate farming fishing rail aviation mining telecoms privacy labour migration heritage science
defence policing""")
PUBLISHERS = (
    "Harbour Gazette",
    "The Northern Ledger",
    "Public Record Office",
    "Civic Monitor",
    "Daily Register",
    "Coastal Review",
    "Institute Papers",
    "Parliament Hansard",
)


def slugify(s):
    table = str.maketrans("öčåéü", "ocaeu")
    return "-".join("".join(c if c.isalnum() else " " for c in s.lower().translate(table)).split())


class Gen:
    def __init__(self, n, seed, dialect="plain", *, everywhere=False):
        self.everywhere = everywhere
        self.n, self.r, self.ours = n, random.Random(f"{seed}/{n}"), dialect == "backstory"
        self.actors = [self.actor(i) for i in range(n)]
        self.events = [self.event(i) for i in range(2 * n)]
        self.slugs = [slugify(f"{self.title()} {i:05d}") for i in range(n)]
        acc, self.cum = 0.0, []
        for k in range(n):  # Zipf-Mandelbrot, s=1, q=2.7
            acc += 1.0 / (k + 2.7)
            self.cum.append(acc)

    # --- pools -------------------------------------------------------------
    def actor(self, i):
        r = self.r
        if i % 3:
            name, kind = f"{r.choice(FIRST)} {r.choice(LAST)}", "person"
            role = f"{r.choice(ADJS)} {r.choice(['minister', 'inspector', 'analyst', 'mayor', 'engineer'])}"
        else:
            name, kind = f"{r.choice(NOUNS).title()} {r.choice(NOUNS).title()} {r.choice(ORGS)}", "organisation"
            role = f"{r.choice(ADJS)} {r.choice(['regulator', 'operator', 'charity', 'newspaper'])}"
        return {"id": slugify(f"{name} {i:04d}"), "name": name, "kind": kind, "role": role}

    def event(self, i):
        title = f"{self.r.choice(ADJS).title()} {self.r.choice(NOUNS)} {self.r.choice(VERBS)} by the {self.r.choice(NOUNS)}"
        return {"id": slugify(f"{title} {i:05d}"), "date": self.date(), "title": title}

    def zipf(self):
        return min(self.n - 1, bisect.bisect_left(self.cum, self.r.random() * self.cum[-1]))

    def date(self):
        return f"{self.r.randint(2009, 2025)}-{self.r.randint(1, 12):02d}-{self.r.randint(1, 28):02d}"

    # --- prose -------------------------------------------------------------
    def title(self):
        r = self.r
        return f"How the {r.choice(ADJS)} {r.choice(NOUNS)} {r.choice(VERBS)} the {r.choice(NOUNS)}"

    def clause(self):
        r = self.r
        form = r.randrange(4)
        if form == 0:
            return f"the {r.choice(ADJS)} {r.choice(NOUNS)} {r.choice(ADVS)} {r.choice(VERBS)} a {r.choice(ADJS)} {r.choice(NOUNS)}"
        if form == 1:
            return f"nobody at the {r.choice(NOUNS)} {r.choice(VERBS)} the {r.choice(NOUNS)} of the {r.choice(ADJS)} {r.choice(NOUNS)}"
        if form == 2:
            return f"{r.randint(2, 98)} per cent of the {r.choice(NOUNS)} was {r.choice(VERBS)} in {r.randint(1998, 2025)}"
        return f"a {r.choice(NOUNS)} near the {r.choice(NOUNS)} {r.choice(VERBS)} its {r.choice(ADJS)} {r.choice(NOUNS)}"

    def sentence(self):
        c = self.clause()
        if self.r.random() < 0.6:
            c += f", {self.r.choice(LINKS)} {self.clause()}"
        return c[0].upper() + c[1:] + "."

    def inline(self, s, actors):
        """Now and then dress a sentence in emphasis, code or a link."""
        r, x = self.r, self.r.random()
        w = s.split(" ")
        k = r.randrange(1, max(2, len(w) - 2))
        if x < 0.12:
            w[k] = f"*{w[k].strip(',.')}*"
        elif x < 0.22:
            w[k] = f"**{w[k].strip(',.')}**"
        elif x < 0.26:
            w[k] = f"`{w[k].strip(',.')}`"
        elif x < 0.38:
            a = r.choice(actors)
            w[k] = f"[[{a['id']}|{a['name']}]]" if self.ours else f"[{a['name']}](/actors/{a['id']}/)"
        elif x < 0.44:
            word, slug = w[k].strip(",."), r.choice(self.slugs)
            w[k] = f"[[{slug}|{word}]]" if self.ours else f"[{word}](/explainers/{slug}/)"
        elif x < 0.48:
            w[k] = f'[{w[k].strip(",.")}](https://example.org/{r.choice(NOUNS)}/{r.randint(1, 999)} "{r.choice(NOUNS)}")'
        return " ".join(w)

    def para(self, actors):
        return " ".join(self.inline(self.sentence(), actors) for _ in range(self.r.randint(3, 5)))

    def spoken(self, quote):
        """The paragraph in which a quote's words stand, split by its attribution or not."""
        name, words = quote["speaker"]["name"], quote["segments"]
        if len(words) == 2:
            return f"\u201c{words[0]}\u201d {name} said. \u201c{words[1]}\u201d"
        return f"\u201c{words[0]}\u201d {name} said, according to {quote['publisher']}."

    def body(self, actors, quotes):
        r, out, words, section = self.r, [], 0, 0
        quotes = list(quotes)
        while words < 880 or quotes:
            if section:
                t = f"{r.choice(ADJS).title()} {r.choice(NOUNS)} and the {r.choice(NOUNS)}"
                out.append(f"{'##' if section % 3 else '###'} {t}")
            out += [self.para(actors) for _ in range(r.randint(2, 3))]
            out += [self.spoken(q) for q in quotes[:2]]
            del quotes[:2]
            x = r.random()
            if x < 0.35:
                bullets = r.random() < 0.6
                out.append(
                    "\n".join(("- " if bullets else f"{i}. ") + self.inline(self.sentence(), actors) for i in range(1, r.randint(4, 6)))
                )
            elif x < 0.5:
                rows = ["| Year | Item | Amount |", "| ---- | ---- | -----: |"]
                rows += [f"| {r.randint(2000, 2025)} | {r.choice(ADJS)} {r.choice(NOUNS)} | {r.randint(1, 9999)} |" for _ in range(5)]
                out.append("\n".join(rows))
            elif x < 0.6:
                out.append("> " + self.sentence())
            section += 1
            words = sum(p.count(" ") + 1 for p in out)
        return "\n\n".join(out) + "\n"

    # --- one document --------------------------------------------------------
    def document(self, i):
        r = self.r
        ids = {i, 0} if self.everywhere else {i}
        while len(ids) < min(8, self.n):
            ids.add(self.zipf())
        ids = sorted(ids)
        r.shuffle(ids)
        actors = [self.actors[k] for k in ids]
        evs = {2 * i, 2 * i + 1}
        while len(evs) < 6:  # half near neighbours, half anywhere in the pool
            k = (2 * i + r.randint(-60, 60)) if r.random() < 0.5 else r.randrange(2 * self.n)
            evs.add(k % (2 * self.n))
        evs = sorted((self.events[k] for k in sorted(evs)), key=lambda e: e["date"])
        sources = [
            {
                "id": f"s{k}",
                "title": self.title(),
                "publisher": r.choice(PUBLISHERS),
                "url": f"https://example.org/{r.choice(NOUNS)}/{r.choice(NOUNS)}-{r.randint(1, 9999)}",
                "date": self.date(),
            }
            for k in range(1, 4)
        ]
        quotes = []
        for k in range(1, 7):
            segments, source = [self.sentence(), self.sentence()], r.choice(sources)
            if k == 1 or r.random() > 0.2:  # the first is never split: the live harness edits it
                segments = [" ".join(segments)]
            quotes.append(
                {
                    "id": f"q{k}",
                    "segments": segments,
                    "speaker": r.choice(actors),
                    "date": min(self.date(), source["date"]),  # nothing is reported before it is said
                    "source": source["id"],
                    "publisher": source["publisher"],
                }
            )
        timeline = [{**e, "actors": [a["id"] for a in r.sample(actors, r.randint(1, 3))], "source": r.choice(sources)["id"]} for e in evs]
        doc = {
            "title": self.slugs[i].rsplit("-", 1)[0].replace("-", " ").capitalize(),
            "slug": self.slugs[i],
            "summary": [self.sentence(), self.sentence()],
            "date": self.date(),
            "lastmod": f"2026-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}",
            "topics": sorted(r.sample(TOPICS, 3)),
            "actors": actors,
            "sources": sources,
            "quotes": quotes,
            "timeline": timeline,
        }
        return "\n".join((ours if self.ours else plain)(doc)) + "\n\n" + self.body(actors, quotes)


def plain(d):
    """Front matter as the peers' templates read it."""
    y = [
        "---",
        f'title: "{d["title"]}"',
        f"slug: {d['slug']}",
        "summary: >-",
        *(f"  {s}" for s in d["summary"]),
        f"date: {d['date']}",
        f"lastmod: {d['lastmod']}",
        f"topics: [{', '.join(d['topics'])}]",
        "actors:",
        *(f"  - {a['id']}" for a in d["actors"]),
        "events:",
        *(f"  - {e['id']}" for e in d["timeline"]),
        "sources:",
    ]
    for s in d["sources"]:
        y += [
            f"  - id: {s['id']}",
            f'    title: "{s["title"]}"',
            f"    publisher: {s['publisher']}",
            f"    url: {s['url']}",
            f"    date: {s['date']}",
        ]
    y.append("quotes:")
    for q in d["quotes"]:
        y += [
            f"  - id: {q['id']}",
            f'    text: "{" ".join(q["segments"])}"',
            f"    speaker: {q['speaker']['id']}",
            f"    date: {q['date']}",
            f"    source: {q['source']}",
        ]
    y.append("timeline:")
    for e in d["timeline"]:
        y += [
            f"  - id: {e['id']}",
            f"    date: {e['date']}",
            f'    title: "{e["title"]}"',
            f"    actors: [{', '.join(e['actors'])}]",
            f"    source: {e['source']}",
        ]
    return [*y, "---"]


def ours(d):
    """The same record in our format, where the ids of sources are the whole site's."""
    src = {s["id"]: f"{s['id']}-{d['slug'].rsplit('-', 1)[1]}" for s in d["sources"]}
    y = [
        "---",
        f'title: "{d["title"]}"',
        f"slug: {d['slug']}",
        "summary: >-",
        *(f"  {s}" for s in d["summary"]),
        f"published: {d['date']}",
        f"updated: {d['lastmod']}",
        f"topics: [{', '.join(d['topics'])}]",
        "sources:",
    ]
    for s in d["sources"]:
        y += [
            f"  {src[s['id']]}:",
            f'    title: "{s["title"]}"',
            f"    publisher: {s['publisher']}",
            f"    url: {s['url']}",
            f"    published: {s['date']}",
        ]
    y += ["actors:", *(f"  - {a['id']}" for a in d["actors"]), "quotes:"]
    for q in d["quotes"]:
        text = f'"{q["segments"][0]}"' if len(q["segments"]) == 1 else "[" + ", ".join(f'"{s}"' for s in q["segments"]) + "]"
        y += [
            f"  - id: {q['id']}",
            f"    text: {text}",
            f"    speaker: {q['speaker']['id']}",
            f"    said: {q['date']}",
            "    mode: direct",
            "    rules: on-record",
            f"    via: [{src[q['source']]}]",
        ]
    y.append("timeline:")
    for e in d["timeline"]:
        y += [
            f"  - id: {e['id']}",
            f"    when: {e['date']}",
            f'    title: "{e["title"]}"',
            "    status: occurred",
            f"    actors: [{', '.join(e['actors'])}]",
            f"    sources: [{src[e['source']]}]",
        ]
    return [*y, "---"]


def write(number, folder, dialect="plain", seed="7", *, everywhere=False):
    """Write a corpus into a folder that is not there yet; with `everywhere`, one actor is in every explainer."""
    made = Gen(number, seed, dialect, everywhere=everywhere)
    explainers = folder / "content" / "explainers"
    explainers.mkdir(parents=True)
    if dialect == "backstory":
        _put(folder / "content" / "site.yaml", "title: Bench\nbase_url: https://example.org/\nlanguage: en\n")
        for actor in made.actors:
            kind = "Person" if actor["kind"] == "person" else "Organization"
            text = f"---\nname: {actor['name']}\ntype: {kind}\nposition: {{role: {actor['role']}}}\n---\n"
            _put(folder / "content" / "actors" / f"{actor['id']}.md", text)
    else:
        actors = {actor["id"]: {key: actor[key] for key in ("name", "kind", "role")} for actor in made.actors}
        _put(folder / "data" / "actors.json", json.dumps(actors, ensure_ascii=False, indent=1))
    for index in range(number):
        _put(explainers / f"{made.slugs[index]}.md", made.document(index))


def _put(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def digest(folder):
    """Return one digest of all files in a folder and of their names."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def fingerprint():
    """Return what a corpus made by this very program is kept under."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description="Write a corpus of N annotated explainers.")
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dialect", choices=["plain", "backstory"], default="plain")
    parser.add_argument("--everywhere", action="store_true", help="one actor is in every explainer")
    asked = parser.parse_args()
    write(asked.number, asked.folder, asked.dialect, everywhere=asked.everywhere)


if __name__ == "__main__":
    main()
