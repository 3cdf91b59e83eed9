"""Replies that contradict each other, themselves or through others."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

WORDS = ("The boat is sound", "The ship is fine", "The dock is new", "The quay is old")


def front(*relations):
    lines = "".join(f"  - {{id: q{n}, speaker: a, via: s, text: {WORDS[n - 1]}{more}}}\n" for n, more in enumerate(relations, 1))
    return (
        "---\ntitle: T\npublished: 2025-10-16\nsources: {s: {publisher: P, title: Q, published: 2025-10-15}}\n"
        f"actors: {{a: Ann Lee}}\nquotes:\n{lines}---\n" + " ".join(f"“{WORDS[n]}.”" for n in range(len(relations))) + "\n"
    )


def told(*relations, **more):
    found = checks.check(site_of(explainers_one=front(*relations), **more))
    return [problem.message for problem in found if problem.code == "reply-contradicts"]


@pytest.mark.parametrize(
    "relations, found",
    [
        ((", confirms: q2", ", denies: q1"), ["This quote confirms “q2”, which denies it."]),
        ((", denies: q2", ", denies: q1"), []),
        ((", confirms: q2", ", confirms: q1"), []),
        ((", confirms: q2", ", denies: q3", ""), []),
        # A confirms B, B denies C, C confirms A.
        ((", confirms: q2", ", denies: q3", ", confirms: q1"), ["This quote confirms “q2” through others, which denies it."]),
        ((", confirms: q2", ", confirms: q3", ", denies: q1"), ["This quote confirms “q3” through others, which denies it."]),
        ((", confirms: q2, denies: q3", ", confirms: q3", ""), ["This quote confirms “q3” through others, which it denies."]),
        ((", confirms: [q2, q3]", ", denies: q3", ""), ["This quote confirms “q2” and confirms “q3”, and the first denies the second."]),
        (
            (", confirms: [q2, q3]", ", denies: q3", ", denies: q2"),
            ["This quote confirms “q2” and confirms “q3”, and the first denies the second."],
        ),
        (
            (", confirms: [q2, q3]", ", confirms: q4", "", ", denies: q3"),
            ["This quote confirms “q4” through others and confirms “q3”, and the first denies the second."],
        ),
        # Three who deny each other may all be right to, and a confirmation of part of a statement says nothing of what is denied in the rest.
        ((", denies: q2", ", denies: q3", ", denies: q1"), []),
        ((", confirms: q3", ", confirms: q3, denies: q1", ""), []),
        ((", denies: q2", ", denies: q3", ", confirms: q1"), []),
        ((", repeats: q2", ", denies: q1"), []),
        ((", repeats: q2, denies: q2", ""), ["This quote both denies and repeats “q2”."]),
    ],
)
def test_no_quote_confirms_two_of_which_one_denies_the_other(relations, found):
    assert told(*relations) == found


def test_a_contradiction_over_two_explainers_is_told_once():
    more = "---\ntitle: T2\npublished: 2025-10-16\nquotes: [{id: p, speaker: a, via: s, text: It is, confirms: one#q1}]\n---\n“It is.”\n"
    assert told(", denies: two#p", explainers_two=more) == ["This quote confirms “one#q1”, which denies it."]


def test_a_long_ring_of_confirmations_is_followed_once():
    ring = tuple(f", confirms: q{n % 4 + 1}" for n in range(1, 5))
    assert told(*ring) == []
