"""How many origins the reports of an explainer have: what repeats or rests on another is none."""

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import origins as origin
from builder.pages.origins import origins

HEAD = "---\ntitle: One\nsummary: Two.\npublished: 2024-03-08\n"


def found(front):
    document = parse("content/explainers/one.md", f"{HEAD}{front}---\nA text.\n".encode())
    site, _ = linking.link(Settings(), language.load("en"), (document,), drafts=False)
    reports, roots = origins(site, site.explainers["one"])
    return set(reports), list(roots)


def sources(**cites):
    lines = (f"  {key}: {{publisher: {key.upper()}, title: T{f', cites: [{of}]' if of else ''}}}\n" for key, of in cites.items())
    return "sources:\n" + "".join(lines)


def quotes(*via):
    return "quotes:\n" + "".join(f"  - {{text: words {n}, speaker: unknown, in_body: no, via: [{of}]}}\n" for n, of in enumerate(via))


@pytest.mark.parametrize(
    "front, roots",
    [
        (sources(a="", b=""), ["a", "b"]),
        (sources(a="", b="a", c="a", d="b"), ["a"]),
        (sources(a="", b="a", c="a", d="b") + quotes("b", "c", "d"), ["a"]),
        (sources(a="", b="", c="") + quotes("a, b", "a, b, c"), ["a"]),
        (sources(a="", b="", c="") + quotes("a, b"), ["a", "c"]),
        (sources(a="", b="a") + quotes("a, b", "b"), ["a", "b"]),
        (sources(y="", z="", c="y, z") + quotes("c, z"), ["z", "y"]),
        (sources(a="b", b="a"), ["a"]),
        (sources(a="b", b="c", c="b"), ["b"]),
        ("", []),
    ],
    ids=[
        "each its own",
        "three rest on one",
        "quotes in the copies too",
        "republished",
        "one beside",
        "told by quotes",
        "rests on two",
        "a ring",
        "into a ring",
        "none",
    ],
)
def test_an_origin_rests_on_no_other(front, roots):
    assert found(front)[1] == roots
    assert found(front)[0] >= set(roots)


def test_the_reports_of_a_story_go_back_to_the_origin():
    listed = "sources: [a]\n"
    documents = [parse("content/explainers/one.md", f"{HEAD}{listed}---\nA text.\n".encode())]
    for key, of in (("a", "b"), ("b", "c"), ("c", "")):
        cites = f"cites: [{of}]\n" if of else ""
        documents.append(parse(f"content/sources/{key}.md", f"---\npublisher: {key}\ntitle: T\n{cites}---\n".encode()))
    site, _ = linking.link(Settings(), language.load("en"), documents, drafts=False)
    assert set(site.explainer_sources["one"]) == {"a", "b", "c"}


def test_what_no_explainer_lists_may_still_be_the_origin():
    assert found(sources(b="a", c="a") + "  a: {publisher: A, title: T}\n")[1] == ["a"]


def test_a_ring_is_walked_once_from_each_of_its_sources(monkeypatch):
    walked, honest = [], origin.sources_behind
    monkeypatch.setattr(origin, "sources_behind", lambda source, rests: (walked.append(source), honest(source, rests))[1])
    ring = [f"s{n:02}" for n in range(30)]
    assert found(sources(**dict(zip(ring, [*ring[1:], ring[0]], strict=True))))[1] == ["s00"]
    assert sorted(walked) == ring
