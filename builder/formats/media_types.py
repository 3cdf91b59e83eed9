"""Media types of files, the same on every machine, in the preview and on hosts."""

from collections.abc import Mapping

MEDIA_TYPES: Mapping[str, str] = {
    "atom.xml": "application/atom+xml",
    "entities.ftm.json": "application/x-ndjson",
    "feed.json": "application/feed+json",
    "schema.json": "application/schema+json",
}
"""File name → media type, for names whose ending has several."""

_BY_ENDING = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".nt": "application/n-triples",
    ".svg": "image/svg+xml",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Endings of site files; systems differ in which of these they know."""


def media_type(path: str) -> str:
    """Return the media type of a file by its name, without a charset; `application/octet-stream` if unknown."""
    import mimetypes  # late: a build serves nothing

    name = path.rpartition("/")[2]
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    return MEDIA_TYPES.get(name) or _BY_ENDING.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
