"""People and bodies as actors with their positions: FollowTheMoney, Popolo, LittleSis, and entities of Wikidata. `collected_actors` puts them together."""

import re

from builder.importing.importer_types import Importer, ImportInput
from builder.importing.people import followthemoney, littlesis, popolo, popolo_shapes, wikidata


def _head(import_input: ImportInput) -> str:
    return import_input.data[:200_000].decode("utf-8-sig", "replace") if not import_input.is_folder else ""


def _is_ftm(import_input: ImportInput) -> bool:
    first = _head(import_input).lstrip()[:20_000]
    return first.startswith(("{", "[")) and bool(re.search(r'"schema"\s*:\s*"[A-Z]', first)) and '"properties"' in first


def _is_littlesis(import_input: ImportInput) -> bool:
    head = _head(import_input)
    return (
        import_input.ending in {".json", ".jsonl"}
        and '"attributes"' in head
        and ("littlesis" in head or bool(re.search(r'"type"\s*:\s*"(?:entities|relationships)"', head)))
    )


def _is_wikidata(import_input: ImportInput) -> bool:
    head = _head(import_input)
    return import_input.ending == ".json" and '"labels"' in head and bool(re.search(r'"(?:id|title)"\s*:\s*"Q\d+"', head))


FOLLOWTHEMONEY = Importer(
    "followthemoney", "FollowTheMoney, a line of JSON an entity: actors, sources and events", _is_ftm, followthemoney.read_followthemoney
)
POPOLO = Importer("popolo", "Popolo’s JSON: people and organizations with their memberships", popolo_shapes.recognises, popolo.read_popolo)
LITTLESIS = Importer("littlesis", "LittleSis’s JSON: entities and their relationships", _is_littlesis, littlesis.read_littlesis)
WIKIDATA = Importer(
    "wikidata", "the JSON of entities of Wikidata: actors with offices and names in several languages", _is_wikidata, wikidata.read_wikidata
)
