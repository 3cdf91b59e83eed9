"""Quotation marks pasted around a value: a page sets its own around quoted words, and none around a name."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from builder.content import schema
from builder.content.frontmatter import Scalar
from builder.diagnostics.shortening import shorten

_DOUBLE = {"“": "”", "„": "“”", "‟": "”", "”": "”", '"': '"', "＂": "＂", "«": "»", "»": "«»", "「": "」", "﹁": "﹂", "〝": "〞〟"}
_SINGLE = {"‘": "’", "‚": "‘’", "‛": "’", "’": "’", "'": "'", "‹": "›", "›": "‹›", "『": "』", "﹃": "﹄"}
_CLOSES = _DOUBLE | _SINGLE
"""What may close what opens."""

_CLOSING = frozenset("".join(_CLOSES.values()))
_APOSTROPHES = frozenset("’'‘‛")
_COMMAS = ",，、 \n"
_MOST_PAIRS = 3
"""Pairs of marks within one another that are taken off: each costs a look at all words."""
_STOPS = ".,;:!?…。，、！？ \n"
_ELISION = re.compile(r"['’](?:tis|twas|twere|twill|em|n|til|cause|cos|round|bout|[0-9]+s)\b", re.IGNORECASE)
"""Words that begin with an apostrophe."""

OFF, UNCLEAR = "off", "unclear"

Told = tuple[str, Scalar, str, str]
"""What is reported of marks: the message, what it is about, what to do, and the words without them; "" if these are not certain."""


def without(read: Any, record: str, key: str) -> tuple[Any, Told | None]:
    """Return a value of a key of a record without marks that were pasted along, and the message about them."""
    if key in schema.WITHOUT_MARKS.get(record, ()):
        nodes, slip = of_all((read,) if isinstance(read, Scalar) else read)
        return (nodes[0] if isinstance(read, Scalar) else nodes), slip
    if key == schema.TITLES.get(record) and read.plain:
        (found,), slip = of_all((read,))
        if found is not read:
            hint = f'Delete them; or, if they belong to the title, write straight ones around them: "{_brief(read.value)}".'
            slip = "The quotation marks around this title are left out.", read, hint, found.value
        return found, slip
    return read, None


def of_all(nodes: tuple[Scalar, ...]) -> tuple[tuple[Scalar, ...], Told | None]:
    """Return the pieces of one text without such marks, and the message about them."""
    words, done = unmarked_pieces([node.value for node in nodes]) if nodes else ((), "")
    if not done:
        return nodes, None
    slip = None
    if done == UNCLEAR:
        node = next(node for node in nodes if unmarked(node.value)[1] == done)
        message = f"Not all of these words stand within the quotation mark at their edge: {_brief(node.value)}"
        slip = message, node, "Leave out marks that only stand around the whole: where they are needed, the page sets them.", ""
    return tuple(
        msgspec.structs.replace(node, value=text, plain=False) if text != node.value else node
        for node, text in zip(nodes, words, strict=True)
    ), slip


def _brief(words: str) -> str:
    return shorten(" ".join(words.split()), 60)


def unmarked(words: str) -> tuple[str, str]:
    """Return words without the quotation marks that enclose all of them, and what was done: `OFF`; `UNCLEAR` where a mark at an edge has no counterpart there; or "".

    “‘Yes’ and ‘no’” loses its outer marks alone, and “Yes” and “no” none. A comma behind the marks goes with them.
    """
    words = words.strip()
    # Of nearly all values that ends it.
    if not words or not (words[0] in _CLOSES or words.rstrip(_STOPS)[-1:] in _CLOSING):
        return words, ""
    inner = _inside(words)
    if inner is None:
        return words, UNCLEAR if _is_half(words) else ""
    first = words[0]
    for _ in range(_MOST_PAIRS):
        if inner[:1] not in _CLOSES or (inner[:1] in _DOUBLE) != (first in _DOUBLE) or (within := _inside(inner)) is None:
            break
        inner = within
    return inner, OFF


def unmarked_pieces(pieces: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the pieces of a text without such marks: each may have its own, or all of them one pair."""
    first, last = pieces[0].strip(), pieces[-1].strip().rstrip(_COMMAS)
    if len(pieces) > 1 and _opens(first) and last[-1:] in _CLOSES[first[0]] and _closes(last):
        return (first[1:].strip(), *pieces[1:-1], last[:-1].strip()), OFF
    found = [unmarked(piece) for piece in pieces]
    problems = {done for _, done in found}
    return tuple(words for words, _ in found), UNCLEAR if UNCLEAR in problems else OFF if OFF in problems else ""


def _inside(words: str) -> str | None:
    """Return what stands within the marks that enclose all words; None if none do."""
    words = words.rstrip(_COMMAS)
    if len(words) < 3 or words[-1] not in _CLOSES.get(words[0], ""):
        return None
    inner = words[1:-1].strip()
    return inner if inner and not _ELISION.match(words) and not _closed_early(words) else None


def _closed_early(words: str) -> int:
    """Return where the first mark is closed before the last character; 0 where it is not."""
    opening, closing = words[0], _CLOSES[words[0]]
    depth = 1
    for at in range(1, len(words) - 1):
        char = words[at]
        if (char not in closing and char != opening) or _is_apostrophe(words, at):
            continue
        if char == opening and (char not in closing or _begins(words, at)):
            depth += 1
        else:
            depth -= 1
            if not depth:
                return at
    return 0


def _is_apostrophe(words: str, at: int) -> bool:
    return words[at] in _APOSTROPHES and at + 1 < len(words) and words[at + 1].isalnum() and (words[at - 1].isalnum() or words[at] in "’'")


def _begins(words: str, at: int) -> bool:
    """Return whether a mark that may open and close stands before a word."""
    return not words[at - 1].isalnum() and words[at - 1] not in ".,!?…" and not words[at + 1].isspace()


def _is_half(words: str) -> bool:
    """Return whether a mark at an edge has no counterpart at all, or may have one at the other edge, or one with nothing but a full stop behind it."""
    shorter = words.rstrip(_STOPS)
    return _opens(words) or _closes(words) or _may_enclose(words) or (shorter != words and _inside(shorter) is not None)


def _may_enclose(words: str) -> bool:
    """Return whether single marks may enclose all words, and one within them be an apostrophe: ‘The boys’ boat’."""
    if words[-1] not in _CLOSES.get(words[0], "") or words[0] in _DOUBLE or _ELISION.match(words):
        return False
    early = _closed_early(words)
    return early > 0 and not any(
        char == words[0] and not _is_apostrophe(words, at) for at, char in enumerate(words) if at > early and at < len(words) - 1
    )


def _opens(words: str) -> bool:
    return words[0] in _DOUBLE and not any(char in _CLOSES[words[0]] for char in words[1:])


def _closes(words: str) -> bool:
    last = words[-1]
    if last not in "".join(_DOUBLE.values()) or words[-2:-1].isdigit():  # 12" is an inch
        return False
    return not any(last in closing for char in words[:-1] if (closing := _DOUBLE.get(char)) is not None)
