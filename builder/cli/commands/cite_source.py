"""`backstory new source URL`: a source from the metadata of its page. Only that page is requested; an archive only with `--archive`."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from builder import cli, dates, urls
from builder.cli import build_day
from builder.cli.commands.import_input import find_existing_records
from builder.content import reading
from builder.importing.articles.html import read_source
from builder.importing.content_files import record_file
from builder.importing.html_words import address, line
from builder.importing.importer_types import SOURCE, ImportNote, ImportProblem, Record
from builder.importing.record_ids import ExistingRecords, identifiers_of
from builder.link_checker import LinkStatus, RequestLimits, read

ARCHIVE = "https://archive.org/wayback/available?url="
"""Of the Wayback Machine: answers with the copy of a page, where it has one."""

_LOOK = " Look whether all of it is right: a page may be wrong about itself."

_PAGES = ("text/html", "application/xhtml+xml", "")


def cite(root: Path, source: str, *, archive: bool, offline: bool, intranet: bool) -> int:
    """Begin the record of a source from its address. Nothing that exists is overwritten."""
    url = address(source)
    known = find_existing_records(root)
    import_notes: list[ImportNote] = []
    fields: dict[str, Any] = {"url": url}
    limits = RequestLimits(private=intranet)
    try:
        if there := _existing_source(known, url):
            return _refused(f"the site has this source already, as “{there}”")
        if not offline:
            read_source(b"", url, [])  # whether the library is there, before anybody is asked
            fields = _fetch_source(url, limits, import_notes)
    except ImportProblem as problem:
        print(
            f"backstory: {source} could not be read: {problem}. Nothing was written. --offline begins it without asking.", file=sys.stderr
        )
        return cli.PROBLEMS
    if there := _existing_source(known, fields["url"]):
        return _refused(f"the site has this source already, as “{there}”")
    if archive:
        fields["archived"] = _find_archived_copy(url, limits, import_notes)
    return _write_source(root, fields, import_notes, known, offline=offline)


def _existing_source(existing: ExistingRecords, url: str) -> str:
    return next((existing.same[mark] for mark in identifiers_of(SOURCE, (), url) if mark in existing.same), "")


def _refused(why: str) -> int:
    print(f"backstory: {why}. Nothing was written.", file=sys.stderr)
    return cli.USAGE


def _fetch_source(url: str, limits: RequestLimits, import_notes: list[ImportNote]) -> dict[str, Any]:
    page = read(url, limits)
    if isinstance(page, LinkStatus):
        raise ImportProblem(page.why or "its server does not answer as it should")
    if page.type not in _PAGES:
        import_notes.append(
            ImportNote("", f"it is no page but {line(page.type)[:100]}, which says nothing of itself: write its title and day yourself")
        )
        return {"url": page.url}
    return read_source(page.body, page.url, import_notes, charset=page.charset)


def _find_archived_copy(url: str, limits: RequestLimits, import_notes: list[ImportNote]) -> str:
    """Return the address of a copy in the archive; "" with a note if there is none."""
    page = read(ARCHIVE + quote(url, safe=""), limits)
    if isinstance(page, LinkStatus):
        import_notes.append(ImportNote("", f"the archive could not be asked: {page.why}"))
        return ""
    try:
        found = msgspec.json.decode(page.body)
        copy = address(str(found["archived_snapshots"]["closest"]["url"]))
    except (msgspec.DecodeError, KeyError, TypeError):
        copy = ""
    if not copy.startswith("http"):
        import_notes.append(ImportNote("", "the archive has no copy of it yet: save one there"))
        return ""
    # It answers with the address that it had before it was safe.
    return copy.replace("http://web.archive.org/", "https://web.archive.org/", 1)


def _write_source(root: Path, fields: dict[str, Any], import_notes: list[ImportNote], existing: ExistingRecords, *, offline: bool) -> int:
    today = dates.iso(build_day.day())
    order = ("title", "publisher", "authors", "url", "archived", "published", "accessed", "lang")
    full = {**fields, "accessed": today}
    name = urls.slug(fields.get("title", "")) or urls.slug(fields["url"].partition("://")[2]) or "source"
    base, n = name, 1
    while name in existing.ids.get(SOURCE, ()):
        n += 1
        name = f"{base}-{n}"
    path = root / "content" / "sources" / f"{name}.md"
    record = Record(SOURCE, name, "", {key: full[key] for key in order if full.get(key)})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(record_file(record))
    except FileExistsError:
        return _refused(f"content/sources/{name}.md is there already")
    except OSError as error:
        print(f"backstory: {path} could not be written: {reading.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    missing = [key for key in ("title", "publisher", "published") if not full.get(key)]
    print(f"Began content/sources/{name}.md. Refer to it as “{name}”.{'' if offline else _LOOK}")
    if missing:
        print(f"{'The page was not asked. Write yourself:' if offline else 'It does not say:'} {', '.join(missing)}.")
    for import_note in import_notes:
        print(f"  {import_note}")
    return cli.FINE
