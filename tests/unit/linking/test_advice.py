"""What is proposed for a name that nobody has."""

import difflib
import itertools

import pytest

from builder import linking
from builder.checks import link_suggestions
from builder.content import schema
from builder.content.parse import parse
from builder.content.schema.suggestions import value_for
from builder.diagnostics import advice, did_you_mean
from builder.diagnostics.diagnostic import COMPARED
from builder.i18n import language
from builder.linking import lookup
from builder.linking.advice import as_id
from builder.model import Settings

BEGINNINGS = ("ada", "bruno", "greta", "hugo", "imani", "jonas", "keiko", "mina")
NAMES = [
    f"{first}-{last}-{n:03}" for first, last, n in itertools.product(BEGINNINGS, ("abara", "castell", "okafor", "weiss"), range(0, 900, 60))
]


@pytest.mark.parametrize(
    "wrong, right",
    [
        ("ada-castel-120", "ada-castell-120"),
        ("gretta-okafor-540", "greta-okafor-540"),
        ("jnoas-weiss-060", "jonas-weiss-060"),
        ("Mina-Abara-000", "mina-abara-000"),
        ("keiko_okafor_840", "keiko-okafor-840"),
        ("xmani-weiss-300", "imani-weiss-300"),
    ],
)
def test_among_many_names_the_nearest_is_proposed(wrong, right):
    assert len(NAMES) > 8 * COMPARED
    assert did_you_mean(wrong, NAMES) == f"Did you mean “{right}”?"
    assert difflib.get_close_matches(wrong.lower(), NAMES, n=1) == [right]  # which is what comparing with all of them proposes


def test_where_nothing_is_near_nothing_is_proposed():
    assert did_you_mean("quartz", NAMES) == ""
    assert did_you_mean("quartz", []) == ""


def test_only_the_likeliest_are_compared_letter_by_letter(monkeypatch):
    compared = []
    original = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda word, pool, **more: compared.append(len(pool)) or original(word, pool, **more))
    did_you_mean("ada-castel-120", NAMES)
    assert compared == [COMPARED]


KNOWN = (
    "index.html",
    "data/index.html",
    "explainers/index.html",
    "explainers/pool/index.html",
    "explainers/a/index.html",
    "glossary/index.html",
    "boat.svg",
)
ADDRESSES = {"content/explainers/pool.md": "explainers/pool/", "content/pages/method.md": "method/"}


@pytest.mark.parametrize(
    "target, path, hint",
    [
        ("/pool/", "pool/", "Did you mean “/explainers/pool/”?"),
        ("/explainer/pool/", "explainer/pool/", "Did you mean “/explainers/pool/”?"),
        ("/explainers/pol/", "explainers/pol/", "Did you mean “/explainers/pool/”?"),
        ("/glosary/", "glosary/", "Did you mean “/glossary/”?"),
        ("/explainers/b/", "explainers/b/", ""),
        ("/about/", "about/", ""),
        ("pol.md", "explainers/pol.md", "Did you mean “pool.md”?"),
        ("method.md", "explainers/method.md", "Did you mean “../pages/method.md”?"),
        (
            "www.example.org/echo",
            "explainers/www.example.org/echo",
            "The address of another site begins with https://: write https://www.example.org/echo.",
        ),
        ("example.com", "explainers/example.com", "The address of another site begins with https://: write https://example.com."),
        (
            "boat.jpg",
            "explainers/boat.jpg",
            "Put the file into content/static/ and write /boat.jpg; or beside an explainer’s index.md in a folder of its own, and write boat.jpg.",
        ),
    ],
)
def test_what_a_dead_link_was_meant_to_lead_to(target, path, hint):
    assert link_suggestions.LinkSuggestions(KNOWN, ADDRESSES).of(target, "content/explainers/a.md", path).help == hint


@pytest.mark.parametrize("record", sorted(schema.KEY_SYNONYMS))
def test_the_words_of_others_are_none_of_ours_and_lead_to_ours(record):
    own = schema.BY_NAME[record]
    assert not own.keys() & schema.KEY_SYNONYMS[record].keys()
    for key in schema.KEY_SYNONYMS[record].values():
        assert key.partition(":")[0] in own


CHOICES = [(record, key) for record, table in schema.RECORDS_OF_FORMAT.items() for key in table if key.options]
LESS_THAN_SURE = {"planned", "expected", "conditional", "alleged", "denied", "disputed", "cancelled", "postponed"}


@pytest.mark.parametrize("key", sorted(schema.VALUE_SYNONYMS))
def test_the_words_of_others_for_values_are_none_of_ours_and_lead_to_ours(key):
    options = {option for _, schema_key in CHOICES if schema_key.name == key for option in schema_key.options}
    assert options
    for word, ours in schema.VALUE_SYNONYMS[key].items():
        assert ours in options
        assert word not in options
        assert word == "-".join(word.lower().split())


@pytest.mark.parametrize("record, key", CHOICES, ids=lambda value: value if isinstance(value, str) else value.name)
def test_a_slip_in_a_value_leads_back_to_it_and_its_opposite_does_not(record, key):
    for option in key.options:
        assert value_for(key.name, option.upper(), key.options) == option
        assert value_for(key.name, f" {option.replace('-', ' ')}", key.options) == option
        if len(option) > 4:
            assert value_for(key.name, option[:-2] + option[-1], key.options) == option
        for no in ("un", "non-", "not ", "dis"):
            found = value_for(key.name, f"{no}{option.lower()}", key.options)
            assert found in {"", *schema.VALUE_SYNONYMS.get(key.name, {}).values()}
            assert found != option


@pytest.mark.parametrize(
    "word",
    [
        "rumoured",
        "rumored",
        "reported",
        "claimed",
        "accused",
        "suspected",
        "unconfirmed",
        "likely",
        "undisputed",
        "recurred",
        "possible",
        "debunked",
    ],
)
def test_no_hint_makes_a_fact_of_what_is_less(word):
    assert value_for("status", word, schema.BY_NAME["event"]["status"].options) in {"", *LESS_THAN_SURE} - {"disputed"}


@pytest.mark.parametrize(
    "front, told",
    [
        ("timeline:\n  - 2024-03-01: The vote\n    status: rumoured\n", "Did you mean “alleged”?"),
        ("timeline:\n  - 2024-03-01: The vote\n    status: Happened\n", "Did you mean “occurred”?"),
        ("actors:\n  bo: {name: Bo, type: Company}\n", "Did you mean “Organization”?"),
        ("actors:\n  bo: {name: Bo, type: ministry}\n", "Did you mean “PublicBody”?"),
        ("quotes:\n  - bo: We will\n    contradicts: x\n", "Did you mean “denies”?"),
        ("quotes:\n  - bo: We will\n    replies: x\n", "Did you mean “answers”?"),
        ("quotes:\n  - bo: We will\n    reputes: x\n", "Known keys: "),
        ("quotes:\n  - bo: We will\n    medium: Tweet\n", "Did you mean “post”?"),
    ],
)
def test_what_others_call_our_values_is_known(front, told):
    document = parse("content/explainers/a.md", f"---\ntitle: A\npublished: 2024-03-08\n{front}---\nWe will.\n".encode())
    (problem,) = document.diagnostics
    assert problem.help.startswith(told)


@pytest.mark.parametrize(
    "front, hints",
    [
        ("date: 2024-03-08\n", ["Did you mean “published”?"]),
        ("tags: [a]\n", ["Did you mean “topics”?"]),
        ("draft: true\n", ["Write “status: draft”."]),
        ("quotes:\n  - speaker: bo\n    quote: We will\n", ["Did you mean “text”?"]),
        ("quotes:\n  - quote: We will\n    by: bo\n", ["Did you mean “text”?", "Did you mean “speaker”?"]),
        ("quotes:\n  - [bo, an]: We will\n", ["Write several speakers as “speaker: [one, two]”, and their words as “text: …”."]),
        ("timeline:\n  - [2024, 2025]: The vote\n", ["Put words with brackets or braces in quotation marks."]),
    ],
)
def test_what_others_call_our_keys_is_known(front, hints):
    document = parse("content/explainers/a.md", f"---\ntitle: A\n{front}published: 2024-03-08\n---\nWe will.\n".encode())
    assert [problem.help for problem in document.diagnostics] == hints


@pytest.mark.parametrize(
    "words, listed", [("bo, an", "[bo, an]"), ("bo and an", "[bo, an]"), ("bo, an and mo-li", "[bo, an, mo-li]"), ("bo & an", "[bo, an]")]
)
def test_several_speakers_stand_in_brackets(words, listed):
    document = parse("content/explainers/a.md", f"---\ntitle: A\nactors: {{bo: B, an: A}}\nquotes:\n  - {words}: We\n---\nWe.\n".encode())
    _, problems = linking.link(Settings(), language.load("en"), [document])
    assert [problem.help for problem in problems] == [
        f"Write several in brackets: {listed}; of a quote, “speaker: {listed}” and its words as “text: …”."
    ]


def test_what_an_id_that_is_gone_was_is_looked_for_once_however_often_it_is_named(monkeypatch):
    asked = []
    monkeypatch.setattr(lookup, "advice", lambda word, known, **how: (asked.append(word), advice(word, known, **how))[1])
    quotes = "".join(f"  - {{speaker: minna-abara, text: word {n}}}\n" for n in range(9))
    links = " ".join(["[[minna-weiss]] "] * 9)
    text = f"---\ntitle: T\npublished: 2024-03-08\nactors: {{mina-abara: Mina Abara}}\nquotes:\n{quotes}---\n{links}\n"
    files = [parse(f"content/explainers/{name}.md", text.encode()) for name in "ab"]
    _, problems = linking.link(Settings(), language.load("en"), files)
    told = [problem.code for problem in problems]
    assert (told.count("reference-unknown"), told.count("link-unknown")) == (18, 2)
    assert {problem.help for problem in problems if problem.code == "reference-unknown"} == {"Did you mean “mina-abara”?"}
    assert sorted(asked) == ["minna-abara", "minna-weiss"]


@pytest.mark.parametrize("written", ["Ann-Lee", "ann_lee", "“ann-lee”", '"ann-lee"', "«Ann Lee»", " ann-lee "])
def test_an_id_is_known_with_capitals_and_quotation_marks(written):
    assert as_id(written) == "ann-lee"
