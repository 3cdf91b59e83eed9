"""The body as a reader gets it: Markdown through the whole road, marks and all."""

import pytest

from builder.content.anchoring import anchor
from builder.content.markup import read
from builder.content.markup.page_html import Note, PublishTarget, Sign, Weave, weave
from builder.model import Embed, Occurrence, Quote

SIGN = Sign("explainers/a/#quote--q1", "Jen Psaki, on the record", "solid", "full")


def woven(text, quotes=(), **given):
    body, problems = read(text, path="a.md")
    body, more, _ = anchor(body, [Quote(id=f"q{n}", segments=words) for n, words in enumerate(quotes, 1)], path="a.md")
    signs = {("quote", f"q{n}"): SIGN for n in range(1, len(quotes) + 1)}
    parts = weave(body, Weave(root="../../", signs=signs, **given))
    html = "".join(f"[{part.target}]" if isinstance(part, Embed) else part.html for part in parts)
    return html, [problem.code for problem in (*problems, *more)]


OPEN = '<span class="quote-words solid" id="said--q1">'
CLOSE = '</span><a class="quote-sign full" href="../../explainers/a/#quote--q1" aria-label="Jen Psaki, on the record"></a>'


def test_quoted_words_are_marked_and_end_in_their_sign():
    assert woven("She said “it may rain”, no more.", [("it may rain",)]) == (f"<p>She said “{OPEN}it may rain{CLOSE}”, no more.</p>\n", [])


def test_a_split_quote_is_marked_twice_with_one_sign():
    html, problems = woven("“It may rain,” she said. “It may not.”", [("It may rain", "It may not.")])
    assert problems == []
    assert html.count('class="quote-words solid"') == 2
    assert html.count("quote-sign") == html.count('id="said--q1"') == 1


def test_a_mark_never_crosses_an_element():
    html, problems = woven("She said it *may rain* today.", [("it may rain today",)])
    assert problems == []
    assert html.count("<span") == html.count("</span>") == 3
    assert '<em><span class="quote-words solid">may rain</span></em>' in html


@pytest.mark.parametrize(
    "body, words",
    [
        ("“Let’s be clear – now”", "Let's be clear - now"),
        ("it may\nrain", "it may rain"),
        ("it\u00a0may  rain…", "it may rain..."),
        ("caf\u0065\u0301 talk", "café talk"),
        ("soft\u00adhyphen here", "softhyphen here"),
        ("one\n\ntwo", "one two"),
        ("[Russians] go [in]", "[Russians] go [in]"),
    ],
    ids=repr,
)
def test_the_normal_form_forgives_what_it_should(body, words):
    html, problems = woven(body, [(words,)])
    assert problems == []
    assert "quote-words" in html


@pytest.mark.parametrize(
    "body, words",
    [("it may rain", "It may rain"), ("`it may rain`", "it may rain"), ("it may, rain", "it may rain"), ("advices", "advice")],
    ids=repr,
)
def test_the_normal_form_forgives_nothing_else(body, words):
    assert woven(body, [(words,)])[1] == ["quote-not-found"]


def test_words_that_stand_twice_need_a_prefix():
    assert woven("rain and rain", [("rain",)])[1] == ["quote-ambiguous"]


def test_two_quotes_of_the_same_words_take_their_turns():
    html, problems = woven("rain, and again rain", [("rain",), ("rain",)])
    assert problems == []
    assert html.index('id="said--q1"') < html.index('id="said--q2"')


def test_names_become_links_but_not_within_quoted_words():
    html, _ = woven(
        "NATO said.",
        names={"nato": PublishTarget("actors/nato/", "NATO", "actor", "solid")},
        occurrences=(Occurrence("nato", 0, 4, linked=True),),
    )
    assert html == '<p><a class="actor solid" href="../../actors/nato/">NATO</a> said.</p>\n'


def test_names_in_a_sidenote_and_around_it_become_links_once_each():
    body, _ = read("Before[^1] NATO came.\n\n[^1]: A note on Kyiv.\n\nAfter, Moscow.", path="a.md")
    names = {name: PublishTarget(f"actors/{name.lower()}/", name, "actor") for name in ("NATO", "Kyiv", "Moscow")}
    found = tuple(
        Occurrence(name, body.text.index(name), body.text.index(name) + len(name), linked=True) for name in ("NATO", "Kyiv", "Moscow")
    )
    html = "".join(part.html for part in weave(body, Weave(root="", names=names, occurrences=found)) if not isinstance(part, Embed))
    for name in names:
        assert html.count(f">{name}</a>") == 1
    assert "A note on <a" in html
    assert html.count("came.") == 1


@pytest.mark.parametrize("text, name, tail", [("Biden’s plan", "Biden", "’s"), ("王毅说他不去", "王毅", ""), ("说NATO说", "NATO", "")])
def test_the_sign_of_a_note_stands_behind_the_word_that_a_name_is_in(text, name, tail):
    at = text.index(name)
    html, _ = woven(
        text,
        names={"x": PublishTarget("actors/x/", name, "actor")},
        occurrences=(Occurrence("x", at, at + len(name), linked=True),),
        notes={"actors/x/": Note("About", (("A note",),))},
    )
    assert f">{name}</a>{tail}<label" in html


def test_links_show_the_authors_words_or_the_records_name():
    links = {("", "nato"): PublishTarget("actors/nato/", "NATO & friends", "actor", "solid")}
    assert woven("[[nato]] [[nato|the <alliance>]]", links=links)[0] == (
        '<p><a class="actor solid" href="../../actors/nato/">NATO &amp; friends</a> <a class="actor solid" href="../../actors/nato/">the &lt;alliance&gt;</a></p>\n'
    )


def test_an_embed_stands_between_stretches_of_text():
    assert woven("One.\n\n![[q1]]\n\nTwo.")[0] == "<p>One.</p>\n[q1]<p>Two.</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        '[x](https://a.example/ "\\"><script>alert(1)</script>")',
        '![\\"><script>alert(1)</script>](a.png)',
        '``` "><script>alert(1)</script>\ncode\n```',
        "<javascript:alert(1)>",
        "[[x|<script>alert(1)</script>]]",
        "| <script>alert(1)</script> |\n|---|\n| x |",
        "Note.[^1]\n\n[^1]: <script>alert(1)</script>",
    ],
    ids=str,
)
def test_nothing_that_an_author_writes_becomes_a_script(text):
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(woven(text)[0])
    assert tree.css("script, iframe, object, [onerror], [onmouseover]") == []
    assert not [
        node for node in tree.css("[href], [src]") if "script:" in str(node.attributes).lower() or "data:" in str(node.attributes).lower()
    ]
