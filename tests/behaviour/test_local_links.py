"""Local links of plain Markdown: they lead to one place from every page that shows them, and what leads nowhere is told."""

import posixpath
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.checks import link_suggestions, published_site

FILES = {
    "site.yaml": "title: T\nbase_url: https://example.org/\nnav: [{title: About, path: /about/}]\nfooter: '[top](#main) [about](/about/)'\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n[mina](/book/mina/)\n",
    "pages/book/mina.md": "---\ntitle: Mina\n---\nText.\n",
    "sources/log.md": "---\ntitle: A log\npublished: 2024-03-01\n---\nText.\n",
    "actors/mina.md": "---\nname: Mina Okoro\n---\nSee [further down](#years).\n\n## Years\n\nText.\n",
    "events/vote.md": "---\ntitle: Vote\nwhen: 2024-03-01\nactors: mina\nby: log\ntext: See [b](../explainers/b.md) and [more](#how).\n---\nText.\n\n## How\n\nText.\n",
    "events/pact.md": "---\ntitle: Pact\nwhen: 2024-03-02\nactors: mina\nby: log\n---\nText.\n",
    "explainers/a.md": "---\ntitle: A\npublished: 2024-03-08\nactors: {mina: }\ntimeline:\n  - vote\n"
    "  - {id: pact, title: Pact, text: 'See [b](b.md), [b](../b/) and [two](#two).'}\n"
    "  - {id: walk, when: 2024-03-03, title: Walk, actors: mina, by: log, text: 'See [two](#two).'}\n"
    "corrections: [{on: 2024-03-09, text: 'See [b](../b/), [b](b.md) and [two](#two).'}]\n---\nMina Okoro.\n\n## Two\n\nText.\n",
    "explainers/b.md": "---\ntitle: B\npublished: 2024-03-08\nsources: [log]\n---\nText.\n",
}


def built(tmp_path, **more):
    for name, text in (FILES | more).items():
        path = tmp_path / "root/content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return build(Options(tmp_path / "root", tmp_path / "out", jobs=1, cache=False))


def test_a_line_of_the_front_matter_leads_to_the_same_from_every_page(tmp_path):
    report = built(tmp_path)
    assert not report.diagnostics
    out = tmp_path / "out"
    pages = {file.relative_to(out).as_posix(): LexborHTMLParser(file.read_text("utf-8")) for file in out.rglob("*.html")}
    ids = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()}
    found = set()
    for path, page in pages.items():
        for node in page.css("main a[href]"):
            parts = urlsplit(node.attributes["href"])
            if parts.scheme or parts.path.startswith("/"):
                continue  # the page for addresses that lead to nothing is shown under any of them
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
            target = posixpath.normpath(f"{target}/index.html") if parts.path.endswith("/") else target
            assert target in pages or (out / target).is_file(), (path, node.attributes["href"])
            assert not parts.fragment or parts.fragment in ids[target], (path, node.attributes["href"])
            if node.text() in {"b", "two", "more"}:
                found.add((node.text(), target, parts.fragment, path))
    b, a, vote = "explainers/b/index.html", "explainers/a/index.html", "events/vote/index.html"
    assert {anchor[:3] for anchor in found} == {("b", b, ""), ("two", a, "two"), ("more", vote, "how")}
    on = {path for words, _, _, path in found if words == "two"}
    assert {a, "changes/index.html", "events/index.html", "actors/mina/index.html", "events/walk/index.html"} < on


@pytest.mark.parametrize(
    "file, old, new, told",
    [
        ("actors/mina.md", "#years", "#months", ["anchor-dead"]),
        ("events/vote.md", "(#how)", "(#why)", ["anchor-dead"]),
        (
            "explainers/a.md",
            "walk, when: 2024-03-03, title: Walk, actors: mina, by: log, text: 'See [two](#two)",
            "walk, when: unknown, title: Walk, by: log, text: 'See [x](#x)",
            ["anchor-dead"],
        ),
        ("explainers/a.md", "text: 'See [b](b.md), [b]", "text: 'See [b](c.md), [b]", ["link-dead"]),
        ("explainers/a.md", "text: 'See [b](../b/), [b]", "text: 'See [b](../c/), [b]", ["link-dead"]),
        ("explainers/a.md", "Mina Okoro.", "Mina Okoro, [quotes](b.md#part--quotes), [sources](b.md#part--sources).", ["anchor-dead"]),
        ("explainers/a.md", "Mina Okoro.", "Mina Okoro, [who](#part--who), [what is new](#part--new), [the text](b.md#main).", []),
        (
            "explainers/a.md",
            "[b](../b/), [b](b.md) and [two](#two)",
            "[b](../c/), [b](c.md) and [two](#too)",
            ["anchor-dead", "link-dead", "link-dead"],
        ),
        ("sources/log.md", "Text", "See [b](../explainers/c.md) and [more](#more)", ["link-dead", "anchor-dead"]),
        ("sources/log.md", "Text", "See [b](../explainers/b.md), [how](../events/vote.md#how) and [this](#main)", []),
        ("pages/about.md", "Text", "See [there](/explainers/a/#two), [here](#who) and [top](#main).\n\n## Who", []),
        (
            "pages/about.md",
            "Text",
            "See [there](/explainers/b/#two), [years](/actors/mina/#years) and [how](/actors/mina/#how)",
            ["anchor-dead", "anchor-dead"],
        ),
        ("explainers/b.md", "Text", "See [who](#part--who), [then](#part--timeline)", ["anchor-dead", "anchor-dead"]),
        ("explainers/b.md", "Text", "See [us](/about/#what).\n\n## What", ["anchor-dead"]),
        # The page itself has the id “main”, so a heading of that name has another.
        ("explainers/b.md", "Text", "See [it](#main).\n\n## Main", ["anchor-dead"]),
        ("explainers/b.md", "Text", "See [it](#main-1).\n\n## Main", []),
        ("explainers/b.md", "Text", "See [top](#main).\n\n## Main 1", []),
        ("explainers/b.md", "Text.", "See [then](#part--timeline) and [who](#part--who).\n\n![[timeline]]\n\n![[who]]", []),
        ("pages/book/mina.md", "Text.", "See [here](#own) and [all](/quotes/#q).\n\n## Own", []),
        # Whose id is that of a record of another kind has the anchors of its own page.
        ("pages/book/mina.md", "Text", "See [here](#years)", ["anchor-dead"]),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path, file, old, new, told):
    assert old in FILES[file]
    report = built(tmp_path, **{file: FILES[file].replace(old, new)})
    assert [problem.code for problem in report.diagnostics] == told
    assert {problem.location.path for problem in report.diagnostics} <= {f"content/{file}"}


@pytest.mark.parametrize("folder", ["explainers/c", "pages/book", "pages/book/part"])
def test_a_name_without_a_slash_is_a_file_beside_this_one(tmp_path, folder):
    front = "---\ntitle: Two\npublished: 2024-03-08\n---\n" if folder.startswith("explainers") else "---\ntitle: Two\n---\n"
    name = "index" if folder.startswith("explainers") else "two"
    report = built(tmp_path, **{f"{folder}/{name}.md": front + "![A plan](plan.svg)\n", f"{folder}/plan.svg": "<svg/>"})
    assert {problem.code for problem in report.diagnostics} <= {"page-unlinked"}
    page = next(file for file in (tmp_path / "out").rglob("index.html") if "plan.svg" in file.read_text("utf-8"))
    shown = LexborHTMLParser(page.read_text("utf-8")).css_first("img[src$='plan.svg']").attributes["src"]
    assert (page.parent / shown).read_text("utf-8") == "<svg/>"


def test_a_file_that_lies_beside_a_page_at_the_top_is_not_copied_and_its_name_leads_nowhere(tmp_path):
    report = built(tmp_path, **{"pages/about.md": FILES["pages/about.md"] + "![A plan](plan.svg)\n", "static/plan.svg": "<svg/>"})
    assert [problem.code for problem in report.diagnostics] == ["link-dead"]


def test_a_page_is_looked_through_once_for_all_links_to_its_headings(tmp_path, monkeypatch):
    looked, honest = [], published_site.anchors_of_text
    monkeypatch.setattr(published_site, "anchors_of_text", lambda text: (looked.append(text), honest(text))[1])
    report = built(tmp_path, **{"pages/about.md": "---\ntitle: About\n---\n## Two\n\n" + "[two](#two) [one](#one)\n\n" * 50})
    assert [len(problem.also) for problem in report.diagnostics if problem.code == "anchor-dead"] == [49]
    assert len(looked) == len(set(map(id, looked)))


def test_a_site_is_looked_through_once_for_all_links_that_lead_nowhere():
    looks = []

    class Known(list):
        def __iter__(self):
            looks.append(self)
            return super().__iter__()

    hints = link_suggestions.LinkSuggestions(Known(["glossary/index.html"]), {})
    assert not looks
    assert [hints.of(f"/glosary{n}/", "content/pages/a.md", f"glosary{n}/").help for n in range(9)] == ["Did you mean “/glossary/”?"] * 9
    assert len(looks) == 1
