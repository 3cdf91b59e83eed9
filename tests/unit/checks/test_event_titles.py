"""Titles of events that say something else than their status."""

import pytest

from builder.checks.event_titles import said_status
from builder.i18n import language

EN, DE = language.load("en"), language.load("de")


@pytest.mark.parametrize(
    "title, said",
    [
        ("Planned: The council votes", ("Planned", "planned")),
        ("alleged, the boat sank", ("alleged", "alleged")),
        ("The council votes (cancelled)", ("cancelled", "cancelled")),
        ("The council votes [postponed].", ("postponed", "postponed")),
        ("Allegedly the boat sank", ("Allegedly", "alleged")),
        ("Police, reportedly, arrive", ("reportedly", "alleged")),
        ("The boat may have sunk", ("may have", "alleged")),
        ("Rumour that the boat sank", ("Rumour that", "alleged")),
        ("Scheduled – the vote", ("Scheduled", "planned")),
        ("Судно предположительно затонуло", ("предположительно", "alleged")),
        ("据称该船沉没", ("据称", "alleged")),
        ("Das Schiff sank angeblich", ("angeblich", "alleged")),
        ("The planned vote is held", None),
        ("The allegedly stolen boat", None),
        ("Two allegedly stolen boats sink", None),
        ("Das angeblich gestohlene Boot sinkt", None),
        ("El barco supuestamente robado se hundió", None),
        ("Le bateau prétendument volé a coulé", None),
        ("Якобы украденное судно затонуло", None),
        ("据称被盗的船沉没", None),
        ("El alcalde fue supuestamente detenido ayer", ("supuestamente", "alleged")),
        ("Le bateau a prétendument coulé hier", ("prétendument", "alleged")),
        ("The allegedly", ("allegedly", "alleged")),
        ("Судно якобы украдено вчера", ("якобы", "alleged")),
        ("Claim, counterclaim and vote", None),
        ("Ann Lee denies the sale", None),
        ("Court: the sale is void", None),
        ("The boat sinks (video)", None),
        ("Boat May Have Sunk", ("May Have", "alleged")),
        ("Votes in May have been counted", None),
    ],
)
def test_a_title_that_is_no_fact_is_known_by_its_words(title, said):
    assert said_status(title, EN) == said


def test_the_words_of_the_interface_count_too():
    assert said_status("Geplant: Der Rat stimmt ab", DE) == ("Geplant", "planned")
    assert said_status("Geplant: Der Rat stimmt ab", EN) is None
