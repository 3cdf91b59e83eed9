"""Passages that look like the words of a quote: they differ in spaces, dashes, quotation marks, or in lookalike characters.

    body: Oui , dit-il.    quote: Oui, dit-il    →    “Only spaces differ: the body has “Oui ,”, the quote “Oui,”.”

Used only in messages.
"""

import functools
from collections.abc import Iterator, Sequence

from builder.content.anchoring.quote_normal_form import Normal
from builder.diagnostics import characters

MOST_CHARACTERS = 200_000
"""Characters of a text that are searched."""

_MOST_LETTERS = 2_000
"""Characters of a quote whose differences from a passage are named: the time for that grows with the square."""

_MARKS, _DASHES = "\"'", "-"


class Skeleton:
    """A text without spaces, quotation marks and dashes, each character replaced by what it looks like."""

    def __init__(self, normal: str) -> None:
        folded = [(piece, at) for at, char in enumerate(normal[:MOST_CHARACTERS]) for piece in _look(char)]
        self.text = "".join(piece for piece, _ in folded)
        self._at = [at for _, at in folded]
        self._normal = normal

    def ranges(self, other: "Skeleton") -> Iterator[tuple[int, int]]:
        """Yield the ranges of the normal form at which another text occurs in this one."""
        at = self.text.find(other.text) if other.text else -1
        while at >= 0:
            start, end = self._at[at], self._at[at + len(other.text) - 1] + 1
            if not (self._goes_on(start - 1) and self._goes_on(start)) and not (self._goes_on(end - 1) and self._goes_on(end)):
                yield start, end
            at = self.text.find(other.text, at + 1)

    def _goes_on(self, at: int) -> bool:
        """Return whether the character at an offset is a letter of a script with spaces between words."""
        return 0 <= at < len(self._normal) and self._normal[at].isalnum() and ord(self._normal[at]) < 0x0E00


@functools.lru_cache(maxsize=4096)
def _look(char: str) -> str:
    return "" if char in _MARKS else "".join(piece for piece in characters.plain(char.lower()) if not piece.isspace() and piece != _DASHES)


def difference(there: Normal, here: Normal, originals: tuple[str, str], where: str) -> str:
    """Return a sentence on how two texts that look alike differ; "" if the difference has no name.

    `originals` are the two as they are written, `where` is the name of the first in messages.
    """
    import difflib  # late: most sites have no quote that is not found

    if max(len(there.text), len(here.text)) > _MOST_LETTERS:
        return ""
    kinds: dict[str, tuple[int, int, int, int]] = {}
    for tag, a, b, c, d in difflib.SequenceMatcher(None, there.text, here.text, autojunk=False).get_opcodes():
        if tag != "equal":
            kinds.setdefault(_kind(there.text[a:b], here.text[c:d]), (a, b, c, d))
    if not kinds:
        return ""
    kind, (a, b, c, d) = next(iter(kinds.items()))
    one, other = _around(there, a, b, originals[0]), _around(here, c, d, originals[1])
    if kind in _ONLY:
        also = [more for more in kinds if more in _ONLY and more != kind]
        return f"Only {' and '.join([kind, *also])} differ: the {where} has “{one}”, the quote “{other}”."
    sentence = characters.apart(one, other, f"the {where}", "the quote")
    return f"The two look alike: {sentence}." if sentence else ""


_SPACES, _QUOTED, _DASHED, _CAPITALS = "spaces", "quotation marks", "dashes", "capital letters"
_ONLY = (_SPACES, _QUOTED, _DASHED, _CAPITALS)


def _kind(left: str, right: str) -> str:
    chars = set(left + right)
    if chars <= {" "}:
        return _SPACES
    if chars <= {" ", *_MARKS}:
        return _QUOTED
    if chars <= {" ", _DASHES}:
        return _DASHED
    return _CAPITALS if left.lower() == right.lower() else "others"


def _around(text: Normal, start: int, end: int, original: str) -> str:
    """Return the words around a range as they are written."""
    words = text.text
    while start > 0 and words[start - 1] in f" {_DASHES}":
        start -= 1
    while start > 0 and words[start - 1] != " ":
        start -= 1
    while end < len(words) and words[end] in f" {_DASHES}":
        end += 1
    while end < len(words) and words[end] != " ":
        end += 1
    return " ".join(original[text.offsets[start] : text.offsets[end]].split())


def split(words: Sequence[str]) -> str:
    """Return pieces of a quote as a list in YAML."""
    return f"[{', '.join(_quoted(piece) for piece in words)}]"


def _quoted(piece: str) -> str:
    piece = " ".join(piece.split())
    return f'"{piece}"' if '"' not in piece and "\\" not in piece else "'" + piece.replace("'", "''") + "'"
