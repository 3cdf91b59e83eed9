"""CSL-JSON: sources as references, for Zotero and other programs that cite."""

import re
from typing import Any

import msgspec

from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File
from builder.exporting.whole_records import find_surroundings, unsaid
from builder.formats.annotated_quotes import DIGEST, OWN, digest, source_said
from builder.formats.parts import DateRecord, Named
from builder.formats.published_data import SourceRecord
from builder.formats.whole_events import Surroundings

_VARIABLES = [
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "authority",
    "call-number",
    "chapter-number",
    "citation-label",
    "collection-number",
    "collection-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "edition",
    "event",
    "event-place",
    "event-title",
    "first-reference-note-number",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "jurisdiction",
    "keyword",
    "locator",
    "medium",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "source",
    "status",
    "supplement-number",
    "title-short",
    "type",
    "version",
    "volume",
    "volume-title",
    "year-suffix",
]
"""Variables of CSL with words, that a source keeps under keys of the author's own after an import."""

_BY_KEY = {f"x_{re.sub(r'[^a-z0-9]+', '_', name.lower())}": name for name in _VARIABLES}

_DAY = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?", re.ASCII)
_SEASON = re.compile(r"(?P<year>\d{4})-2(?P<season>[1-4])", re.ASCII)


def write(chosen: Chosen) -> Exported:
    """Return the sources as a list of references."""
    if not chosen.sources:
        message = "it has no sources"
        raise ExportProblem(message)
    around = find_surroundings(msgspec.structs.replace(chosen, events=()), sources=chosen.sources)
    made = [_item(source_record, around) for source_record in chosen.source_records]
    omissions = unsaid(chosen, (), chosen.sources)
    return Exported((File("sources.json", msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"),), tuple(omissions))


def _item(source: SourceRecord, around: Surroundings) -> dict[str, Any]:
    own = {_BY_KEY[key]: value for key, value in source.extra.items() if key in _BY_KEY}
    custom: dict[str, Any] = {key: value for key, value in source.extra.items() if key not in _BY_KEY}
    if "type" not in own:
        # CSL wants one, and nobody gave it: an import leaves it out again.
        own["type"] = "webpage" if source.url else "document"
        custom["inferred"] = "type"
    made: dict[str, Any] = {
        "id": source.id,
        "type": own.pop("type"),
        "title": source.title,
        "container-title": source.publisher.name if source.publisher is not None else "",
        # Whole names, since where a name is parted is a guess.
        "author": [{"literal": name} for name in source.authors],
        "URL": source.url,
        "archive_location": source.archived,
        "issued": _date(source.published),
        "accessed": _date(source.accessed),
        "language": source.lang,
        "note": source.note,
        **own,
    }
    made = {name: value for name, value in made.items() if value}
    said = source_said(Named(source.title, source.id), around.sources, around.actors)
    return made | {"custom": custom | {OWN: {"source": said, DIGEST: digest(made)}}}


def _date(date: DateRecord | None) -> dict[str, Any]:
    """Return a date as CSL has it; as raw EDTF where it has no such date."""
    if date is None:
        return {}
    edtf = date.written or date.edtf
    if not edtf:
        return {"literal": date.says} if date.says else {}
    if season := _SEASON.fullmatch(edtf):
        return {"date-parts": [[int(season["year"])]], "season": int(season["season"])}
    about = edtf.endswith("~") and "/" not in edtf
    ends = [_DAY.fullmatch(end) for end in edtf.removesuffix("~").split("/")]
    if len(ends) > 2 or not all(ends):
        return {"raw": edtf}
    made: dict[str, Any] = {"date-parts": [_parts(end) for end in ends if end]}
    return {**made, "circa": True} if about else made


def _parts(match: re.Match[str]) -> list[int]:
    year, *rest = (int(part) for part in match.groups() if part is not None)
    # CSL has −44 for 44 BCE, and no year 0.
    return [year if year > 0 else year - 1, *rest]
