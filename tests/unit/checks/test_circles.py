"""Records that follow themselves in a circle are told once."""

import pytest

from builder import checks, linking
from builder.checks.circles import circles
from builder.content.parse import parse
from builder.diagnostics import Location
from builder.i18n import language
from builder.model import Settings

ACTORS = "actors: {a: Ann Lee, b: Bo Ray}\n"


def told(front, body="“The boat is sound.” “The ship is fine.” “The dock is new.”", more=""):
    text = f"---\ntitle: T\npublished: 2025-10-16\n{front}---\n{body}\n"
    documents = [parse("content/explainers/one.md", text.encode())]
    documents += [parse("content/explainers/two.md", more.encode())] if more else []
    assert not [problem for document in documents for problem in document.diagnostics]
    site, problems = linking.link(Settings(), language.load("en"), tuple(documents))
    return [(problem.code, problem.location.line, problem.message) for problem in (*problems, *checks.check(site)) if problem.code in CODES]


CODES = {"reply-too-early", "reply-contradicts", "value-wrong", "date-order"}


def quotes(*relations, said=""):
    words = ("The boat is sound", "The ship is fine", "The dock is new")
    lines = [
        f"  - {{id: q{n}, speaker: {'ab'[n % 2]}, text: {word}{more}{said and f', said: 2025-10-0{n}'}}}\n"
        for n, (word, more) in enumerate(zip(words, relations, strict=False), 1)
    ]
    return f"sources: {{s: {{publisher: P, title: Q, published: 2025-10-15}}}}\n{ACTORS}quotes:\n{''.join(lines)}"


CIRCLE = "answer or repeat each other, so each would have to be the earlier one."


@pytest.mark.parametrize(
    "relations, found",
    [
        ((", repeats: q2", ", repeats: q1"), [("reply-too-early", 8, f"“q1” and “q2” {CIRCLE}")]),
        ((", repeats: q2", ", answers: q1"), [("reply-too-early", 8, f"“q1” and “q2” {CIRCLE}")]),
        ((", repeats: q2", ", repeats: q3", ", answers: q1"), [("reply-too-early", 9, f"“q1”, “q2” and “q3” {CIRCLE}")]),
        ((", denies: q2", ", denies: q1"), []),
        (("", ", repeats: q1", ", answers: q2"), []),
    ],
)
def test_quotes_that_answer_or_repeat_each_other(relations, found):
    assert told(quotes(*relations)) == found


def test_dates_tell_which_of_two_quotes_is_wrong():
    (problem,) = told(quotes(", repeats: q2", ", repeats: q1", said="yes"))
    assert "but was said (2025-10-01) before it (2025-10-02)" in problem[2]


def test_a_circle_through_two_explainers_is_told_once():
    front = quotes(", repeats: two#p")
    more = "---\ntitle: T2\npublished: 2025-10-16\nquotes: [{id: p, speaker: a, via: s, text: It is, repeats: one#q1}]\n---\n“It is.”\n"
    (problem,) = told(front, "“The boat is sound.”", more)
    assert problem[2] == f"“one#q1” and “p” {CIRCLE}"


@pytest.mark.parametrize(
    "cites, found",
    [
        (("t", "s"), ("value-wrong", "“s” and “t” cite each other, so none of them is the origin.")),
        (("s", ""), ("value-wrong", "This source cites itself.")),
        (("t", ""), ("date-order", "This was published (2025-01-01) before “t”, which it cites (2025-01-02).")),
        (("", "s"), None),
    ],
)
def test_sources_that_cite_each_other_or_a_later_one(cites, found):
    first, second = (f", cites: [{key}]" if key else "" for key in cites)
    sources = f"sources:\n  s: {{publisher: P, title: Q, published: 2025-01-01{first}}}\n  t: {{publisher: P, title: R, published: 2025-01-02{second}}}\n"
    assert [(code, message) for code, _, message in told(sources, "Text.")] == ([found] if found else [])


@pytest.mark.parametrize(
    "actors, message",
    [
        ("a: {name: Ann Lee, of: a}", "By “of:”, this actor belongs to itself."),
        ("a: {name: Ann Lee, position: {role: Chair, of: a}}", "By “of:”, this actor belongs to itself."),
        ("a: {name: Ann Lee, of: b}, b: {name: Bo Ray, of: a}", "“a” and “b” each belong to the other."),
        (
            "a: {name: Ann Lee, of: b}, b: {name: Bo Ray, of: c}, c: {name: Cy Fox, of: a}",
            "“a”, “b” and “c” belong to each other in a circle.",
        ),
        ("a: {name: Ann Lee, of: b}, b: Bo Ray", ""),
    ],
)
def test_actors_that_belong_to_each_other(actors, message):
    assert [found for _, _, found in told(f"actors: {{{actors}}}\n", "Text.")] == ([message] if message else [])


def followed(after):
    """The circles of keys, and how often the keys of each were asked for."""
    asked = []
    found = circles(after, lambda key: asked.append(key) or after[key], lambda key: Location("a.md", ord(key[0]), len(key)))
    return dict(found), asked


@pytest.mark.parametrize(
    "after, expected",
    [
        ({"a": "b", "b": "cd", "c": "a", "d": "e", "e": "d"}, {"c": ("a", "b", "c"), "e": ("d", "e")}),
        ({"a": "bc", "b": "d", "c": "d", "d": ""}, {}),
        ({"a": "ab", "b": "b"}, {"a": ("a",), "b": ("b",)}),
        ({"b": "a", "a": "cb", "c": "a"}, {"c": ("a", "b", "c")}),
    ],
)
def test_records_that_lead_to_each_other_are_one_circle(after, expected):
    assert followed(after)[0] == expected


def test_in_a_ring_each_record_is_followed_once():
    ring = {"x" * n: ["x" * (n % 3000 + 1)] for n in range(1, 3001)}
    found, asked = followed(ring)
    assert [len(circle) for circle in found.values()] == [3000]
    assert sorted(asked) == sorted(ring)


def test_the_sources_of_a_ring_are_followed_once_a_site(monkeypatch):
    calls = []
    monkeypatch.setattr("builder.checks.circles.circles", lambda *given: calls.append(given) or circles(*given))
    rows = "".join(f"  s{n}: {{publisher: P, title: T{n}, published: 2025-01-01, cites: [s{(n + 1) % 30}]}}\n" for n in range(30))
    (problem,) = told(f"sources:\n{rows}", "Text.")
    assert problem[2].endswith("cite each other, so none of them is the origin.")
    assert len(calls) == 2  # for the quotes of the explainer, and for all sources


@pytest.mark.parametrize("to, is_told", [("a", True), ("[b, a]", True), ("Ann Lee", True), ("b", False), ("a friend", False)])
def test_nobody_speaks_to_themselves(to, is_told):
    front = f"sources: {{s: {{publisher: P, title: Q, published: 2025-10-15}}}}\n{ACTORS}quotes: [{{speaker: a, to: {to}, text: The boat is sound}}]\n"
    found = [message for _, _, message in told(front)]
    assert found == (["“to” names Ann Lee, who is the speaker of this quote."] if is_told else [])
