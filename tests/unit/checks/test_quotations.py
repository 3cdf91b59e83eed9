"""What is told of quotations that no record accounts for: the rule, and the list of `check --quotations`."""

import json
import textwrap
from pathlib import Path

import pytest

from builder import cli
from builder.build.load import load_site
from builder.build.run import Options
from builder.cli.commands.check import CheckOptions, LinkOptions, check
from builder.content.parse import parse

FRONT = """---
title: T
summary: S
published: 2024-03-08
{more}sources:
  s1: {{publisher: Harbour Gazette, title: Ferry in doubt, published: 2024-03-08}}
actors:
  mina-quist: Mina Quist
quotes:
  - mina-quist: The boat is sound
---
"""
SAID = "“The boat is sound,” says Mina Quist.\n"


def site(folder, text, *, more="", settings="title: T\n", name="ferry"):
    content = folder / "content"
    (content / "explainers").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text(settings, "utf-8")
    (content / f"explainers/{name}.md").write_text(FRONT.format(more=more) + text, "utf-8")
    return Options(folder, folder / "site", jobs=1, cache=False)


def told(folder, text, **more):
    return [problem for problem in load_site(site(folder, text, **more)).diagnostics if problem.code.startswith(("quotation", "span"))]


def test_in_a_draft_the_key_that_asks_is_told(tmp_path):
    site(tmp_path, SAID + "\n“Two.”\n", more="status: draft\n")
    options = Options(tmp_path, tmp_path / "site", jobs=1, cache=False, drafts=True)
    (problem,) = [problem for problem in load_site(options).diagnostics if problem.code == "quotation-unrecorded"]
    assert problem.help.startswith("In the preview, the key a asks for each. By hand: give each a record")


def test_all_passages_of_an_explainer_are_told_in_one_line(tmp_path):
    text = SAID + "\nThe clerk: “One two three four five six seven eight nine”, “two”.\n\n“Three” and “four” and “five”.\n"
    (problem,) = told(tmp_path, text)
    assert problem.message == (
        "5 passages in quotation marks have no record: “One two three four five six seven …” (line 14), “two” (line 14), “Three” (line 16) and 2 more."
    )
    assert str(problem.location) == "content/explainers/ferry.md:14:12"
    assert [str(place).partition(":")[2] for place in problem.also] == ["14:60", "16:1", "16:13", "16:24"]
    assert problem.severity == "warning"
    assert "{quote=no}" in problem.help


def test_quotations_of_shared_files_are_those_of_some_quote(tmp_path):
    options = site(tmp_path, SAID)
    for path, text in {
        "actors/mina-quist": "name: Mina Quist\n---\nShe says “the boat is sound”, or “we wait”{quote=no}.\n",
        "actors/bo-ray": "name: Bo Ray\n---\nCalled “Bo Ray”. He said “I never went”.\n",
        "events/fair": "title: The fair\nwhen: 2024-03-01\n---\n“Never again,” said all. Mina Quist: “The boat is sound.”\n",
    }.items():
        (tmp_path / f"content/{path}.md").parent.mkdir(exist_ok=True)
        (tmp_path / f"content/{path}.md").write_text(f"---\n{text}", "utf-8")
    assert [
        (str(problem.location), problem.message) for problem in load_site(options).diagnostics if problem.code == "quotation-unrecorded"
    ] == [
        ("content/actors/bo-ray.md:4:26", "1 passage in quotation marks has no record: “I never went” (line 4)."),
        ("content/events/fair.md:5:1", "1 passage in quotation marks has no record: “Never again,” (line 5)."),
    ]


def test_what_is_recorded_in_part_is_told_as_that(tmp_path):
    text = "“The boat is sound. We need a pilot,” she says, “soon”. “Nobody knows the rocks.”\n"
    assert [problem.message for problem in told(tmp_path, text)] == [
        "2 passages in quotation marks have no record: “soon” (line 12), “Nobody knows the rocks.” (line 12); and 1 has one for a part of the words only: “The boat is sound. We need a pilot,” (line 12)."
    ]
    text = "“The boat is sound. We need a pilot,” she says.\n"
    assert [problem.message for problem in told(tmp_path, text)] == [
        "1 passage in quotation marks has a record for a part of its words only: “The boat is sound. We need a pilot,” (line 12)."
    ]


@pytest.mark.parametrize(
    "text",
    [
        SAID + "\nThe “blue fleet”{quote=no} sails, a “so-called *ship*”{quote=no}.\n",
        SAID + "\nThe “Harbour Gazette” and “Ferry in doubt”.\n",
        SAID + '\n![“What is seen”](https://example.org/a.svg "“The caption”")\n',
        SAID + '\n`“code”` and the ’90s, the ferries’ boat, 12" long.\n',
        "## “Sound”\n\n" + SAID,
        SAID + "\n> [!note] Look\n> here.\n",
    ],
)
def test_what_quotes_nobody_is_not_told(tmp_path, text):
    assert told(tmp_path, text) == []


def test_a_block_quote_without_a_record_is_a_quotation(tmp_path):
    (problem,) = told(tmp_path, SAID + "\n> The crew is willing.\n")
    assert problem.message == "1 quotation has no record: “The crew is willing.” (line 14)."
    assert told(tmp_path, SAID + "\n> The crew is willing.{quote=no}\n") == []


def test_the_language_of_the_explainer_or_the_site_decides(tmp_path):
    text = "“The boat is sound” says Mina Quist. Ett ’fartyg’.\n"
    assert told(tmp_path, text) == []
    assert "fartyg" in told(tmp_path, text, more="lang: sv\n")[0].message
    assert "fartyg" in told(tmp_path, text, settings="title: T\nlanguage: sv\n")[0].message


def test_a_quote_that_is_not_found_is_told_once(tmp_path):
    found = load_site(site(tmp_path, "“The boat is quite sound,” says Mina Quist.\n")).diagnostics
    assert [problem.code for problem in found if problem.code.startswith("quot")] == ["quote-not-found"]


def test_a_mark_that_cannot_be_understood_is_told_and_is_on_no_page(tmp_path):
    text = SAID + "\nA fleet {quote=no} and “He said ‘no’{quote=no} once”{quote=no}, “so”{by=mina-quist}, “as”{quote=no by=x}.\n"
    problems = told(tmp_path, text)
    assert [(problem.code, problem.location.column, problem.message) for problem in problems if problem.code == "span-unknown"] == [
        ("span-unknown", 9, "“{quote=no}” stands behind no closing quotation mark, so it says nothing."),
        ("span-unknown", 37, "{quote=no} stands behind a quotation within another one, which counts as a whole."),
        ("span-unknown", 90, "“quote=no” contradicts the speaker who is named beside it."),
    ]
    body = parse("content/explainers/ferry.md", (FRONT.format(more="") + text).encode()).explainer.body
    assert "quote=no" not in body.text
    assert "{by=" not in body.text


def test_a_mark_may_stand_behind_a_link_and_is_left_out_where_it_means_nothing(tmp_path):
    text = (
        SAID
        + """
[“One”](https://example.org/){quote=no}, [[mina-quist|“two”]]{quote=no}.

[[mina-quist|“Three”{quote=no}]]{quote=no} ![an “alt”{quote=no}](https://example.org/a.svg "A “title”{quote=no}").

{quote=no} begins.
"""
    )
    problems = told(tmp_path, text, more='authors: ["A “desk”{quote=no}"]\n')
    assert [(problem.code, problem.location.line) for problem in problems] == [("span-unknown", line) for line in (5, 17, 17, 19)]
    document = parse("content/explainers/ferry.md", (FRONT.format(more='authors: ["A “desk”{quote=no}"]\n') + text).encode())
    assert "quote=no" not in str(document.explainer)


def test_a_mark_over_words_that_is_called_no_says_where_it_belongs(tmp_path):
    found = load_site(site(tmp_path, SAID + "\nThe [“fleet”]{quote=no}.\n")).diagnostics
    (problem,) = (problem for problem in found if problem.code == "link-unknown")
    assert "right behind the quotation mark that closes" in problem.help


def test_a_mark_behind_words_of_a_quote_contradicts_it(tmp_path):
    (problem,) = told(tmp_path, "“The boat is sound,”{quote=no} says Mina Quist.\n")
    assert problem.code == "quotation-marked-wrong"


def test_marks_without_a_partner_are_told_with_their_place(tmp_path):
    (problem,) = told(tmp_path, SAID + "\n“And so.\n\nThen she left.\n")
    assert (problem.code, problem.location.line, problem.location.column) == ("quotation-unpaired", 14, 1)
    (problem,) = told(tmp_path, SAID + "\nAnd so,” she said.\n")
    assert problem.message == "This quotation mark closes a quotation that nothing opens."


def test_plain_pages_are_not_looked_at(tmp_path):
    options = site(tmp_path, SAID)
    (tmp_path / "content/pages").mkdir()
    (tmp_path / "content/pages/about.md").write_text("---\ntitle: About\n---\nThe “blue fleet”{quote=no} and “another”.\n", "utf-8")
    assert [problem for problem in load_site(options).diagnostics if problem.code.startswith(("quotation", "span"))] == []


# --- the list ------------------------------------------------

TEXT = SAID + "\nThe “blue fleet”{quote=no}, “soon”, “Harbour Gazette”.\n"


def listed(capsys, options, **more):
    code = check(options, LinkOptions(), CheckOptions(quotations=True, **more))
    return code, capsys.readouterr().out


def test_every_quotation_is_listed_with_its_place_and_what_has_become_of_it(tmp_path, capsys):
    code, out = listed(capsys, site(tmp_path, TEXT))
    assert code == cli.FINE
    assert out.endswith(
        textwrap.dedent("""\
        content/explainers/ferry.md:12:1: recorded as “the-boat-is-sound”: “The boat is sound,”
        content/explainers/ferry.md:14:5: marked {quote=no}: “blue fleet”
        content/explainers/ferry.md:14:29: no record: “soon”
        content/explainers/ferry.md:14:37: a name of this explainer’s records: “Harbour Gazette”
        4 quotations, 1 without a record, 1 marked {quote=no}, 1 that only is a name

        1 warning in 2 files.
        """)
    )


def test_programs_get_the_same_list(tmp_path, capsys):
    _, out = listed(capsys, site(tmp_path, TEXT), format_="json")
    data = json.loads(out)
    assert [quotation["status"] for quotation in data["quotations"]] == ["recorded", "marked", "none", "name"]
    assert data["quotations"][0] == {
        "path": "content/explainers/ferry.md",
        "line": 12,
        "column": 1,
        "end_line": 12,
        "end_column": 21,
        "kind": "marks",
        "words": "The boat is sound,",
        "status": "recorded",
        "quotes": ["the-boat-is-sound"],
        "draft": False,
    }


def test_formats_without_room_for_the_list_are_refused(tmp_path, capsys):
    assert listed(capsys, site(tmp_path, TEXT), format_="sarif")[0] == cli.USAGE


def test_quotations_of_drafts_are_listed_as_such(tmp_path, capsys):
    site(tmp_path, SAID)
    options = site(tmp_path, SAID + "\n“Later.”\n", more="status: draft\n", name="later")
    code, out = listed(capsys, options)
    assert "later.md:15:1: no record: “Later.” (draft)\n3 quotations, 1 without a record\n" in out
    assert code == cli.FINE
    _, out = listed(capsys, options, format_="json")
    assert [quotation["draft"] for quotation in json.loads(out)["quotations"]] == [False, True, True]


@pytest.mark.slow
def test_our_own_explainers_are_accounted_for():
    root = Path(__file__).parents[3]
    assert [
        problem
        for problem in load_site(Options(root, root / "site", jobs=1, cache=False)).diagnostics
        if problem.code.startswith("quotation")
    ] == []


def all_told(folder, text, quote, **more):
    options = site(folder, text, **more)
    file = folder / "content/explainers/ferry.md"
    file.write_text(file.read_text("utf-8").replace("mina-quist: The boat is sound", quote), "utf-8")
    codes = ("quote-no-marks", "quote-cut-short", "quotation-unrecorded")
    return [(problem.code, problem.message) for problem in load_site(options).diagnostics if problem.code in codes]


UNMARKED = ("quote-no-marks", "These words stand in no quotation marks in the text.")


@pytest.mark.parametrize(
    "text, quote, found",
    [
        ("We think that the harbour is full of mud.\n", "mina-quist: the harbour is full of mud", [UNMARKED]),
        ("She thinks “the harbour is full of mud”.\n", "mina-quist: the harbour is full of mud", []),
        ("> The harbour is full of mud.\n", "mina-quist: The harbour is full of mud", []),
        ("— The harbour is full of mud, she said.\n", "mina-quist: The harbour is full of mud", []),
        ("She said [mud]{quote=q1}.\n", "{id: q1, speaker: mina-quist, text: mud}", []),
        ("We think of mud.\n", "{id: q1, speaker: mina-quist, text: mud, mode: indirect}", []),
    ],
)
def test_words_in_no_quotation_marks_are_no_quote(tmp_path, text, quote, found):
    assert all_told(tmp_path, text, quote) == found


@pytest.mark.parametrize(
    "text, quote, left, language",
    [
        ("“I never said the ferry is broken.”\n", "the ferry is broken", "I never said", "en"),
        ("“I didn’t say the ferry is broken.”\n", "the ferry is broken", "I didn’t say", "en"),
        ("“The ferry is broken if it rains.”\n", "The ferry is broken", "if it rains", "en"),
        ("“All is well. I deny the ferry is broken.”\n", "the ferry is broken", "I deny", "en"),
        ("„Ich sage nicht, die Fähre ist kaputt.“\n", "die Fähre ist kaputt", "Ich sage nicht", "de"),
        ("“No, the ferry is broken.”\n", "the ferry is broken", "", "en"),
        ("“I say the ferry is broken.”\n", "the ferry is broken", "", "en"),
        ("“The ferry is broken. Never.”\n", "The ferry is broken.", "", "en"),
        ("“Not so. The ferry is broken.”\n", "The ferry is broken.", "", "en"),
    ],
)
def test_a_quote_keeps_the_word_that_turns_its_meaning(tmp_path, text, quote, left, language):
    found = all_told(tmp_path, text, f"{{id: q1, speaker: mina-quist, text: '{quote}'}}", more=f"lang: {language}\n")
    told = [message for code, message in found if code == "quote-cut-short"]
    assert told == ([f"The quote “q1” leaves out “{left}”, which may reverse its meaning."] if left else [])
    assert not left or len(found) == 1


# --- the front matter ------------------------------------------------


def in_front(folder, more, **other):
    return [problem.message for problem in told(folder, SAID, more=more, **other)]


@pytest.mark.parametrize(
    "more, words, line",
    [
        ("updates: [{2024-03-09: 'She said “never again”.'}]\n", "never again", 5),
        ("corrections:\n  - 2024-03-09: We wrote “never again”.\n", "never again", 6),
        ("timeline:\n  - 2024-03-01: The “never again” vote\n", "never again", 6),
        (
            "timeline:\n  - {when: 2024-03-01, title: V, text: 'It was “never again”, `“code”`, [x](https://example.org/“a”).'}\n",
            "never again",
            6,
        ),
        ("unnamed:\n  clerk: {described_as: 'a clerk who “never again” spoke'}\n", "never again", 6),
        ("unnamed:\n  clerk: a clerk who “never again” spoke\n", "never again", 6),
    ],
)
def test_quotations_of_the_front_matter_are_told(tmp_path, more, words, line):
    assert in_front(tmp_path, more) == [f"1 passage in quotation marks has no record: “{words}” (line {line})."]


@pytest.mark.parametrize(
    "line, found",
    [
        ("a clerk; unknown; “was not authorised to speak”", 0),
        ("a clerk who “never again” spoke; unknown; “was not authorised to speak”", 1),
        ("a clerk; saw “the file”; fears for the job", 1),
    ],
)
def test_the_reports_reason_for_leaving_out_a_name_is_no_quotation(line, found):
    text = (
        FRONT.format(more=f"format: 2\nunnamed:\n  clerk: {line}\n").partition("quotes:")[0]
        + "---\n"
        + "“The boat is sound”{by=mina-quist}.\n"
    )
    assert len(parse("content/explainers/a.md", text.encode()).explainer.body.values) == found


def titled(folder, title, *, lang="en", quote="The boat is sound"):
    options = site(folder, SAID, more=f"lang: {lang}\n")
    file = folder / "content/explainers/ferry.md"
    file.write_text(
        file.read_text("utf-8").replace("title: T\n", f"title: {title}\n").replace("The boat is sound\n", f"{quote}\n"), "utf-8"
    )
    return load_site(options)


@pytest.mark.parametrize(
    "title, found",
    [
        ("Why “the boat is sound” is doubted", []),
        ("Why “the boat … sound” is doubted", []),
        ("“The boat is sound,” she says", []),
        ("What “Harbour Gazette” and “Ferry in doubt” say", []),
        ("The “blue fleet”{quote=no} sails", []),
        ("“Blue fleet”{quote=no}", []),
        ("'The \"blue fleet\"{quote=no} sails'", []),
        ("It’s the ’90s, and the ferries’ boat", []),
        ("Why “the boat is sound and the crew is willing, as ever” is doubted", ["quotation-unrecorded"]),
        ("Why “the boat is sold” is doubted", ["quotation-unrecorded"]),
        ("Why “the boat is doubted", ["quotation-unpaired"]),
        ("Why {quote=no} “the boat is sound” is doubted", ["span-unknown"]),
    ],
)
def test_a_headline_repeats_a_quote_a_name_or_nobody(tmp_path, title, found):
    seen = titled(tmp_path, title)
    assert [problem.code for problem in seen.diagnostics if problem.code.startswith(("quotation", "span", "marks"))] == found
    assert "{" not in seen.site.explainers["ferry"].title


def test_quotations_of_the_front_matter_are_listed_with_their_places(tmp_path, capsys):
    titled(tmp_path, "The “blue fleet”{quote=no}, “soon” and “the boat is sound”")
    _, out = listed(capsys, Options(tmp_path, tmp_path / "site", jobs=1, cache=False))
    assert [line.partition(":")[2] for line in out.splitlines() if "ferry.md" in line and "marks have" not in line][-4:] == [
        "2:12: marked {quote=no}: “blue fleet”",
        "2:36: no record: “soon”",
        "2:47: recorded as “the-boat-is-sound”: “the boat is sound”",
        "13:1: recorded as “the-boat-is-sound”: “The boat is sound,”",
    ]


def test_other_scripts_repeat_a_quote_too(tmp_path):
    for words, is_told in (("这艘船", False), ("那艘船", True)):
        seen = titled(tmp_path, f"为何说“{words}”", lang="zh", quote="这艘船很好")
        assert any(f"“{words}” (line 2)" in problem.message for problem in seen.diagnostics) == is_told


def test_in_files_of_records_a_mark_still_means_nothing():
    problems = parse("content/events/vote.md", "---\ntitle: The “yes”{quote=no} vote\nwhen: 2024\n---\n".encode()).diagnostics
    assert [problem.code for problem in problems] == ["span-unknown"]


@pytest.mark.parametrize(
    "text, codes",
    [
        ("He said “we go home» today.", [("quotation-unpaired", 1)]),
        ("“One two\n\nthree” and more.", [("quotation-unpaired", 1)]),
        ("Er sagte: „Wir gehen heute nach Hause‟ und ging.", [("quotation-unrecorded", 0)]),
        ("He said ″we go home today″.", [("quotation-unrecorded", 0)]),
        ("A 12″ pipe and a 5′ 11″ man.", []),
    ],
)
def test_marks_that_do_not_belong_together_are_one_problem(text, codes, tmp_path):
    found = told(tmp_path, f"{SAID}\n{text}\n")
    assert [(problem.code, len(problem.also)) for problem in found if problem.code.startswith("quotation-un")] == codes
