"""Tags of languages."""

import pytest

from builder.i18n.tags import language_code


@pytest.mark.parametrize("tag, code", [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), (" zh-Hant-TW ", "zh"), ("", "")])
def test_the_code_is_the_first_part_in_small_letters(tag, code):
    assert language_code(tag) == code
