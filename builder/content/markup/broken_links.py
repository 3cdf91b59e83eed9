"""Malformed links, whose brackets would be shown as they are written. Each is reported with its correction.

![The boat](my boat.png)   [words](https://…   [words] (https://…)   (words)[https://…]   [words][nowhere]
words](https://…)   【words】(https://…)   [](https://…)   [words](<https://…)   <example.org>
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.i18n.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.content.markup.inline_state import State

MOST_UNREAD = 20
"""Links of one paragraph that are reported to be none: looking for the end of brackets that have none takes time."""

LONGEST_SHOWN = 30

_ADDRESS = r"<?(?:https?://|www\.|mailto:|\.{0,2}/[\w%.-]|#[\w-]|[\w.%-]+(?:/[\w.%-]+)*\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp)\b)"
_IS_ADDRESS = late(_ADDRESS, re.IGNORECASE)
_APART = late(rf"(?:[ \t]\(|[ \t]?（)[ \t]*(?P<to>{_ADDRESS}[^\s()（）]*)", re.IGNORECASE)
_ROUND = late(r"\(([^()\n]{0,300})(\))?")
_GLUED = late(r"\[[^\[\]\n()]{1,100}\([ \t]*(?:https?://|www\.|mailto:|\.{0,2}/[\w%.-][^\s()]*\)|#[\w-]+\))", re.IGNORECASE)
_SPACE = late(r"\s")
_TITLE = late(r"[ \t]+[“”„«»‘’].*$")
_STRAIGHT = late(r"[ \t]+(\"[^\"]*\"|'[^']*')(.*)$")
_ANGLES = late(r"<(?:https?://[^<>\n]*[ \t][^<>\n]*|(?:[a-z0-9-]+\.)+[a-z]{2,20}(?:/[^\s<>]*)?)>", re.IGNORECASE)
_OTHER_BRACKETS = {"】": "【", "］": "［", "〕": "〔", "}": "{", "」": "「", "』": "『"}
"""What closes and opens words that stand in other brackets than those of a link."""
_NEAR = 200
"""How far before an address its words may begin."""


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
        if at > 0 and state.src[at - 1] == "!":
            why = Why(why.reason, why.advice.replace("[words]", "![what is to be seen]"))
        mark(state, at, to, why)
    return False


def mark(state: "State", offset: int, to: int, why: Why) -> None:
    """Note that what stands from `offset` to `to` was to be a link or a picture."""
    begin = offset - 1 if offset > 0 and state.src[offset - 1 : offset + 1] == "![" else offset
    token = state.push("link_unread", "", 0)
    token.content = state.src[begin : min(to, begin + LONGEST_SHOWN * 2)].partition("\n")[0]
    token.meta = {"at": offset, "why": why}
    state.unread.add(offset)


def no_opening(state: "State", silent: bool) -> bool:  # noqa: FBT001 – as above
    """Mark `words](https://…)`, which no bracket opens."""
    at, src = state.pos, state.src
    if silent or at in state.unread or len(state.unread) >= MOST_UNREAD:
        return False
    if (behind := src[at + 1 : at + 2]) == "]" or src[at - 1 : at] == "]":
        _bracket_too_many(state, at)
    elif behind in _FIRST_LETTERS and (found := _NO_BRACE.match(src, at, state.posMax)):
        _mistyped(state, at + 1, found[1], "an opening brace is missing", f"Write {{{found[1]}")
    if behind != "(" or not _IS_ADDRESS.match(src, at + 2):
        return False
    if at not in state.closed and src.rfind("\\[", max(0, at - _NEAR), at) < 0:
        mark(
            state, at, src.find(")", at) + 1 or state.posMax, Why(": no square bracket opens before its words", "Write [words](https://…).")
        )
    return False


_ONE_BRACKET = late(r"(?<!\[)!?\[(?!\d+\Z)([^\[\]\n^][^\[\]\n]{0,80})\Z")
_WHOLE = late(r"(?:\[\[[^\[\]\n]+\]\]|\[\^[^\[\]\s]+\])\Z")
_NO_BRACE = late(r"\]((?:by|on|source|quote|event|status)=[^\s{}\[\]=]+(?:[ \t]+[\w-]+=[^{}\[\]\n]*)?\})")
_FIRST_LETTERS = frozenset("bosqe")
"""Of the keys that a mark may begin with; and nothing."""
_NO_END = late(r"\[([^\[\]{}\n]{1,200})(\{(?:on|event|status|quote)=[^{}\n]*\})")


_TOO_MANY = Why(" as it stands: one square bracket is too many, so readers see it", "Delete it.")


def _bracket_too_many(state: "State", at: int) -> None:
    """Mark `[id]]`, of which a bracket is missing, and one more bracket behind words, a link or a note than was opened."""
    src = state.src
    two = src.startswith("]]", at)
    found = (_ONE_BRACKET if two else _WHOLE).search(src, max(0, at - _NEAR), at)
    # Last, since it counts from the beginning.
    if found is None or src.count("]", 0, at + 1 + two) <= src.count("[", 0, at):
        return
    if not two:
        mark(state, found.start(), at + 1, _TOO_MANY)
    elif src[at + 2 : at + 3] in ("(", "{"):
        mark(state, found.start(), at + 2, _TOO_MANY)
        state.unread |= {at + 1, at + 2}
    else:
        image = found[0][0] == "!"
        why = Why(", since a square bracket is missing before it", f"Write {'!' * image}[[{found[1]}]].")
        mark(state, found.start() + image, at + 2, why)


def _mistyped(state: "State", at: int, written: str, what: str, advice: str) -> None:
    """Mark what is left of a mark that is mistyped, and would be seen."""
    token = state.push("span_unknown", "", 0)
    token.content = written
    token.meta = {"at": at, "message": f"Readers would see “{written}”: {what}.", "advice": advice}
    state.unread.add(at)


def too_many_open(state: "State", at: int) -> None:
    """Mark the first bracket of `[[words](/page/)` and `[[[id]]`, which nothing closes."""
    if at not in state.unread and len(state.unread) < MOST_UNREAD and not (at and state.src[at - 1] in "[\\"):
        mark(state, at, state.src.find("]", at) + 1, _TOO_MANY)


def no_end(state: "State", at: int, *, silent: bool) -> None:
    """Mark `[words{on=2025-10-10}`, whose words no bracket ends."""
    if (
        not silent
        and state.env.get("short_marks")
        and at not in state.unread
        and (found := _NO_END.match(state.src, at, state.posMax)) is not None
    ):
        _mistyped(
            state, at, found[0][: LONGEST_SHOWN * 2], "no square bracket ends its words", f"Write [{found[1][:LONGEST_SHOWN]}]{found[2]}."
        )


def in_other_brackets(state: "State", offset: int, end: int) -> None:
    """Mark `【words】(https://…)`, whose address stands from `offset` to `end`."""
    src = state.src
    opening = _OTHER_BRACKETS.get(src[offset - 2]) if offset > 1 and src[offset - 1] in "(（" and len(state.unread) < MOST_UNREAD else None
    if opening is not None and src.rfind(opening, max(0, offset - _NEAR), offset) > src.rfind("[", max(0, offset - _NEAR), offset):
        why = Why(": its words do not stand between [ and ]", f"Write [words]({src[offset:end]}).")
        mark(state, offset - 2, end, why)


def in_angles(state: "State", silent: bool) -> bool:  # noqa: FBT001 – as above
    """Mark `<example.org>` and `<https://example.org/a b>`, which are no links."""
    found = None if silent or len(state.unread) >= MOST_UNREAD else _ANGLES.match(state.src, state.pos, state.posMax)
    if found is not None:
        inner = found[0][1:-1]
        address = _SPACE.sub("%20", inner)
        if inner.lower().startswith("http"):
            why = Why(", since its address has a space", f"Write <{address}>.")
        else:
            why = Why(": an address in angle brackets begins with https://", f"Write <https://{address}>.")
        mark(state, state.pos, found.end(), why)
    return False


def complete(link: "Callable[[State, bool], bool]") -> "Callable[[State, bool], bool]":
    """Return the rule for links, which also marks those that readers cannot see or follow."""

    def rule(state: "State", silent: bool) -> bool:  # noqa: FBT001 – as above
        at, src = state.pos, state.src
        if not link(state, silent):
            return False
        if not silent and len(state.unread) < MOST_UNREAD:
            end = state.pos
            if src.startswith(("[](", "[]["), at):
                mark(state, at, end, Why(": it has no words, so readers see nothing of it", "Write words between the square brackets."))
            elif src.startswith(">)", end - 2) and "](<" not in src[at:end]:
                mark(state, at, end, Why(": its address ends with “>”", "Write [words](https://…), or angle brackets on both sides."))
        return True

    return rule


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
        return found.end(), Why(", since its brackets stand apart", f"Write [words]({found['to']}), without a space between them.")
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
    if not inner or "{{" in inner or "{%" in inner:  # a tag of a template is reported as such
        return None
    if inner.startswith("<") and ">" not in inner and not _SPACE.search(inner):
        return found.end(), Why(", since its angle bracket is not closed", f"Write ({inner[1:]}).")
    if straight := _STRAIGHT.search(inner):
        address = inner[: straight.start()].strip("<>")
        if straight[2].strip():
            return found.end(), Why(": words stand behind its title", f"Write [words]({address} {straight[1]}).")
        return found.end(), Why(
            ", since its address has a space", f"Write (<{address}> {straight[1]}), or ({_SPACE.sub('%20', address)} {straight[1]})."
        )
    if (title := _TITLE.search(inner)) and not _SPACE.search(inner[: title.start()]):
        return found.end(), Why(": its title stands in curly quotation marks", 'Write straight ones: [words](/page/ "title").')
    if not _SPACE.search(inner):
        return None
    address = inner.strip("<>")
    return found.end(), Why(", since its address has a space", f"Write (<{address}>), or ({_SPACE.sub('%20', address)}).")


def _reference(state: "State", at: int, end: int) -> tuple[int, Why] | None:
    close = state.src.find("]", end + 2, state.posMax)
    if close < 0:
        return None
    words, label = state.src[at + 1 : end], state.src[end + 2 : close]
    label = " ".join((label or words).split())
    if label.startswith("^") or not label.strip() or (label.isdigit() and words.isdigit()) or "[" in label:
        return None
    return close + 1, Why(
        f": no line gives the address of “{label[:60]}”", f"Add a line “[{label[:60]}]: https://…”, or write [words](https://…)."
    )
