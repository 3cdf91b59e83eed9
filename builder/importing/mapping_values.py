"""Values of a mapping from JSON or YAML, taken one after the other; the rest is noted."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from builder.importing import written_dates
from builder.importing.html_words import address, line
from builder.importing.importer_types import ImportInput, ImportNote, ImportProblem, Ref
from builder.linking.actor_types import kind_of
from builder.model import UNNAMED


def read_json(import_input: ImportInput) -> Any:
    """Return what a JSON file holds. `ImportProblem` where it is none."""
    try:
        return msgspec.json.decode(import_input.data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        message = f"it is no JSON: {error}"
        raise ImportProblem(message) from error


def as_text(value: Any) -> str:
    """Return a single value as one line of text; "" for none, and for lists and mappings."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return line(str(value)) if isinstance(value, str | int | float) else ""


def as_written(value: Any) -> str:
    """Return a single value as text whose lines stay apart; "" for none, and for lists and mappings."""
    if not isinstance(value, str) or "\n" not in value:
        return as_text(value)
    return "\n".join(map(line, value.split("\n"))).strip()


def display(value: Any) -> str:
    """Return any value for a message."""
    if isinstance(value, list) and value and all(as_text(item) for item in value):
        return "; ".join(map(as_text, value))[:300]
    return (as_text(value) or line(msgspec.json.encode(value).decode("utf-8", "replace")))[:300]


class Values:
    """One mapping."""

    def __init__(self, given: Mapping[str, Any], where: str, import_notes: list[ImportNote]) -> None:
        self._rest = {str(name): value for name, value in given.items() if value not in (None, "", [], {})}
        self.where = where
        self._import_notes = import_notes

    def add_note(self, what: str) -> None:
        """Add a note on a value that was left out or changed."""
        self._import_notes.append(ImportNote(self.where, what))

    def any(self, name: str) -> Any:
        """Take a value as it is; None if there is none."""
        return self._rest.pop(name, None)

    def text(self, *names: str) -> str:
        """Take the first of these that is a single value, or a list of one."""
        for name in names:
            value = self._rest.get(name)
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
            if text := as_text(value):
                del self._rest[name]
                return text
        return ""

    def lines(self, *names: str) -> str:
        """Take the first of these that is a text, with its line breaks."""
        for name in names:
            value = self._rest.get(name)
            value = "\n\n".join(value) if isinstance(value, list) and value and all(isinstance(item, str) for item in value) else value
            if isinstance(value, str) and value.strip():
                del self._rest[name]
                return value.strip()
        return ""

    def texts(self, *names: str) -> list[str]:
        """Take the texts of all of these; other values in them are noted."""
        found: list[str] = []
        for name in names:
            value = self._rest.get(name)
            listed = value if isinstance(value, list) else [value]
            if value is not None and all(as_text(item) for item in listed):
                found += [as_text(item) for item in listed]
                del self._rest[name]
        return list(dict.fromkeys(found))

    def records(self, name: str) -> list[Mapping[str, Any]]:
        """Take a list of mappings; other values in it are noted."""
        value = self._rest.pop(name, None)
        listed = value if isinstance(value, list) else [value] if value is not None else []
        for item in listed:
            if not isinstance(item, Mapping):
                self.add_note(f"“{name}” was left out: “{display(item)}”")
        return [item for item in listed if isinstance(item, Mapping)]

    def date(self, *names: str) -> str:
        """Take the first of these as EDTF; unreadable dates are noted."""
        given = self.text(*names)
        made = written_dates.read_date(given).edtf
        if given and not made:
            self.add_note(f"“{names[0]}” was left out, since it is no date that could be read: “{given}”")
        return made

    def web_addresses(self, *names: str) -> list[str]:
        """Take web addresses; others are noted."""
        found: list[str] = []
        for text in self.texts(*names):
            if address(text).startswith("http"):
                found.append(address(text))
            else:
                self.add_note(f"“{names[0]}” was left out, since it is no address of the web: “{text}”")
        return found

    def own(self, *names: str) -> dict[str, str]:
        """Take these under keys of the author's own."""
        made: dict[str, str] = {}
        for name in names:
            if found := self.texts(name):
                made[f"x_{re.sub(r'[^a-z0-9]+', '_', re.sub(r'(?<=[a-z])(?=[A-Z])', '_', name).lower()).strip('_')}"] = "; ".join(found)
        return made

    def ignore(self, *names: str) -> None:
        """Take what only serves the file itself."""
        for name in names:
            self._rest.pop(name, None)

    def rest(self) -> list[tuple[str, Any]]:
        """Take all that is left, by name."""
        found = list(self._rest.items())
        self._rest = {}
        return found

    def note_unused(self) -> None:
        """Note every value that was not taken."""
        for name, value in self.rest():
            self.add_note(f"“{name}” was left out: “{display(value)}”")


def drop_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that say something."""
    return {key: value for key, value in fields.items() if value}


_ASKED = {"alleged": "Who alleges it", "denied": "Who denies it", "expected": "Who expects it"}


def without_voice(status: str, given: str, add_note: Any) -> dict[str, Any]:
    """Return the keys for a status that needs a voice and has none; `given` is how it is written. A source that reports a denial denies nothing itself."""
    fields: dict[str, Any] = {"x_status": given}
    if status == "expected":
        fields["status"] = ""
        what = "“status” stays as x_status alone"
    else:
        fields["status"] = Ref("status", "disputed")
        what = "it is “disputed” here"
    add_note(f"{_ASKED[status]}? Nobody is named; write “by:” and “status: {status}”. Until then {what}")
    return fields


_MAX_NAMES_IN_NOTE = 12
"""Names in one note."""


def untyped_note(names: Iterable[str], where: str) -> list[ImportNote]:
    """Return a note on the names that show neither a person nor a body, which count as people; none if there are none."""
    found = [name for name in dict.fromkeys(names) if not kind_of(name) and not _UNNAMED.fullmatch(name)]
    if not found:
        return []
    more = f" and {len(found) - _MAX_NAMES_IN_NOTE} more" if len(found) > _MAX_NAMES_IN_NOTE else ""
    shown = ", ".join(f"“{name}”" for name in found[:_MAX_NAMES_IN_NOTE])
    what = "has no type, and counts as a person" if len(found) == 1 else "have no type, and count as persons"
    return [
        ImportNote(
            where, f"{shown}{more} {what}. Of a firm or an office, write “type: Organization” or “type: PublicBody”", is_assumed=True
        )
    ]


_UNNAMED = re.compile(
    r"(?:(?i:a|an|one|two|three|several|some|another|un|une|deux|plusieurs|una|uno|dos|varios|due|een|twee|um|uma)\s+"
    r"(?:(?i:of\s+)?)(?=[^\W\d_A-ZÀ-Þ])|(?:ein|eine|zwei|mehrere)\s+|(?i:unnamed|anonymous|unidentified)\s+).+"
)
"""Descriptions of sources without a name: “a senior official”, “unnamed Pentagon aide”; not “An Nguyen”."""


def named_actor(name: str, add_note: Any) -> dict[str, Any]:
    """Return the keys of an actor of whom only the name is known, with the type where the name shows it; `untyped_note` tells of others."""
    if _UNNAMED.fullmatch(name):
        add_note(f"“{name}” reads as a description, so it is an unnamed source. If it is a name, write “name:” instead")
        return {"type": Ref("type", UNNAMED), "described_as": name}
    if kind := kind_of(name):
        add_note(f"“{name}” reads as no name of a person, so its type is {kind}. If that is wrong, write another under “type:”")
        return {"type": Ref("type", kind), "name": name}
    return {"name": name}
