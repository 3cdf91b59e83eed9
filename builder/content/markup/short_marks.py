"""Marks of an explainer that replace front matter: `“words”{by=id}`, `[words]{by=id}`, `[words]{on=2022-01-18}`, and `{source=id}` at the end of a block.

{by=ann-lee source=lantern note="as printed"}   →   by, source and note, each with the place of its value
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from builder import urls
from builder.content.markup.quotation_marks import CLOSING
from builder.diagnostics import nearest
from builder.i18n.patterns import late

if TYPE_CHECKING:
    from builder.content.markup.inline_state import State

READ = "short_marks"
"""The state of reading a text that may have these marks."""

BY, SOURCE, QUOTE, EVENT, ON, STATUS, NO = "by", "source", "quote", "event", "on", "status", "no"
_VALUE = r'"[^"{}\n]*"|“[^”{}\n]*”|[^\s{}\[\]="“”]+'
_ITEM = late(rf"([\w-]+)[ \t]*=[ \t]*({_VALUE})")
_BRACES = late(rf"\{{[ \t]*{_ITEM.pattern}(?:[ \t]+{_ITEM.pattern})*[ \t]*\}}")
_CLOSING = frozenset(CLOSING)
_FEW = 8
"""Signs of emphasis that may stand between a quotation mark and what is said of the quotation."""


class Written(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A key and its value, with where the value stands behind the opening brace, at 0."""

    key: str
    value: str
    at: int
    plain: bool


def items_in(braces: str) -> tuple[Written, ...]:
    """Return the keys of a mark from its opening brace on; none where it is none."""
    found = _BRACES.match(braces)
    if found is None:
        return ()
    items = []
    for match in _ITEM.finditer(found[0]):
        plain = match[2][0] not in '"“'
        items.append(Written(match[1], match[2] if plain else match[2][1:-1], match.start(2) + (not plain), plain))
    return tuple(items)


def may_begin(state: "State", offset: int) -> bool:
    """Return whether what stands behind a brace may begin a mark: asked first, since a text may be full of other braces."""
    sign = state.src[offset + 1 : offset + 2]
    return sign.isalnum() or sign in {"_", "-", " ", "\t"}


def _at(state: "State", at: int) -> tuple[str, tuple[Written, ...]]:
    """Return the mark that begins at a place, and its keys; nothing where none does."""
    if not state.env.get(READ) or not may_begin(state, at):
        return "", ()
    found = _BRACES.match(state.src, at, state.posMax)
    return (found[0], items_in(found[0])) if found is not None else ("", ())


def is_quoting(items: Mapping[str, str]) -> bool:
    """Return whether the keys of a mark make a quote of the words before it, or words of one."""
    return BY in items or items.get(QUOTE, NO) != NO


def of_block(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`{source=id}` at the end of a paragraph or heading: where what stands in it was read."""
    written, items = _at(state, state.pos)
    if [item.key for item in items] != [SOURCE] or state.src[state.pos + len(written) :].strip() or not state.src[: state.pos].strip():
        return False
    if not silent:
        state.pending = state.pending.rstrip()
        token = state.push("attributes", "", 0)
        token.content = written
        token.meta = {"at": state.pos, "items": items, "kind": "block", "unknown": ()}
        if state.src[state.pos - 1] == "{":
            token = state.push("span_unknown", "", 0)
            token.content = "{"
            token.meta = {
                "at": state.pos - 1,
                "message": "One brace too many opens the mark behind it, so readers would see it.",
                "advice": "Delete it.",
            }
    state.pos += len(written)
    return True


def of_quotation(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`{by=id}` and `{quote=id}` behind a quotation mark that closes, or at the end of a block quote."""
    at = state.pos
    written, items = _at(state, at)
    if not written or at in state.unread or not is_quoting({item.key: item.value for item in items}):
        return False
    is_behind = state.src[max(0, at - _FEW) : at].rstrip("*_~")[-1:] in _CLOSING
    if not is_behind and state.src[at + len(written) :].strip():
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = written
        both = any((item.key, item.value) == (QUOTE, NO) for item in items)
        token.meta = {"at": at, "items": items, "kind": "", "unknown": (f"{QUOTE}={NO}",) if both else ()}
    state.pos += len(written)
    doubled(state, silent=silent)
    return True


def doubled(state: "State", *, silent: bool) -> None:
    """Mark a second brace behind a mark, which readers would see."""
    if not silent and state.src.startswith("}", state.pos):
        token = state.push("span_unknown", "", 0)
        token.content = "}"
        token.meta = {
            "at": state.pos,
            "message": "One brace too many closes the mark before it, so readers would see it.",
            "advice": "Delete it.",
        }


def unattached_mark(state: "State", offset: int) -> re.Match[str] | None:
    """Return a mark with no speaker that stands behind nothing that it could be of."""
    found = _BRACES.match(state.src, offset, state.posMax) if state.env.get(READ) else None
    return found if found is not None and items_in(found[0])[0].key == SOURCE else None


def of_words(state: "State", offset: int) -> tuple[str, dict[str, Any]]:
    """Return the mark behind words in square brackets, and what is to be known of it; nothing where none is there."""
    written, items = _at(state, offset)
    event = next((item for item in items if item.key == EVENT), None)
    if event is not None and len(items) > 1:
        return written, {"at": offset, "kind": EVENT, "id": event.value, "shift": event.at, "items": items}
    keys = {item.key for item in items}
    if STATUS in keys or (ON in keys and BY not in keys):
        return written, {"at": offset, "kind": EVENT, "id": "", "items": items}  # its id is made from its words and its day
    if BY not in {item.key for item in items}:
        return "", {}
    return written, {"at": offset, "kind": QUOTE, "id": "", "items": items}  # the same for both ends of the words


_KEYS = (BY, SOURCE, QUOTE, ON, "at", "to", "role", "note", "stated", "event")
"""Keys that a mark behind quoted words has most often."""
_AS_IN_RECORDS = {"speaker": BY, "via": SOURCE, "said": ON}
_AS_RECORD = r'(?:[ \t]*,[ \t]*|[ \t]+)[\w-]+[ \t]*[=:][ \t]*(?:"[^"{}\n]*"|“[^”{}\n]*”|[^\s{}\[\]="“”,]+)'
"""A further key, maybe behind a comma or with a colon. A value without quotation marks has no comma, so that there is one way to read it."""
_KEY_AS_RECORD = late(r"[ \t,]+([\w-]+)[ \t]*[=:][ \t]*")
_WITHOUT_SIGN = late(
    r"\{[ \t]*(by|source|quote)(?:[ \t]*:[ \t]*|[ \t]+|[ \t]*=?[ \t]*(?=\}))([^\s{}\[\]=“”\"]*?)" + rf"((?:{_AS_RECORD})*)[ \t]*\}}",
    re.IGNORECASE,
)
_BEGUN = late(rf"\{{[ \t]*(?:{BY}|{SOURCE}|{QUOTE}|{ON}|{EVENT})[ \t]*=[^\s{{}}]*")
_BLANK_BEFORE = late(r"[ \t\u00a0]+$")
_OTHER_BRACKETS = late(rf"[(\[][ \t]*((?:{BY}|{SOURCE}|{QUOTE}|{ON})[ \t]*=[^()\[\]{{}}\n]*)[)\]]")
"""A mark in round or square brackets."""
_ID_ALONE = late(r"\{[ \t]*([a-z0-9]+(?:-[a-z0-9]+)*)[ \t]*\}")
_COMMA_BEFORE_KEY = late(r"(?:(?<![ \t])[ \t]+)?,[ \t]*(?=[\w-]+[ \t]*=)")
_LINKED_ID = late(r"\[\[([^\[\]{}\n]*)\]\]")
_NAME_AS_ID = late(r"\bby[ \t]*=[ \t]*([A-Z][^={}\[\]\"“”\n]*?)(?=[ \t]+[\w-]+[ \t]*=|[ \t]*\})")
_BARE_WORDS = late(r"\b([\w-]+)[ \t]*=[ \t]*([^={}\[\]\"“”\n]*[^={}\[\]\"“”\s])(?=[ \t]+[\w-]+[ \t]*=|[ \t]*\})")


def mistyped_mark(state: "State", offset: int) -> tuple[str, str]:
    """Return what was written where a mark is mistyped behind words that it could be of, and what to do about it; nothing where none is.

    {by petra-holm}, {by:petra-holm}, {by=}   no sign between key and value, or no value
    {by: petra-holm, source: lantern}         written as a record is
    “words” {by=petra-holm}                   a blank before the brace
    {bye=petra-holm}, {speaker=petra-holm}    a key that is another
    {petra-holm}, {more}                      an id or a value without its key
    """
    if not state.env.get(READ) or not may_begin(state, offset):
        return "", ""
    before = state.src[max(0, offset - _FEW) : offset]
    blank = _BLANK_BEFORE.search(before)
    last = before[: blank.start() if blank is not None else len(before)].rstrip("*_~")[-1:]
    if (last not in _CLOSING and last != "]") or (last == "]" and blank is not None):
        return "", ""
    found = _WITHOUT_SIGN.match(state.src, offset, state.posMax)
    if found is not None:
        key, value = found[1].lower(), found[2]
        more = _KEY_AS_RECORD.sub(r" \1=", found[3])
        behind = ", right behind the quotation mark." if blank is not None else "."
        return found[0], f"Write {{{key}={value}{more}}}{behind}" if value else f"Write the id behind “{key}=”: {{{key}=id{more}}}."
    alone = _ID_ALONE.match(state.src, offset, state.posMax) if blank is None and last != "]" else None
    if alone is not None:
        key = QUOTE if alone[1] in {NO, "more"} else BY
        return alone[0], f"Write {{{key}={alone[1]}}}; or a backslash before the brace."
    written, items = _at(state, offset)
    keys = {item.key for item in items}
    if blank is not None and is_quoting({item.key: item.value for item in items}):
        return written, f"Delete the blank before the brace: {last}{written}"
    if items and BY not in keys and QUOTE not in keys and "event" not in keys:
        key = items[0].key
        near = _AS_IN_RECORDS.get(key) or ("" if key in _KEYS else nearest(key, _KEYS, alike=0.75))
        if near:
            return written, f"Did you mean “{near}”? Write {{{near}={items[0].value}}}."
    return "", ""


class StrayMark(NamedTuple):
    """A mark that is not read as one."""

    written: str
    message: str
    help: str


def stray_mark(state: "State", offset: int) -> StrayMark:
    """Return what was written of a mark that is not closed, cannot be read or stands behind no quotation, what is wrong and what to do; nothing where none is.

    {by=petra-holm says           not closed
    {by=petra-holm she says}      words that are no keys
    “words,{by=petra-holm} says   no quotation mark that closes
    """
    begun = _BEGUN.match(state.src, offset, state.posMax) if state.env.get(READ) else None
    if begun is None:
        return StrayMark("", "", "")
    written, items = _at(state, offset)
    if items:
        if BY not in {item.key for item in items}:
            return StrayMark("", "", "")
        message = f"No quotation ends before “{written}”, so readers would see it."
        advice = (
            "Is the closing quotation mark missing? Put it right before the brace; or words of yours into square brackets: [words]{by=…}."
        )
        return StrayMark(written, message, advice)
    end = state.src.find("}", begun.end())
    if 0 <= end < min(_ends(state.src, "{", begun.end()), _ends(state.src, "\n", begun.end())):
        written = state.src[offset : end + 1]
        return StrayMark(written, f"“{written}” cannot be read, so readers would see it.", _how_to_write(written))
    advice = f"Write “}}” behind it, on the same line: {begun[0]}}}."
    return StrayMark(begun[0], f"“{begun[0]}” is never closed, so readers would see it.", advice)


def _how_to_write(written: str) -> str:
    """Return what to do about a mark that cannot be read: the mark as it may be meant, where that is plain."""
    parted = _COMMA_BEFORE_KEY.sub(" ", _LINKED_ID.sub(r"\1", written))
    if _BRACES.fullmatch(parted):
        return f"Write {parted}: keys are parted by blanks, and an id stands alone."
    named = _NAME_AS_ID.sub(lambda match: f"{BY}={urls.slug(match[1])}", parted)
    if _BRACES.fullmatch(named):
        return f"Write the speaker’s id: {named}"
    marked = _BARE_WORDS.sub(lambda match: f'{match[1]}="{match[2]}"' if " " in match[2] else match[0], named)
    if "," in marked and _BRACES.fullmatch(marked):
        return f"Put words into quotation marks: {marked}"
    return 'Each key has “=” and a value; words stand in quotation marks: {by=id note="words"}.'


def in_other_brackets(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """A mark in round or square brackets behind quoted words: it is reported, and stays text."""
    at = state.pos
    if silent or at in state.unread or not state.env.get(READ):
        return False
    if state.src[max(0, at - _FEW) : at].rstrip("*_~ \t\u00a0")[-1:] not in _CLOSING:
        return False
    found = _OTHER_BRACKETS.match(state.src, at, state.posMax)
    if found is not None:
        token = state.push("span_unknown", "", 0)
        token.content = found[0]
        message = f"“{found[0]}” is a mistyped mark, so the words before it are no quote and readers would see it."
        token.meta = {
            "at": at,
            "message": message,
            "advice": f"A mark stands in braces, right behind the quotation mark: {{{found[1].strip()}}}.",
        }
        state.unread.add(at)
    return False


def _ends(words: str, sign: str, at: int) -> int:
    found = words.find(sign, at)
    return found if found >= 0 else len(words)


def mistyped(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """A mark behind quoted words that is mistyped: it is reported, and stays text."""
    at = state.pos
    if silent or at in state.unread or not may_begin(state, at):
        return False
    written, advice = mistyped_mark(state, at)
    message = f"“{written}” is a mistyped mark, so the words before it are no quote and readers would see it."
    if written:
        token = state.push("span_unknown", "", 0)
        token.content = written
        token.meta = {"at": at, "message": message, "advice": advice}
        state.unread.add(at)
    return False
