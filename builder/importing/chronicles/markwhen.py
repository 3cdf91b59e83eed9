"""Timelines of markwhen: an event is a line “date: words”, with the lines below it, up to the next one."""

import re
from typing import Any, NamedTuple

from builder import urls
from builder.importing import written_dates
from builder.importing.chronicles.durations import Lengths, is_length, split_length
from builder.importing.decoding import decode
from builder.importing.html_words import address, line, link, plain
from builder.importing.importer_types import (
    EVENT,
    SOURCE,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Record,
    Ref,
)
from builder.importing.mapping_values import drop_empty

_LINE = re.compile(r"\s*(?P<date>[^:\n]{1,100}?(?:\d\d?:\d\d(?::\d\d)?[^:\n]{0,60}?){0,2}):(?!//)(?:\s+(?P<words>.*)|$)")
_GROUP = re.compile(r"\s*(?:group|section)\b[ \t]*(?P<name>.*)", re.IGNORECASE)
_END = re.compile(r"\s*(?:endGroup|endSection|end group|end section|end)\s*$", re.IGNORECASE)
_TO = r"\[([^\[\]]*)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)?)\)"
_LINK = re.compile(rf"!?{_TO}")
_PICTURE = re.compile(rf"!{_TO}")
_BREAK = re.compile(r"\s*_-_-_break_-_-_\s*", re.IGNORECASE)
"""What parts the pages of a file, each with a header of its own."""
_PLACE = re.compile(r"\[([^\[\]]+)\]\(location\)", re.IGNORECASE)
_PLACES = re.compile(r"(?m)^(?:[ \t]*\[[^\[\]]+\]\(location\))+[ \t]*$", re.IGNORECASE)
"""A line that has nothing but places."""
_NAME = re.compile(r"(?<!\S)!([\w-]+)(?!\S)")
"""A name by which other events are counted from this one: `!vote`."""
_TAG = re.compile(r"(?<!\S)#([\w-]+)")
_FIELD = re.compile(r"(?<!\S)(id|location):\s*(\S.*?)(?=\s+(?:id|location):|$)", re.IGNORECASE | re.MULTILINE)


class _Entry(NamedTuple):
    number: int
    """Of its line in the file."""
    date: str
    lines: list[str]
    group: str


def read_markwhen(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the events of a timeline."""
    import_notes: list[ImportNote] = []
    lines = decode(import_input.data, options.encoding, import_notes).splitlines()
    proven = written_dates.column_order(lines)
    # Unless the header or a row says otherwise, markwhen reads the month first.
    order = proven if proven == written_dates.DMY else written_dates.MDY
    title = ""
    groups: list[str] = []
    events: list[_Entry] = []
    in_head = bool(lines) and lines[0].strip() == "---"
    is_begun = False
    for n, text in enumerate(lines, 1):
        if in_head:
            if n > 1 and text.strip() == "---":
                in_head = False
            elif n > 1 and text.strip():
                title, order = _header(text, n, title, order, import_notes)
            continue
        if _BREAK.fullmatch(text):
            import_notes.append(ImportNote(f"line {n}", "a new page begins here, whose events stand behind the others"))
            is_begun = False
        elif text.strip().startswith("//"):
            import_notes.append(ImportNote(f"line {n}", f"a comment was left out: “{line(text.strip()[2:])}”"))
        elif not text.strip():
            if is_begun:
                events[-1].lines.append("")
        elif _END.fullmatch(text):
            if groups:
                groups.pop()
        elif found := _GROUP.fullmatch(text):
            groups.append(line(found["name"]) or "group")
        elif (found := _LINE.fullmatch(text)) and _is_date(found["date"], options.dates or order):
            events.append(_Entry(n, found["date"], [found["words"] or ""], " / ".join(groups)))
            is_begun = True
        elif not is_begun:
            title, order = _header(text, n, title, order, import_notes)
        else:
            events[-1].lines.append(text)
    if not events:
        message = "it has no events, which are lines such as “2024-03-08: The vote”"
        raise ImportProblem(message)
    sources: dict[str, Record] = {}
    lengths = Lengths()
    records = [_event(entry, options.dates or order, (sources, lengths), import_notes) for entry in events]
    return ImportResult(title, (*sources.values(), *records), import_notes=tuple(import_notes))


def _header(text: str, n: int, title: str, order: str, import_notes: list[ImportNote]) -> tuple[str, str]:
    name, _, value = (part.strip() for part in text.partition(":"))
    if name.casefold() == "title" and value and not title:
        return line(value), order
    if name.casefold() == "dateformat":
        return title, written_dates.DMY if value.lstrip("\"'").startswith("d") else order
    if not re.fullmatch(r"#[\w-]+", name):
        import_notes.append(ImportNote(f"line {n}", f"it was left out, since it is no event: “{line(text)}”"))
    elif value:
        import_notes.append(ImportNote(f"line {n}", f"the colour of a tag was left out: “{line(text)}”"))
    return title, order


def _dates(text: str, order: str) -> str:
    text = line(text)
    whole = written_dates.read_date(text, order).edtf
    if whole:
        return whole
    # Days of hours and spans of markwhen: 2024-03-08 / 2024-03-11, 3/8/2024 - now.
    for sign in (r"\s+/\s+", r"\s*-\s+|\s+-\s*", r"/", r"-"):
        parts = re.split(sign, text)
        if len(parts) == 2:
            ends = [".." if part.casefold() == "now" else written_dates.read_date(part, order).edtf for part in parts]
            if all(ends) and (made := written_dates.read_date("/".join(ends)).edtf):
                return made
    return ""


def _is_date(text: str, order: str) -> bool:
    if len(text) >= 60:
        return False
    return (
        is_length(text.strip())
        or bool(_dates(text, order))
        or (re.match(r"\s*-\s*\[", text) is None and bool(re.search(r"\d{4}|^\s*(?:now|today)\b|^\s*[!/-]", text, re.IGNORECASE)))
    )


def _event(entry: _Entry, order: str, others: tuple[dict[str, Record], Lengths], import_notes: list[ImportNote]) -> Record:
    n, date, lines, group = entry
    sources, lengths = others
    first = lines[0]
    where = f"line {n} (“{line(first)[:60]}”)"

    def add_note(what: str) -> None:
        import_notes.append(ImportNote(where, what))

    begin, length = split_length(line(date))
    when: Any = lengths.beside(line(date)) or lengths.after(_dates(begin, order), length) or _dates(date, order)
    named = _NAME.search(first)
    name = named[1] if named else ""
    lengths.add(when, name)
    if not when:
        add_note(f"its date cannot be read, and stays as the story’s own word: “{line(date)}”")
        when = {"says": line(date)}
    whole = "\n".join(lines)
    given = {key.casefold(): value.strip() for key, value in _FIELD.findall(whole)}
    words = _FIELD.sub("", whole)
    words = _NAME.sub("", words, count=1) if name else words
    places = _PLACE.findall(words)
    words = _PLACE.sub(r"\1", _PLACES.sub("", words))
    tags = list(dict.fromkeys(_TAG.findall(words)))
    words = _TAG.sub("", words)
    for picture in _PICTURE.finditer(words):
        add_note(f"a picture is a link now: “{picture[0]}”")
    refs: list[Ref] = []
    for label, to in _LINK.findall(words):
        if (url := address(to)).startswith("http"):
            sources.setdefault(url, Record(SOURCE, url, where, drop_empty({"title": line(label), "url": url})))
            refs.append(Ref(SOURCE, url))
        else:
            add_note(f"a link was left out, which is no address of the web: “{to}”")
    head, _, rest = words.partition("\n")
    title = line(_LINK.sub(r"\1", head)) or line(_LINK.sub(r"\1", rest))[:60] or "Untitled"
    text = "\\\n".join(_marked(text) for text in rest.strip().split("\n") if text.strip())
    fields = drop_empty(
        {
            "title": title,
            "when": when,
            "place": "; ".join(filter(None, (given.get("location", ""), *map(line, places)))),
            "sources": list(dict.fromkeys(refs)),
            "text": text,
            "x_tags": ", ".join(tags),
            "x_group": group,
        }
    )
    return Record(EVENT, f"line {n}", where, fields, id=given.get("id", "") or urls.slug(name))


def _marked(text: str) -> str:
    """Return a line as Markdown that shows just its words, with its links."""
    made, at = [], 0
    for found in _LINK.finditer(text):
        to = address(found[2])
        made += [
            plain(text[at : found.start()]) + (" " if text[: found.start()].endswith(" ") else ""),
            link(plain(found[1]) or "link", to) if to else plain(found[1]),
        ]
        at = found.end()
    rest = text[at:]
    return "".join((*made, " " if at and rest.startswith(" ") else "", plain(rest))).strip()
