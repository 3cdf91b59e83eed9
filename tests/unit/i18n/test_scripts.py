"""Characters of scripts, and quick answers about them."""

import re

import pytest

from builder.content.mentions.name_variants import has_other_signs
from builder.i18n.scripts import CLOSE, beyond_ascii, is_usual_in_latin


def test_what_is_usual_in_latin_is_of_no_other_script():
    usual = [chr(code) for code in range(0x80, 0x30000) if is_usual_in_latin(chr(code))]
    assert {*"éßř“”’–—…"} <= {*usual}
    assert not re.search(f"[{CLOSE}\u0250-\u1cff\uff00-\uffef]", "".join(usual))


@pytest.mark.parametrize("text, has", [("plain", False), ("“Žižkov” – é", False), ("“Bоb”", True), ("“東京”", True), ("“ไทย”", True)])
def test_other_signs_are_seen_behind_usual_ones(text, has):
    assert has_other_signs(text) is has
    assert is_usual_in_latin(beyond_ascii(text)) is not has
