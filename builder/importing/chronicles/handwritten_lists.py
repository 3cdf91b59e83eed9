"""Lists of events that people write by hand: mappings in YAML and JSON, and “- day: what happened” in Markdown."""

import re
from typing import Any, NamedTuple

import yaml

from builder.importing import tables, written_dates
from builder.importing.decoding import decode, is_deep
from builder.importing.html_words import address, line, link, plain
from builder.importing.importer_types import EVENT, SOURCE, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Record, Ref
from builder.importing.mapping_values import as_text, display, drop_empty, read_json
from builder.importing.tables.csv_rows import SheetRow, Table
from builder.importing.tables.hyperlink_uses import NO_WORDS
from builder.importing.tables.unpacked_size import MOST_ROWS

_NAMES = ("events", "timeline", "items", "entries", "data", "list")
"""Keys that a file keeps its list under."""


def read_yaml(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the records of a list in YAML."""
    import_notes: list[ImportNote] = []
    text = decode(import_input.data, options.encoding, import_notes)
    if is_deep(text):
        message = "its brackets are nested too deeply"
        raise ImportProblem(message)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            message = "it has values that refer to others (*name), which are not read"
            raise ImportProblem(message)
        whole = yaml.load(text, yaml.BaseLoader)  # noqa: S506 – it makes texts, lists and mappings alone
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"it is no YAML that can be read: {line(str(error))}"
        raise ImportProblem(message) from error
    return _read_list(whole, import_input, options, import_notes)


def read_json_list(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the records of a list in JSON."""
    return _read_list(read_json(import_input), import_input, options, [])


_DATED = "events"


def _by_days(whole: dict[Any, Any]) -> list[dict[str, Any]]:
    """Return the entries of a mapping whose keys are all dates, `1990: The wall falls`; none where it is no such mapping."""
    if not whole or not all(written_dates.read_date(str(key), written_dates.MDY).edtf for key in whole):
        return []
    return [
        {"date": str(key), **(item if isinstance(item, dict) else {"title": item})}
        for key, value in whole.items()
        for item in (value if isinstance(value, list) else [value])
    ]


_WORK_NAMES, _WORK_ADDRESSES = ("name", "title", "label", "publisher", "text"), ("url", "link", "href")


def _work(value: Any) -> str:
    """Return a source that is a mapping, `{name: Gazette, url: …}`, as a cell has it; "" for any other value."""
    if not isinstance(value, dict) or not value.keys() <= {*_WORK_NAMES, *_WORK_ADDRESSES} or not all(map(as_text, value.values())):
        return ""
    called = ", ".join(as_text(value[name]) for name in _WORK_NAMES if name in value)
    called = '"{}"'.format(called.replace('"', '""')) if re.search(r"[;|]|\s/\s", called) else called
    return " ".join(filter(None, (called, *(as_text(value[name]) for name in _WORK_ADDRESSES if name in value))))


def _read_list(whole: Any, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    title = ""
    if isinstance(whole, dict):
        if dated := _by_days(whole):
            whole = {_DATED: dated}
        name = next((name for name in _NAMES if isinstance(whole.get(name), list)), "") or next(
            (name for name, value in whole.items() if isinstance(value, list) and any(isinstance(item, dict) for item in value)), ""
        )
        if not name:
            message = "it has no list of events" + (f". Its keys are {', '.join(f'“{key}”' for key in list(whole)[:20])}" if whole else "")
            raise ImportProblem(message)
        title = as_text(whole.get("title"))
        import_notes += [
            ImportNote("the whole file", f"“{key}” was left out: “{display(value)}”")
            for key, value in whole.items()
            if key not in {name, "title"} and value not in (None, "", [], {})
        ]
        whole = whole[name]
    listed = whole if isinstance(whole, list) else []
    if len(listed) > MOST_ROWS:
        message = f"it has more than {MOST_ROWS:,} entries. Divide it"
        raise ImportProblem(message)
    header: dict[str, int] = {}
    rows: list[SheetRow] = []
    for n, item in enumerate(listed, 1):
        if not isinstance(item, dict):
            if item not in (None, ""):
                import_notes.append(ImportNote(f"entry {n}", f"it was left out, since it has no keys: “{display(item)}”"))
            continue
        cells: dict[int, str] = {}
        if len(item) == 1 and (alone := _by_days(item)) and len(alone) == 1:  # - 1990: The wall falls
            item = alone[0]  # noqa: PLW2901 – the same entry, with keys
        for key, value in item.items():
            text = value if isinstance(value, str) else as_text(value) or _work(value)
            if isinstance(value, list) and all(as_text(part) or _work(part) for part in value):
                text = "; ".join(as_text(part) or _work(part) for part in value)
            if text:
                cells[header.setdefault(str(key), len(header))] = text
            elif value not in (None, "", [], {}):
                import_notes.append(ImportNote(f"entry {n}", f"“{key}” was left out: “{display(value)}”"))
        if cells:
            rows.append(SheetRow(n, tuple(cells.get(at, "") for at in range(len(header)))))
    if not rows:
        message = "it has no list of entries with keys"
        raise ImportProblem(message)
    table = Table(tuple(header), tuple(rows), unit="entry")
    made = tables.read_table(table, import_input, options, import_notes)
    return ImportResult(made.title or title, made.records, made.articles, made.import_notes, made.fields, made.body, made.mapping)


# --- Markdown ------------------------------------------------

_ITEM = re.compile(
    r"[ \t]{0,3}(?:[-*+]|\d+[.)])[ \t]+(?P<date>(?:\*\*|__|\*|_)?[^\n*_]{1,60}?)(?:\*\*|__|\*|_)?[ \t]*(?::|–|—|[ ]-)(?:\*\*|__|\*|_)?[ \t]+(?P<words>\S[^\n]*)"
)
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<words>.+?)[ \t]*#*")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")


def _dated(text: str, heading: str, order: str = "") -> written_dates.Reading:
    text = text.strip("*_ ")
    found = written_dates.read_date(text, order)
    if not found.edtf and not found.open and (year := re.search(r"\b(\d{4})\b", heading)):
        found = written_dates.read_date(f"{text} {year[1]}", order)
        month = re.sub(r"\b\d{4}\b", "", heading).strip()
        if not found.edtf and month:
            found = written_dates.read_date(f"{text} {month} {year[1]}", order)
    return found


def is_dated(text: str) -> bool:
    """Return whether most lines of a text are dated items of a list."""
    lines = [row for row in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).splitlines() if row.strip()]
    heading, items = "", 0
    prose = 0
    for row in lines[:400]:
        if found := _HEADING.fullmatch(row):
            heading = found["words"]
        elif (item := _ITEM.fullmatch(row)) and ((reading := _dated(item["date"], heading)).edtf or reading.open):
            items += 1
        elif not row.startswith((" ", "\t")):
            prose += 1
    return items >= 3 and items > prose


def read_markdown(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the events of a Markdown list."""
    import_notes: list[ImportNote] = []
    lines = decode(import_input.data, options.encoding, import_notes).replace("\r\n", "\n").split("\n")
    order = options.dates or written_dates.column_order(item["date"] for row in lines if (item := _ITEM.fullmatch(row)))
    title, heading = "", ""
    entries: list[tuple[int, str, list[str], str]] = []
    head = _head(lines, import_notes)
    title = head.title
    for n, text in enumerate(lines[head.length :], head.length + 1):
        if found := _HEADING.fullmatch(text):
            heading = line(found["words"])
            if not title and not entries and not written_dates.read_date(heading).edtf:
                title = heading
            elif not re.search(r"\d{4}", heading):
                import_notes.append(ImportNote(f"line {n}", f"a heading was left out: “{heading}”"))
        elif (item := _ITEM.fullmatch(text)) and ((reading := _dated(item["date"], heading, order)).edtf or reading.open):
            if reading.open:
                raise written_dates.order_question(item["date"].strip("*_ "), f"line {n}", order)
            entries.append((n, reading.edtf, [item["words"]], item["date"].strip("*_ ")))
        elif text.strip() and entries and text.startswith((" ", "\t")):
            entries[-1][2].append(text.strip())
        elif text.strip():
            import_notes.append(ImportNote(f"line {n}", f"it was left out, since it has no date: “{line(text)}”"))
    if not entries:
        message = "it has no list items that begin with a date, such as “- 5 May 1789: The estates meet”"
        raise ImportProblem(message)
    sources: dict[str, Record] = {}
    records = [_event(n, when, words, sources, order, import_notes) for n, when, words, _ in entries]
    return ImportResult(title, (*sources.values(), *records), import_notes=tuple(import_notes))


class _Head(NamedTuple):
    title: str = ""
    length: int = 0
    """Lines."""


def _head(lines: list[str], import_notes: list[ImportNote]) -> _Head:
    """Return the title in the front matter of a list, and how many lines that has; its other keys are noted."""
    end = next((n for n, text in enumerate(lines[1:500], 1) if text.rstrip() == "---"), 0) if lines[0].rstrip() == "---" else 0
    said = "\n".join(lines[1:end])
    try:
        found = yaml.load(said, yaml.BaseLoader) if end and not is_deep(said) and "*" not in said else None  # noqa: S506 – it makes texts alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return _Head()
    if not isinstance(found, dict):
        return _Head()
    import_notes += [
        ImportNote(
            f"line {next((n for n, text in enumerate(lines, 1) if text.startswith(str(key))), 1)}",
            f"“{key}” was left out: “{display(value)}”",
        )
        for key, value in found.items()
        if key != "title" and value not in (None, "", [], {})
    ]
    return _Head(as_text(found.get("title")), end + 1)


_IN_BRACKETS = re.compile(r"(?<![ \t])[ \t]*\((?P<words>(?:[^()]|\]\([^()]*\))+)\)[ \t]*[.;]?[ \t]*$")
"""The brackets at the end of an entry."""
_JUST_LINKS = re.compile(rf"(?:{_LINK.pattern}|\s|[,;|·]|and\b)+")
_PUBLISHED = re.compile(r"(?P<publisher>[^\W\d_][^,;:]{1,60}),\s*(?P<date>\D{0,20}\d[^,;]{0,25}(?:,\s*\d{4})?)")


def _published(words: str, when: str, order: str) -> dict[str, str]:
    """Return the source in brackets such as “Gazette, 6 May 2019”; nothing where they are no publisher with a full day that is not before the event."""
    found = _PUBLISHED.fullmatch(line(words))
    if found is None or not found["publisher"][0].isupper() or written_dates.read_date(found["publisher"], order).edtf:
        return {}
    day = written_dates.read_date(found["date"], order).edtf
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", day) is not None and not found["publisher"].casefold().startswith(("born", "died"))
    return {"publisher": found["publisher"].strip(), "published": day} if is_day and day >= when[:10] else {}


def _ending(words: list[str], when: str, order: str, where: str, import_notes: list[ImportNote]) -> tuple[str, dict[str, str]]:
    """Return the first line of an entry without the source in brackets at its end, and that source; a link stays, since links are taken later."""
    found = _IN_BRACKETS.search(words[0])
    if found is None or not words[0][: found.start()].strip():
        return words[0], {}
    if _LINK.search(found["words"]) and _JUST_LINKS.fullmatch(found["words"]):
        return words[0][: found.start()], {}
    if fields := _published(found["words"], when, order):
        import_notes.append(
            ImportNote(
                where, f"“({line(found['words'])})” was taken for its source. If it is none, write it into the title", is_assumed=True
            )
        )
        return words[0][: found.start()], fields
    return words[0], {}


def _event(n: int, when: str, words: list[str], sources: dict[str, Record], order: str, import_notes: list[ImportNote]) -> Record:
    where = f"line {n}"
    refs: list[Ref] = []
    for label, to in _LINK.findall("\n".join(words)):
        url = address(to)
        # “Source” says nothing but that it is one.
        title = line(label) if line(label).casefold().strip(" .:") not in NO_WORDS else ""
        sources.setdefault(url, Record(SOURCE, url, where, drop_empty({"title": title, "url": url})))
        refs.append(Ref(SOURCE, url))
    first, fields = _ending(words, when, order, where, import_notes)
    if fields:
        key = f"{fields['publisher']} {fields['published']}"
        sources.setdefault(key, Record(SOURCE, key, where, dict(fields)))
        refs.append(Ref(SOURCE, key))
    words = [first, *words[1:]]
    bare = line(re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`", "", _LINK.sub(r"\1", words[0])))
    text = "\\\n".join(_marked(word) for word in words[1:])
    if _LINK.search(words[0]):
        text = "\\\n".join(filter(None, (_marked(words[0]), text)))
    return Record(EVENT, where, where, drop_empty({"title": bare, "when": when, "sources": list(dict.fromkeys(refs)), "text": text}))


def _marked(text: str) -> str:
    made, at = [], 0
    text = re.sub(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`", "", text)
    for found in _LINK.finditer(text):
        made += [_spaced(text[at : found.start()]), link(plain(found[1]), address(found[2]))]
        at = found.end()
    return "".join((*made, _spaced(text[at:]))).strip()


def _spaced(text: str) -> str:
    """Return words as Markdown, with the spaces at their ends."""
    return (" " if text[:1] == " " else "") + plain(text) + (" " if text[-1:] == " " and text.strip() else "")
