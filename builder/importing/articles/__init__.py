"""Articles: saved pages and exports of Google Docs as HTML, and documents of Word and OpenDocument."""

import re

from builder.importing.articles import html, word
from builder.importing.shapes import Given, Importer


def _is_html(given: Given) -> bool:
    return given.ending in {".html", ".htm", ".xhtml"} or (
        not given.is_folder and bool(re.match(rb"\s*(?:<!doctype html|<html)", given.data[:400], re.IGNORECASE))
    )


def _is_docx(given: Given) -> bool:
    return given.ending in {".docx", ".docm"}


def _is_odt(given: Given) -> bool:
    return given.ending in {".odt", ".fodt"}


HTML = Importer("html", "a saved page, or a Google Docs document downloaded as a web page", _is_html, html.read)
DOCX = Importer("docx", "a document of Word", _is_docx, word.docx)
ODT = Importer("odt", "a text of LibreOffice", _is_odt, word.odt)
