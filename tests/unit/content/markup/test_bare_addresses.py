"""Addresses are found with and without an e-mail address in the same paragraph."""

import pytest

from builder.content.markup import bare_addresses

AT = " a@example.org"


@pytest.mark.parametrize(
    "text, addresses",
    [
        ("See http://example.org/a.", ["http://example.org/a"]),
        ("HTTPS://example.org and Www.example.org", ["HTTPS://example.org", "http://Www.example.org"]),
        ("WWW.example.org", ["http://WWW.example.org"]),
        ("xhttp://example.org /www.example.org -www.example.org", []),
        ("漢字http://example.org漢字", ["http://example.org"]),
    ],
)
def test_an_address_is_found(text, addresses):
    assert [href for _, href in bare_addresses.find(text).values()] == addresses
    assert [href for _, href in bare_addresses.find(text + AT).values()] == [*addresses, "mailto:a@example.org"]
