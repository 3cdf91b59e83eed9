"""Malformed links, whose brackets would be shown as they are written. Each is reported with its correction.

![The boat](my boat.png)   [words](https://…   [words] (https://…)   (words)[https://…]   [words][nowhere]
"""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from builder.content.markup.inline_state import State

MOST_UNREAD = 20
"""Links of one paragraph that are reported to be none: looking for the end of brackets that have none takes time."""

LONGEST_SHOWN = 30

_ADDRESS = r"<?(?:https?://|www\.|mailto:|\.{0,2}/[\w%.-]|#[\w-]|[\w.%-]+(?:/[\w.%-]+)*\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp)\b)"
_IS_ADDRESS = re.compile(_ADDRESS, re.IGNORECASE)
_APART = re.compile(rf"(?:[ \t]\(|[ \t]?（)[ \t]*(?P<to>{_ADDRESS}[^\s()（）]*)", re.IGNORECASE)
_ROUND = re.compile(r"\(([^()\n]{0,300})(\))?")
_GLUED = re.compile(r"\[[^\[\]\n()]{1,100}\([ \t]*(https?://|www\.)", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_TITLE = re.compile(r"[ \t]+[“”„«»‘’].*$")


class Why(NamedTuple):
    """Why something is no link."""

    reason: str
    """What follows “… is no link”."""
    advice: str


def link(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """Mark what was to be a link; it stays text, so this is never one itself."""
    at = state.pos
    if silent or at in state.unread or len(state.unread) >= MOST_UNREAD or (at and state.src[at - 1] == "["):
        return False
    end = state.md.inline.label_end(state, at)  # type: ignore[attr-defined]  # our own parser
    found = _open(state, at) if end < 0 else _behind(state, at, end)
    if found is not None:
        to, why = found
        image = at > 0 and state.src[at - 1] == "!"
        token = state.push("link_unread", "", 0)
        begin = at - 1 if image else at
        token.content = state.src[begin : min(to, begin + LONGEST_SHOWN * 2)].partition("\n")[0]
        token.meta = {"at": at, "why": why}
        state.unread.add(at)
    return False


def _open(state: "State", at: int) -> tuple[int, Why] | None:
    found = _GLUED.match(state.src, at, state.posMax)
    if found is None:
        return None
    return found.end(), Why(": the square bracket does not end before the address", "Write [words](https://…).")


def _behind(state: "State", at: int, end: int) -> tuple[int, Why] | None:
    src, most = state.src, state.posMax
    words = src[at + 1 : end]
    sign = src[end + 1 : end + 2] if end + 1 < most else ""
    if sign == "(":
        return _round(state, end + 1)
    if found := _APART.match(src, end + 1, most):
        return found.end(), Why(
            ", since its brackets stand apart", f"Write [words]({found['to']}), without a space between them."
        )
    if at and src[at - 1] == ")" and _IS_ADDRESS.match(words) and not _SPACE.search(words) and "(" in src[max(0, at - 200) : at]:
        return end + 1, Why(": the address stands in square brackets and the words in round ones", f"Write [words]({words}).")
    if sign == "[" and not src.startswith("[[", end + 1) and not (at and src[at - 1].isascii() and src[at - 1].isalnum()):
        return _reference(state, at, end)
    return None


def _round(state: "State", at: int) -> tuple[int, Why] | None:
    found = _ROUND.match(state.src, at, state.posMax)
    if found is None:
        return None
    inner = found[1].strip()
    if not found[2]:
        if not _IS_ADDRESS.match(inner):
            return None
        return found.end(), Why(", since its round bracket is not closed", "Write [words](https://…), with a bracket at its end.")
    if not inner:
        return None
    if (title := _TITLE.search(inner)) and not _SPACE.search(inner[: title.start()]):
        return found.end(), Why(": its title stands in curly quotation marks", 'Write straight ones: [words](/page/ "title").')
    if not _SPACE.search(inner):
        return None
    address = inner.strip("<>")
    return found.end(), Why(", since its address has a space", f"Write (<{address}>), or ({_SPACE.sub('%20', address)}).")


def _reference(state: "State", at: int, end: int) -> tuple[int, Why] | None:
    close = state.src.find("]", end + 2, state.posMax)
    if close < 0 or "\n" in state.src[end:close]:
        return None
    words, label = state.src[at + 1 : end], state.src[end + 2 : close]
    label = label or words
    if label.startswith("^") or not label.strip() or (label.isdigit() and words.isdigit()) or "[" in label:
        return None
    return close + 1, Why(
        f": no line gives the address of “{label[:60]}”", f"Add a line “[{label[:60]}]: https://…”, or write [words](https://…)."
    )
