"""Front-matter keys of other programs: skipped, and reported in one line a file with their replacements.

What they say is not taken over: that a `date` is the day of publication holds for a post of Jekyll, and not for a note of Obsidian.
"""

import re

import msgspec

from builder.content import frontmatter, schema
from builder.content.fields import Reader
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.content.frontmatter.flow_dates import in_text

CODE = "key-foreign"
_PAGE = {"description": "summary", "excerpt": "summary"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"/[\w./~-]*")
_YES = frozenset({"true", "yes", "on", "1"})
_LONGEST = 60


def without(reader: Reader, fields: MappingNode, record: str) -> MappingNode:
    """Return the keys of a file without those of other programs; what was to keep the file from being published stays, as an error."""
    table, words = schema.BY_NAME[record], schema.KEY_SYNONYMS.get(record, _PAGE)
    found = [
        (key, value)
        for key, value in fields.items
        if key.value not in table and key.value.casefold() in schema.FOREIGN and not _holds_back(key, value)
    ]
    # One key alone may be a slip, and is reported with the key that was meant.
    if not found or (len(found) == 1 and found[0][0].value.casefold() in words):
        return fields
    named = ", ".join(f"“{key.value}”" for key, _ in found)
    message = f"{named} {'is a key' if len(found) == 1 else 'are keys'} of other programs, and {'is' if len(found) == 1 else 'are'} not read here."
    reader.warning(CODE, message, found[0][0], _advice(found, words, {key.value for key, _ in fields.items}))
    taken = {id(key) for key, _ in found}
    return msgspec.structs.replace(fields, items=tuple(item for item in fields.items if id(item[0]) not in taken))


def _holds_back(key: Scalar, value: Node) -> bool:
    when = schema.HOLD_BACK.get(key.value.casefold())
    return when is not None and (in_text(value).strip().casefold() in _YES) is when and bool(in_text(value).strip())


def _advice(found: list[tuple[Scalar, Node]], words: dict[str, str], given: set[str]) -> str:
    wanted: dict[str, list[Node]] = {}
    for key, value in found:
        name = words.get(key.value.casefold(), "")
        if key.value.casefold() in {"permalink", "url"}:
            name = "aliases" if _ADDRESS.fullmatch(in_text(value)) else ""
        if name and ":" not in name and name not in given and in_text(value).strip():
            wanted.setdefault(name, []).append(value)
    lines = ", ".join(f"“{_written(name, values)}”" for name, values in wanted.items())
    kept = "put “x_” before one that a template of yours is to show."
    return f"Write {lines}, and delete these keys; {kept}" if lines else f"Delete what you do not need; {kept}"


def _written(name: str, values: list[Node]) -> str:
    if name in {"topics", "authors", "aliases"}:
        items = [item for value in values for item in (value.items if isinstance(value, SequenceNode) else (value,))]
        texts = [text for item in items if (text := in_text(item).strip())]
        listed = dict.fromkeys(text if _ADDRESS.fullmatch(text) else frontmatter.in_braces(text) for text in texts)
        return f"{name}: [{', '.join(listed)}]"
    text = in_text(values[0]).strip()
    if day := _DAY.match(text):
        return f"{name}: {day[0]}"
    return f"{name}: {frontmatter.in_braces(text)}" if len(text) <= _LONGEST else f"{name}: …"
