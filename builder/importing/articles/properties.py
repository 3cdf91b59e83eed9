"""The properties of a document, and the lines below its title: the same for Word and OpenDocument."""

import re
from html import unescape
from typing import Any

from builder import dates
from builder.importing import written_dates
from builder.importing.html_words import line
from builder.importing.importer_types import ImportNote

_HEAD = re.compile(r'<p class="(subtitle|byline)">(.*?)</p>', re.DOTALL)


def split_head(text: str, import_notes: list[ImportNote]) -> tuple[str, dict[str, Any]]:
    """Return a converted document without the summary and the line of authors and date below its title, and these as keys. `export docx` writes them so."""
    fields: dict[str, Any] = {}

    def taken(match: re.Match[str]) -> str:
        said = line(unescape(re.sub(r"<[^<>]*>", "", match[2])))
        if match[1] == "subtitle" and "summary" not in fields:
            fields["summary"] = said
            return ""
        if match[1] == "byline" and "published" not in fields:
            days = [made for part in said.split(" · ") if (made := written_dates.read_date(part).edtf) and dates.is_day(made)]
            if days:
                fields["published"] = days[0]
                import_notes.append(ImportNote("", f"the line below its title was read for the date alone: “{said}”"))
                return ""
        return match[0]

    return _HEAD.sub(taken, text), fields


def document_properties(core: bytes, import_notes: list[ImportNote]) -> tuple[str, dict[str, Any]]:
    """Return the title and the keys that the properties of a document give; others are noted."""

    def values(tag: bytes) -> list[str]:
        found = re.findall(rb"<" + tag + rb"(?:\s[^>]*)?>([^<]*)</" + tag + rb">", core)
        return [words for raw in found if (words := line(unescape(raw.decode("utf-8", "replace"))))]

    # Word names the author as the creator, LibreOffice so whoever saved it last.
    author = next(iter(values(rb"meta:initial-creator") or values(rb"dc:creator")), "")
    for tag, called in (
        (rb"dc:description", "its comments were"),
        (rb"dc:subject", "its subject was"),
        (rb"cp:category", "its category was"),
    ):
        if said := values(tag):
            import_notes.append(ImportNote("the properties of the document", f"{called} left out: “{'; '.join(said)}”"))
    lang = next(iter(values(rb"dc:language")), "")
    fields: dict[str, Any] = {
        "authors": [author.strip() for author in author.split(";") if author.strip()],
        "topics": [
            keyword.strip()
            for said in (*values(rb"cp:keywords"), *values(rb"meta:keyword"))
            for keyword in re.split(r"[,;]", said)
            if keyword.strip()
        ],
        "lang": lang if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang) else "",
    }
    return next(iter(values(rb"dc:title")), ""), {key: field for key, field in fields.items() if field}
