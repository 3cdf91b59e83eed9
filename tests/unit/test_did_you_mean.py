"""What is proposed for a name that nobody has."""

import difflib
import itertools

import pytest

from builder.diagnostics import did_you_mean
from builder.diagnostics.record import COMPARED

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
