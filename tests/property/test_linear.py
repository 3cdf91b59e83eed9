"""Twice the text takes twice the work, whatever it is made of: counted in calls of functions, so that no clock is asked."""

import re
import sys

import pytest

from builder.build.load import Options, look
from builder.linking import advice

HEAD = "---\ntitle: A\nsummary: S\npublished: 2024-01-01\n"


def quote(words, text, actors="z: Z"):
    return f"{HEAD}quotes:\n  - speaker: z\n    text: {words}\nactors: {{{actors}}}\n---\n{text}\n"


def body(part):
    return lambda n: f"{HEAD}---\n{part * n}\n"


KINDS = {
    "equal pieces of a quote": lambda n: quote("[" + ", ".join(['"a b"'] * n) + "]", "a b " * 5 * n),
    "pieces that are marked": lambda n: quote("[" + ", ".join(['"a b"'] * n) + "]", "[a b]{quote=z1} " * n),
    "a name of many words": lambda n: quote("Hello there", "word " * 5 * n, "z: " + " ".join(["word"] * n)),
    "a speaker of many words": lambda n: f'{HEAD}quotes:\n  - speaker: "x{" and " * n}y"\n    text: Text\n---\nText.\n',
    "quotes of the same words": lambda n: f"{HEAD}quotes:\n" + "  - z: a b\n" * n + "actors: {z: Z}\n---\n" + "“a b” " * n,
    "actors": lambda n: f"{HEAD}actors:\n" + "".join(f"  a{m}: Name Number{m}\n" for m in range(n)) + "---\nText.\n",
    "events": lambda n: f"{HEAD}timeline:\n" + "".join(f"  - {1900 + m % 100}-01-01: Thing {m}\n" for m in range(n)) + "---\nText.\n",
    "quotation marks": body("“a ” „b“ "),
    "links": body("[a](b) [[c]] <https://example.org/> "),
    "stars": body("*a **b "),
    "notes": body("a[^1] "),
    "headings": body("# a\n\n"),
    "lists": body("- a\n"),
    "spans": body("[a]{quote=no} "),
    "dates": body("on 3 March 2021, "),
    "marks of other programs": body("<!-- a --> %%b%% {c} "),
}


def work(root, text):
    (root / "content/explainers/a.md").write_text(text, "utf-8")
    done = 0

    def count(_frame, event, _arg):
        nonlocal done
        done += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        look(Options(root, root / "site", jobs=1, cache=False))
    finally:
        sys.setprofile(None)
    return done


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("format: 1\ntitle: T\n")
    return root


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_is_twice_the_work(kind, site):
    make = KINDS[kind]
    nothing = min(work(site, make(1)) for _ in range(2))  # the first time, much is loaded
    once, twice = work(site, make(150)) - nothing, work(site, make(300)) - nothing
    assert twice < 2.5 * once + 1_000


def test_what_a_pattern_splits_at_begins_with_no_repetition():
    # A pattern that begins with any number of blanks begins anew at each of them.
    parsed = re._parser.parse(advice._BETWEEN.pattern)
    assert str(parsed[0][0]) not in {"MAX_REPEAT", "MIN_REPEAT"}
    assert advice.several("actor", "anna,  bob and carl") == (
        "Write several in brackets: [anna, bob, carl]; of a quote, “speaker: [anna, bob, carl]” and its words as “text: …”."
    )
