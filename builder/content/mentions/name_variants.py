"""Names that are written with other signs than in their record: in the other script of Chinese, or with letters of another alphabet that look alike."""

from collections.abc import Callable, Iterable
from functools import cache

from builder.content.mentions.name_normal_form import plain
from builder.content.mentions.name_search import contains_name
from builder.content.mentions.word_bounds import is_unspaced
from builder.diagnostics import characters
from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE, beyond_ascii, is_usual_in_latin

_OTHERS = late(f"[\u0250-\u1cff\uff00-\uffef\U0001d400-\U0001d7ff{CLOSE}]")


_MIXED = late("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]|[\uff21-\uff5a\U0001d400-\U0001d7ff]")
_FEW = 20
"""Characters of a text for each one beyond ASCII, in a text that has few of them."""


def has_other_signs(text: str) -> bool:
    """Return whether a text has letters that may look like those of another alphabet, or Chinese."""
    others = beyond_ascii(text)
    return not is_usual_in_latin(others) and _OTHERS.search(others) is not None


def may_have_lookalikes(text: str) -> bool:
    """Return whether a text has a word of letters of two alphabets, or few letters of another alphabet than Latin."""
    return _MIXED.search(text) is not None or _FEW * len(beyond_ascii(text)) < len(text)


def in_other_signs(text: str, names: Iterable[str]) -> tuple[str, str]:
    """Return the first of the names that stands in a text with other signs, and how it stands there; two times "" if none does.

    Of the two scripts of Chinese only where OpenCC is installed, whose tables have the pairs of signs.
    """
    usual, seen, short = plain(text), characters.plain(text), ""
    for name in names:
        if plain(name) in usual:
            if form := _also_written(text, name, seen, usual):
                return name, form
            continue
        if _within(seen, characters.plain(name)) and (form := _as_written(text, name)):
            return name, form
        if is_unspaced(name) and (simplified := simplifier()) is not None:
            short = short or simplified(text)
            if (wanted := _within(short, simplified(name))) and len(short) == len(text):
                at = short.index(wanted)
                return name, text[at : at + len(wanted)]
    return "", ""


def _within(text: str, name: str) -> str:
    return name if name in text and contains_name(text, {name: name}) else ""


def _also_written(text: str, name: str, seen: str, usual: str) -> str:
    """Return how a name stands in a text with letters that look alike, where it stands there as it should too."""
    looks = characters.plain(name)
    if seen.count(looks) <= usual.count(plain(name)):
        return ""
    words, count = text.split(), len(name.split())
    for at in range(len(words) - count + 1):
        form = " ".join(words[at : at + count]).strip(_SIGNS)
        if plain(name) not in plain(form) and _within(characters.plain(form), looks):
            return form
    return ""


_SIGNS = ".,;:!?()[]“”„«»\"'…"


def _as_written(text: str, name: str) -> str:
    """Return the words of a text that look like a name."""
    words, looks = text.split(), characters.plain(name)
    count = len(name.split())
    for at in range(len(words) - count + 1):
        form = " ".join(words[at : at + count])
        if looks in characters.plain(form):
            return form.strip(_SIGNS + "’")
    return ""


@cache
def simplifier() -> "Callable[[str], str] | None":
    """Return what gives the Simplified form of Chinese; None without OpenCC."""
    try:
        import opencc
    except ImportError:
        return None
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
