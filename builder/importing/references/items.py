"""One reference as a source, from whichever format it comes. Values without a key of the format are kept under a key of the author's own, or noted."""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from builder.content.schema import TAGS
from builder.importing import written_dates
from builder.importing.html_words import address, line, plain, with_scheme
from builder.importing.importer_types import SOURCE, ImportNote, ImportOptions, Record

_LANGUAGES = {
    **TAGS,
    "ngerman": "de",
    "german": "de",
    "american": "en",
    "british": "en",
    "ukenglish": "en",
    "usenglish": "en",
    "french": "fr",
    "francais": "fr",
    "spanish": "es",
    "swedish": "sv",
    "finnish": "fi",
    "danish": "da",
    "norwegian": "no",
    "turkish": "tr",
    "japanese": "ja",
    "korean": "ko",
    "czech": "cs",
    "greek": "el",
    "hebrew": "he",
}


class ReferenceItem(msgspec.Struct):
    """A reference while it is read."""

    where: str
    id: str = ""
    title: str = ""
    publisher: str = ""
    authors: list[str] = []
    url: str = ""
    doi: str = ""
    archived: str = ""
    published: str = ""
    accessed: str = ""
    lang: str = ""
    note: str = ""
    abstract: str = ""
    own: dict[str, str] = {}
    """Further values: name in the original → value."""


def full_name(family: str, given: str) -> str:
    """Return the name of a person as one says it."""
    return line(f"{given} {family}")


_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|junior|senior|ph\.? ?d|m\.? ?d|esq)\.?|I{2,3}|I?V|VI{0,3}|[2-5](?:nd|rd|th)", re.IGNORECASE)
"""What stands behind a name: RIS has it last, BibTeX between the names."""


def natural_name(name: str) -> str:
    """Return “Hale, Anna” as “Anna Hale”; and “Hale, Jr., Anna” of BibTeX and “Hale, Anna, Jr.” of RIS as “Anna Hale, Jr.”."""
    parts = [line(part) for part in name.split(",")]
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and all(parts) and _SUFFIX.fullmatch(parts[2]):
        return f"{parts[1]} {parts[0]}, {parts[2]}"
    if len(parts) == 3 and all(parts):
        return f"{parts[2]} {parts[0]}, {parts[1]}"
    return line(name)


def own_key(name: str) -> str:
    """Return the key of the author's own under which a value is kept."""
    return f"x_{re.sub(r'[^a-z0-9]+', '_', re.sub(r'(?<=[a-z])(?=[A-Z])', '_', name).lower()).strip('_') or 'other'}"


def source_record(item: ReferenceItem, import_notes: list[ImportNote], order: str = "") -> Record | None:
    """Return a reference as a source; None, with a note, if it has no title, publisher or address."""

    def add_note(what: str) -> None:
        import_notes.append(ImportNote(item.where, what))

    url = _web(item.url, "url", add_note)
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", line(item.doi), flags=re.IGNORECASE)
    own = {own_key(name): line(value) for name, value in item.own.items() if line(value)}
    if doi and not url:
        url = address(f"https://doi.org/{doi}")
    elif doi:
        own["x_doi"] = doi
    fields: dict[str, Any] = {
        "title": line(item.title),
        "publisher": line(item.publisher),
        "authors": [line(name) for name in item.authors if line(name)],
        "url": url,
        "archived": item.archived,
        "published": _date(item.published, "published", order, add_note),
        "accessed": _date(item.accessed, "accessed", order, add_note),
        "lang": _lang(item.lang, add_note),
        "note": line(item.note),
        **own,
    }
    fields = {key: value for key, value in fields.items() if value}
    if not {"title", "publisher", "url"} & fields.keys():
        add_note(
            f"it was left out, since it has neither a title, a publisher nor an address: {' · '.join(f'{key} “{value}”' for key, value in fields.items()) or 'it is empty'}"
        )
        return None
    body = plain(item.abstract).replace("\\\n", "\n\n") if item.abstract.strip() else ""
    return Record(SOURCE, item.where, item.where, fields, id=item.id, body=body)


def source_records(items: Iterable[ReferenceItem], import_notes: list[ImportNote], options: ImportOptions) -> tuple[Record, ...]:
    """Return the sources of all references. `Question` where a date may be read in two ways."""
    found = list(items)
    order = written_dates.find_order(
        ((text, item.where) for item in found for text in (item.published, item.accessed) if text), options.dates
    )
    return tuple(made for item in found if (made := source_record(item, import_notes, order)) is not None)


def _web(given: str, key: str, add_note: Any) -> str:
    given, *others = re.split(r"[;,]?\s+(?=https?://)", given.strip())
    for other_address in others:
        add_note(f"“{key}” was left out, since there is another: “{line(other_address)}”")
    to = address(with_scheme(given, key, add_note))
    if given.strip() and not to.startswith("http"):
        add_note(f"“{key}” was left out, since it is no address of the web: “{line(given)}”")
    return to if to.startswith("http") else ""


def _date(text: str, key: str, order: str, add_note: Any) -> str:
    text = line(text)
    if not text:
        return ""
    found = written_dates.read_date(text, order)
    # Access dates have a time of day, which no reader needs.
    made = re.sub(r"T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?$", "", found.edtf) if key == "accessed" else found.edtf
    if not made:
        add_note(f"“{key}” was left out, since it is no date that could be read: “{text}”")
    return made


def _lang(text: str, add_note: Any) -> str:
    text = line(text)
    made = _LANGUAGES.get(text.casefold(), text.replace("_", "-"))
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", made):
        return made
    if text:
        add_note(f"“lang” was left out, since it is no tag of a language: “{text}”")
    return ""
