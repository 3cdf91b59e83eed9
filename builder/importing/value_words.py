"""A single value as words, as a line of Markdown, or as items of Wikidata: it may have HTML or links of Markdown in it."""

import re
from typing import Any

from builder.importing.html_words import address, line, plain, read_html
from builder.importing.mapping_values import as_written
from builder.importing.record_ids import wikidata_id

_HTML = re.compile(r"</?(?:p|a|br|b|i|em|strong|div|span|ul|ol|li|img|iframe|h[1-6]|sup|sub)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")


def markdown(text: str, add_note: Any) -> str:
    """Return the words of a cell as a line of Markdown that shows just them. HTML is read, and so are links of Markdown."""
    if _HTML.search(text):
        return read_html(text, add_note).markdown
    if not _LINK.search(text):
        return plain(text)
    return read_html(
        _LINK.sub(
            lambda found: f'<a href="{found[2]}">{found[1]}</a>', text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
        ),
        add_note,
    ).markdown


_OWN_MARKDOWN = re.compile(
    r"(?:\\[!-/:-@\[-`{-~]|\\\n|\*|~~|`[^`\n]+`|\n- |[^\\`*_\[\]{}<>~|!#&$^=@\n]|\n(?=[\n\w\\*`~\[])"
    r"|\[(?:\\[!-/:-@\[-`{-~]|\*|`[^`\n]+`|[^\\`\[\]{}<>|!\n])*\]\(<(?:https?://|mailto:)[^<>\s]*>\))*"
)
"""Markdown as `backstory export` writes it beside a record: emphasis, code, links and items; every other sign stands behind a backslash."""


def own_markdown(given: Any) -> str:
    """Return Markdown that `backstory export` wrote; "" for any other, which could have markup of all kinds."""
    return given if isinstance(given, str) and _OWN_MARKDOWN.fullmatch(given) else ""


def words(text: str, add_note: Any) -> str:
    """Return the words of a cell in one line."""
    return read_html(text, add_note).words if _HTML.search(text) else line(text)


def note_words(text: str, add_note: Any) -> str:
    """Return the words of a note, whose lines stay apart."""
    return words(text, add_note) if _HTML.search(text) else as_written(text)


def same_as(cell: str, add_note: Any, *, column: str = "same_as") -> list[str]:
    """Return items of Wikidata and addresses; anything else is noted."""
    found: list[str] = []
    for word in re.split(r"[\s;|,]+", cell.strip()):
        made = f"wd:{word}" if re.fullmatch(r"Q[1-9]\d*", word) else wikidata_id(word)
        if re.fullmatch(r"wd:Q[1-9]\d*", made) or address(made):
            found.append(made)
        elif word:
            add_note(f"“{column}” was left out, which is neither an item of Wikidata nor an address: “{word}”")
    return found
