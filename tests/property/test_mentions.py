"""Names are found where their definition says, however many of them begin alike."""

import re

from hypothesis import given, strategies as st

from builder.content import mentions
from builder.model import Body, Text

WORD = st.text("ab,.“-", min_size=1, max_size=4)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


def by_definition(text, names):
    """Every stretch that is a name, with no letter on either side, nor a hyphen with a letter beyond, and any space between its words."""
    for name, owner in names.items():
        words = r"\s+".join(map(re.escape, name.split()))
        for found in re.finditer(rf"(?<!\w)(?<!\w-)(?=({words})(?!-?\w))", text):
            yield found.start(1), found.end(1), owner


def first_of_each_place(found):
    """Of names that overlap the first counts, and of those the longest."""
    at = 0
    for start, end, owner in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= at:
            at = end
            yield owner, start, end


@given(
    text=st.text("ab,.“- \n", max_size=40).filter(lambda text: not re.search(r"[ab]\.[ab]", text)),
    names=st.lists(NAME, max_size=8, unique=True),
)
def test_names_stand_where_the_definition_says(text, names):
    owners = {name: f"actor-{n}" for n, name in enumerate(names)}
    found = mentions.occurrences(Body(text=text, segments=(Text(text, 0),)), mentions.KnownNames(owners), autolink="all")
    assert [(occurrence.id, occurrence.start, occurrence.end) for occurrence in found] == list(
        first_of_each_place(by_definition(text, owners))
    )
