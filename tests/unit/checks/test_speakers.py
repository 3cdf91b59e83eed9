"""The name beside a quotation is that of its speaker."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"
CAST = (
    "actors: {mina: {name: Mina Roe, type: Person}, bob: {name: Bob Cox, type: Person}, line: {name: Patience Line, type: Organization}}\n"
)


@pytest.mark.parametrize(
    "text, other",
    [
        ("“It runs,”{by=mina} said Bob Cox.", "Bob Cox"),
        ("“It runs,”{by=mina} Cox said.", "Bob Cox"),
        ("Bob Cox said “it runs”{by=mina}.", "Bob Cox"),
        ("„Sie läuft“{by=mina}, sagte Bob Cox.", "Bob Cox"),
        ("“It runs,”{by=mina} said Mina Roe. “It sails,”{quote=more} said Bob Cox.", "Bob Cox"),
        ("“It runs,”{by=mina} said Mina Roe.", ""),
        ("“It runs.”{by=mina} Bob Cox said nothing.", ""),
        ("“It runs,”{by=line} said Bob Cox.", ""),
        ("“It runs,”{by=mina} said the mayor to Bob Cox.", ""),
        ("“It runs”{by=mina} is what they heard. Bob Cox said “no”{by=bob}.", ""),
    ],
)
def test_another_name_beside_a_quotation_is_told(text, other):
    found = [one for one in checks.check(site_of(explainers_one=f"---\n{HEAD}{CAST}---\n{text}\n")) if one.code == "quote-other-name"]
    assert [one.message.partition(" beside")[0] for one in found] == ([f"The text names {other}"] if other else [])
