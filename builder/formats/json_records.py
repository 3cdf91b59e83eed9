"""JSON: the records as they are, and their JSON Schema (2020-12)."""

from typing import Any

import msgspec

from builder.formats.list_files import ListFile, ListSection
from builder.formats.published_data import VERSION, Data, Nothing, SiteData

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def encode(data: Data) -> bytes:
    """Return a record as JSON (RFC 8259)."""
    return msgspec.json.encode(data) + b"\n"


def form(kind: str) -> ListFile:
    """Return how all records of one kind are written, as `encode` does."""

    def begin(data: SiteData) -> bytes:
        bare = SiteData(data.version, data.site)
        return msgspec.json.encode(bare).removesuffix(b"}") + f',"{kind}":['.encode()

    return ListFile(begin, (ListSection(kind, lambda _site, record: msgspec.json.encode(record), b","),), b"]}\n")


def schema(_nothing: Nothing) -> bytes:
    """Return the JSON Schema of every `data.json` and of the JSON files below `data/`."""
    (root,), parts = msgspec.json.schema_components((Data,), ref_template="#/$defs/{name}")
    whole: dict[str, Any] = {
        "$schema": SCHEMA,
        "title": f"Data of a Backstory site, version {VERSION}",
        **root,
        "$defs": parts,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
