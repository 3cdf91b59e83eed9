"""The flanking rule of emphasis, extended for Chinese, Japanese and Korean, which write no spaces.

CommonMark asks for a space or a sign beside a star that stands at a sign. These scripts write no spaces, so there `**重要。**所以` would show its stars,
and of two such pairs the words between them would be strong. What counts as beside a sign is taken from the amendments that are known as “markdown-cjk-friendly”.
"""

import re

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from builder.i18n.patterns import late

_EAST_ASIAN = late(
    "[\u1100-\u11ff\u20a9\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffbe\uffc2-\uffdc\uffe0-\uffee\U00016fe0-\U00018aff\U0001aff0-\U0001b2ff\U00020000-\U0003ffff]"
)
"""Letters and signs of Chinese, Japanese and Korean."""

_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What asks for another form of the character before it."""


def flanks(src: str, start: int, end: int, most: int) -> tuple[bool, bool] | None:
    """Return whether stars from `start` to `end` can begin emphasis and end it; None where no East Asian character is beside them."""
    before = src[start - 1] if start else " "
    if start > 1 and _VARIANTS.match(before):
        before = src[start - 2]
    after = src[end] if end < most else " "
    if (before < "\u1100" and after < "\u1100") or not (_EAST_ASIAN.match(before) or _EAST_ASIAN.match(after)):
        return None
    free = _is_free(before), _is_free(after)
    # A sign of theirs counts as a letter.
    signs = _is_sign(before), _is_sign(after)
    space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    return not (space[1] or (signs[1] and not free[0])), not (space[0] or (signs[0] and not free[1]))


def _is_sign(char: str) -> bool:
    return (isMdAsciiPunct(ord(char)) or isPunctChar(char)) and not _EAST_ASIAN.match(char)


def _is_free(char: str) -> bool:
    return isWhiteSpace(ord(char)) or isMdAsciiPunct(ord(char)) or isPunctChar(char) or _EAST_ASIAN.match(char) is not None
