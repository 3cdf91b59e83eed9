"""Tags of Jekyll and Hugo that stand around a part of a text, or in an address."""

import re

_ADDRESSES = re.compile(
    r"(?P<begin>\]\(\s*|(?:src|href)=[\"'])(?P<tag>\{\{-?[^{}\n]{1,300}-?\}\}|\{%-?[^\n]{1,300}?-?%\})(?P<rest>[^)\"'\s]*)"
)
"""Where a template puts in a part of an address."""
_ENDS = {
    "highlight": re.compile(r"\n?(?:\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[>%]\}\})"),
    "raw": re.compile(r"\{%-?\s*endraw\s*-?%\}"),
}


def fill_addresses(text: str) -> str:
    """Return a text in which tags of templates that stand in addresses are what they lead to."""
    return _ADDRESSES.sub(_filled, text)


def _filled(match: re.Match[str]) -> str:
    inner = match["tag"].strip("{}%-<> ")
    if re.match(r"site\.(?:base)?url\b", inner):
        return f"{match['begin']}{match['rest']}"
    if quoted := re.match(r"(?:(?:rel)?ref\s+)?[\"']([^\"']*)[\"']\s*(?:\||$)", inner):
        return f"{match['begin']}{quoted[1].replace(' ', '%20')}{match['rest']}"
    if named := re.match(r"(?:post_url|link)\s+(\S+)", inner):
        return f"{match['begin']}{named[1]}{match['rest']}"
    return match[0]


def enclosed(name: str, rest: str, text: str, at: int) -> tuple[str, int] | None:
    """Return as Markdown what a tag stands around that shows code or braces as they are, and where the text goes on; None for any other, or one without an end."""
    end = _ENDS[name].search(text, at) if name in _ENDS else None
    if end is None:
        return None
    inner = text[at : end.start()]
    if name == "raw":
        return re.sub(r"(?<!\\)([{}])", r"\\\1", inner) if "`" not in inner else inner, end.end()
    language = rest.split(maxsplit=1)[0] if rest.split() else ""
    ticks = "`" * max(3, 1 + max(map(len, re.findall(r"`+", inner)), default=0))
    return f"{ticks}{language}\n{inner.lstrip(chr(10))}\n{ticks}", end.end()
