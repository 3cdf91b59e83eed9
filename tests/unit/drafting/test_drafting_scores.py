"""What drafts reach on articles of our own, in English and German: floors, so that a rule that helps one article does not harm another unseen."""

from collections import Counter

import pytest

from tests.unit.drafting.reckoning import ARTICLES, score

NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))


@pytest.fixture(scope="module")
def counts():
    total = {"en": Counter(), "de": Counter()}
    for name in NAMES:
        total[name[:2]] += score(name)
    return total


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "right, asked, floor",
    [
        ("right", "quote", 0.95),
        ("pronoun right", "pronoun", 0.9),
        ("unnamed right", "unnamed", 0.95),
        ("unnamed right", "called unnamed", 0.9),
        ("joined", "split", 1.0),
        ("date right", "date", 0.95),
        ("said right", "said", 0.75),
    ],
)
def test_what_is_labelled_is_found(counts, language, right, asked, floor):
    assert counts[language][asked] > 0
    assert counts[language][right] / counts[language][asked] >= floor


def test_there_are_articles_of_both_languages():
    assert sum(name.startswith("de-") for name in NAMES) >= 6
    assert sum(name.startswith("en-") for name in NAMES) >= 6
