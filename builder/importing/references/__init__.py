"""References as sources: BibTeX, CSL-JSON, RIS, and Zotero's CSV. `items` makes a source of a reference from whichever format."""

import re

from builder.importing.references import bibtex, others
from builder.importing.shapes import Given, Importer


def _head(given: Given) -> str:
    return given.data[:20_000].decode("utf-8-sig", "replace") if not given.is_folder else ""


def _is_bibtex(given: Given) -> bool:
    return given.ending in {".bib", ".bibtex"} or (given.ending == ".txt" and bool(re.match(r"\s*@\w+\s*\{", _head(given))))


def _is_csl(given: Given) -> bool:
    head = _head(given)
    return (
        given.ending == ".json"
        and bool(re.match(r"\s*[\[{]", head))
        and bool(re.search(r'"(?:issued|date-parts|container-title|citation-key)"', head))
    )


def _is_ris(given: Given) -> bool:
    return given.ending == ".ris" or bool(re.match(r"\s*TY  ?- ", _head(given)))


def _is_zotero(given: Given) -> bool:
    return given.ending == ".csv" and '"Item Type"' in _head(given)[:2000] and '"Publication Year"' in _head(given)[:2000]


BIBTEX = Importer("bibtex", "references in BibTeX or BibLaTeX, as sources", _is_bibtex, bibtex.read)
CSL = Importer("csl-json", "references in CSL-JSON, as sources", _is_csl, others.csl)
RIS = Importer("ris", "references in RIS, as sources", _is_ris, others.ris)
ZOTERO = Importer("zotero", "Zotero's CSV, as sources", _is_zotero, others.zotero)
