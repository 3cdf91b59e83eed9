"""The content format as JSON Schema, draft 2020-12, from the tables of `content.schema`.

A schema sees one file, and its values as YAML 1.2 types them. So it cannot know whether an id leads anywhere or whether a date exists;
and of the short form of a quote it lets several keys pass that the record does not have, where the parser takes the first and refuses the others.
"""

from typing import Any

from builder.content import schema as keys
from builder.content.schema import Key, ShortForm
from builder.diagnostics import CODES
from builder.model import UNNAMED

FILE_KINDS = ("explainer", "actor", "event", "source", "page", "site", "style")
"""The kinds of files."""

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_OWN = "^x_"
_IN_ID = r"[^\u0000-/:-`{-\u007f\s]+"
_ID = rf"^{_IN_ID}([-.]{_IN_ID})*$"
_SIGN, _CLOCK, _ZONE = "[?~%]?", "[0-9]{2}:[0-9]{2}(:[0-9]{2})?", "(Z|[+-][0-9]{2}(:[0-9]{2})?)?"
_PLAIN = rf"{_SIGN}-?[0-9X]{{4}}{_SIGN}(-{_SIGN}[0-9X]{{2}}{_SIGN}(-{_SIGN}[0-9X]{{2}}{_SIGN})?)?"
_MOMENT = rf"-?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}{_ZONE}{_SIGN}"
_LISTED = rf"(\.\.)?{_PLAIN}(\.\.({_PLAIN})?)?(\s*,\s*{_PLAIN}(\.\.({_PLAIN})?)?)*"
_EDTF = "|".join(
    (
        rf"{_PLAIN}",
        rf"{_MOMENT}",
        r"-?[0-9]{4}S[1-9][0-9]*",
        r"Y-?[1-9][0-9]*(E[1-9][0-9]*)?(S[1-9][0-9]*)?",
        rf"({_MOMENT}|{_PLAIN}|\.\.)?/({_MOMENT}|{_CLOCK}{_ZONE}{_SIGN}|{_PLAIN}|\.\.)?",
        rf"\[{_LISTED}\]",
        rf"\{{{_LISTED}\}}",
    )
)
_DATE = rf"^\s*({_EDTF})\s*$"
"""How a date is written. Which of them there are is the parser's to say."""
_IN_LIST = rf"^\s*(\.\.)?{_PLAIN}(\.\.({_PLAIN})?)?\s*$"
"""A date of a choice or set that stands in YAML's own brackets, as a list or as keys with nothing after them."""
_LIKE_DATE = r"^\s*[-0-9XY\[{./?~%]"
"""What every date begins with, and what is meant as one."""

_TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_NOTHING: Schema = {"type": "null"}
_NAMELESS: Schema = {"properties": dict.fromkeys(keys.IDENTIFYING, _NOTHING), "patternProperties": {f"^(?:{keys.CONTACT})$": _NOTHING}}

_OF_PLUGIN: Schema = {"type": "string", "pattern": f"^{keys.OF_PLUGIN}$"}
_NAME = "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"
_COMPARED = r"(>=|<=|==|!=|>|<)\s*[0-9]+(\.[0-9]+)*"


def _degrees(most: int) -> Schema:
    return {"type": ["number", "string"], "minimum": -most, "maximum": most, "pattern": r"^[-+]?[0-9]{1,3}(\.[0-9]{1,9})?$"}


_KINDS: dict[str, Schema] = {
    keys.TEXT: _TEXT,
    keys.MARKDOWN: _TEXT,
    keys.TEXTS: _TEXTS,
    keys.ID: {"type": ["string", "integer", "boolean"], "pattern": _ID, "maxLength": 80, "minimum": 0},
    keys.IDS: _TEXTS,
    keys.NAME: _TEXT,
    keys.NAMES: _TEXTS,
    keys.DATE: {
        "anyOf": [
            {"type": "string", "pattern": f"{_DATE}|^unknown$"},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
            {"type": "integer", "minimum": -9999, "maximum": -1},
            {"$ref": "#/$defs/relative_date"},
            # A set of EDTF, which YAML takes for a list or for keys with nothing after them.
            {"type": "array", "items": {"type": ["string", "integer"], "pattern": _IN_LIST}, "minItems": 1},
            {"type": "object", "propertyNames": {"pattern": _IN_LIST}, "additionalProperties": _NOTHING, "minProperties": 1},
        ]
    },
    keys.URL: {"type": "string", "pattern": r"^[hH][tT][tT][pP][sS]?://[^/?#:\s\"<>\\^`{|}][^\s\"<>\\^`{|}]*$"},
    keys.LANGUAGE: {"type": "string", "pattern": r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    keys.YES_NO: {
        "type": ["boolean", "string"],
        "pattern": "^([yY][eE][sS]|[nN][oO]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[oO][nN]|[oO][fF][fF])$",
    },
    keys.NUMBER: {"type": ["integer", "string"], "pattern": "^-?[0-9]{1,9}$", "minimum": -999_999_999, "maximum": 999_999_999},
    keys.COORDINATES: {
        "type": "array",
        "prefixItems": [_degrees(90), _degrees(180)],
        "items": False,
        "minItems": 2,
    },
    keys.CODE: {"anyOf": [{"enum": list(CODES)}, _OF_PLUGIN]},
    keys.VERSIONS: {
        "type": "object",
        "propertyNames": {"pattern": _NAME},
        "additionalProperties": {"type": "string", "pattern": r"^\s*(\*|" + _COMPARED + r"(\s*,\s*" + _COMPARED + r")*)\s*$"},
    },
    keys.PROPOSALS: {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}},
}


def schema(kind: str) -> Schema:
    """Return the schema of a kind of file: one of `FILE_KINDS`."""
    # A shared event may be written in its short form too.
    top = {"$ref": f"#/$defs/{_entry(kind)}"} if kind == "event" else {"$ref": f"#/$defs/{kind}"}
    needed: dict[str, Schema] = {}
    _define(kind, needed)
    return {
        "$schema": DIALECT,
        "title": {"site": "Settings of a Backstory site", "style": "House style of a Backstory site"}.get(kind, f"Backstory {kind}"),
        **top,
        "$defs": dict(sorted(needed.items())),
    }


def _define(record: str, needed: dict[str, Schema]) -> None:
    """Put the definitions of a record, and of all that its keys hold, into `needed`."""
    if record in needed:
        return
    needed[record] = {}
    table = keys.RECORDS_OF_FORMAT[record]
    needed[record] = _record(record)
    form = keys.SHORT_FORMS.get(record, ShortForm())
    if form.short is not None:
        needed[_entry(record)] = _with_short(record, form.short)
    if form.defaults:
        needed[f"{record}_defaults"] = {**_record(record), "required": []}
    if record == "actor":
        needed["unnamed"] = _unnamed(table)
    for key in table:
        if key.takes == keys.DATE:
            _define("relative_date", needed)
        if key.record:
            _define(key.record, needed)


def _record(name: str) -> Schema:
    """Return a record with all its keys."""
    table = keys.RECORDS_OF_FORMAT[name]
    made: Schema = {
        "type": "object",
        "properties": {key.name: _property(key) for key in table},
        "required": [key.name for key in table if key.required],
        "additionalProperties": False,
    }
    if name in keys.WITH_OWN_KEYS:
        made["patternProperties"] = {_OWN: True}
    if name == "actor":
        nameless = {"properties": {"type": {"const": UNNAMED}}, "required": ["type"]}
        made |= {"if": nameless, "then": _NAMELESS}
    if name == "target":
        made["allOf"] = [_target(to, *taken) for to, taken in keys.KEYS_OF_TARGET.items()]
    return made


def _target(to: str, must: tuple[str, ...], may: tuple[str, ...]) -> Schema:
    """Return which keys a target takes, by its `to`."""
    said = {"properties": {key: {"not": _NOTHING} for key in must}, "required": list(must)}
    return {"if": {"properties": {"to": {"const": to}}}, "then": {**said, "propertyNames": {"enum": ["to", "for", *must, *may]}}}


def _unnamed(table: tuple[Key, ...]) -> Schema:
    """Return an actor of `unnamed:`, which is an unnamed source unless it says otherwise."""
    kinds = next(key.options for key in table if key.name == "type")
    named = {"properties": {"type": {"enum": [kind for kind in kinds if kind != UNNAMED]}}, "required": ["type"]}
    return {"$ref": "#/$defs/actor", "if": {"not": named}, "then": _NAMELESS}


def _property(key: Key) -> Schema:
    """Return what a key takes. With nothing after it, a key says nothing."""
    if key.takes in {keys.RECORD, keys.RECORDS}:
        value = _records(key)
    elif key.takes == keys.CHOICE:
        value = {"enum": list(key.options)}
        value = {"anyOf": [value, _OF_PLUGIN]} if key.of_plugins else value
    else:
        value = _KINDS[key.takes]
    return {"description": key.about, **(value if key.required else {"anyOf": [value, _NOTHING]})}


_SEVERAL_WORDS: Schema = {"type": "string", "pattern": r"\S \S"}


def _entry(record: str) -> str:
    form = keys.SHORT_FORMS.get(record, ShortForm())
    return f"{record}_entry" if form.short is not None else record


_SOURCE_LINE: Schema = {"type": "string", "pattern": r"^[^,]*[^,\s][^,]*,(?:.*,)?\s*[^\s,]*[0-9X]{2}[^\s,]*\s*(?:,\s*https?://\S+\s*)?$"}
"""`Publisher, title, date`, with an address behind it or none."""


def _records(key: Key) -> Schema:
    """Return every way to write the records of a key."""
    record = key.record
    form = keys.SHORT_FORMS[record]
    entry = {"$ref": f"#/$defs/{'unnamed' if key.name == 'unnamed' else _entry(record)}"}
    if key.takes == keys.RECORD:
        return {"anyOf": [entry, *(_KINDS[kind] for kind in form.bare)]}
    # After its id, a text says what the record is; alone, it is the id of a shared one, or says what it is where there are none.
    said = [_KINDS[kind] for kind in form.bare if kind != keys.ID]
    said += [_SOURCE_LINE] if record == "source" else []
    alone = [_KINDS[keys.ID], *(kind for kind in said if kind is not _TEXT)] if keys.ID in form.bare else said
    if form.short is not None:
        said = [_words(record, form.short)]
    ways: list[Schema] = [*alone, *([entry] if form.alone else [])]
    items = [*alone, entry, *([_SEVERAL_WORDS] if form.lines else [])]
    if form.by_id:
        after = [entry, *said, *([_NOTHING] if form.bare else [])]
        named: Schema = {"type": "object", "additionalProperties": {"anyOf": after}}
        if record == "event":
            named |= {"patternProperties": {_LIKE_DATE: {"anyOf": after}}, "additionalProperties": {"anyOf": [entry, _NOTHING]}}
        if form.bare:
            named["propertyNames"] = _key_of(record)
        else:
            # The key of a record is its id; that of words alone is their speaker.
            named |= {"patternProperties": {_ID: {"anyOf": after}}, "additionalProperties": {"anyOf": said} if said else False}
        known = [known.name for known in keys.RECORDS_OF_FORMAT[record]]
        # In a list, an id with its record; in the short form, words after it make another record of it.
        inner = [entry] if form.short is not None else after
        by_id = {"propertyNames": {"not": {"enum": known}, **_KINDS[keys.ID]}, "additionalProperties": {"anyOf": inner}}
        items.append({"type": "object", "minProperties": 1, "maxProperties": 1, **by_id})
        if form.defaults:
            named["not"] = {"anyOf": [{"required": ["defaults"]}, {"required": ["list"]}]}
        ways.append(named)
    if form.listed:
        listed: Schema = {"type": "array", "items": {"anyOf": items}}
        ways.append(listed)
    if form.defaults:
        inside: Schema = {"anyOf": list(ways)}
        properties = {"defaults": {"$ref": f"#/$defs/{record}_defaults"}, "list": inside}
        ways.append({"type": "object", "properties": properties, "minProperties": 1, "additionalProperties": False})
    return {"anyOf": ways}


def _key_of(record: str) -> Schema:
    return {"anyOf": [_KINDS[keys.ID], {"pattern": _LIKE_DATE}]} if record == "event" else _KINDS[keys.ID]


def _words(record: str, short: tuple[str, str]) -> Schema:
    key = keys.BY_NAME[record][short[1]]
    return {"enum": list(key.options)} if key.takes == keys.CHOICE else _KINDS[key.takes]


def _with_short(record: str, short: tuple[str, str]) -> Schema:
    """Return a record that may have a key of its own instead of the two keys that this stands for."""
    whole = _record(record)
    known = {"anyOf": [{"enum": list(whole["properties"])}, {"pattern": _OWN}]}
    words = _words(record, short)
    own: Schema
    if keys.BY_NAME[record][short[0]].takes == keys.DATE:
        whole.setdefault("patternProperties", {})[_LIKE_DATE] = words
        own = {"not": {"propertyNames": {"not": {"pattern": _LIKE_DATE}}}}
    else:
        whole["additionalProperties"] = words
        own = {"not": {"propertyNames": known}}
    required = whole.pop("required")
    whole["if"] = {"anyOf": [{"required": [key]} for key in short]}
    whole["then"] = {"required": required, "propertyNames": known}
    whole["else"] = own
    return whole
