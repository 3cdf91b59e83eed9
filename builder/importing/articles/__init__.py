"""Articles: saved pages and exports of Google Docs as HTML, and documents of Word and OpenDocument."""

import re

from builder.importing.articles import html, open_document, word
from builder.importing.importer_types import Importer, ImportInput


def _is_html(import_input: ImportInput) -> bool:
    return import_input.ending in {".html", ".htm", ".xhtml"} or (
        not import_input.is_folder and bool(re.match(rb"\s*(?:<!doctype html|<html)", import_input.data[:400], re.IGNORECASE))
    )


def _is_package(import_input: ImportInput, sign: bytes) -> bool:
    """Return whether a file is a package with a part or type of this name, whatever it is called itself."""
    return not import_input.is_folder and import_input.data.startswith(b"PK") and sign in import_input.data


def _is_docx(import_input: ImportInput) -> bool:
    return import_input.ending in {".docx", ".docm", ".doc"} or _is_package(import_input, b"word/document.xml")


def _is_odt(import_input: ImportInput) -> bool:
    return import_input.ending in {".odt", ".fodt"} or _is_package(import_input, b"application/vnd.oasis.opendocument.text")


HTML = Importer("html", "a saved page, or a Google Docs document downloaded as a web page", _is_html, html.read_page)
DOCX = Importer("docx", "a document of Word", _is_docx, word.read_docx)
ODT = Importer("odt", "a text of LibreOffice", _is_odt, open_document.read_odt)
