"""Front matter that is valid YAML and says something else than its author meant."""

import re

import pytest

from builder import linking
from builder.content import schema, settings
from builder.content.parse import parse
from builder.i18n import language as words
from builder.model import Settings


def told(front, body="We will, she said.\n", path="content/explainers/a.md"):
    document = parse(path, f"---\ntitle: A\npublished: 2024-03-08\n{front}---\n{body}".encode())
    return [(problem.location.line, problem.location.column, problem.code, problem.help) for problem in document.diagnostics]


# --- keys of a record that stand where an id is expected ------------------------------------------------


@pytest.mark.parametrize(
    "front, line, hint",
    [
        (
            'actors:\n  helen-marsh: Helen Marsh, Mayor\n  alias: ["Marsh, H"]\n  type: Person\n  bo: Bo\n',
            6,
            'Write one record: helen-marsh: {name: Helen Marsh, position: Mayor, alias: ["Marsh, H"], type: Person}',
        ),
        ("actors:\n  aqua: Aqua\n  type: Organization\n", 6, "Write one record: aqua: {name: Aqua, type: Organization}"),
        ("unnamed:\n  clerk: a clerk\n  of: hall\n", 6, "Write one record: clerk: {described_as: a clerk, of: hall}"),
        ("actors:\n  bo:\n    name: Bo\n  alias: B\n", 7, "Write it below “bo”, indented."),
        ("actors:\n  name: Bo Li\n  alias: Li\n", 5, "Give the record an id: bo-li: {name: Bo Li, alias: Li}"),
        (
            "sources:\n  echo: {title: T, published: 2024-03-01}\n  note: a copy\n",
            6,
            "Write it below “echo”, indented.",
        ),
        (
            "timeline:\n  2024-03-11: The vote\n  status: planned\n",
            6,
            "Write a list: “- 2024-03-11: …”, and “status: …” below “2024-03-11”, in the same column.",
        ),
        (
            "quotes:\n  speaker: bo\n  text: We will\n",
            5,
            "Write a list of records: “- speaker: …”, and the other keys below “speaker”, in the same column.",
        ),
    ],
)
def test_a_key_that_stands_among_the_ids_is_told_once_with_the_record_to_write(front, line, hint):
    assert told(front) == [(line, 3, "not-a-record", hint)]


def test_nobody_is_called_alias():
    document = parse("content/explainers/a.md", b"---\ntitle: A\nactors:\n  bo: Bo\n  alias: B\n---\n")
    assert [actor.id for actor in document.explainer.actors] == ["bo"]


# --- texts that a “#” cuts short ------------------------------------------------


@pytest.mark.parametrize(
    "front, line, column",
    [
        ("summary: Council item #4 says so.\n", 4, 23),
        ("quotes:\n  - bo: We will #1 town for fraud.\n", 5, 17),
        ("quotes:\n  - bo: We will\n    to: The Echo #1\n    said: 2024-03-08\n", 6, 18),
        ("timeline:\n  - 2024-03-08: Pool #1 opens\n", 5, 22),
        ("timeline:\n  - 2024-03-08: The pool opens\n    text: All of #1\n", 6, 18),
        ("actors:\n  bo: Bo, Guard of pool #1\n", 5, 25),
        ("actors:\n  bo: {name: Bo, alias: [Guard, Guard #1\n    , B]}\n", 5, 39),
        ("unnamed:\n  clerk: a clerk at counter #3\n", 5, 29),
        ("summary:\n  The pool\n  is #1\n", 5, 3),
    ],
)
def test_a_text_that_is_cut_short_by_a_sign_is_told(front, line, column):
    assert [found[:3] for found in told(front)] == [(line, column, "text-cut")]


@pytest.mark.parametrize(
    "front",
    [
        'summary: "Council item #4 says so."\n',
        "summary: Council item # as they call it\n",
        "summary: Council item   #as they call it\n",
        "summary: C#4\n",
        "summary: > #4\n  Words #5\n",
        "autolink: first #change me\n",
        "updated: 2024-03-09 #new\n",
        "authors: #nobody\n",
    ],
)
def test_a_comment_is_let_through(front):
    assert told(front) == []


# --- timelines ------------------------------------------------


@pytest.mark.parametrize(
    "entry, hint",
    [
        ("- 18 January 2022: The vote", "Write 2022-01-18 instead."),
        ("- 18 January 2022: The vote\n    status: planned\n    id: vote", "Write 2022-01-18 instead."),
        ("- 2026-9-1: The vote", "Write 2026-09-01 instead."),
        ("- 2026-11-09 - 2026-11-13: The vote", "Write 2026-11-09/2026-11-13 instead."),
        ("- 01/02/2022: The vote", "Write 2022-01-02 or 2022-02-01 instead."),
        ("- 2026-13-40: The vote", "Write 2026 instead."),
        ("- 2026-11-13/2026-11-09: The vote", "Write 2026-11-09/2026-11-13 instead."),
        ("- Sept 5th: The vote", "Write YYYY-MM-DD for a day"),
    ],
)
def test_of_a_date_written_wrongly_before_a_title_the_date_alone_is_told(entry, hint):
    (problem,) = told(f"timeline:\n  {entry}\n")
    assert problem[:3] == (5, 5, "date-wrong")
    assert problem[3].startswith(hint)


def test_in_a_mapping_too():
    assert told("timeline:\n  18 January 2022: The vote\n") == [(5, 3, "date-wrong", "Write 2022-01-18 instead.")]


def test_a_key_that_is_misspelt_is_no_date():
    assert {found[2] for found in told("timeline:\n  - titel: The vote\n")} == {"key-unknown"}


@pytest.mark.parametrize(
    "entry, written",
    [
        ("2026-09 - The council asks", "- 2026-09: The council asks"),
        ("2026-09-01 The vote", "- 2026-09-01: The vote"),
        ("18 January 2022 – The vote", "- 2022-01-18: The vote"),
        ("2026, the council asks", "- 2026: the council asks"),
    ],
)
def test_a_date_without_its_colon_is_told_with_the_entry_to_write(entry, written):
    assert told(f"timeline:\n  - {entry}\n") == [(5, 5, "not-a-record", f"Write “{written}”.")]


def test_a_number_of_people_is_no_date():
    assert [found[2] for found in told("timeline:\n  - 24 people speak\n")] == ["not-a-record"]


# --- ids that are none ------------------------------------------------


@pytest.mark.parametrize(
    "front, column, hint",
    [
        ("actors:\n  helen-marsh Helen Marsh\n", 3, "A colon is missing behind the id: “helen-marsh: Helen Marsh”."),
        (
            "actors:\n  -helen-marsh: Helen Marsh\n",
            3,
            "If it begins an entry of a list, a space is missing behind the dash: “- helen-marsh: …”.",
        ),
        ("actors:\n  - Helen\n", 5, "An id has small letters, digits and hyphens: helen"),
        (
            "actors:\n  - helen\u2010marsh\n",
            5,
            "It has “\u2010” (HYPHEN, U+2010). An id has small letters, digits and hyphens: helen-marsh",
        ),
    ],
)
def test_what_is_no_id_is_told_with_what_was_meant(front, column, hint):
    assert told(front) == [(5, column, "id-wrong", hint)]


# --- the lines of three dashes ------------------------------------------------


@pytest.mark.parametrize(
    "text, line, column, message",
    [
        ("\n\n---\ntitle: A\n---\n", 3, 1, "An empty line stands above the first line “---”, so the front matter is not read."),
        ("# A\n\n---\ntitle: A\n---\n", 3, 1, "Something stands above the first line “---”, so the front matter is not read."),
        ("—\ntitle: A\n---\n", 1, 1, "The first line is “—”, and must be three hyphens: “---”."),
        (" ---\ntitle: A\n---\n", 1, 1, "A space stands before the first “---”, so the front matter is not read."),
        ("\t---\ntitle: A\n---\n", 1, 1, "A tab stands before the first “---”, so the front matter is not read."),
        ("\u200b---\ntitle: A\n---\n", 1, 1, "U+200B (ZERO WIDTH SPACE) stands before the first “---”, so the front matter is not read."),
        ("---\u200b\ntitle: A\n---\n", 1, 1, "U+200B (ZERO WIDTH SPACE) stands behind the first “---”, so the front matter is not read."),
        ("Text.\n\n---\n\nMore.\n", 1, 1, "This file has no front matter."),
    ],
)
def test_why_a_file_has_no_front_matter(text, line, column, message):
    problem = next(
        problem for problem in parse("content/explainers/a.md", text.encode()).diagnostics if problem.code == "front-matter-missing"
    )
    assert (problem.location.line, problem.location.column, problem.message) == (line, column, message)


def test_a_text_that_begins_with_a_key_is_told():
    assert [found[:3] for found in told("", body="\n  timeline:\n  - 2024-03-11: The vote\n")] == [(6, 3, "front-matter-early")]


@pytest.mark.parametrize("body", ["", "Summary: the pool is shut.\n", "Timeline:\n", "note: of a quote\n", "text\ntimeline:\n"])
def test_a_text_that_only_has_a_colon_is_let_through(body):
    assert told("", body=body) == []


# --- marks ------------------------------------------------


def test_a_mark_that_names_no_quote_is_told_in_the_words_that_were_written():
    front = "actors: {bo: Bo}\nquotes:\n  - bo: It is done.\n    id: never\n"
    document = parse(
        "content/explainers/a.md",
        f"---\ntitle: A\npublished: 2024-03-08\n{front}---\n“[It is done.]{{quote=nevr}}”, [x]{{quote=b#never}}.\n".encode(),
    )
    (problem,) = document.diagnostics
    assert (problem.code, problem.message) == ("link-unknown", "“{quote=nevr}” names no quote of this file.")
    assert (problem.location.line, problem.location.column, problem.help) == (9, 22, "Did you mean “never”?")


# --- names and values that the help puts right ------------------------------------------------


@pytest.mark.parametrize(
    "path, hint",
    [
        (
            "content/explainers/pool/pool.md",
            "Call it index.md, the name of an explainer in a folder of its own, or put it into content/explainers/ itself.",
        ),
        ("content/actors/uk/bo.md", "Put it into content/actors/ itself, as bo.md."),
        ("content/explainers/The Pool.md", "Call it the-pool.md: small letters, digits and hyphens."),
    ],
)
def test_a_file_is_told_how_to_be_called(path, hint):
    (problem,) = parse(path, b"---\ntitle: A\npublished: 2024-03-08\n---\n" if "explainers" in path else b"---\nname: A\n---\n").diagnostics
    assert (problem.code, problem.help) == ("id-wrong", hint)


@pytest.mark.parametrize(
    "language, hint",
    [
        ("English", "Write en."),
        ("en_US", "Write en-US."),
        ("Deutsch", "Write de."),
        ("Klingon", "Write en, de or pt-BR."),
        ("e", "Write en, de or pt-BR."),
    ],
)
def test_a_language_that_is_no_tag_is_told_its_tag(language, hint):
    made, (problem,) = settings.read(f"title: S\nlanguage: {language}\n".encode())
    assert (problem.code, problem.help, made.language) == ("value-wrong", hint, "en")


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hant-TW", "gsw", "sr-Latn", "EN"])
def test_a_tag_of_a_language_is_let_through(language):
    made, problems = settings.read(f"title: S\nlanguage: {language}\n".encode())
    assert made.language == language
    assert {problem.code for problem in problems} == (set() if language in {"en", "EN"} else {"language-unknown"})


@pytest.mark.parametrize(
    "speaker, hint",
    [
        ("Mayor Zebulon", "Did you mean “zeb”?"),
        (
            "Mayor Quince",
            "An id has small letters, digits and hyphens: write mayor-quince here, and add it under “actors:”, or as content/actors/mayor-quince.md.",
        ),
        ("quince", "Add it under “actors:”, or as content/actors/quince.md."),
    ],
)
def test_an_actor_who_is_quoted_by_name_is_told_with_an_id_that_can_be_one(speaker, hint):
    document = parse(
        "content/explainers/a.md", f"---\ntitle: A\nactors: {{zeb: Mayor Zebulon}}\nquotes:\n  - {speaker}: We\n---\nWe.\n".encode()
    )
    _, problems = linking.link(Settings(), words.load("en"), [document])
    assert [problem.help for problem in problems] == [hint]


def test_every_path_that_the_keys_of_the_settings_propose_is_a_page():
    (nav,) = (key for key in schema.RECORDS_OF_FORMAT["nav"] if key.name == "path")
    assert [path for path in re.findall(r"/[a-z]+/", nav.about) if path not in {link.path for link in settings.DEFAULT_NAV}] == []


# --- as of when ------------------------------------------------


@pytest.mark.parametrize("front", ["", "published:\n", "updated: 2024-03-08\n", "timeline: [{2031-03-01: The pool reopens}]\n"])
def test_an_explainer_without_a_day_is_told(front):
    (problem,) = parse("content/explainers/a.md", f"---\ntitle: A\n{front}---\n".encode()).diagnostics
    assert (problem.code, problem.severity) == ("published-missing", "warning")


@pytest.mark.parametrize("front", ["published: 2024-03-08\n", "published: unknown\n", "status: draft\n"])
def test_a_draft_may_wait_with_its_day(front):
    assert parse("content/explainers/a.md", f"---\ntitle: A\n{front}---\n".encode()).diagnostics == ()


@pytest.mark.parametrize("front", ["date: 2024-03-08\n", "published: 8 March\n"])
def test_a_day_that_is_written_wrongly_is_told_once(front):
    assert len(parse("content/explainers/a.md", f"---\ntitle: A\n{front}---\n".encode()).diagnostics) == 1


@pytest.mark.parametrize(
    "date, meant",
    [
        ("[2022..2021]", "[2021..2022]"),
        ("{2019,2022-01-18..2022-01-17}", "{2019,2022-01-17..2022-01-18}"),
        ("[-0010..-0005]", ""),
        ("[2021..2022]", ""),
        ("2021/..", ""),
    ],
)
def test_dates_that_stand_in_the_wrong_order_are_not_turned_in_silence(date, meant):
    found = [hint for _, _, code, hint in told(f'timeline: [{{title: T, when: "{date}"}}]\n') if code == "date-order"]
    assert found == ([f"Write {meant}."] if meant else [])
