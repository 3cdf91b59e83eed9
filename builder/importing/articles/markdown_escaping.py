"""Words as Markdown that reads naturally: only what would be a mark is escaped."""

import re

from builder.importing.html_words import clean

_SIGNS = re.compile(r"([\\`*\[\]<{}~|])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"(?m)^([ ]{0,3})(?:(#{1,6}(?=\s|$))|([-+:](?=\s))|(>)|(\d{1,9})([.)])(?=\s)|([-=]{3,}\s*$))")


def natural(text: str) -> str:
    """Return words as Markdown that shows just them. Addresses that stand in them stay as they are, and are links."""
    parts = re.split(r"(https?://[^\s<>\"“”«»]+)", clean(text))
    return "".join(part if n % 2 else _escaped(part) for n, part in enumerate(parts))


def _escaped(text: str) -> str:
    text = _UNDERSCORE.sub(r"\\_", _SIGNS.sub(r"\\\1", text))
    text = text.replace("%%", r"\%\%").replace("==", r"\==")
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def at_start(text: str) -> str:
    """Return a block of Markdown whose first words make no heading, list or quotation."""

    def escaped(match: re.Match[str]) -> str:
        if match[5]:
            return f"{match[1]}{match[5]}\\{match[6]}"
        return f"{match[1]}\\{match[0][len(match[1]) :]}"

    return _START.sub(escaped, text)
