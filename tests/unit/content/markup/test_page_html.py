"""The body as a reader gets it: Markdown through the whole road, marks and all."""

import pytest

from builder.content import reading
from builder.content.anchoring import anchor
from builder.content.markup import read
from builder.content.markup.note_places import NotePlaces
from builder.content.markup.page_context import (
    Footnote,
    FootnoteRef,
    LinkTarget,
    MarkedWords,
    MarkStyle,
    Note,
    NoteLink,
    PageContext,
    SideNote,
)
from builder.content.markup.page_html import inline, parts_of_page
from builder.i18n.language import load
from builder.model import Embed, Occurrence, Quote, Trusted
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer

SIGN = MarkStyle("explainers/a/#quote--q1", "Jen Psaki, on the record", "", "full")


def shown(text, quotes=(), **given):
    body, problems = read(text, path="a.md")
    body, more, _ = anchor(body, [Quote(id=f"q{n}", segments=words) for n, words in enumerate(quotes, 1)], path="a.md")
    signs = {("quote", f"q{n}"): SIGN for n in range(1, len(quotes) + 1)}
    parts = parts_of_page(body, PageContext(root="../../", **{"signs": signs, **given}))
    return "".join(map(drawn, parts)), [problem.code for problem in (*problems, *more)]


def drawn(part):
    """Draw a piece as plainly as a template could."""
    match part:
        case Trusted():
            return part.html
        case Embed():
            return f"[{part.target}]"
        case MarkedWords():
            return f'<q id="{part.anchor}"{" more" if part.more else ""}>{part.html.html}</q>'
        case NoteLink():
            return f'<i href="{part.href}"{" more" if part.more else ""}>{part.words or "†"}</i>'
        case SideNote():
            return f"<aside {part.id} {part.back}>{' + '.join(str(entry.lines) for entry in part.entries)}</aside>"


LEAD = '<i href="../../explainers/a/#quote--q1">'


@pytest.mark.parametrize(
    "text, found",
    [
        ("She said “it may rain”, no more.", f'She said “<q id="quote--q1">it may rain</q>{LEAD}”</i>, no more.'),
        ("She said “it may rain.” No more.", f'She said “<q id="quote--q1">it may rain</q>.{LEAD}”</i> No more.'),
        ("She said it may rain, no more.", f'She said <q id="quote--q1">it may rain</q>{LEAD}†</i>, no more.'),
        ("她说“it may rain，”就走了。", f'她说“<q id="quote--q1">it may rain</q>，{LEAD}”</i>就走了。'),
        ("Elle : «\u00a0it may rain\u00a0».", f'Elle : «\u00a0<q id="quote--q1">it may rain</q>\u00a0{LEAD}»</i>.'),
        ("She said “*it may rain*” then.", f'She said “<em><q id="quote--q1">it may rain</q></em>{LEAD}”</i> then.'),
    ],
)
def test_quoted_words_are_marked_and_their_own_quotation_mark_leads_to_the_note(text, found):
    assert shown(text, [("it may rain",)]) == (f"<p>{found}</p>\n", [])


def test_only_three_marks_of_a_paragraph_are_seen_unasked():
    html, _ = shown("“One”, “two”, “three”, “four”.\n\n“Five”.", [("One",), ("two",), ("three",), ("four",), ("Five",)])
    assert [" more" in part.rpartition("<i ")[2] for part in html.split("</i>")[:-1]] == [False, False, False, True, False]


def test_a_speaker_has_one_note_in_a_section_and_is_described_once():
    note = Note("actor", "actors/x/", ("X",), (("about",),), (("two here",),))
    later = Note("actor", "actors/x/", ("X",), (("about",),), (("one here",),))
    signs = {("quote", f"q{n}"): MarkStyle("p", "X", "solid", "2 x" if n == 3 else "1 x") for n in (1, 2, 3)}
    html, _ = shown(
        "“Rain” and “snow”.\n\n## Then\n\n“Hail”.", [("Rain",), ("snow",), ("Hail",)], signs=signs, notes={"1 x": note, "2 x": later}
    )
    assert html.count("<aside") == 2
    assert html.count('href="#beside--1"') == 2
    assert html.count("about") == 1


def test_a_note_that_a_name_began_leads_back_to_the_quote_that_leads_to_it():
    note = Note("actor", "actors/x/", ("X",), (("about",),), (("one here",),))
    html, _ = shown(
        "[[ann]] said “rain” on that day.",
        [("rain",)],
        signs={("quote", "q1"): MarkStyle("p", "X", "", "here")},
        links={("", "ann"): LinkTarget("actors/x/", "X", "actor")},
        notes={"here": note},
        spoken={(0, "actors/x/"): "here"},
    )
    assert ("<aside beside--1 quote--q1>" in html, '<i href="#beside--1">' in html) == (True, True)


def test_notes_that_would_touch_are_joined_and_a_new_section_begins_anew():
    places = NotePlaces()
    assert places.late() == 0
    places.place([30, 30])
    places.add(70)
    assert places.late() > 0
    places.place([30])
    places.add(700)
    assert places.late() == 0
    places.place([30])
    places.end_section()
    assert places.late() == 0


OWN = "One. [^n] Two “it may rain” three.\n\n[^n]: Said on a quay that is a long way from here, and on another day."


def test_an_authors_note_is_joined_where_it_would_touch_another_and_others_with_it():
    note = Note("actor", "x", ("X",), (), (("here",),))
    signs = {("quote", "q1"): MarkStyle("p", "X", "", "1 x")}
    html, _ = shown(OWN, [("it may rain",)], signs=signs, notes={"1 x": note, "0 x": note})
    assert html.count("<aside") == 1
    assert "<aside note--1 note-ref--1>() + (('here',),)</aside>" in html
    assert '<i href="#note--1">' in html


def test_who_somebody_is_is_left_out_where_it_would_stand_far_below():
    names = ("ann", "bo", "cy")
    who = {f"actors/{name}/": Note("actor", f"actors/{name}/", (name,), (("told at length, " * 12,),)) for name in names}
    links = {("", name): LinkTarget(f"actors/{name}/", name, "actor") for name in names}
    html, _ = shown("[[ann]] and [[bo]] and [[cy]].", links=links, notes=who)
    assert [html.count(f">{name}</a><aside") for name in names] == [1, 0, 0]


def test_a_split_quote_is_marked_twice_with_one_sign():
    html, problems = shown("“It may rain,” she said. “It may not.”", [("It may rain", "It may not.")])
    assert problems == []
    assert html.count("<q ") == 2
    assert html.count("<i ") == html.count('id="quote--q1"') == 1


def test_a_mark_never_crosses_an_element():
    html, problems = shown("She said it *may rain* today.", [("it may rain today",)])
    assert problems == []
    assert html.count("<q ") == html.count("</q>") == 3
    assert '<em><q id="">may rain</q></em>' in html


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
    html, problems = shown(body, [(words,)])
    assert problems == []
    assert "<q " in html


@pytest.mark.parametrize(
    "body, words",
    [("it may rain", "It may rain"), ("`it may rain`", "it may rain"), ("it may, rain", "it may rain"), ("advices", "advice")],
    ids=repr,
)
def test_the_normal_form_forgives_nothing_else(body, words):
    assert shown(body, [(words,)])[1] == ["quote-not-found"]


def test_words_that_stand_twice_need_a_prefix():
    assert shown("rain and rain", [("rain",)])[1] == ["quote-ambiguous"]


def test_two_quotes_of_the_same_words_take_their_turns():
    html, problems = shown("rain, and again rain", [("rain",), ("rain",)])
    assert problems == []
    assert html.index('id="quote--q1"') < html.index('id="quote--q2"')


def test_names_become_links_but_not_within_quoted_words():
    html, _ = shown(
        "NATO said.",
        names={"nato": LinkTarget("actors/nato/", "NATO", "actor")},
        occurrences=(Occurrence("nato", 0, 4, linked=True),),
    )
    assert html == '<p><a href="../../actors/nato/">NATO</a> said.</p>\n'


def test_names_in_a_sidenote_and_around_it_become_links_once_each():
    body, _ = read("Before[^1] NATO came.\n\n[^1]: A note on Kyiv.\n\nAfter, Moscow.", path="a.md")
    names = {name: LinkTarget(f"actors/{name.lower()}/", name, "actor") for name in ("NATO", "Kyiv", "Moscow")}
    found = tuple(
        Occurrence(name, body.text.index(name), body.text.index(name) + len(name), linked=True) for name in ("NATO", "Kyiv", "Moscow")
    )
    html = "".join(
        part.html for part in parts_of_page(body, PageContext(root="", names=names, occurrences=found)) if not isinstance(part, Embed)
    )
    for name in names:
        assert html.count(f">{name}</a>") == 1
    assert "A note on <a" in html
    assert html.count("came.") == 1


@pytest.mark.parametrize("text, name, tail", [("Biden’s plan", "Biden", "’s"), ("王毅说他不去", "王毅", ""), ("说NATO说", "NATO", "")])
def test_the_sign_of_a_note_stands_behind_the_word_that_a_name_is_in(text, name, tail):
    at = text.index(name)
    html, _ = shown(
        text,
        names={"x": LinkTarget("actors/x/", name, "actor")},
        occurrences=(Occurrence("x", at, at + len(name), linked=True),),
        notes={"actors/x/": Note("actor", "actors/x/", ("X",), (("A note",),))},
    )
    assert f">{name}</a>{tail}<aside" in html


def test_links_show_the_authors_words_or_the_records_name():
    links = {("", "nato"): LinkTarget("actors/nato/", "NATO & friends", "actor")}
    assert shown("[[nato]] [[nato|the <alliance>]]", links=links)[0] == (
        '<p><a href="../../actors/nato/">NATO &amp; friends</a> <a href="../../actors/nato/">the &lt;alliance&gt;</a></p>\n'
    )


def test_an_embed_stands_between_stretches_of_text():
    assert shown("One.\n\n![[q1]]\n\nTwo.")[0] == "<p>One.</p>\n[q1]<p>Two.</p>\n"


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

    tree = LexborHTMLParser(shown(text)[0])
    assert tree.css("script, iframe, object, [onerror], [onmouseover]") == []
    assert not [
        node for node in tree.css("[href], [src]") if "script:" in str(node.attributes).lower() or "data:" in str(node.attributes).lower()
    ]


FOOTNOTE = "Sold.[^a] Twice.[^a]\n\n[^a]: For *money*.\n"


def test_footnotes_of_an_explainer_are_pieces_for_a_template():
    parts = parts_of_page(read(FOOTNOTE, path="a.md")[0], PageContext(root="", separate=True))
    assert [part for part in parts if isinstance(part, FootnoteRef)] == [FootnoteRef(1, "note-ref--1"), FootnoteRef(1, "")]
    (note,) = (part for part in parts if isinstance(part, Footnote))
    assert (note.number, "".join(map(drawn, note.words)).strip()) == (1, "For <em>money</em>.")


def test_footnotes_in_html_have_the_markup_of_the_macros():
    body = read(FOOTNOTE, path="a.md")[0]
    template = Renderer(TemplateSources((reading.DEFAULT_TEMPLATES,)), load("en")).environment.get_template("parts/notes.html")
    pieces = parts_of_page(body, PageContext(root="", separate=True))
    assert str(template.module.prose(pieces, "")) == inline(body, PageContext(root="")).html
