"""Segments into the HTML of one page: here links find their addresses, names become links, and quoted words get their mark.

Nothing is parsed again: this is joining strings, done for each page that shows the body.
"""

import bisect
from collections.abc import Callable, Mapping, Sequence
from html import escape

import msgspec

from builder.model import Body, Embed, Href, Html, Link, MarkClose, MarkOpen, Occurrence, Text, Trusted


class Destination(msgspec.Struct, frozen=True, gc=False):
    """Where a link of the body leads."""

    path: str
    """From the site's root."""
    name: str
    """The words to show where the author gave none."""
    kind: str
    """`actor`, `event`, `source`, `quote`, `explainer`: the colour of the link."""
    line: str = ""
    """How firm it is, as a line: `solid`, `dashed`, `dotted`; "" where that is no question."""


class Sign(msgspec.Struct, frozen=True, gc=False):
    """What a mark over words looks like and where its note stands."""

    path: str
    """From the site's root."""
    label: str
    """What a reader hears of the note: `Jen Psaki, on the record`."""
    line: str
    """`solid`, `dashed`, `dotted`."""
    square: str
    """`full`, `half`, `empty`: how named the speaker is; of an event its status."""


class Weave(msgspec.Struct, frozen=True):
    """All that a body needs to know of the site and of the page that shows it."""

    root: str
    """What leads from the page up to the site's root, such as `../../`."""
    links: Mapping[tuple[str, str], Destination] = {}
    """(kind, words) of each `[[link]]`."""
    names: Mapping[str, Destination] = {}
    """Actor → their page, for the names in `occurrences`."""
    occurrences: Sequence[Occurrence] = ()
    signs: Mapping[tuple[str, str], Sign] = {}
    """(kind, id) of each mark."""
    href: Callable[[str], str] = str
    """From a local address as the author wrote it to a path from the site's root."""


Woven = Trusted | Embed


def weave(body: Body, given: Weave) -> tuple[Woven, ...]:
    """Return the body as stretches of HTML, with the embeds between them for a template to show."""
    done: list[Woven] = []
    out: list[str] = []
    # By position, not in order of the page: the words of a sidenote stand after its block in the text, and before in the markup.
    names = sorted((found for found in given.occurrences if found.linked), key=lambda found: found.start)
    starts = [found.start for found in names]
    for segment in body.segments:
        if isinstance(segment, Html):
            out.append(segment.html)
        elif isinstance(segment, Text):
            at = 0
            if starts and segment.linkable:
                first = bisect.bisect_left(starts, segment.at)
                for name in names[first : bisect.bisect_left(starts, segment.at + len(segment.text))]:
                    start, end = name.start - segment.at, name.end - segment.at
                    out.append(_escape(segment.text[at:start]))
                    out.append(_link(given, given.names[name.id], segment.text[start:end]))
                    at = end
            out.append(_escape(segment.text[at:] if at else segment.text))
        elif isinstance(segment, Link):
            found = given.links.get((segment.kind, segment.target))
            words = segment.words or (found.name if found is not None else segment.target)
            out.append(_link(given, found, words) if found is not None else _escape(words))
        elif isinstance(segment, Href):
            path = given.href(segment.target)
            out.append(escape(path if path.startswith("#") else given.root + path))
        elif isinstance(segment, MarkOpen):
            out.append(_open(given, segment))
        elif isinstance(segment, MarkClose):
            out.append(_close(given, segment))
        elif isinstance(segment, Embed):
            if out:
                done.append(Trusted("".join(out)))
                out.clear()
            done.append(segment)
    if out:
        done.append(Trusted("".join(out)))
    return tuple(done)


def inline(body: Body | None, given: Weave) -> Trusted:
    """Return a line of Markdown, or a short text without embeds, as HTML; empty where there is none."""
    return Trusted("".join(part.html for part in weave(body, given) if isinstance(part, Trusted))) if body is not None else Trusted("")


def _escape(text: str) -> str:
    # Most words have none of these, and looking is cheaper than replacing.
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _link(given: Weave, to: Destination, words: str) -> str:
    line = f" {to.line}" if to.line else ""
    return f'<a class="{to.kind}{line}" href="{escape(given.root + to.path)}">{_escape(words)}</a>'


def _open(given: Weave, mark: MarkOpen) -> str:
    sign = given.signs.get((mark.kind, mark.id))
    if sign is None:
        return "<span>"
    anchor = ("said--" if mark.kind == "quote" else "told--") + mark.id
    own = f' id="{escape(anchor)}"' if mark.part == 0 else ""
    return f'<span class="{mark.kind}-words {sign.line}"{own}>'


def _close(given: Weave, mark: MarkClose) -> str:
    sign = given.signs.get((mark.kind, mark.id))
    if sign is None or not mark.last:
        return "</span>"
    return (
        f'</span><a class="{mark.kind}-sign {sign.square}" href="{escape(given.root + sign.path)}" aria-label="{escape(sign.label)}"></a>'
    )
