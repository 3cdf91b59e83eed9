r"""One content file in, one Document out, with every problem found in it. Nothing here raises for what stands in a file.

    parse("content/actors/nato.md", b"---\nname: NATO\n---\n")  →  Document(path=…, actor=Actor(id="nato", name="NATO", …))

The folder of a file decides which record it holds.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec

from builder import dates, urls
from builder.content import frontmatter, markup, schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Scalar
from builder.content.parse import (
    actors_and_sources,
    block_sources,
    event_marks,
    explainer_quotes,
    fence_hints,
    foreign_keys,
    logs,
    mark_sources,
    one_line,
    open_proposals,
    quotes_and_events,
    record_keys,
    record_lists,
)
from builder.content.parse.images import image
from builder.content.parse.record_keys import check_weekdays, text_of
from builder.diagnostics import Diagnostic, Location
from builder.model import Actor, Body, Document, Event, Explainer, PlainPage, Reference, Source, When

CONTENT = "content/"
ARCHIVE = ".txt"
"""How the name of a file in `sources/` ends that holds the words of a source and no record."""

KIND = {"explainers": "explainer", "actors": "actor", "events": "event", "sources": "source", "pages": "page"}
"""The folders of `content/` that hold records, each with the kind of its records."""

FOLDERS = tuple(KIND)


@lru_cache(maxsize=4)  # an edit is checked before it is written, and read again behind it
def parse(path: str, data: bytes) -> Document:
    """Read one content file: `path` from the site's root, `data` its bytes. Never raises."""
    text, problems = _decode(path, data)
    folder = path.removeprefix(CONTENT).partition("/")[0]
    if folder == "sources" and path.endswith(ARCHIVE):
        return Document(path, archive=text.removeprefix("\ufeff"), diagnostics=tuple(problems))
    if path.endswith((".yaml", ".yml")):
        fields, more = frontmatter.load(text.replace("\r\n", "\n").removeprefix("\ufeff"), path=path)
        block = frontmatter.SplitFile(fields, "", 1)
    else:
        block, more = frontmatter.split(text, path=path)
    reader = Reader(path, whole=block.present and not more, quotes=folder == "explainers", text=text)
    reader.problems += [*problems, *more]
    if not block.present:
        reader.problems.append(fence_hints.missing(path, block.body))
        beginning, line = fence_hints.meant(block.body)
        block, _ = frontmatter.split(beginning, path=path, line=line)
    elif block.body and (early := fence_hints.early(path, block, KIND[folder])) is not None:
        reader.problems.append(early)
    made = _MAKERS[folder](reader, path, block)
    return Document(path, **{KIND[folder]: made}, value_locations=tuple(reader.value_locations), diagnostics=tuple(reader.problems))


def _decode(path: str, data: bytes) -> tuple[str, list[Diagnostic]]:
    try:
        text = data.decode("utf-8")
        # In UTF-8 each of the characters that stand for lost ones begins with one of these bytes, which few files have.
        return text, list(markup.lost(text, path)) if b"\xee" in data or b"\xef" in data else []
    except UnicodeDecodeError as error:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return data.decode("utf-16", "replace"), [
                Diagnostic("encoding", "This file is written in UTF-16.", Location(path), help="Save it as UTF-8.")
            ]
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        problem = Diagnostic(
            "encoding",
            "This file is not UTF-8: a byte here stands for no character.",
            Location(path, line, column),
            help="Save it as UTF-8.",
        )
        return data.decode("utf-8", "replace"), [problem]


def slug_of(path: str) -> str:
    """Return the slug that a file's name gives: `content/explainers/talks.md` and `content/explainers/talks/index.md` → `talks`."""
    parts = PurePosixPath(path.removeprefix(CONTENT)).parts[1:]
    names = [*parts[:-1], PurePosixPath(parts[-1]).stem]
    if len(names) > 1 and names[-1] == "index":
        names.pop()
    slug = "/".join(names)
    # File systems of Apple write é as two characters; an address has one.
    return slug if slug.isascii() else unicodedata.normalize("NFC", slug)


def _file_id(reader: Reader, path: str) -> str:
    name = slug_of(path)
    if urls.is_id(name):
        return name
    made = urls.slug(name)
    reader.problems.append(
        Diagnostic(
            "id-wrong",
            f"The name of this file, “{name}”, cannot be an id.",
            Location(path),
            help=_placed(path) if "/" in name else f"Call it {made or 'a-name'}.md: small letters, digits and hyphens.",
            subject=name,
        )
    )
    return made


def _placed(path: str) -> str:
    """Return where a file belongs that lies in a folder which is not for it."""
    folder, *between, name = PurePosixPath(path.removeprefix(CONTENT)).parts
    up = f"{'' if folder != 'explainers' else 'or '}put it into {CONTENT}{folder}/ itself"
    if folder == "explainers" and len(between) == 1:
        return f"Call it index.md, the name of an explainer in a folder of its own, {up}."
    return f"{up.removeprefix('or ').capitalize()}, as {name}."


def _body(reader: Reader, path: str, block: frontmatter.SplitFile, near: int | None = None) -> Body:
    body, problems = markup.read(block.body, path=path, line=block.body_line, near=near)
    reader.problems += problems
    return body


def _counts_from(values: Values) -> int | None:
    """Return the day to which an explainer is current, as `dates.first_day` counts; None if it names none."""
    given = (values.get(key, record_keys.NEVER).date for key in ("as_of", "updated", "published"))
    return next((dates.first_day(date) for date in given if date is not None), None)


def _without_blocks(body: Body) -> Body:
    """Return a text without the accounts of its quotations: only those of an explainer have records."""
    return msgspec.structs.replace(body, blocks=()) if body.blocks else body


# --- explainers ------------------------------------------------


def _day_of(date: dates.Date) -> str:
    """Return the day that a date is, without what makes it less certain; of a month or a year, how its day is written."""
    first, last = dates.iso(date.lower), dates.iso(date.upper)
    if first and first == last:
        return f"the day alone: {first}"
    if first and first[:7] == last[:7]:
        return f"its day too: {first[:7]}-DD"
    return f"its day: {first[:4] or 'YYYY'}-MM-DD"


def _format(reader: Reader, values: Values, block: frontmatter.SplitFile) -> int:
    """Return the format that an explainer is written in, and report one that is not known; the newest is read then, and where it is no number."""
    given = next((value for key, value in block.fields.items if key.value == "format"), None)
    is_left_out = given is None or (isinstance(given, Scalar) and not given.value)
    version: int = values.get("format", schema.VERSION if is_left_out else schema.SHORT)
    if version not in {schema.VERSION, schema.SHORT}:
        where = next(value for key, value in block.fields.items if key.value == "format")
        message = (
            f"This explainer is written in format {version}; this version of Backstory reads formats {schema.VERSION} and {schema.SHORT}."
        )
        reader.error("format-version", message, where, f"Write {schema.SHORT}, or install the version of Backstory that reads it.")
        return schema.SHORT
    return version


def _explainer(reader: Reader, path: str, block: frontmatter.SplitFile) -> Explainer | None:
    values, extra = reader.record(foreign_keys.without(reader, block.fields, "explainer"), "explainer")
    format_ = _format(reader, values, block)
    given = values.get("slug")
    slug = given.value if given is not None else _file_id(reader, path)
    if not slug:
        return None
    reader.near = _counts_from(values)
    updates = logs.updates(reader, values)
    updated = values["updated"] = logs.last(reader, updates, values.get("updated", record_keys.NEVER))
    body, problems = markup.read(block.body, path=path, line=block.body_line, near=_counts_from(values), marks=True)
    reader.near = _counts_from(values)
    check_weekdays(reader, values, "explainer")
    reader.problems += problems
    sources = _sources(reader, values)
    body, more = mark_sources.read(reader, body, [source.id for source in sources])
    body, quotes = explainer_quotes.quoted(reader, values, body, path)
    body, timeline = _timeline(reader, values, body)
    reader.near = _counts_from(values)
    if body.marks:
        sources_of = block_sources.Blocks(reader, body)
        quotes, timeline = sources_of.quotes(quotes), sources_of.timeline(timeline)
        sources_of.report_unused()
    published = values.get("published", record_keys.NEVER)
    logged = [update.on for update in updates]
    _report_wrong_days(reader, (published, *(logged or [updated]), values.get("as_of", record_keys.NEVER)), logged)
    draft = text_of(values, "status") == "draft"
    open_proposals.check(reader, values, path, draft=draft)
    if not (draft or _says_when(reader, block)):
        _report_undated(reader, block)
    return Explainer(
        slug=slug,
        title=text_of(values, "title") or slug,
        summary=text_of(values, "summary"),
        published=published,
        updated=updated,
        as_of=values.get("as_of") or (updated if updated.date is not None else published),
        authors=one_line.authors(reader, values),
        topics=record_keys.topics_of(reader, values),
        draft=draft,
        lang=text_of(values, "lang"),
        in_short=logs.in_short(reader, values),
        image=image(reader, values),
        lead=values.get("lead", False),
        autolink=text_of(values, "autolink") or "first",
        sources=(*sources, *more),
        actors=_actors(reader, values, short=format_ == schema.SHORT),
        format=format_,
        quotes=quotes,
        timeline=timeline,
        updates=updates,
        corrections=logs.corrections(reader, values),
        aliases=record_keys.aliases_of(reader, values),
        as_words=record_keys.as_words(values, "explainer"),
        body=_with_values(body, reader),  # when all of them have been read
        extra=extra,
        location=Location(path, block.fields.line, 1),
    )


def _with_values(body: Body, reader: Reader) -> Body:
    return msgspec.structs.replace(body, values=tuple(reader.quoting)) if reader.quoting else body


def _report_wrong_days(reader: Reader, whens: Iterable[When], logged: Collection[When]) -> None:
    """Report dates that are not one day; those of the log of updates also if they are missing."""
    for when in whens:
        if (when.date is not None and not dates.is_day(when.date.edtf)) or (when.date is None and when in logged):
            hint = f"Write {_day_of(when.date) if when.date is not None else 'the day: YYYY-MM-DD'}."
            reader.problems.append(Diagnostic("date-not-a-day", "This date must be one day.", when.location, help=hint))


def _report_undated(reader: Reader, block: frontmatter.SplitFile) -> None:
    reader.warning(
        "published-missing",
        "This explainer has no “published”, so its day is not known.",
        MappingNode((), block.fields.line, 1),
        "Add “published:” with the day on which it comes out, or “published: unknown” if that is not known.",
    )


def _says_when(reader: Reader, block: frontmatter.SplitFile) -> bool:
    """Return whether an explainer has the day of its publication, be it written wrongly or below another key: that was reported."""
    if any(key.value == "published" and not record_keys.is_left_out(value) for key, value in block.fields.items):
        return True
    words = schema.KEY_SYNONYMS["explainer"]
    return any(
        words.get(key.value.casefold()) == "published" and not record_keys.is_left_out(value) for key, value in block.fields.items
    ) or any(problem.code == "key-unknown" and problem.suggestion == "published" for problem in reader.problems)


def _sources(reader: Reader, values: Values) -> tuple[Source | Reference, ...]:
    node = values.get("sources")
    if node is None:
        return ()
    return record_lists.once(
        reader, [actors_and_sources.source(reader, key, value) for key, value in record_keys.listed(reader, node, "source")], "source"
    )


def _actors(reader: Reader, values: Values, *, short: bool) -> tuple[Actor | Reference, ...]:
    found: list[Actor | Reference | None] = []
    for name, unnamed in (("actors", False), ("unnamed", True)):
        node = values.get(name)
        if node is None:
            continue
        listed = record_keys.listed(reader, node, "actor", name if unnamed else "")
        found += [actors_and_sources.actor(reader, key, value, unnamed=unnamed, short=short) for key, value in listed]
    return record_lists.once(reader, found, "actor")


def _timeline(reader: Reader, values: Values, body: Body) -> tuple[Body, tuple[Event | Reference, ...]]:
    """Return the body with its events marked, and the events: those of the front matter, then those that marks of the text make."""
    node = values.get("timeline")
    found, defaults = record_lists.list_and_defaults(reader, node, "event") if node is not None else ([], {})
    listed = [quotes_and_events.event(reader, key, value, defaults) for key, value in found]
    body, made = event_marks.read(reader, body, defaults)
    return body, record_lists.once(reader, [*listed, *made], "event")


# --- shared records and pages ------------------------------------------------


def _whole_file(reader: Reader, path: str, block: frontmatter.SplitFile) -> tuple[Scalar, MappingNode]:
    """Return a shared record's id, which is its file's name, and its fields."""
    name = _file_id(reader, path)
    for key, value in block.fields.items:
        if key.value == "id" and isinstance(value, Scalar) and value.value not in {name, ""}:
            reader.error(
                "id-and-file",
                f"The id “{value.value}” and the name of the file, “{name}”, differ.",
                value,
                "Leave the id out: the id of a shared record is the name of its file.",
            )
    fields = MappingNode(tuple(item for item in block.fields.items if item[0].value != "id"), block.fields.line, block.fields.column)
    return Scalar(name, block.fields.line, block.fields.column), fields


def _actor(reader: Reader, path: str, block: frontmatter.SplitFile) -> Actor | None:
    name, fields = _whole_file(reader, path, block)
    made = actors_and_sources.actor(reader, name, fields)
    return _shared(reader, path, block, made) if isinstance(made, Actor) else None


def _event(reader: Reader, path: str, block: frontmatter.SplitFile) -> Event | None:
    name, fields = _whole_file(reader, path, block)
    made = quotes_and_events.event(reader, name, fields, {})
    return _shared(reader, path, block, made) if isinstance(made, Event) else None


def _source(reader: Reader, path: str, block: frontmatter.SplitFile) -> Source | None:
    name, fields = _whole_file(reader, path, block)
    made = actors_and_sources.source(reader, name, fields)
    return _shared(reader, path, block, made) if isinstance(made, Source) else None


_Shared = TypeVar("_Shared", Actor, Event, Source)


def _shared(reader: Reader, path: str, block: frontmatter.SplitFile, made: _Shared) -> _Shared:
    body = _body(reader, path, block) if block.body.strip() else None
    return msgspec.structs.replace(made, shared=True, text=body)


def _page(reader: Reader, path: str, block: frontmatter.SplitFile) -> PlainPage | None:
    values, extra = reader.record(foreign_keys.without(reader, block.fields, "page"), "page")
    name = slug_of(path)
    parts = [part if urls.is_id(part) else urls.slug(part) for part in name.split("/")]
    if not all(map(urls.is_id, parts)):
        made = "/".join(parts)
        reader.problems.append(
            Diagnostic(
                "id-wrong",
                f"“{name}” cannot be an address.",
                Location(path),
                help=f"Call the file {made or 'a-name'}.md: small letters, digits and hyphens.",
                subject=name,
            )
        )
        return None
    return PlainPage(
        slug="/".join(parts),
        title=text_of(values, "title") or name,
        summary=text_of(values, "summary"),
        order=values.get("order", 0),
        body=_without_blocks(_body(reader, path, block)),
        aliases=record_keys.aliases_of(reader, values),
        draft=text_of(values, "status") == "draft",
        extra=extra,
        location=Location(path, block.fields.line, 1),
    )


_MAKERS: dict[str, Callable[[Reader, str, frontmatter.SplitFile], Any]] = {
    "explainers": _explainer,
    "actors": _actor,
    "events": _event,
    "sources": _source,
    "pages": _page,
}
