"""Labels: links of `same_as`."""

import pytest

from builder.pages import labels
from builder.pages.shapes import Ref


@pytest.mark.parametrize(
    "address, ref, entity",
    [
        ("wd:Q30", Ref("Wikidata", "https://www.wikidata.org/wiki/Q30"), "http://www.wikidata.org/entity/Q30"),
        ("https://example.org/a/", Ref("example.org/a", "https://example.org/a/"), "https://example.org/a/"),
    ],
)
def test_same_as_is_a_link_for_readers_and_an_entity_for_programs(address, ref, entity):
    assert (labels.same_as(address), labels.entity_address(address)) == (ref, entity)
