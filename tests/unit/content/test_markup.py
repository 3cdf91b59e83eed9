"""Markdown into segments: the syntax by text fixtures, and what they cannot show by hand."""

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from builder.content.markup import read, read_line, safe_url
from builder.content.markup.renderer import LONGEST, MOST_CELLS, MOST_LINES, MOST_SIGNS
from builder.diagnostics import ERROR, Location
from builder.model import Embed, Href, Html, Link, MarkClose, MarkOpen, NoteClose, NoteOpen, NoteRef, Section, Shown, Text

FIXTURES = Path(__file__).parents[2] / "fixtures/markup"


def cases():
    """Title, a line with a dot, the text, a dot, what it becomes, a dot."""
    for path in sorted(FIXTURES.glob("*.md")):
        lines = path.read_text("utf-8").split("\n")
        while "." in lines:
            title, first = lines[0], lines.index(".")
            second = lines.index(".", first + 1)
            third = lines.index(".", second + 1)
            text, expected = "\n".join(lines[first + 1 : second]), "\n".join(lines[second + 1 : third])
            yield pytest.param(text, expected, id=f"{path.stem}: {title}")
            lines = lines[third + 1 :]
            while lines and not lines[0]:
                lines.pop(0)


def in_words(segment):
    match segment:
        case Html():
            return segment.html
        case Text():
            return escape(segment.text, quote=False)
        case Shown(target=target, alt=alt, title=title):
            said = f' title="{escape(title)}"' if title else ""
            return f'<img src="{escape(target)}" alt="{escape(alt)}"{said} loading="lazy">'
        case Href():
            return escape(segment.target)
        case Link():
            return f"{{link {':'.join(filter(None, (segment.kind, segment.target)))}{'|' if segment.words else ''}{segment.words}}}"
        case Embed():
            parts = [":".join(filter(None, (segment.kind, segment.target))), *("=".join(pair) for pair in segment.filters)]
            return f"{{embed {' '.join(parts)}}}\n"
        case MarkOpen():
            return f"{{{segment.kind} {segment.id} {segment.part}}}"
        case MarkClose():
            return "{last}" if segment.last else "{end}"
        case NoteRef():
            return f"{{ref {segment.number}{'' if segment.first else ' again'}{'' if segment.beside or not segment.first else ' apart'}}}"
        case NoteOpen():
            return f"{{note {segment.number}}}"
        case NoteClose():
            return "{/note}"
        case Section():
            return ""


def told(problem):
    place = problem.location
    return f"! {problem.severity} {problem.code} {place.line}:{place.column}-{place.column + place.width - 1}\n"


def shown(body, problems):
    html = "".join(map(in_words, body.segments))
    return (html if html.endswith("\n") or not html else html + "\n") + "".join(map(told, problems))


@pytest.mark.parametrize("text, expected", list(cases()))
def test_syntax(text, expected):
    assert shown(*read(text, path="a.md")) == (expected + "\n" if expected else "")


def test_there_are_fixtures():
    assert len(list(cases())) > 90


def body(text):
    return read(text, path="a.md")[0]


def texts(text):
    return [(segment.text, segment.linkable) for segment in body(text).segments if isinstance(segment, Text)]


# --- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, words",
    [
        ("One\ntwo  \nthree", "One\ntwo\nthree"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("- One\n- Two\n\n  Three", "One\n\nTwo\n\nThree"),
        ("> One\n\nTwo", "One\n\nTwo"),
        ("## One\nTwo", "One\n\nTwo"),
        ("| a | b |\n|---|---|\n| c | d |\n\ne", "a\n\nb\n\nc\n\nd\n\ne"),
        ("Term\n: Def", "Term\n\nDef"),
        ("a `b` c\n\n```\nd\n```\n\ne", "a \ufffc c\n\n\ufffc\n\ne"),
        ("a ![alt](b.png) c", "a  c"),
        ("![alt](b.png 'Caption')\n\nc", "Caption\n\nc"),
        ("see [[nato]] and [[nato|the alliance]]", "see nato and the alliance"),
        ("a[^1] b.\n\nc\n\n[^1]: Note.\n\n    More.", "a b.\n\nNote.\nMore.\n\nc"),
        ("## a[^1]\n\nb\n\n[^1]: Note.", "a\n\nNote.\n\nb"),
        ("a[^1] b[^2]\n\n[^1]: One.\n[^2]: Two.", "a b\n\nOne.\n\nTwo."),
        ("*a* **b** [c](/d/)", "a b c"),
        ("![[timeline]]", ""),
        ("", ""),
    ],
    ids=repr,
)
def test_the_words_of_a_body(text, words):
    assert body(text).text == words


def test_words_are_counted():
    assert body("## Two words\n\nand `code` three").words == 5


def test_what_may_become_a_link():
    assert texts("a *b* [c](/d/) `e` [f]{quote=q} [g]{event=h}") == [
        ("a ", True),
        ("b", True),
        (" ", True),
        ("c", False),
        (" ", True),
        (" ", True),
        ("f", False),
        (" ", True),
        ("g", True),
    ]
    assert texts("## a\n\n![b](c.png 'd')\n\n> e\n\n| f |\n|---|") == [("a", False), ("d", False), ("e", True), ("f", True)]
    assert texts("## a[^1] b\n\n[^1]: c") == [("a", False), ("c", True), (" b", False)]


def test_no_name_becomes_a_link_in_an_address():
    assert texts("See https://example.org/Ann and ann@example.org.") == [
        ("See ", True),
        ("https://example.org/Ann", False),
        (" and ", True),
        ("ann@example.org", False),
        (".", True),
    ]


def test_a_comment_is_nowhere_in_what_is_read():
    found = body("One <!-- Quist --> two %%Osprey%% three.\n\n%%\nBrack\n\nHale\n%%\n\n<div>\n<!-- Marsh -->\n</div>")
    assert found.text == "One two three.\n\n<div>\n\n</div>"
    assert not any(name in repr(found) for name in ("Quist", "Osprey", "Brack", "Hale", "Marsh"))


def test_what_is_told_once_names_the_other_places():
    (problem,) = read("\n\n".join(["==a=="] * 9), path="a.md")[1]
    assert [place.line for place in (problem.location, *problem.also)] == [1, 3, 5, 7, 9, 11]
    assert problem.message.endswith("More of them follow.")


def test_the_words_of_a_link_may_have_marks():
    found = body("[[a|*b* `c` & <d> https://e.org]] [[f|g]]")
    links = [(segment.words, segment.html) for segment in found.segments if isinstance(segment, Link)]
    assert links == [("b c & <d> https://e.org", "<em>b</em> <code>c</code> &amp; &lt;d&gt; https://e.org"), ("g", "")]
    assert found.text == "b c & <d> https://e.org g"


@pytest.mark.parametrize(
    "text",
    [
        "    The ferry will run in March.",
        "    “No.”",
        "    Yes, she said.",
        "\tLe bateau est prêt.",
        "    渡し船は三月に動きます。",
        "    Rough winds do shake\n    the darling buds of May,",
        "\t- a boat",
        "    1. the ferry\n    2. the pier",
    ],
)
def test_words_that_are_indented_are_told(text):
    assert [problem.code for problem in read(text, path="a.md")[1]] == ["text-indented"]


@pytest.mark.parametrize(
    "text",
    [
        "    def run(x):\n        return 1",
        "    - name: ferry",
        "    git commit -m foo",
        "    SELECT * FROM boats WHERE id = 1;",
        "    $ ls",
        "    print('Hello, my world.')",
        "    <p>Text.</p>",
        "    npm install boats",
        "    key: value",
        "    /usr/local/bin",
    ],
)
def test_code_that_is_indented_is_not_told(text):
    assert read(text, path="a.md")[1] == ()


def test_words_around_an_open_link_keep_theirs():
    assert texts("a[b](/c/)d") == [("a", True), ("b", False), ("d", True)]
    assert texts("a[b](javascript:c)d") == [("a", True), ("b", False), ("d", True)]


def test_neighbours_are_joined():
    assert body("a \\* b &amp; c\nd").segments == (
        Html("<p>", ("p",)),
        Text("a * b & c\nd", 0),
        Html("</p>\n", ("/p",), "\n", ends_opening=True),
    )


@pytest.mark.parametrize(
    "text, shown",
    [
        ("`a<b` &amp; *c*\n\n---\n\nd", "a<b & c\n\nd\n"),
        ("```\n<p>&lt;\n```", "<p>&lt;\n\n"),
        ("a\\\nb [c](/d/) [e](https://example.org)", "a\nb c e\n"),
        ("![a bridge](/b.jpg) b", " b\n"),
    ],
)
def test_markup_has_its_text_as_a_browser_shows_it(text, shown):
    parts = (
        segment.words if isinstance(segment, Html) else segment.text for segment in body(text).segments if isinstance(segment, Html | Text)
    )
    assert "".join(parts) == shown


def test_markup_tells_where_links_begin_and_end():
    found = [segment for segment in body("[a](https://example.org) [b](/c/)").segments if isinstance(segment, Html)]
    assert [(mark.opens_link, len(mark.link_ends)) for mark in found] == [(True, 0), (False, 1), (True, 0), (False, 0), (False, 1)]
    assert found[1].html[: found[1].link_ends[0][0]] == "</a>"


@pytest.mark.parametrize("text, ends", [("a\n\nb", 1), ("# a\n\nb", 0), ("> a\n\nb", 0), ("![[who]]\n\na", 0), ("- a\n\nb", 0)])
def test_the_paragraph_that_a_text_begins_with_has_an_end(text, ends):
    assert sum(segment.ends_opening for segment in body(text).segments if isinstance(segment, Html)) == ends


def test_a_sidenote_stands_in_place_and_its_words_after_the_block():
    found = body("One[^1] two.\n\nThree.\n\n[^1]: Note on [[nato]] here.")
    assert [(segment.text, segment.at) for segment in found.segments if isinstance(segment, Text)] == [
        ("One", 0),
        ("Note on ", 10),
        (" here.", 22),
        (" two.", 3),
        ("Three.", 30),
    ]
    assert found.text == "One two.\n\nNote on nato here.\n\nThree."


def test_sections():
    found = body("## First *one*\n\na\n\n### Second `x`\n\nb")
    assert found.sections == (Section("first-one", "First one", 2), Section("second-x", "Second x", 3))
    assert [segment for segment in found.segments if isinstance(segment, Section)] == list(found.sections)


# --- lines and columns ---------------------------------------------------------------------------------


def test_links_embeds_and_addresses_know_their_line():
    found, _ = read("a\nb [[c]] `x\ny` [[d]] [e](/f/)\n\n- g\n  [h](/i/)\n\n![[j]]\n\n![k](l.png)", path="a.md", line=11)
    lines = [(segment.target, segment.line) for segment in found.segments if isinstance(segment, (Link, Embed, Href))]
    assert lines == [("c", 12), ("d", 13), ("/f/", 13), ("/i/", 16), ("j", 18), ("l.png", 20)]


@pytest.mark.parametrize(
    "text",
    [
        "a [[nato]] b [[nato|NATO]] c [[actor:nato]] [[ actor : nato | x ]]",
        "> - a\n>   b [[nato]] [c](/d/) `[[e]]` [[f]]",
        "| [[a]] | see [[a]] | [[a\\|b]] [[c]] | [x](/y/) |\n|---|---|---|---|\n| [[a]] | [[a]] | a\\|b [[c\\|d]] | ![p](/q.png) |",
        "![[timeline actor=nato]]\n![[actor:nato]]\n![[nato]]",
        '[a](/b/ "c](d)") [a](</b c/>) [a](  /d/  ) [a [b] c](/e/) [a](/f(g)h/) [![i](/j.png)](/k/)',
        "[the\nwords](/of/) [a]( \n/two-lines/)",
        "[words]{quote=words} [[a]] [other [[b]]]{event=e1} [[c]]",
        "a[^1] [[b]]\n\n[^1]: c [[d]]\n    e [f](/g/)\n\nh [[i]]",
        "# [[a]] b [[a]]\n\nTerm [[a]]\n: def [[b]]",
        "渡し船 [[a]] e\u0301 [[b]] 🚢 [c](/é/)",
        "\ta\n\n1. [[b]]\n\n   [[c]]\n\tx [[d]]",
    ],
    ids=repr,
)
def test_a_target_knows_its_very_place(text):
    lines = text.split("\n")
    found = read(text, path="a.md")[0].segments
    located = [segment for segment in found if isinstance(segment, Link | Embed | Href) or (isinstance(segment, MarkOpen) and segment.line)]
    assert len(located) >= 2
    spots = set()
    for problem in located:
        there = lines[problem.line - 1][problem.column - 1 : problem.column - 1 + problem.width]
        assert there == (problem.id if isinstance(problem, MarkOpen) else problem.target)
        spots.add((problem.line, problem.column))
    assert len(spots) == len(located)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("a [b][c]\n\n[c]: /d/", "[b][c]"),
        ("[a](/b\\_c/)", "[a](/b\\_c/)"),
        ("[a](/b&amp;c/)", "[a](/b&amp;c/)"),
    ],
)
def test_an_address_that_is_not_written_there_is_its_whole_link(text, meant):
    (found,) = (segment for segment in read(text, path="a.md")[0].segments if isinstance(segment, Href))
    assert text.split("\n")[0][found.column - 1 : found.column - 1 + found.width] == meant


@pytest.mark.parametrize(
    "text, place",
    [
        ("a <b>", (1, 3)),
        ("a\n\n> b\n> > <i>", (4, 5)),
        ("2. a\n   b <i>\n3. c", (2, 6)),
        ("| a | <i> |\n|---|---|\n| b | <u> |", (1, 7)),
        ("a <i> b\nc", (1, 3)),
        ("`<i>` <i>", (1, 7)),
        ("Term\n: def <i>", (2, 7)),
        ("a[^1]\n\n[^1]: b\n    <i>", (4, 5)),
    ],
    ids=repr,
)
def test_where_a_problem_is(text, place):
    found = read(text, path="a.md", line=1)[1][0].location
    assert (found.line, found.column) == place


def test_the_line_counts_from_where_the_body_begins():
    assert read("a\n\n<b>", path="a.md", line=40)[1][0].location == Location("a.md", 42, 1, 3)


def test_line_ends_of_all_systems():
    assert [str(read(f"a{end}{end}b <i>", path="a.md")[1][0].location) for end in ("\n", "\r\n", "\r")] == ["a.md:3:3"] * 3


def test_one_kind_of_problem_is_told_a_hundred_times_at_most():
    assert len(read("<b>\n" * 5000, path="a.md")[1]) <= 100
    assert len(read("a <b> " * 3000 + "[x](javascript:y) " * 3000, path="a.md")[1]) == 200


# --- one line ---------------------------------------------------------------------------------


def test_a_line_has_no_paragraph_around_it():
    found, problems = read_line("The *talks* with [[nato|NATO]], [here](/x/).", location=Location("a.md", 7, 9))
    assert shown(found, problems) == 'The <em>talks</em> with {link nato|NATO}, <a href="/x/">here</a>.\n'
    assert found.text == "The talks with NATO, here."
    assert found.words == 5
    assert [segment.line for segment in found.segments if isinstance(segment, (Link, Href))] == [7, 7]


@pytest.mark.parametrize(
    "text, shows",
    [
        ("# a", "# a"),
        ("- a", "- a"),
        ("> a", "&gt; a"),
        ("![[a]]", "![[a]]"),
        ("a[^1]", "a[^1]"),
        ("[^1]: a", "[^1]: a"),
        ("a\n\nb", "a\n\nb"),
    ],
)
def test_a_line_has_no_blocks_embeds_and_footnotes(text, shows):
    assert shown(*read_line(text, location=Location("a.md", 1))).split("\n!")[0].rstrip("\n") == shows


@pytest.mark.parametrize("text", ["a <b>", "a[^1]", "![[a]]", "[a](javascript:b)"])
def test_problems_of_a_line_stand_where_its_value_does(text):
    place = Location("a.md", 7, 9, 12)
    assert [problem.location for problem in read_line(text, location=place)[1]] == [place]


# --- addresses ---------------------------------------------------------------------------------

SAFE = """
https://example.org http://example.org/ HTTPS://example.org/a?b=c#d https://example.org/?q=a%0Ab https://example.org/a:b,c;d https://[::1]/
mailto:a@example.org tel:+431234 /glossary/ ../method.md photo.jpg ./a:b #sources ?a=b:c a%20b.md café.md /a//b https://example.org/javascript:x
"""
UNSAFE = r"""
javascript:alert(1) JavaScript:x java%73cript:x %6Aavascript:x %256aavascript:x javascript%3Ax javascript&colon;x &#106;avascript:x javascript%253Ax
vbscript:x data:text/html,x data:image/png;base64,x file:///etc/passwd ftp://x blob:x about:blank view-source:x x-y:z a:b wiki:Page
//host //host/x ///host \\host /\host \/host /%5Chost %2F%2Fhost /%2Fhost &sol;&sol;host https:host https:/host http:///host https:\\host https:// :x
"""


@pytest.mark.parametrize("url", SAFE.split())
def test_a_safe_address(url):
    assert safe_url(url)


@pytest.mark.parametrize("url", UNSAFE.split())
def test_an_unsafe_address(url):
    assert not safe_url(url)


@pytest.mark.parametrize("char", [*map(chr, range(33)), "\x7f", "\x85", "\xa0", "\u200b", "\u2028", "\ufeff", "\\"], ids=repr)
def test_no_character_smuggles_a_scheme_in(char):
    for url in (f"{char}javascript:x", f"java{char}script:x", f"javascript{char}:x", f"/{char}/host", f"{char}//host", f"https://a{char}b"):
        assert not safe_url(url)


def test_nothing_unsafe_comes_through_markdown():
    # A backslash before a sign is Markdown's own, and gone before there is an address.
    escaped = [url for url in UNSAFE.split() if not url.startswith("\\/")]
    for url in (*escaped, "java&#10;script:x", "java&Tab;script:x", "&#x6A;avascript&#58;x"):
        for text in (f"[a]({url})", f"[a](<{url}>)", f"![a]({url})", f"[a]\n\n[a]: {url}", f"<{url}>", f"a ![b]({url} 'c')"):
            found, problems = read(text, path="a.md")
            shows = shown(found, ())
            assert "href" not in shows, text
            assert "<img" not in shows, text
            assert all(problem.severity == ERROR for problem in problems if problem.code == "unsafe-url")


# --- limits ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a " * (LONGEST // 2 + 1),
        "a\n" * (MOST_LINES + 1),
        "|a" * (MOST_CELLS + 1),
        "*a" * (MOST_SIGNS + 1),
        "*a* b\n\n" * 200_000,
    ],
    ids=["characters", "lines", "cells", "signs", "all"],
)
def test_a_text_that_is_too_long_is_shown_as_it_is_written(text):
    found, problems = read(text, path="a.md", line=3)
    assert [(problem.code, problem.location.line) for problem in problems] == [("too-long", 3)]
    assert found.text.split() == text.split()


def test_a_paragraph_that_is_too_long_is_shown_as_it_is_written():
    found, problems = read("*a*\n\n" + "b *c* " * 20_000 + "\n\n*d*", path="a.md")
    assert [(problem.code, problem.location.line) for problem in problems] == [("too-long", 3)]
    assert found.segments[1:4] == (Text("a", 0), Html("</em></p>\n", ("/p",), "\n", ends_opening=True), Html("<p>", ("p",)))
    assert found.segments[4] == Text(("b *c* " * 20_000).strip(), 3)
    assert Html("</p>\n<p><em>", ("/p", "p"), "\n") in found.segments


@pytest.mark.parametrize("text", [">" * 1000 + " words", "- " * 1000 + "words", "1. > " * 500 + "words"], ids=lambda text: text[:5])
def test_what_stands_too_deep_keeps_its_words(text):
    found, problems = read(text + "\n\nafter", path="a.md")
    assert "too-deep" in {problem.code for problem in problems}
    assert "words" in found.text
    assert "after" in found.text


DEEP = 20_000


HARD = {
    "quotes": ">" * DEEP,
    "brackets": "[" * DEEP,
    "brackets that close": "[" * DEEP + "]" * DEEP,
    "links in links": "[" * DEEP + "a" + "](b)" * DEEP,
    "images in images": "![" * DEEP + "](a)" * DEEP,
    "spans in spans": "[" * DEEP + "a" + "]{quote=q}" * DEEP,
    "stars": "*" * DEEP + "a",
    "emphasis": "*a **b " * DEEP,
    "backticks": "`" * DEEP + "a",
    "runs of backticks": "".join("`" * n + " " for n in range(400)),
    "embeds that stay open": "![[" * DEEP,
    "embeds": "![[a]]" * DEEP,
    "our links that stay open": "[[a|" * DEEP,
    "our links or others": "[[a]](" * DEEP,
    "notes": "[^a]" * DEEP,
    "notes in notes": "[^a]: " * DEEP,
    "a chain of notes": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(5000)) + "[^0]",
    "angle brackets": "<" * DEEP,
    "tags that stay open": "<a " * DEEP,
    "comments that stay open": "<!--" * DEEP,
    "ampersands": "&" * DEEP,
    "backslashes": "\\" * DEEP,
    "lists in one line": "- " * DEEP,
    "a staircase": "\n".join("  " * n + "- a" for n in range(300)),
    "lazy lines": "> a\n" + "b\n" * 5000,
    "lazy lines, deep": ">" * 100 + "a\n" + "b\n" * 2000,
    "bars": "| a |\n" * DEEP,
    "a wide table": "|a" * 2000 + "\n" + "|-" * 2000,
    "definitions": "a\n: b\n" * 5000,
    "equal headings": "## a\n\n" * 5000,
    "equal references": "[a]: b\n" * 5000,
    "a title without an end": '[a]: b "' + "c\n" * 5000,
    "fences": "```\n" * 5000,
    "percent signs": "%%a " * DEEP,
    "comments in lines": "%%\n" * DEEP,
    "comments without an end": "a <!-- " * DEEP,
    "comments behind one another": "<!-- a -->" * DEEP,
    "dollars": "$a_1 " * DEEP,
    "braces": "{.a" * DEEP,
    "attributes": "{" + ".a " * DEEP + "}",
    "liquid": "{{" * DEEP,
    "highlights": "==a " * DEEP,
    "signs behind an address": "https://a.b" + "!" * 90_000,
    "entities behind an address": "https://a.b" + "&aa;" * 20_000,
    "a host without an end": "https://" + "a." * 40_000,
    "mail without a host": "a@" * 40_000,
    "years": "1989. a\n\nx\n\n" * 3000,
    "links with spaces": "[a](b c" * DEEP,
    "links apart": "[a] (https://" * DEEP,
    "no definitions": "[a][b" * DEEP,
    "stars in Chinese": "**重。**所" * DEEP,
    "stars in words": "f*k " * DEEP,
    "tags": "#a " * DEEP,
    "fields": "a " * DEEP + "::",
    "no characters": "\x00\r\ufffe\ud800",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_whatever_is_written_is_read(text):
    # Against quadratic time: what takes minutes then would run into the time limit of the tests.
    found, _ = read(text, path="a.md")
    assert isinstance(found.text, str)


def test_reading_works_near_the_end_of_the_stack():
    def deep(frames):
        return deep(frames - 1) if frames else read("[" * 500 + "> " * 500 + "a\n" + "- " * 200 + "b\n" + ">" * 200 + "c", path="a.md")

    assert deep(sys.getrecursionlimit() // 3)


# --- loading ---------------------------------------------------------------------------------


def test_the_library_is_loaded_only_when_something_is_read():
    code = "import sys, builder.content.markup as m; assert 'markdown_it' not in sys.modules; m.read('a', path='a'); assert 'markdown_it' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
