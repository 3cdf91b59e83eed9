"""What the preview answers to a request: a file of the newest snapshot, the preview's own files, or that there is none."""

import hashlib
import html
import re
from collections.abc import Callable, Mapping
from email.utils import formatdate
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

import msgspec

from builder.build import guide
from builder.formats.media_types import media_type
from builder.preview import paths, ranges
from builder.preview.annotating import endpoints, stepping
from builder.preview.guard import COOKIE, Guard, Refusal
from builder.preview.panel_state import OWN, state
from builder.preview.snapshot import File, Snapshot

OWN_FILES = (
    "annotate.css",
    "annotate.js",
    "annotations.js",
    "bar.js",
    "choices.js",
    "client.css",
    "client.js",
    "dom.js",
    "form.js",
    "idiomorph.js",
    "marks.js",
    "morph.js",
    "panel.css",
    "panel.js",
    "problems.js",
    "selecting.js",
    "sending.js",
    "stream.js",
    "todo.js",
)
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Content-Security-Policy", "frame-ancestors 'self'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
)


class Answer(msgspec.Struct, frozen=True):
    """A status, headers and a body; the body of a HEAD is what GET would send, and is left out by the server."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: bytes | Path = b""
    part: tuple[int, int] | None = None
    """Of a body on disk, which bytes to send; its size is in the headers already."""
    stream: bool = False
    """Whether it is the stream of events, which has no end."""


class Request(msgspec.Struct, frozen=True):
    """One request, read but not judged."""

    method: str
    target: bytes
    headers: dict[str, list[str]]
    """All values by name, the names in lower case."""

    body: bytes = b""
    """Read only where `takes_body` says so."""

    def header(self, name: str) -> str:
        """Return the first value, or ""."""
        return self.headers.get(name, [""])[0]


class Site(msgspec.Struct, frozen=True):
    """What an answer depends on beside the request."""

    snapshot: Snapshot
    guard: Guard
    run: str
    """Names this run of the server, so that a browser sees that it was restarted."""
    editor: str = ""
    """The template of links into the editor."""
    follow: bool = False
    """Whether browsers that were not told otherwise go to the page that was just saved."""
    workshop: endpoints.Workshop | None = None
    """What takes in what was written; None where nothing can be."""

    @property
    def at(self) -> str:
        """Name the state of the site over all runs of the server."""
        return f"{self.run}:{self.snapshot.version}"


def _writes(work: Callable[[endpoints.Workshop, bytes], bytes | None]) -> Callable[[Site, bytes], Answer]:
    """Return how a request that changes files is answered: with the state that came of it, in JSON."""

    def written(site: Site, body: bytes) -> Answer:
        try:
            told = work(site.workshop, body) if site.workshop is not None else None
        except ValueError as wrong:
            return plain(HTTPStatus.BAD_REQUEST, str(wrong))
        return _json(told) if told is not None else plain(HTTPStatus.NOT_FOUND, "This page shows no explainer.")

    return written


WRITES: dict[str, Callable[[Site, bytes], Answer]] = {
    "annotate": _writes(endpoints.write),
    "fix": _writes(stepping.fix),
    "undo": _writes(stepping.undo),
    "redo": _writes(stepping.redo),
}
"""What a POST can ask for, by its name below `OWN`: from what was sent, in JSON, to an answer."""

MOST_WRITTEN = 262_144
"""Bytes that a request may send."""


def takes_body(site: Site, request: Request) -> bool:
    """Return whether the body of a request is to be read: only of one that may write."""
    return _write(request) is not None and _refusal(site, request) is None


def _write(request: Request) -> Callable[[Site, bytes], Answer] | None:
    name = paths.name(paths.split(request.target)[0]) if request.method == "POST" else None
    return WRITES.get(name.removeprefix(OWN)) if name is not None and name.startswith(OWN) else None


def _refusal(site: Site, request: Request) -> Refusal | None:
    token = paths.split(request.target)[1].get("token", "")
    writes = _write(request) is not None
    return site.guard.refuses_writing(request.headers, token) if writes else site.guard.refuses(request.headers, token)


def answer(site: Site, request: Request) -> Answer:
    """Answer a request. Guards come first, for every path and method."""
    refused = _refusal(site, request)
    if refused:
        return _refused(refused)
    write = _write(request)
    if write is not None:
        return write(site, request.body)
    if request.method not in {"GET", "HEAD"}:
        return plain(HTTPStatus.METHOD_NOT_ALLOWED, "The preview only shows: GET and HEAD.", (("Allow", "GET, HEAD"),))
    return _shown(site, request)


def _shown(site: Site, request: Request) -> Answer:
    path, query = paths.split(request.target)
    if len(request.target) > paths.MOST:
        return plain(HTTPStatus.REQUEST_URI_TOO_LONG, "This address is too long.")
    if "upgrade" in request.headers:
        return plain(HTTPStatus.BAD_REQUEST, "The preview has no websockets.")
    name = paths.name(path)
    if site.guard.token and "token" in query and name is not None:
        # The token leaves the address at once: it would stand in the history, and in what is copied from there.
        keep = f"{COOKIE}={site.guard.token}; Path=/; HttpOnly; SameSite=Strict"
        return plain(HTTPStatus.SEE_OTHER, "", (("Location", paths.address(name)), ("Set-Cookie", keep)))
    if name is None:
        return _missing(site)
    if name.startswith(OWN):
        return _own(site, request, name.removeprefix(OWN), query)
    found = site.snapshot.get(paths.file_of(name))
    if found:
        return _file(site, request, paths.file_of(name), found)
    if name and not name.endswith("/") and site.snapshot.get(f"{name}/index.html"):
        return plain(HTTPStatus.FOUND, "", (("Location", paths.address(f"{name}/")),))
    return _missing(site)


def plain(status: HTTPStatus, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Answer with a line of text."""
    return _whole(status, text.encode(), (("Content-Type", "text/plain; charset=utf-8"), *headers))


def kind(path: str) -> str:
    """Return the content type of a file, by its name."""
    found = media_type(path)
    text = found.startswith("text/") or found.endswith(("json", "xml"))
    return f"{found}; charset=utf-8" if text else found


def inject(page: bytes, tags: bytes) -> bytes:
    """Return the page with tags at the end of its head; where it writes none, at the end of its body, or its own end."""
    for end in (rb"</head\s*>", rb"</body\s*>"):
        match = re.search(end, page, re.IGNORECASE)
        if match:
            return page[: match.start()] + tags + page[match.start() :]
    return page + tags


def _tags(site: Site) -> bytes:
    follow = " data-follow" if site.follow else ""
    script = f'<script type="module" src="/{OWN}client.js" data-backstory-at="{html.escape(site.at)}"{follow}></script>'
    return f'<link rel="stylesheet" href="/{OWN}client.css">{script}'.encode()


def _file(site: Site, request: Request, path: str, file: File) -> Answer:
    if path.endswith((".html", ".htm")):
        body = file.body.read_bytes() if isinstance(file.body, Path) else file.body
        # Weak: where only the site's version differs, two pages say the same but are not the same bytes.
        etag = f'W/"{file.etag}-{_client_digest()}"'
        return _conditional(request, inject(body, _tags(site)), etag, kind(path))
    return _conditional(request, file.body, f'"{file.etag}"', kind(path))


def _conditional(request: Request, body: bytes | Path, etag: str, kind: str) -> Answer:
    """Answer with a file, a part of it, or that the browser has it already."""
    size = len(body) if isinstance(body, bytes) else body.stat().st_size
    headers = (("ETag", etag), ("Cache-Control", "no-cache"), ("Accept-Ranges", "bytes"))
    if "if-none-match" in request.headers and ranges.matches(", ".join(request.headers["if-none-match"]), etag):
        return Answer(HTTPStatus.NOT_MODIFIED, (*headers, *_standing()))
    part = None
    # A range of a page would end before the script, or within it; and its ETag is weak.
    if "range" in request.headers and request.method == "GET" and not etag.startswith("W/"):
        try:
            part = ranges.wanted(request.header("range"), request.header("if-range"), etag, size)
        except ranges.NotSatisfiable:
            return plain(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "", (("Content-Range", f"bytes */{size}"),))
    start, end = part or (0, size)
    status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
    told: tuple[tuple[str, str], ...] = (("Content-Type", kind), ("Content-Length", str(end - start)), *headers)
    if part:
        told += (("Content-Range", f"bytes {start}-{end - 1}/{size}"),)
    if isinstance(body, bytes):
        return Answer(status, (*told, *_standing()), body[start:end])
    return Answer(status, (*told, *_standing()), body, (start, end))


def _missing(site: Site) -> Answer:
    found = site.snapshot.get("404.html")
    if found and isinstance(found.body, bytes):
        page = inject(found.body, _tags(site))
        return _whole(HTTPStatus.NOT_FOUND, page, (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")))
    return plain(HTTPStatus.NOT_FOUND, "There is no such page.")


def _own(site: Site, request: Request, name: str, query: Mapping[str, str]) -> Answer:
    if name == "events":
        headers = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store"))
        return Answer(HTTPStatus.OK, (*headers, *_standing()), stream=request.method == "GET")
    if name == "state":
        page = paths.name(paths.split(query.get("page", "/").encode())[0])
        body = state(
            site.snapshot,
            site.at,
            paths.file_of(page) if page is not None else "",
            key=site.guard.page,
            editor=site.editor if site.guard.local else "",
            writes=not site.guard.only_shows,
        )
        return _json(body)
    if name == "annotate":
        told = endpoints.state(site.workshop, query.get("page", "/"), why_not=site.guard.only_shows) if site.workshop is not None else None
        return _json(told) if told is not None else plain(HTTPStatus.NOT_FOUND, "This page shows no explainer.")
    if name in OWN_FILES:
        text, etag = _own_file(name)
        return _conditional(request, text, etag, kind(name))
    if name in {"", "guide"}:
        return plain(HTTPStatus.FOUND, "", (("Location", f"/{OWN}guide/"),))
    found = guide.file(paths.file_of(name))
    if found is not None:
        return _conditional(request, found, f'"{hashlib.sha256(found).hexdigest()[:16]}"', kind(paths.file_of(name)))
    return plain(HTTPStatus.NOT_FOUND, "The preview has no such file.")


@cache
def _own_file(name: str) -> tuple[bytes, str]:
    text = (files("builder.preview") / "client" / name).read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:16]}"'


@cache
def _client_digest() -> str:
    return hashlib.sha256("".join(_own_file(name)[1] for name in OWN_FILES).encode()).hexdigest()[:8]


def _whole(status: HTTPStatus, body: bytes, headers: tuple[tuple[str, str], ...]) -> Answer:
    return Answer(status, (*headers, ("Content-Length", str(len(body))), *_standing()), body)


def _json(body: bytes) -> Answer:
    return _whole(HTTPStatus.OK, body, (("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")))


def _refused(refusal: Refusal) -> Answer:
    return plain(refusal.status, refusal.why, (("Cache-Control", "no-store"),))


def _standing() -> tuple[tuple[str, str], ...]:
    return (("Date", formatdate(usegmt=True)), *_SECURITY)
