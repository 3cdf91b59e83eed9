"""Comments in values, `%%…%%` and `<!-- … -->`: not meant for readers, so they are noted and never written."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from builder.importing.html_words import line
from builder.importing.importer_types import EVENT, ImportNote, Record

_COMMENT = re.compile(r"%%.+?%%|<!--.*?(?:-->|\Z)|\\<\\!\\-\\-.*?(?:\\-\\-\\>|\Z)", re.DOTALL)
_SIGNS = ("%%", "<!--", "\\<\\!")


def _texts(values: Iterable[Any]) -> Iterator[str]:
    """Yield every text in some values."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, dict):
            yield from _texts(value.values())


def remove_comments(record: Record, import_notes: list[ImportNote]) -> Record:
    """Return a record without the comments in its values, each of which is noted."""

    def clean(value: Any) -> Any:
        if isinstance(value, str) and any(sign in value for sign in _SIGNS):
            import_notes.extend(
                ImportNote(record.where, f"a comment was left out: “{line(found.replace(chr(92), ''))}”")
                for found in _COMMENT.findall(value)
            )
            return re.sub(r"  +", " ", _COMMENT.sub("", value)).strip() if _COMMENT.search(value) else value
        if isinstance(value, list):
            return [clean(item) for item in value]
        if isinstance(value, dict):
            return {key: clean(member) for key, member in value.items()}
        return value

    values: Iterable[Any] = (record.body, *record.fields.values())
    if not any(sign in value for value in _texts(values) for sign in _SIGNS):  # most records, of which an import may have thousands
        return record
    fields = clean(record.fields)
    if record.kind == EVENT and "%%" in fields.get("text", ""):
        # A line of Markdown, in which it would begin a comment.
        fields = {**fields, "text": fields["text"].replace("%%", r"\%\%")}
    body = clean(record.body)
    return record if fields == record.fields and body == record.body else msgspec.structs.replace(record, fields=fields, body=body)
