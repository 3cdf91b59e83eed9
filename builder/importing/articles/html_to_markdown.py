"""A page of HTML as Markdown: headings, links, lists, tables, notes and pictures; comments and parts of the site around it are noted."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urljoin

from builder import urls
from builder.importing.articles.inline_html import ARROW, COMMENT, LEFT_OUT, MAX_NESTED_ELEMENTS, NOTE, Spans, bracketed, tidied
from builder.importing.articles.markdown_escaping import at_start, natural
from builder.importing.html_words import address, line

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "-text",
        "picture",
        "source",
    ]
)
_AROUND = frozenset({"header", "footer", "aside"})
"""What stands around an article, where it stands outside of one."""


def _table_of(node: Any) -> Any:
    """Return the table that an element stands in; None if it stands in none."""
    node = node.parent
    while node is not None and node.tag != "table":
        node = node.parent
    return node


def _is_of(node: Any, table: Any) -> bool:
    """Return whether a row or cell is of this table, and not of one within it."""
    found = _table_of(node)
    return found is not None and bool(found.mem_id == table.mem_id)


def _skip_covered(cells: list[str], below: dict[int, int]) -> None:
    """Add empty cells where a cell of an earlier row reaches down."""
    while below.get(len(cells), 0):
        cells.append("")


def _list_level(node: Any) -> int:
    """Return how deep a list of Google Docs stands within others; -1 for any other element."""
    found = re.search(r"\blst-kix_\w+-(\d)\b", node.attributes.get("class") or "") if node.tag in {"ul", "ol"} else None
    return int(found[1]) if found else -1


def _number(node: Any, name: str) -> int:
    """Return a number of a list that its HTML gives; 0 for none."""
    given = node.attributes.get(name) or ""
    return int(given) if re.fullmatch(r"\d{1,9}", given, re.ASCII) else 0


class PageWriter(Spans):
    """Writes the elements of a page as Markdown."""

    def __init__(
        self, root: Any, base: str, find: Callable[[str], bytes | None], add_note: Callable[[str], None], styles: dict[str, str]
    ) -> None:
        super().__init__(root, base, find, add_note, styles)
        self._lower = 0
        self._find_notes(root)

    def markdown(self, node: Any) -> str:
        """Return an element as a whole text."""
        self._within_article = node.tag in {"article", "main"}
        # Below a title, headings of the first level are those of sections, and others stand below them.
        self._lower = 1 if len(node.css("h1")) > (0 if node.css_first("p.title") is not None else 1) else 0
        blocks = self._blocks(node, 0)
        notes = [f"[^{key}]: {text}" for key, text in self._notes.items() if text]
        return "\n\n".join([*blocks, *notes]) + "\n"

    # --- notes and comments ---

    def _find_notes(self, root: Any) -> None:
        for node in root.css("a[href]"):
            to = node.attributes.get("href") or ""
            target = self._by_id.get(unquote(to[1:])) if to.startswith("#") else None
            if target is None or target.mem_id == node.mem_id:
                continue
            if COMMENT.fullmatch(to):
                holder = self._holder(target)
                if holder.mem_id not in self._taken:
                    self._taken.add(holder.mem_id)
                    words = re.sub(r"^\s*\[\w+\]\s*", "", line(holder.text(deep=True, separator=" ")))
                    self._add_note(f"a comment was left out: “{words.removesuffix('↑').strip()}”")
            elif NOTE.fullmatch(to):
                self._taken.add(self._holder(target).mem_id)

    def _holder(self, target: Any) -> Any:
        """Return the element that has the words of a note, by the anchor or element that its number leads to."""
        node = target
        while node.tag in _INLINE and node.parent is not None:
            node = node.parent
        if (
            node.tag == "p"
            and node.parent is not None
            and node.parent.tag == "div"
            and len([child for child in node.parent.iter() if child.tag]) <= 3
        ):
            return node.parent
        return node

    def _note(self, to: str) -> str:
        key = urls.slug(to[1:].replace("_", "-")) or "note"
        if key not in self._notes:
            self._notes[key] = ""
            holder = self._holder(self._by_id[unquote(to[1:])])
            self._taken.discard(holder.mem_id)
            text = " ".join(self._blocks(holder, 0)) if holder.tag not in {"p", "li"} else self._line(holder, 0)
            self._taken.add(holder.mem_id)
            self._notes[key] = re.sub(r"^\s*(?:\\\[\w+\\\]|\d+\.?)\s*", "", line(ARROW.sub("", text)))
        return f"[^{key}]"

    # --- blocks ---

    def _blocks(self, node: Any, depth: int) -> list[str]:
        if depth > MAX_NESTED_ELEMENTS:
            self._add_note_once("deep", "elements within one another, deeper than anybody writes, were left out; their words stay")
            return [at_start(natural(line(node.text(deep=True))))]
        made: list[str] = []
        inline: list[str] = []

        def close() -> None:
            text = tidied("".join(inline))
            if text:
                made.append(at_start(text))
            inline.clear()

        level = -1
        tags: dict[int, str] = {}
        for child in node.iter(include_text=True):
            if child.tag in _INLINE and not self._has_blocks(child):
                inline.append(self._inline(child, depth + 1))
                level = level if child.tag == "-text" and not inline[-1].strip() else -1
                continue
            close()
            before, level = level, _list_level(child)
            found = self._block(child, depth + 1)
            if level >= 0 <= before and found and made:
                # Google Docs writes the items of one list, and those within them, as lists behind one another.
                made[-1] += "\n" if tags.get(level, child.tag) == child.tag else "\n\n"
                made[-1] += "\n".join(f"{'    ' * level}{text}" for text in found[0].split("\n"))
            else:
                made += found
            tags = {n: tag for n, tag in tags.items() if n < level} | {level: child.tag or ""}
        close()
        return [block for block in made if block.strip()]

    def _has_blocks(self, node: Any) -> bool:
        return (
            node.tag not in {"-text", "br", "img"}
            and node.css_first("p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, figure") is not None
        )

    def _block(self, node: Any, depth: int) -> list[str]:  # noqa: PLR0911 – a case for each element of HTML
        tag = node.tag
        if node.mem_id in self._taken or tag in {"-comment", "_comment", "!doctype"}:
            return []
        if tag in LEFT_OUT or (tag in _AROUND and not self._within_article):
            if tag in {"form", "object", "embed", "canvas", "svg"} and not line(node.text(deep=True)):
                self._add_note(f"<{tag}> was left out, which has no words")
            self._leave_out(node)
            return []
        if found := re.fullmatch(r"h([1-6])", tag or ""):
            text = self._line(node, depth).replace("\\\n", " ")
            return [f"{'#' * min(6, max(2, int(found[1]) + self._lower))} {text}"] if text else []
        if tag in {"ul", "ol"}:
            return [self._list(node, depth)]
        if tag == "blockquote":
            return ["\n".join(f"> {text}".rstrip() for text in "\n\n".join(self._blocks(node, depth)).split("\n"))]
        if tag == "pre":
            return [f"```\n{node.text(deep=True).strip(chr(10))}\n```"]
        if tag == "table" and _table_of(node) is not None:
            self._add_note_once(
                "within", f"a table within a cell stands there as words: “{line(node.text(deep=True, separator=' '))[:100]}”"
            )
            return [" · ".join(filter(None, (self._line(cell, depth) for cell in node.css("td, th") if _is_of(cell, node))))]
        if tag == "table":
            return self._table(node, depth)
        if tag == "figure":
            return self._figure(node, depth)
        if tag == "hr":
            return ["---"]
        if tag == "dl":
            return [self._terms(node, depth)]
        if tag in {"iframe", "video", "audio"}:
            src = node.attributes.get("src") or next((source.attributes.get("src") or "" for source in node.css("source[src]")), "")
            to = address(urljoin(self._base, src) if self._base else src)
            self._add_note(f"<{tag}> is a link now: “{src}”")
            return [f"[media]({bracketed(to)})"] if to else []
        return self._blocks(node, depth)

    def _list(self, node: Any, depth: int) -> str:
        made: list[str] = []
        number = _number(node, "start") or 1
        if node.tag == "ol" and ("reversed" in node.attributes or (node.attributes.get("type") or "1") != "1"):
            self._add_note_once(
                "numbers",
                "a list that counts with letters, or backwards, counts with numbers now, the first line of it "
                f"“{line(node.text(deep=True, separator=' '))[:100]}”",
            )
        for child in node.iter():
            if child.mem_id in self._taken:
                continue
            if child.tag in {"ul", "ol"}:
                made.append("\n".join(f"    {text}" for text in self._list(child, depth + 1).split("\n")))
                continue
            number = _number(child, "value") or number
            sign = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            parts = self._blocks(child, depth + 1)
            whole = "\n".join(parts) if all(part.lstrip().startswith(("- ", "1. ")) for part in parts[1:]) else "\n\n".join(parts)
            made.append(sign + re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), whole))
        return "\n".join(made)

    def _terms(self, node: Any, depth: int) -> str:
        made: list[str] = []
        for child in (child for part in node.iter() for child in (part.iter() if part.tag == "div" else (part,))):
            if child.tag not in {"dt", "dd"}:
                continue
            text = self._line(child, depth)
            made.append(f"\n{text}" if child.tag == "dt" else f": {text}")
        return "\n".join(made).strip()

    def _table(self, node: Any, depth: int) -> list[str]:
        rows: list[list[str]] = []
        below: dict[int, int] = {}
        for row in node.css("tr"):
            if not _is_of(row, node):
                continue
            cells: list[str] = []
            for cell in row.css("td, th"):
                if not _is_of(cell, node):
                    continue
                _skip_covered(cells, below)
                cells.append(
                    " ".join(" ".join(self._blocks(cell, depth + 1)).replace("\\\n", " ").split()).replace("\\|", "|").replace("|", "\\|")
                )
                spans = cell.attributes.get("colspan") or "1"
                if spans.isdigit() and 1 < int(spans) < 100:
                    self._add_note_once(
                        "span", f"a cell over several columns stands in the first of them: “{line(cell.text(deep=True))[:100]}”"
                    )
                    cells += [""] * (int(spans) - 1)
                down = cell.attributes.get("rowspan") or "1"
                if down.isdigit() and 1 < int(down) < 1000:
                    self._add_note_once(
                        "down", f"a cell over several rows stands in the first of them: “{line(cell.text(deep=True, separator=' '))[:100]}”"
                    )
                    below |= {
                        n: int(down) for n in range(len(cells) - (int(spans) if spans.isdigit() and int(spans) < 100 else 1), len(cells))
                    }
            _skip_covered(cells, below)
            below = {n: left - 1 for n, left in below.items() if left > 1}
            if any(cells):
                rows.append(cells)
        if not rows:
            return []
        width = max(map(len, rows))
        if width == 1:
            return [at_start(row[0].replace("\\|", "|")) for row in rows]
        caption = node.css_first("caption")
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        lines.insert(1, f"|{'---|' * width}")
        return [*([at_start(self._line(caption, depth))] if caption is not None else []), "\n".join(lines)]

    def _figure(self, node: Any, depth: int) -> list[str]:
        caption = node.css_first("figcaption")
        picture = node.css_first("img")
        if (
            picture is None
            or len(node.css("img")) > 1
            or node.css_first("table, blockquote, pre, ul, ol, video, audio, iframe") is not None
        ):
            return self._blocks(node, depth)
        # A credit may stand beside the caption.
        words = line(node.text(deep=True, separator=" ") if node.css_first("script, style, noscript") is None else "")
        if caption is not None and words.replace(" ", "") in {"", line(caption.text(deep=True)).replace(" ", "")}:
            words = line(caption.text(deep=True))
        if caption is not None and caption.css_first("a[href]") is not None:
            self._add_note(f"links in a caption were left out: “{words[:200]}”")
        made = self._picture(picture, words)
        return [made] if made else []
