"""Which records and articles of an import are on the disk already, with the same bytes: they are not imported again."""

from pathlib import Path

from builder import importing
from builder.importing.content_files import EXPLAINER, FOLDERS
from builder.importing.importer_types import ImportInput, ImportOptions, ImportResult
from builder.importing.record_ids import preferred_id


def unchanged_records(root: Path, result: ImportResult, options: ImportOptions, *, apart: bool) -> dict[tuple[str, str], str]:
    """Return the records whose files already exist with the same bytes, by kind and key: these are not imported again."""
    if not apart and any(record.kind not in {"actor", "source"} for record in result.records):
        return {}
    names = {kind: _names_in(root / "content" / folder) for kind, folder in FOLDERS.items()}
    if not any(names.values()) or not any(f"{preferred_id(record)}.md" in names.get(record.kind, ()) for record in result.records):
        return {}
    plain = importing.layout(result, importing.ExistingRecords(), options, importing.LayoutOptions(apart=apart, same=importing.APART))
    found: dict[tuple[str, str], str] = {}
    same = {path for path, data in plain.files.items() if _has_bytes(root / path, data)}
    if same:
        by_path = {(row.kind, row.id): row.path for row in plain.rows}
        for record in result.records:
            if record.kind in FOLDERS and by_path.get((record.kind, preferred_id(record))) in same:
                found.setdefault((record.kind, record.key), preferred_id(record))
    return found


def unchanged_articles(
    root: Path, result: ImportResult, options: ImportOptions, existing: importing.ExistingRecords, *, apart: bool
) -> dict[tuple[str, str], str]:
    """Return the articles of several that lie on the disk, letter by letter: of a vault that comes in again, only what is new is made."""
    if len(result.articles) < 2:
        return {}
    known = importing.ExistingRecords(topics=existing.topics)
    plain = importing.layout(result, known, options, importing.LayoutOptions(apart=apart, same=importing.APART))
    slugs = [(row.id, row.path) for row in plain.rows if row.kind == EXPLAINER]
    keys = [article.key or article.where for article in result.articles]
    found = {(EXPLAINER, key): slug for key, (slug, path) in zip(keys, slugs, strict=True) if _has_bytes(root / path, plain.files[path])}
    return found if len(found) < len(keys) else {}


def is_unchanged(
    root: Path, result: ImportResult, import_input: ImportInput, options: ImportOptions, existing: importing.ExistingRecords, *, apart: bool
) -> bool:
    """Return whether all that an import would make of a site without it lies on the disk, letter by letter."""
    known = importing.ExistingRecords(topics=existing.topics)
    plain = importing.layout(result, known, options, importing.LayoutOptions(apart=apart, same=importing.APART, name=import_input.stem))
    return all(_has_bytes(root / path, data) for path, data in plain.files.items())


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def _has_bytes(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
