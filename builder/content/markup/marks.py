"""Our own marks inside a paragraph, one small rule each, in the shape of the library's inline rules.

    [[id]]  [[kind:id|words]]      a link to a record
    ![[id]]                        an embed; as a paragraph of its own it is read in `block_tokens`
    [words]{quote=id}  {event=id}  whose words these are, or which event they mean
    [words]{x-name=value}          a mark that a plugin brings, known when the site is linked
    “words”{quote=no}              this is no quote
    “words”{by=id}  {source=id}    marks in the place of front matter: `short_marks`
    [^1]                           a reference to a footnote

Each rule returns False where its mark does not stand at `state.pos`; with `silent` it only moves on.
"""

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.content.markup import broken_links, short_marks
from builder.content.markup.broken_links import LONGEST_SHOWN, MOST_UNREAD
from builder.content.markup.quotation_marks import CLOSING
from builder.content.markup.token_text import plain
from builder.i18n.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.inline import InlineRule
    from builder.content.markup.inline_state import State

LINKED_KINDS = ("actor", "event", "source", "explainer", "quote", "page")

_MARKED = frozenset("*_`~\\&<%")
"""With one of these, the words of a link may have marks."""

_WIKILINK = late(r"\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]*))?\]\]")
_EMBED = late(r"!\[\[([^\[\]\n]+)\]\]")
_SPAN = late(r"\{[ \t]*(quote|event)=([^\s{}]+)[ \t]*\}")
_OF_PLUGIN = late(r"\{[ \t]*(x-[a-z0-9-]+)=(?:\"([^\"{}\n]*)\"|([^\s{}\"]+))[ \t]*\}")
_SPAN_LIKE = late(
    r"\{(?:\{(?=(?:by|on|source|quote|event|status)=))?[ \t]*(?:[.#][\w-]|[\w-]+[ \t]*=|(?:by|on|source|quote|event|status)[\w-]+[ \t]+[\w-]+=)[^{}\n]*\}"
)
_SPAN_ALONE = late(r"\{[ \t]*(?:quote|event|actor)[ \t]*(?:\}|=[^\s{}“”\"]*[ \t]*\}?)")
_ITEM = r"([\w-]+)[ \t]*=[ \t]*([^\s{}\[\]=]+)"
_ATTRIBUTES = late(rf"\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}")
_NOBODY = ("quote", "no")
"""What may be said of a quotation behind it."""
_SPANS = ("quote", "event", "actor")
_NOTE = late(r"\[\^([^\[\]\s]+)\]")
_FURTHER = ("(", "[", "{")
"""What makes a link or a span of the brackets before it."""
_FILTER = late(r"([\w-]+)=(\S+)")


def kind_and_target(words: str) -> tuple[str, str]:
    """Take `event:geneva-meeting` apart; the kind is "" where the author gave none of ours."""
    kind, colon, rest = words.partition(":")
    if colon and kind.strip() in LINKED_KINDS and rest.strip():
        return kind.strip(), rest.strip()
    return "", words.strip()


class EmbedParts(NamedTuple):
    """The parts of `![[…]]`."""

    target: str
    kind: str
    filters: tuple[tuple[str, str], ...]


def embed_parts(text: str) -> EmbedParts | None:
    """Read a line that is one embed: target, kind and filters; None where it is something else.

    ![[timeline actor=nato status=planned]]  →  EmbedParts("timeline", "", (("actor", "nato"), ("status", "planned")))
    """
    found = _EMBED.fullmatch(text)
    if found is None:
        return None
    words = found[1].split()
    filters: list[tuple[str, str]] = []
    while len(words) > 1 and (pair := _FILTER.fullmatch(words[-1])):
        filters.insert(0, (pair[1], pair[2]))
        words.pop()
    kind, target = kind_and_target(" ".join(words))
    return EmbedParts(target, kind, tuple(filters)) if target else None


def wikilink(link: "InlineRule") -> "InlineRule":
    """Return the rule for `[[id]]`; `link` is CommonMark's rule, which has the first word on `[[words]](address)`."""

    def rule(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
        at = state.pos
        if not state.src.startswith("[[", at):
            return False
        found = _WIKILINK.match(state.src, at, state.posMax)
        if found is None or not found[1].strip():
            if not silent and (words := _meant_as_link(state, at)):
                token = state.push("link_unread", "", 0)
                token.content = words
                token.meta = {"at": at, "why": None}
            return False
        if state.src.startswith("(", found.end()) and link(state, silent):
            return True
        if not silent:
            token = state.push("wikilink", "", 0)
            kind, target = kind_and_target(found[1])
            token.content = found[0]
            words = (found[2] or "").strip()
            token.meta = {"at": at, "kind": kind, "target": target, "words": words}
            if not _MARKED.isdisjoint(words):
                token.children = state.md.inline.parse(words, state.md, state.env, [])
                token.meta["words"] = plain(token.children).strip()
        state.pos = found.end()
        return True

    return rule


def _meant_as_link(state: "State", at: int) -> str:
    """Return what begins with two brackets, was to be a link and is none: they never end, or end together; "" where it is something else."""
    unread: set[int] = state.unread
    if len(unread) >= MOST_UNREAD:
        return ""
    outer, inner = (state.md.inline.label_end(state, start) for start in (at, at + 1))  # type: ignore[attr-defined]  # our own parser, as there
    three = state.src.startswith("[[[", at)
    if outer < 0 <= inner and (three or state.src.startswith(_FURTHER, inner + 1)):
        broken_links.too_many_open(state, at)
    if three or 0 <= outer != inner + 1 or any(end >= 0 and state.src.startswith(_FURTHER, end + 1) for end in (outer, inner)):
        return ""
    unread.add(at)
    return state.src[at : outer + 1 if outer >= 0 else min(at + LONGEST_SHOWN, state.posMax)].partition("\n")[0]


def embed(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`![[id]]` among other words: it stands here so that it can be reported, and is shown as text."""
    found = _EMBED.match(state.src, state.pos, state.posMax)
    if found is None or state.src.startswith("(", found.end()):
        return False
    if not silent:
        token = state.push("embed", "", 0)
        token.content = found[0]
        token.meta = {"at": state.pos}
    state.pos = found.end()
    return True


def note(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`[^1]`: a reference to a footnote, defined or not."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    defined = ":" + found[1] in state.env.get("footnotes", {}).get("refs", {})
    if not defined and state.src.startswith("(", found.end()):
        return False
    if not silent:
        token = state.push("note" if defined else "note_undefined", "", 0)
        token.content = found[0]
        token.meta = {"at": state.pos, "label": found[1]}
    state.pos = found.end()
    return True


def span(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`[words]{quote=id}` or `{event=id}`; other words in braces are reported, and stay text."""
    at, most = state.pos, state.posMax
    if at > state.last_brace:
        broken_links.no_end(state, at, silent=silent)
        return False
    end = state.md.inline.label_end(state, at)  # type: ignore[attr-defined]  # our own parser, as above
    if end < 0 or not state.src.startswith("{", end + 1):
        broken_links.no_end(state, at, silent=silent or end >= 0)
        return False
    found = _SPAN.match(state.src, end + 1, most)
    begins, ends = "mark_open", "mark_close"
    if state.src.startswith("x-", end + 2) and (of_plugin := _OF_PLUGIN.match(state.src, end + 1, most)) is not None:
        found, begins, ends = of_plugin, "span", "span"
    written, meta = (
        short_marks.of_words(state, end + 1)
        if found is None
        else (found[0], {"at": end + 1, "kind": found[1], "id": found[2] or found[found.re.groups]})
    )
    if not written:
        if not silent and not short_marks.mistyped_mark(state, end + 1)[0] and (like := _SPAN_LIKE.match(state.src, end + 1, most)):
            token = state.push("span_unknown", "", 0)
            token.content = like[0]
            _, message, advice = short_marks.stray_mark(state, end + 1)
            token.meta = {"at": end + 1, "alone": False, "behind": False} | ({"message": message, "advice": advice} if message else {})
            state.unread |= {end + 1, end + 2}  # or two braces
        return False
    if not silent:
        token = state.push(begins, "", 1)
        token.content = written
        token.meta = meta
        state.pos, state.posMax = at + 1, end
        state.md.inline.tokenize(state)
        token = state.push(ends, "", -1)
        token.meta = meta
        state.posMax = most
    state.pos = end + 1 + len(written)
    short_marks.doubled(state, silent=silent)
    return True


def attributes(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`{quote=no}` behind a quotation mark that closes; what else stands in braces there is reported."""
    at = state.pos
    if at in state.unread:
        return False
    found = _ATTRIBUTES.match(state.src, at, state.posMax)
    if found is None:
        return False
    items = re.findall(_ITEM, found[0])
    behind = state.src[max(0, at - _FEW) : at].rstrip("*_~")[-1:] in (*CLOSING,)
    if _NOBODY not in items:
        if behind and not silent and items[0][0] not in _SPANS:  # those are reported by the next rule
            token = state.push("span_unknown", "", 0)
            token.content = found[0]
            token.meta = {"at": at, "alone": True, "behind": True}
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content = found[0]
        token.meta = {"at": at, "unknown": [f"{key}={value}" for key, value in items if (key, value) != _NOBODY]}
    state.pos = found.end()
    short_marks.doubled(state, silent=silent)
    return True


_FEW = 8
"""Signs of emphasis that may stand between a quotation mark and what is said of the quotation."""


def brace(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`{quote=id}` with no words before it that it could be of: that is reported, and it stays text."""
    at = state.pos
    if silent or at in state.unread or not short_marks.may_begin(state, at):
        return False
    if state.src[at - 1 : at] == "]" and 0 <= state.first_escaped < at:  # who escapes the bracket means what stands there
        return False
    written, message, advice = short_marks.stray_mark(state, at)
    if written:
        token = state.push("span_unknown", "", 0)
        token.content = written
        token.meta = {"at": at, "message": message, "advice": advice}
        return False
    found = _SPAN_ALONE.match(state.src, at, state.posMax) or short_marks.unattached_mark(state, at)
    if found is None:
        return False
    token = state.push("span_unknown", "", 0)
    token.content = found[0]
    token.meta = {"at": at, "alone": True, "behind": at > 0 and state.src[at - 1] in CLOSING}
    return False


_ENTITY_LIKE = late(
    r"&(?:[A-Za-z][a-z]{2,30}|#[xX]?[0-9A-Fa-f]{1,8});|&(?:nbsp|amp|quot|[lg]t|hellip|[mn]dash|[lr][sd]quo|[lr]aquo|copy|euro|shy|thinsp)(?![A-Za-z0-9;=])"
)
_ENTITY_TWICE = late(r"&amp;(?:[A-Za-z][a-z]{2,7}|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});")


def entity(rule: "InlineRule") -> "InlineRule":
    """Return the library's rule for `&nbsp;`, which also marks what was to stand for a character and does not."""

    def entity_rule(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
        at = state.pos
        found = rule(state, silent)
        unread = None if silent else (_ENTITY_TWICE if found else _ENTITY_LIKE).match(state.src, at, state.posMax)
        if unread is not None:
            token = state.push("entity_unread", "", 0)
            token.meta = {"at": at, "end": unread.end(), "words": unread[0]}
        return found

    return entity_rule


MOST_REPEATED = 1_000_000
"""Characters of all addresses and titles of a text: a short text can refer to a long address thousands of times, and is then read without its references."""


def _count(state: "State", token: "Token") -> None:
    spent = state.env["spent"] = state.env.get("spent", 0) + sum(len(str(value)) for value in token.attrs.values())
    if spent > MOST_REPEATED:
        state.env["references"] = {}


def located(rule: "InlineRule") -> "InlineRule":
    """Return a rule of the library that also says in its token where it stood, for the line and column of a problem."""

    def located_rule(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
        at, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            # The words before it may have become a token first.
            for token in state.tokens[before : before + 2]:
                if token.type != "text":
                    token.meta["at"], token.meta["end"] = at, state.pos
                    _count(state, token)
                    break
        return True

    return located_rule
