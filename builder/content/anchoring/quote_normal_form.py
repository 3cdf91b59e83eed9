"""The normal form in which quotes and bodies are compared."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from builder.i18n.patterns import late
from builder.i18n.scripts import beyond_ascii, is_usual_in_latin

_ASCII_SPACES = "\n\t\r\v\f\x1c\x1d\x1e\x1f"
_SPACES = _ASCII_SPACES + "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_PLAIN = {
    **dict.fromkeys("“”„‟«»″「」〝〞〟﹁﹂״", '"'),
    **dict.fromkeys("‘’‚‛‹›′『』﹃﹄׳", "'"),
    **dict.fromkeys("‐‑‒–—―−־", "-"),
    **dict.fromkeys(_SPACES, " "),
}
_NO_WIDTH = "\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
"""Soft hyphens, spaces and joiners of no width, direction marks, variation selectors."""

_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Vowel points and accents of Hebrew and Arabic, which most texts leave out, and the Arabic tatweel."""

UNSEEN = _NO_WIDTH + _POINTS
"""Characters that do not make a different word, for a character class."""

_FORMS = "\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\uff01-\uffee"
"""Compatibility characters, as in PDF files: ligatures such as ﬁ, Arabic presentation forms, half and full width."""

_OTHER = late(rf"[ {_NO_WIDTH}]{{2,}}|[{UNSEEN}]+|\.\.\.|[{_FORMS}][\uff9e\uff9f]?")
_OTHER_IN_MOST = late(r" {2,}|\.\.\.")
_SPACES_HERE = late(r" +")
_RARE = late(f"[{UNSEEN}{_FORMS}]")
"""Characters to replace after the plain ones; most texts have few, and searching for them is fast."""


class _Offsets(Sequence[int]):
    """Offsets as pieces of a text, since few of them are ever asked for."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._pieces: list[tuple[int, int]] = []
        """Of each piece the first offset, and by how much each further one is greater."""
        self._length = 0

    def add(self, first: int, count: int, *, step: int = 1) -> None:
        """Add `count` offsets from `first` on."""
        if count:
            self._begins.append(self._length)
            self._pieces.append((first, step))
            self._length += count

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: Any) -> Any:
        at += self._length if at < 0 else 0
        if not 0 <= at < self._length:
            raise IndexError(at)
        n = bisect_right(self._begins, at) - 1
        first, step = self._pieces[n]
        return first + (at - self._begins[n]) * step


class Normal:
    """A text in its normal form, with offsets into the original, computed on demand."""

    def __init__(self, original: str) -> None:
        self._original = original
        # Looking for a character is far cheaper than translating all of them; and of those beyond ASCII, most texts have few.
        text = original
        if not text.isprintable():
            for char in _ASCII_SPACES:
                text = text.replace(char, " ")
        others = beyond_ascii(original)
        if others:
            for char in _PLAIN.keys() & set(others):
                text = text.replace(char, _PLAIN[char])
        if others and _RARE.search(others) is not None:
            self._found = list(_OTHER.finditer(text))
        else:
            self._found = list(_OTHER_IN_MOST.finditer(text) if "..." in text else _several_spaces(text))
        if self._found:
            parts: list[str] = []
            at = 0
            for match in self._found:
                parts += (text[at : match.start()], _plain(match[0]))
                at = match.end()
            text = "".join((*parts, text[at:]))
        self._decomposed = text
        # None of the usual characters is composed of others, or composes.
        self.text = text if text.isascii() or is_usual_in_latin(others) else unicodedata.normalize("NFC", text)
        self._offsets: Sequence[int] = ()

    @property
    def offsets(self) -> Sequence[int]:
        """For each character of the normal form, and for its end, where it stands in the original."""
        if not self._offsets:
            self._offsets = self._way_back()
        return self._offsets

    def _way_back(self) -> Sequence[int]:
        if not self._found and self.text == self._decomposed:
            return range(len(self._original) + 1)
        pieces = _Offsets()
        at = 0
        for match in self._found:
            pieces.add(at, match.start() - at)
            # Of a ligature, each letter stands where it begins.
            pieces.add(match.start(), len(_plain(match[0])), step=0)
            at = match.end()
        pieces.add(at, len(self._original) + 1 - at)
        if self.text == self._decomposed:
            return pieces
        offsets = list(pieces)
        composed: list[int] = []
        for start, end in clusters(self._decomposed):
            size = len(unicodedata.normalize("NFC", self._decomposed[start:end]))
            composed += offsets[start:end] if size == end - start else [offsets[start]] * size
        # A script that composes in a way unknown to us would only shift a mark, and must not stop a build.
        composed += [offsets[-1]] * max(0, len(self.text) - len(composed))
        return [*composed[: len(self.text)], offsets[-1]]


def _several_spaces(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_OTHER_IN_MOST` finds in a text without “...”: two spaces are found far sooner as letters than by an expression."""
    at = text.find("  ")
    while at >= 0 and (found := _SPACES_HERE.match(text, at)):
        yield found
        at = text.find("  ", found.end())


def normalise(text: str) -> tuple[str, list[int]]:
    """Return the normal form of a text, and the offset in `text` of each of its characters and of its end.

    NFC; `"` and `'` for all quotation marks; `-` for all dashes; one space for any white space; `…` for three dots; letters of one width, ligatures taken apart;
    without soft hyphens, characters of no width, direction marks and vowel points.
    """
    normal = Normal(text)
    return normal.text, list(normal.offsets)


def _plain(found: str) -> str:
    """Return the normal form of a match of `_OTHER`."""
    if found == "...":
        return "…"
    if " " in found:
        return " "
    if _FORM.match(found):
        form = unicodedata.normalize("NFKC", found)
        return _MARKS.get(form, form)
    return ""


_FORM = late(f"[{_FORMS}]")
_MARKS = {"「": '"', "」": '"', "’": "'", "‘": "'"}
"""Half-width quotation marks."""


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a text that can compose: a character with the combining marks, or the parts of a Korean syllable, behind it."""
    start = 0
    for at, char in enumerate(text):
        if at > start and not (unicodedata.category(char)[0] == "M" or "\u1161" <= char <= "\u11ff"):
            yield start, at
            start = at
    if start < len(text):
        yield start, len(text)
