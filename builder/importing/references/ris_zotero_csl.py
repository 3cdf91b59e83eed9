"""CSL-JSON, RIS, and the CSV that Zotero exports."""

import csv
import html
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.formats import annotated_quotes as written
from builder.importing import written_dates
from builder.importing.annotated_quotes import AnnotatedQuotes
from builder.importing.decoding import decode
from builder.importing.html_words import address, line, shifted
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult
from builder.importing.mapping_values import Values
from builder.importing.references.items import ReferenceItem, full_name, natural_name, source_records

# --- CSL-JSON ------------------------------------------------


def read_csl(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the sources of CSL-JSON, as Zotero and other programs export it."""
    try:
        whole = msgspec.json.decode(import_input.data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        message = f"it is no JSON: {error}"
        raise ImportProblem(message) from error
    listed = whole.get("items") if isinstance(whole, dict) else whole
    if isinstance(whole, dict) and listed is None:
        listed = [whole]
    if not isinstance(listed, list):
        message = "it is no CSL-JSON, which is a list of references"
        raise ImportProblem(message)
    import_notes: list[ImportNote] = []
    items: list[ReferenceItem] = []
    ours = AnnotatedQuotes()
    for n, item in enumerate(listed, 1):
        if isinstance(item, dict) and _is_read_whole(item, ours, Values({}, f"entry {n}", import_notes)):
            continue
        if isinstance(item, dict):
            items.append(_csl_item(item, f"entry {n} ({line(str(item.get('id', '')))})", import_notes))
        else:
            import_notes.append(ImportNote(f"entry {n}", f"it was left out, since it is no reference: “{line(str(item))[:300]}”"))
    return ImportResult("", (*ours.records, *source_records(items, import_notes, options)), import_notes=tuple(import_notes))


def _is_read_whole(record: Mapping[str, Any], ours: AnnotatedQuotes, values: Values) -> bool:
    """Return whether a reference is of `backstory export`, unchanged, with the whole record in it, and keep that."""
    custom = record.get("custom")
    said = custom.get(written.OWN) if isinstance(custom, dict) else None
    if not isinstance(said, dict) or said.get(written.DIGEST) != written.digest({key: record[key] for key in record if key != "custom"}):
        if isinstance(custom, dict):
            custom.pop(written.OWN, None)
        return False
    whole = said.get("source")
    return isinstance(whole, dict) and ours.source(whole, values) is not None


def _title(text: str) -> str:
    """Return a title of CSL without its tags; its raised and lowered figures stay so."""
    text = re.sub(r"<(sup|sub)>([^<>]*)</\1>", lambda found: shifted(found[1], found[2]), text)
    return html.unescape(re.sub(r"</?(?:i|b|sup|sub|span)\b[^<>]*>", "", text))


def _csl_item(record: dict[str, Any], where: str, import_notes: list[ImportNote]) -> ReferenceItem:
    rest = dict(record)

    def take(*names: str) -> str:
        found = next((name for name in names if isinstance(rest.get(name), str | int | float) and str(rest[name]).strip()), "")
        return str(rest.pop(found)) if found else ""

    item = ReferenceItem(
        where,
        id=take("id", "citation-key"),
        title=_title(take("title")),
        publisher=take("container-title", "publisher"),
        authors=_names(rest.pop("author", None)) or _names(rest.pop("editor", None)),
        url=take("URL", "url"),
        doi=take("DOI"),
        published=_csl_date(rest.pop("issued", None)),
        accessed=_csl_date(rest.pop("accessed", None)),
        lang=take("language"),
        note=take("note"),
        abstract=take("abstract"),
    )
    if str(rest.get("archive_location", "")).startswith("http"):
        item.archived = address(str(rest.pop("archive_location")))
    own: dict[str, str] = {}
    if "://" in item.id:  # of Zotero's interface: the title makes a better one
        own["id"], item.id = item.id, ""
    custom = rest.get("custom")
    if isinstance(custom, dict) and custom.keys() and all(re.fullmatch(r"x_[a-z0-9_]+|inferred", str(key)) for key in custom):
        # What `backstory export` puts there: keys of the author's own, and what nobody wrote.
        del rest["custom"]
        rest.pop(str(custom.pop("inferred", "")), None)
        own = {str(key).removeprefix("x_"): str(value) for key, value in custom.items()}
    for name, value in rest.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            own[name] = str(value)
        elif (
            isinstance(value, list) and all(isinstance(part, dict) and ("family" in part or "literal" in part) for part in value) and value
        ):
            own[name] = ", ".join(_names(value))
        elif isinstance(value, dict) and ("date-parts" in value or "raw" in value or "literal" in value):
            own[name] = _csl_date(value)
        elif value not in (None, "", [], {}):
            import_notes.append(ImportNote(where, f"“{name}” was left out: “{line(str(value))[:300]}”"))
    item.own = own
    return item


def _names(value: Any) -> list[str]:
    made: list[str] = []
    for name in value if isinstance(value, list) else []:
        if isinstance(name, dict):
            family = " ".join(str(name[key]) for key in ("dropping-particle", "non-dropping-particle", "family", "suffix") if name.get(key))
            made.append(line(str(name["literal"])) if name.get("literal") else full_name(family, str(name.get("given", ""))))
        elif isinstance(name, str):
            made.append(natural_name(name))
    return [name for name in made if name]


_CSL_SEASONS = {"1": "21", "2": "22", "3": "23", "4": "24", "spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}


def _csl_date(value: Any) -> str:
    if isinstance(value, str | int):
        return str(value)
    if not isinstance(value, dict):
        return ""
    about = str(value.get("circa") or "").casefold() not in {"", "false", "0"}
    made: list[str] = []
    for parts in value.get("date-parts") or []:
        numbers = [str(part).strip() for part in parts or [] if str(part or "").strip()]
        if not numbers or not all(re.fullmatch(r"-?\d+", number) for number in numbers):
            return " ".join(numbers)
        year = int(numbers[0])
        # CSL has −43 for 43 BCE, and no year 0.
        first = f"{year:04}" if year > 0 else f"-{-year - 1:04}" if year < -1 else "0000"
        made.append("-".join([first, *(f"{int(number):02}" for number in numbers[1:3])]))
    if made:
        season = _CSL_SEASONS.get(str(value.get("season", "")).casefold(), "")
        if season and len(made[0]) == 4:
            made[0] += f"-{season}"
        return "/".join(f"{day}~" if about else day for day in made)
    text = str(value.get("raw") or value.get("literal") or "")
    return f"circa {text}" if text and about else text


# --- RIS ------------------------------------------------

_RIS = re.compile(r"([A-Z][A-Z0-9])\s{1,2}-\s?(.*)")
_RIS_OWN = {
    "VL": "volume",
    "PB": "publisher",
    "IS": "issue",
    "SP": "first page",
    "EP": "last page",
    "SN": "isbn or issn",
    "CY": "place",
    "PP": "place",
    "ET": "edition",
    "M1": "number",
    "M3": "kind",
    "A2": "editors",
    "ED": "editors",
    "A3": "series editors",
    "T3": "series",
    "CN": "call number",
    "DB": "database",
    "DP": "provider",
    "KW": "keywords",
    "ST": "short title",
    "J2": "short journal",
    "JA": "short journal",
    "AN": "accession number",
    "SE": "section",
    "AD": "address",
    "RP": "reprint",
    "C1": "custom 1",
    "OP": "original publication",
}


def read_ris(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the sources of RIS, as databases and programs for references export it."""
    import_notes: list[ImportNote] = []
    items: list[ReferenceItem] = []
    entry: dict[str, list[str]] = {}
    begins, last = 0, ""
    for n, text in enumerate(decode(import_input.data, options.encoding, import_notes).splitlines(), 1):
        found = _RIS.fullmatch(text.rstrip())
        if found is None:
            if text.strip() and last and entry:
                entry[last][-1] += f" {text.strip()}"
            elif text.strip():
                import_notes.append(ImportNote(f"line {n}", f"it was left out, since it stands in no reference: “{line(text)}”"))
            continue
        tag, value = found[1], found[2].strip()
        if tag == "TY":
            if entry:
                import_notes.append(ImportNote(f"line {begins}", "the reference has no end (ER) before the next begins"))
                items.append(_ris_item(entry, f"line {begins}", import_notes))
            entry, begins = {"TY": [value]}, n
        elif tag == "ER":
            if entry:
                items.append(_ris_item(entry, f"line {begins}", import_notes))
            entry, last = {}, ""
            continue
        elif not entry:
            import_notes.append(ImportNote(f"line {n}", f"it was left out, since it stands in no reference: “{line(text)}”"))
            continue
        elif value:
            entry.setdefault(tag, []).append(value)
        else:
            continue
        last = tag if tag in entry else last
    if entry:
        import_notes.append(ImportNote(f"line {begins}", "the reference has no end (ER)"))
        items.append(_ris_item(entry, f"line {begins}", import_notes))
    if not items:
        message = "it is no RIS, in which a reference begins with a line “TY  - …”"
        raise ImportProblem(message)
    return ImportResult("", source_records(items, import_notes, options), import_notes=tuple(import_notes))


def _ris_item(entry: dict[str, list[str]], where: str, import_notes: list[ImportNote]) -> ReferenceItem:
    rest = {tag: list(values) for tag, values in entry.items()}

    def take(*tags: str) -> str:
        for tag in tags:
            if rest.get(tag):
                return rest[tag].pop(0)
        return ""

    date = take("DA", "Y1", "PY")
    numbers, _, other = date.rpartition("/") if date.count("/") == 3 else (date, "", "")
    if other := other.strip():
        # The fourth part is a season, or what else there is to say.
        first = [part for part in numbers.split("/") if part]
        date = f"{other} {first[0]}" if len(first) == 1 and written_dates.read_date(f"{other} {first[0]}").edtf else numbers
        if date == numbers:
            import_notes.append(ImportNote(where, f"“{other}” beside its date was left out"))
    parts = [part for part in date.rstrip("/").split("/") if part]
    if len(parts) > 1 and all(part.isdigit() for part in parts[:3]) and len(parts[0]) == 4:
        date = "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:3])])
    elif len(parts) == 1:
        date = parts[0]
    if "PY" in rest and rest["PY"] and rest["PY"][0].rstrip("/")[:4] == date[:4]:
        rest["PY"].pop(0)
    item = ReferenceItem(
        where,
        id=take("ID"),
        title=take("TI", "T1", "CT", "BT"),
        publisher=take("JO", "JF", "T2", "PB"),
        authors=[natural_name(name) for tag in ("AU", "A1") for name in rest.pop(tag, [])],
        url=take("UR"),
        doi=take("DO"),
        published=date,
        accessed="-".join([part for part in take("Y2").split("/") if part][:3]),
        lang=take("LA"),
        abstract=take("AB", "N2"),
    )
    own: dict[str, str] = {}
    for tag, values in rest.items():
        if not values:
            continue
        if tag in {"N1", "L1", "L2", "L3", "L4", "RN"}:
            import_notes.append(
                ImportNote(where, f"“{tag}” was left out, since it is a note or file of your own: “{line(' · '.join(values))}”")
            )
        else:
            name = "type" if tag == "TY" else _RIS_OWN.get(tag, tag)
            own[name] = "; ".join(([own[name]] if name in own else []) + values)
    item.own = own
    return item


# --- Zotero's CSV ------------------------------------------------

_ZOTERO: dict[str, str] = {
    "Key": "id",
    "Title": "title",
    "Url": "url",
    "DOI": "doi",
    "Date": "published",
    "Access Date": "accessed",
    "Language": "lang",
    "Abstract Note": "abstract",
}
_ZOTERO_PRIVATE = {"Notes", "File Attachments", "Link Attachments", "Date Added", "Date Modified", "Automatic Tags"}


def read_zotero(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the sources of Zotero's CSV."""
    import_notes: list[ImportNote] = []
    try:
        rows = list(csv.DictReader(decode(import_input.data, options.encoding, import_notes).splitlines(keepends=True)))
    except csv.Error as error:
        message = f"it is no table that can be read: {error}"
        raise ImportProblem(message) from error
    items: list[ReferenceItem] = []
    left: dict[str, tuple[int, int, str]] = {}
    for n, row in enumerate(rows, 2):
        said = {str(name): value.strip() for name, value in row.items() if isinstance(value, str) and value.strip()}
        item = ReferenceItem(f"row {n}")
        publishers = [said.pop(name, "") for name in ("Publication Title", "Publisher", "Institution")]
        item.publisher = next((name for name in publishers if name), "")
        said |= {
            name: value
            for name, value in zip(("Publication Title", "Publisher", "Institution"), publishers, strict=True)
            if value and value != item.publisher
        }
        for name, attribute in _ZOTERO.items():
            setattr(item, attribute, said.pop(name, ""))
        year = said.pop("Publication Year", "")
        item.published = item.published or year
        item.authors = [natural_name(name) for name in said.pop("Author", "").split(";") if name.strip()] or [
            natural_name(name) for name in said.pop("Editor", "").split(";") if name.strip()
        ]
        for name in _ZOTERO_PRIVATE & said.keys():
            first = left.get(name, (n, 0, said[name]))
            left[name] = (first[0], first[1] + 1, first[2])
            said.pop(name)
        item.own = said
        items.append(item)
    import_notes += [
        ImportNote(
            "row 1",
            f"the column “{name}” was left out: {count} {'cell' if count == 1 else 'cells'}, the first in row {n}: “{line(first)[:200]}”",
        )
        for name, (n, count, first) in left.items()
    ]
    return ImportResult("", source_records(items, import_notes, options), import_notes=tuple(import_notes))
