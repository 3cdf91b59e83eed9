"""What kind of file a name tells: the same on every machine, whatever its own tables say."""

import mimetypes

_KNOWN = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


def media_type(name: str) -> str:
    """Return the media type of a file, by its name; `application/octet-stream` where nothing is known."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    if name == "atom.xml" or name.endswith("/atom.xml"):
        return "application/atom+xml"
    found = _KNOWN.get(suffix) or mimetypes.MimeTypes().guess_type(f"x{suffix}")[0]
    return found or "application/octet-stream"
