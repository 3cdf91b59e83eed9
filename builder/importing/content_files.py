"""Records and articles that come in, as content files: a path each, and the bytes."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from builder import urls
from builder.content.parse import parse
from builder.diagnostics import ERROR
from builder.importing.comments import remove_comments
from builder.importing.html_words import PARAGRAPH
from builder.importing.importer_types import (
    ACTOR,
    EVENT,
    QUOTE,
    SOURCE,
    Article,
    ImportNote,
    ImportOptions,
    ImportResult,
    Question,
    Record,
    Ref,
)
from builder.importing.record_ids import JOIN, Duplicate, ExistingRecords, assign_ids, find_duplicates, label_of, quote_ids, resolve_refs

ImportKey = tuple[str, str]
"""The kind of a record, and its key in the import."""

EXPLAINER = "explainer"
FOLDERS = {EVENT: "events", ACTOR: "actors", SOURCE: "sources"}
_MAX_RECORDS_IN_QUESTION = 12
"""Records that a question names."""

DRAFT = "status: draft                     # delete this line to publish"


class ResultRow(msgspec.Struct, frozen=True):
    """One thing that is made, for a person: what `--dry-run` shows."""

    kind: str
    id: str
    date: str
    name: str
    path: str


class ImportFiles(msgspec.Struct, frozen=True):
    """The files to write, with notes."""

    files: Mapping[str, bytes]
    """By path from the site's root."""
    rows: tuple[ResultRow, ...]
    import_notes: tuple[ImportNote, ...]


# --- YAML ------------------------------------------------


def quote_yaml(text: str) -> str:
    """Return a text as a value of YAML."""
    # JSON's string is YAML's double-quoted one, but for characters that YAML takes for line breaks.
    made = json.dumps(text, ensure_ascii=False)
    if text.isascii() and "\x7f" not in text:
        return made
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda sign: f"\\u{ord(sign[0]):04x}", made)


def inline(value: Any) -> str:
    """Return a value in one line of YAML."""
    if isinstance(value, Ref):
        return value.key
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {inline(member)}' for key, member in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return quote_yaml(str(value))


def record_lines(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a record, without what is empty."""
    for key, value in fields.items():
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{key}:"
            for item in value:
                lines = record_lines(item) if isinstance(item, dict) else (inline(item),)
                yield from (f"  {sign} {line}" for sign, line in zip(_signs(), lines, strict=False))
        elif value not in ("", [], {}, None):
            yield f"{key}: {value if key == 'id' and isinstance(value, str) else inline(value)}"


def _signs() -> Iterator[str]:
    yield "-"
    while True:
        yield " "


def _listed(name: str, entries: Iterable[Mapping[str, Any] | Ref]) -> list[str]:
    lines: list[str] = []
    for entry in entries:
        if isinstance(entry, Ref):
            lines.append(f"  - {entry.key}")
        else:
            lines += [f"  {sign} {line}" for sign, line in zip(_signs(), record_lines(entry), strict=False)]
    return [f"{name}:", *lines] if lines else []


# --- laying out ------------------------------------------------


class LayoutOptions(msgspec.Struct, frozen=True):
    """How the files of an import are laid out."""

    apart: bool = False
    """Whether each event gets a file of its own."""
    same: str = ""
    """What to do with records that the site has already: `JOIN` or `APART`; "" to ask."""
    name: str = ""
    """The name of the original."""
    there: Mapping[tuple[str, str], str] = MappingProxyType({})
    """The records and articles whose files lie on the disk, letter by letter: kind and key → id."""


_PLAIN = LayoutOptions()


def layout(result: ImportResult, existing: ExistingRecords, options: ImportOptions, layout_options: LayoutOptions = _PLAIN) -> ImportFiles:
    """Return the files of an import.

    `Question` where the site has some of the records, and the options do not say what to do; or where there is no title to make an address from.
    """
    apart, same, there = layout_options.apart, layout_options.same, layout_options.there
    import_notes = list(result.import_notes)
    result = msgspec.structs.replace(result, records=tuple(remove_comments(record, import_notes) for record in result.records))
    duplicates = [
        duplicate for duplicate in find_duplicates(result.records, existing) if (duplicate.record.kind, duplicate.record.key) not in there
    ]
    if duplicates and not same:
        raise _which_to_take(duplicates)
    joined = dict(there)
    if same == JOIN:
        joined |= {(duplicate.record.kind, duplicate.record.key): duplicate.id for duplicate in duplicates}
        import_notes += map(_duplicate_note, duplicates)
    import_notes += [
        ImportNote(record.where, f"“{label_of(record)}” is there already, letter by letter")
        for record in result.records
        if (record.kind, record.key) in there
    ]
    records, ids, renamed = _with_ids(result.records, existing, joined)
    import_notes += renamed
    # The events of an article that is imported with them stand in its timeline, not in an explainer made for them.
    in_articles = {(ref.kind, ref.key) for article in result.articles for ref in article.fields.get("timeline", []) if isinstance(ref, Ref)}
    shared = _shared_kinds(records, in_articles, apart=apart)
    fresh = [record for record in records if (record.kind, record.key) not in joined]
    # What has a text of its own has a file of its own, and stands in an explainer as its id.
    alone = [
        record
        for record in fresh
        if record.kind in shared or (record.kind, record.key) in in_articles or (record.body and record.kind in FOLDERS)
    ]
    files, rows = _record_files(alone, result.articles)
    joined |= {(record.kind, record.key): record.id for record in alone}
    if apart and (lost := [text for text in (result.title, result.body, *result.fields.values()) if text]):
        import_notes += [ImportNote("the title", f"“{text}” was left out, since only events are made") for text in lost]
    inside = [record for record in records if record.kind not in shared and (record.kind, record.key) not in in_articles]
    if inside:
        path, text, more_told = _explainer(result, inside, joined, existing, options, layout_options.name)
        files[path] = text.encode()
        rows += [_row(record, path) for record in inside if (record.kind, record.key) not in joined]
        import_notes += more_told
    cited = tuple(
        msgspec.structs.replace(
            article, fields={key: resolve_refs(value, ids) for key, value in {**article.fields, **_source_of(article)}.items()}
        )
        for article in result.articles
    )
    import_notes += _articles(cited, existing, options, files, rows, there)
    return ImportFiles(files, tuple(rows), tuple(import_notes))


def _which_to_take(duplicates: Sequence[Duplicate]) -> Question:
    """Return the question whether records that the site has already are joined with its own."""
    shown = "; ".join(
        f"{duplicate.record.where}: “{label_of(duplicate.record)}” is “{duplicate.id}” of the site, by {duplicate.by}"
        for duplicate in duplicates[:_MAX_RECORDS_IN_QUESTION]
    )
    more = f"; and {len(duplicates) - _MAX_RECORDS_IN_QUESTION} more" if len(duplicates) > _MAX_RECORDS_IN_QUESTION else ""
    return Question(
        f"it has records that the site has already: {shown}{more}. “join” refers to the site’s, “apart” makes others",
        "--same",
        (JOIN, "apart"),
    )


def _with_ids(
    records: Sequence[Record], existing: ExistingRecords, joined: Mapping[ImportKey, str]
) -> tuple[list[Record], dict[ImportKey, str], list[ImportNote]]:
    """Return the records with their ids and references to ids, all ids, and notes on those that were changed; `joined` are those that the site has."""
    ids, renamed = assign_ids((record for record in records if record.kind != QUOTE), existing, joined)
    own_ids, renamed_quotes = quote_ids(records)
    with_ids = [
        msgspec.structs.replace(
            record,
            id=own_ids.get(record.key, record.id) if record.kind == QUOTE else ids.get((record.kind, record.key), record.id),
            fields={key: resolve_refs(value, ids) for key, value in record.fields.items()},
        )
        for record in records
    ]
    return with_ids, ids, [*renamed, *renamed_quotes]


def _shared_kinds(records: Iterable[Record], in_articles: Collection[ImportKey], *, apart: bool) -> frozenset[str]:
    """Return the kinds of records that all have files of their own: none if they stand in an explainer that is made for them."""
    if apart:
        return frozenset({EVENT, ACTOR, SOURCE})
    needs_explainer = any(record.kind in {EVENT, QUOTE} and (record.kind, record.key) not in in_articles for record in records)
    return frozenset() if needs_explainer else frozenset({ACTOR, SOURCE})


def _record_files(records: Iterable[Record], articles: Iterable[Article]) -> tuple[dict[str, bytes], list[ResultRow]]:
    """Return the files of records that have one each, and what is shown of them; the words of an article lie beside its source."""
    words = {article.source: article.words for article in articles if article.source}
    files: dict[str, bytes] = {}
    rows: list[ResultRow] = []
    for record in records:
        path = f"content/{FOLDERS[record.kind]}/{record.id}.md"
        files[path] = record_file(record).encode()
        if record.kind == SOURCE and words.get(record.key):
            files[f"content/sources/{record.id}.txt"] = words[record.key].encode("utf-8", "replace")
        rows.append(_row(record, path))
    return files, rows


def _source_of(article: Article) -> dict[str, Any]:
    """Return the sources of an article that is a source itself."""
    return {"sources": [Ref(SOURCE, article.source)]} if article.source else {}


def _duplicate_note(duplicate: Duplicate) -> ImportNote:
    return ImportNote(
        duplicate.record.where,
        f"“{label_of(duplicate.record)}” is “{duplicate.id}” of the site, by {duplicate.by}, which stays as it is; here it says: {' · '.join(record_lines(duplicate.record.fields))}",
    )


def _row(record: Record, path: str) -> ResultRow:
    when = record.fields.get("when") or record.fields.get("published") or record.fields.get("said") or ""
    shown = f"{when.get('is', '')} “{when.get('says', '')}”".strip() if isinstance(when, dict) else str(when)
    return ResultRow(record.kind, record.id, shown, label_of(record), path)


def record_file(record: Record) -> str:
    """Return the text of a file with one record."""
    return "\n".join(["---", *record_lines(record.fields), "---", *([record.body.rstrip("\n")] if record.body else []), ""])


def _explainer(
    result: ImportResult,
    records: list[Record],
    joined: Mapping[tuple[str, str], str],
    existing: ExistingRecords,
    options: ImportOptions,
    name: str,
) -> tuple[str, str, list[ImportNote]]:
    import_notes: list[ImportNote] = []
    heading = options.title or result.title or name
    slug = urls.slug(heading)
    if slug in existing.linked and slug not in existing.names:
        import_notes.append(ImportNote("the title", f"a link of the site leads to another “{slug}”, so the explainer is “{slug}-2”"))
        slug = f"{slug}-2"
    if not slug:
        raise Question("it has no title from which an address can be made", "--title")
    if options.title and result.title and options.title != result.title:
        import_notes.append(ImportNote("the title", f"“{result.title}” was left out, since you gave another"))
    elif not options.title and not result.title:
        import_notes.append(
            ImportNote("the whole file", f"it has no title, and is called “{heading}” after its name; --title gives it another")
        )
    fields = dict(result.fields)
    lines = ["---", *record_lines({"title": heading, "summary": fields.pop("summary", ""), **fields})]
    lines.append(DRAFT)  # without a day: it is of the text that is still to be written, and words such as “Friday” would count from it
    for kind, key in ((SOURCE, "sources"), (ACTOR, "actors"), (QUOTE, "quotes"), (EVENT, "timeline")):
        lines += _listed(key, (_entry(record, joined) for record in records if record.kind == kind))
    body = result.body.replace(PARAGRAPH, "\n\n")
    has_events = any(record.kind == EVENT for record in records)
    text = [*lines, "---", *([body, ""] if body else []), "Write the text here.", "", *(["![[timeline]]", ""] if has_events else [])]
    return f"content/explainers/{slug}.md", "\n".join(text), import_notes


def _entry(record: Record, joined: Mapping[tuple[str, str], str]) -> Mapping[str, Any] | Ref:
    if (record.kind, record.key) in joined:
        return Ref(record.kind, record.id)
    return {"id": record.id, **record.fields} if record.id else record.fields


def _articles(
    articles: tuple[Article, ...],
    existing: ExistingRecords,
    options: ImportOptions,
    files: dict[str, bytes],
    rows: list[ResultRow],
    there: Mapping[tuple[str, str], str],
) -> list[ImportNote]:
    import_notes: list[ImportNote] = []
    taken = set(existing.names)
    others = existing.linked - taken
    topics = dict(existing.topics)
    names: dict[str, str] = {}
    made: list[tuple[Article, str]] = []
    folders: set[str] = set()
    counts: dict[str, int] = {}
    # Where the site has all of them, they come in a second time, and whoever writes them says so.
    again = all((urls.slug(article.name) or "text") in taken for article in articles)
    for article in articles:
        if slug := there.get((EXPLAINER, article.key or article.where), ""):
            names[article.key or article.where] = slug
            if article.pictures:
                folders.add(slug)
            import_notes.append(ImportNote(article.where, f"“{slug}” is there already, letter by letter"))
            continue
        title = options.title if options.title and len(articles) == 1 else str(article.fields.get("title", ""))
        base = slug = urls.slug(article.name) or urls.slug(title) or "text"
        if options.title and len(articles) == 1:
            base = slug = urls.slug(title) or base
        n = counts.get(base, 1)
        while slug in others or (slug in taken and len(articles) > 1 and not again):
            n += 1
            slug = f"{base}-{n}"
        counts[base] = n
        if slug != base:
            import_notes.append(ImportNote(article.where, f"its address is “{slug}”, since there is another “{base}”"))
        taken.add(slug)
        names[article.key or article.where] = slug
        made.append((msgspec.structs.replace(article, fields={**article.fields, "title": title}), slug))
    folders |= {slug for article, slug in made if article.pictures}
    addresses = {key: f"{slug}/index.md" if slug in folders else f"{slug}.md" for key, slug in names.items()}
    for article, slug in made:
        path = f"content/explainers/{slug}/index.md" if article.pictures else f"content/explainers/{slug}.md"
        up = "../" if article.pictures else ""
        parts = re.split("\x01([^\x01\x02]*)\x02", article.body)
        body = "".join(part if n % 2 == 0 else f"{up}{addresses.get(part, '')}" for n, part in enumerate(parts))
        fields = _article_fields(article, existing, topics, import_notes)
        lines = ["---", *record_lines(fields), DRAFT, "---", body.strip("\n"), ""]
        files[path] = "\n".join(lines).encode("utf-8", "replace")
        import_notes += [
            ImportNote(article.where, f"{path}, line {problem.location.line}, must be corrected before it is published: {problem.message}")
            for problem in parse(path, files[path]).diagnostics
            if problem.severity == ERROR
        ]
        for picture in article.pictures:
            files[f"content/explainers/{slug}/{picture.name}"] = picture.data
        rows.append(ResultRow(EXPLAINER, slug, str(fields.get("published", "")), str(fields.get("title", "")), path))
    return import_notes


def _article_fields(article: Article, existing: ExistingRecords, topics: dict[str, str], import_notes: list[ImportNote]) -> dict[str, Any]:
    """Return the keys of an article with topics as they are written elsewhere, and without old addresses that others have."""
    fields = dict(article.fields)
    made: list[str] = []
    for topic in fields.get("topics", []):
        slug = urls.slug(topic)
        if not slug:
            import_notes.append(ImportNote(article.where, f"the topic “{topic}” was left out, since no address can be made of it"))
            continue
        written = topics.setdefault(slug, topic)
        if written != topic:
            import_notes.append(ImportNote(article.where, f"the topic “{topic}” is written “{written}”, as elsewhere"))
        if written not in made:
            made.append(written)
    kept: list[str] = []
    for alias in fields.get("aliases", []):
        if alias.strip("/") in existing.addresses:
            import_notes.append(ImportNote(article.where, f"the old address “{alias}” was left out, since a page of the site has it"))
        else:
            kept.append(alias)
    return {**fields, "topics": made, "aliases": kept}
