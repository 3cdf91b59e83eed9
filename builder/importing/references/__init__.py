"""References as sources: BibTeX, CSL-JSON, RIS, and Zotero's CSV. `items` makes a source of a reference from whichever format."""

import re

from builder.importing.importer_types import Importer, ImportInput
from builder.importing.references import bibtex, ris_zotero_csl


def _head(import_input: ImportInput) -> str:
    return import_input.data[:20_000].decode("utf-8-sig", "replace") if not import_input.is_folder else ""


def _is_bibtex(import_input: ImportInput) -> bool:
    return import_input.ending in {".bib", ".bibtex"} or (
        import_input.ending == ".txt" and bool(re.match(r"\s*@\w+\s*\{", _head(import_input)))
    )


_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article-\w+|entry-\w+|post-weblog|paper-conference|webpage|chapter|thesis|legal_case|motion_picture)"'
)
"""Kinds of references that no other format calls so."""


def _is_csl(import_input: ImportInput) -> bool:
    head = _head(import_input)
    return (
        import_input.ending == ".json"
        and bool(re.match(r"\s*[\[{]", head))
        and bool(re.search(r'"(?:issued|date-parts|container-title|citation-key)"', head) or ('"title"' in head and _TYPE.search(head)))
    )


def _is_ris(import_input: ImportInput) -> bool:
    return import_input.ending == ".ris" or bool(re.match(r"\s*TY  ?- ", _head(import_input)))


def _is_zotero(import_input: ImportInput) -> bool:
    return (
        import_input.ending == ".csv" and '"Item Type"' in _head(import_input)[:2000] and '"Publication Year"' in _head(import_input)[:2000]
    )


BIBTEX = Importer("bibtex", "references in BibTeX or BibLaTeX, as sources", _is_bibtex, bibtex.read_bibtex)
CSL = Importer("csl-json", "references in CSL-JSON, as sources", _is_csl, ris_zotero_csl.read_csl)
RIS = Importer("ris", "references in RIS, as sources", _is_ris, ris_zotero_csl.read_ris)
ZOTERO = Importer("zotero", "Zotero’s CSV, as sources", _is_zotero, ris_zotero_csl.read_zotero)
