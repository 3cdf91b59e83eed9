"""The footnotes of one text: their definitions, their references and their order."""

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_OPEN, _CLOSE = "footnote_reference_open", "footnote_reference_close"
_WORDS = frozenset({"inline", "fence", "code_block", "html_block", "too_deep"})
"""The tokens that have words; lists, quotes and tables around them have no room beside the text."""


class Footnotes:
    """The words of each footnote, and its number: they are counted in the order in which the text refers to them."""

    def __init__(self, tokens: "Sequence[Token]") -> None:
        self._parts: dict[str, list[Token]] = {}
        self._unused: dict[str, Token] = {}
        self._again: list[tuple[str, Token]] = []
        self._numbers: dict[str, int] = {}
        self._due: deque[str] = deque()
        self._gather(tokens)

    def _gather(self, tokens: "Sequence[Token]") -> None:
        inside: list[list[Token]] = []
        for token in tokens:
            if token.type == _OPEN:
                label = token.meta["label"]
                parts: list[Token] = []
                if label in self._parts:
                    self._again.append((label, token))
                else:
                    self._parts[label] = parts
                    self._unused[label] = token
                inside.append(parts)
            elif token.type == _CLOSE:
                inside.pop()
            elif inside and token.type in _WORDS:
                inside[-1].append(token)

    def refer(self, label: str) -> tuple[int, bool]:
        """Return the number of a note, and whether this is the first reference to it; then it is due to be shown."""
        self._unused.pop(label, None)
        first = label not in self._numbers
        if first:
            self._numbers[label] = len(self._numbers) + 1
            self._due.append(label)
        return self._numbers[label], first

    def due(self) -> "tuple[int, list[Token]] | None":
        """Return the number and the words of the next note to show, once."""
        if not self._due:
            return None
        label = self._due.popleft()
        return self._numbers[label], self._parts[label]

    def unused(self) -> "Iterator[tuple[str, Token]]":
        """Yield the notes that nothing refers to."""
        yield from self._unused.items()

    def again(self) -> "Iterator[tuple[str, Token]]":
        """Yield the notes whose label an earlier one has."""
        yield from self._again


def after(tokens: "Sequence[Token]", index: int) -> int:
    """Return the index behind the footnote that opens just before `index`."""
    depth = 1
    while depth:
        depth += {_OPEN: 1, _CLOSE: -1}.get(tokens[index].type, 0)
        index += 1
    return index
