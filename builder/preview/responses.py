"""Responses to requests: files of the newest snapshot, the preview's own files and endpoints, and errors."""

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

from builder.build import guide_site
from builder.formats.media_types import media_type
from builder.preview import ranges, request_paths
from builder.preview.annotating import endpoints, fix_and_undo
from builder.preview.guard import COOKIE, Guard, Refusal
from builder.preview.panel_state import PREVIEW_FOLDER, state
from builder.preview.snapshot import Engine, OutputFile, Snapshot

OWN_FILES = (
    "annotate.css",
    "annotate.js",
    "annotations.js",
    "bar.js",
    "choice_order.js",
    "choices.js",
    "client.css",
    "client.js",
    "dom.js",
    "event_fields.js",
    "form.js",
    "kept.js",
    "marks.js",
    "morph.js",
    "page_input.js",
    "panel.css",
    "panel.js",
    "problems.js",
    "requests.js",
    "selection.js",
    "stream.js",
    "submission.js",
    "todo.js",
    "vendor/idiomorph.js",
    "waiting.js",
)
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Content-Security-Policy", "frame-ancestors 'self'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
)


class Response(msgspec.Struct, frozen=True):
    """An HTTP response. To a HEAD request the server sends it without the body."""

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


class RequestContext(msgspec.Struct, frozen=True):
    """The server's side of a request."""

    snapshot: Snapshot
    guard: Guard
    run: str
    """Names this run of the server, so that a browser sees that it was restarted."""
    editor: str = ""
    """The template of links into the editor."""
    follow: bool = False
    """Whether browsers go to the saved page by default."""
    engine: Engine | None = None
    """The engine to rebuild after writes; None if nothing can be written."""

    @property
    def at(self) -> str:
        """Name the state of the site over all runs of the server."""
        return f"{self.run}:{self.snapshot.version}"


def _write_handler(work: Callable[[Engine, bytes], bytes | None]) -> Callable[[RequestContext, bytes], Response]:
    """Return how a request that changes files is answered: with the state that came of it, in JSON."""

    def written(context: RequestContext, body: bytes) -> Response:
        try:
            result = work(context.engine, body) if context.engine is not None else None
        except ValueError as wrong:
            return text_response(HTTPStatus.BAD_REQUEST, str(wrong))
        return _json(result) if result is not None else text_response(HTTPStatus.NOT_FOUND, "This page shows no explainer.")

    return written


WRITE_ENDPOINTS: dict[str, Callable[[RequestContext, bytes], Response]] = {
    "annotate": _write_handler(endpoints.write),
    "fix": _write_handler(fix_and_undo.fix),
    "undo": _write_handler(fix_and_undo.undo),
    "redo": _write_handler(fix_and_undo.redo),
}
"""Endpoints of POST, by name below `PREVIEW_FOLDER`: from the JSON body of the request to a response."""

MAX_BODY_BYTES = 262_144
"""Bytes that a request may send."""


def may_take_long(request: Request) -> bool:
    """Return whether other requests are to be served meanwhile: the search index is built on its first request, problems are looked for, a change is rebuilt at once."""
    return request.method == "POST" or request.target.startswith((b"/pagefind/", f"/{PREVIEW_FOLDER}state".encode()))


def takes_body(context: RequestContext, request: Request) -> bool:
    """Return whether the body of a request is to be read: only of one that may write."""
    return _write_endpoint(request) is not None and _refusal(context, request) is None


def _write_endpoint(request: Request) -> Callable[[RequestContext, bytes], Response] | None:
    name = request_paths.name(request_paths.split(request.target)[0]) if request.method == "POST" else None
    return WRITE_ENDPOINTS.get(name.removeprefix(PREVIEW_FOLDER)) if name is not None and name.startswith(PREVIEW_FOLDER) else None


def _refusal(context: RequestContext, request: Request) -> Refusal | None:
    token = request_paths.split(request.target)[1].get("token", "")
    writes = _write_endpoint(request) is not None
    return context.guard.refuses_writing(request.headers, token) if writes else context.guard.refuses(request.headers, token)


def respond(context: RequestContext, request: Request) -> Response:
    """Answer a request. Guards come first, for every path and method."""
    refused = _refusal(context, request)
    if refused:
        return _refusal_response(refused)
    write = _write_endpoint(request)
    if write is not None:
        return write(context, request.body)
    if request.method not in {"GET", "HEAD"}:
        return text_response(HTTPStatus.METHOD_NOT_ALLOWED, "The preview only shows: GET and HEAD.", (("Allow", "GET, HEAD"),))
    return respond_to_get(context, request)


def respond_to_get(context: RequestContext, request: Request) -> Response:
    """Return the response to a request of a file, a state or an asset of the preview."""
    path, query = request_paths.split(request.target)
    if len(request.target) > request_paths.MAX_TARGET_BYTES:
        return text_response(HTTPStatus.REQUEST_URI_TOO_LONG, "This address is too long.")
    if "upgrade" in request.headers:
        return text_response(HTTPStatus.BAD_REQUEST, "The preview has no websockets.")
    name = request_paths.name(path)
    if context.guard.token and "token" in query and name is not None:
        # Redirected to an address without the token, which would stay in the history and in copied links.
        keep = f"{COOKIE}={context.guard.token}; Path=/; HttpOnly; SameSite=Strict"
        return text_response(HTTPStatus.SEE_OTHER, "", (("Location", request_paths.address(name)), ("Set-Cookie", keep)))
    if name is None:
        return _missing(context)
    if name.startswith(PREVIEW_FOLDER):
        return _preview_file(context, request, name.removeprefix(PREVIEW_FOLDER), query)
    found = context.snapshot.get(request_paths.file_of(name))
    if found:
        return _file(context, request, request_paths.file_of(name), found)
    if name and not name.endswith("/") and context.snapshot.get(f"{name}/index.html"):
        return text_response(HTTPStatus.FOUND, "", (("Location", request_paths.address(f"{name}/")),))
    return _missing(context)


def text_response(status: HTTPStatus, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """Answer with a line of text."""
    return _response(status, text.encode(), (("Content-Type", "text/plain; charset=utf-8"), *headers))


def content_type(path: str) -> str:
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


def _tags(context: RequestContext) -> bytes:
    follow = " data-follow" if context.follow else ""
    script = f'<script type="module" src="/{PREVIEW_FOLDER}client.js" data-backstory-at="{html.escape(context.at)}"{follow}></script>'
    return f'<link rel="stylesheet" href="/{PREVIEW_FOLDER}client.css">{script}'.encode()


def _file(context: RequestContext, request: Request, path: str, file: OutputFile) -> Response:
    if path.endswith((".html", ".htm")):
        body = file.body.read_bytes() if isinstance(file.body, Path) else file.body
        # Weak: where only the site's version differs, two pages say the same but are not the same bytes.
        etag = f'W/"{file.etag}-{client_digest()}"'
        return _conditional(request, inject(body, _tags(context)), etag, content_type(path))
    return _conditional(request, file.body, f'"{file.etag}"', content_type(path))


def _conditional(request: Request, body: bytes | Path, etag: str, content_type: str) -> Response:
    """Answer with a file, a part of it, or that the browser has it already."""
    size = len(body) if isinstance(body, bytes) else body.stat().st_size
    headers = (("ETag", etag), ("Cache-Control", "no-cache"), ("Accept-Ranges", "bytes"))
    if "if-none-match" in request.headers and ranges.matches(", ".join(request.headers["if-none-match"]), etag):
        return Response(HTTPStatus.NOT_MODIFIED, (*headers, *_common_headers()))
    part = None
    # A range of a page would end before the script, or within it; and its ETag is weak.
    if "range" in request.headers and request.method == "GET" and not etag.startswith("W/"):
        try:
            part = ranges.wanted(request.header("range"), request.header("if-range"), etag, size)
        except ranges.NotSatisfiable:
            return text_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "", (("Content-Range", f"bytes */{size}"),))
    start, end = part or (0, size)
    status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
    own_headers: tuple[tuple[str, str], ...] = (("Content-Type", content_type), ("Content-Length", str(end - start)), *headers)
    if part:
        own_headers += (("Content-Range", f"bytes {start}-{end - 1}/{size}"),)
    if isinstance(body, bytes):
        return Response(status, (*own_headers, *_common_headers()), body[start:end])
    return Response(status, (*own_headers, *_common_headers()), body, (start, end))


def _missing(context: RequestContext) -> Response:
    found = context.snapshot.get("404.html")
    if found and isinstance(found.body, bytes):
        page = inject(found.body, _tags(context))
        return _response(HTTPStatus.NOT_FOUND, page, (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")))
    return text_response(HTTPStatus.NOT_FOUND, "There is no such page.")


def _preview_file(context: RequestContext, request: Request, name: str, query: Mapping[str, str]) -> Response:
    if name == "events":
        headers = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store"))
        return Response(HTTPStatus.OK, (*headers, *_common_headers()), stream=request.method == "GET")
    if name == "state":
        page = request_paths.name(request_paths.split(query.get("page", "/").encode())[0])
        body = state(
            context.snapshot,
            context.at,
            request_paths.file_of(page) if page is not None else "",
            key=context.guard.csrf_token,
            editor=context.editor if context.guard.local else "",
            writes=not context.guard.why_read_only,
        )
        return _json(body)
    if name == "annotate":
        result = (
            endpoints.state(context.engine, query.get("page", "/"), why_not=context.guard.why_read_only)
            if context.engine is not None
            else None
        )
        return _json(result) if result is not None else text_response(HTTPStatus.NOT_FOUND, "This page shows no explainer.")
    if name in OWN_FILES:
        text, etag = _client_file(name)
        return _conditional(request, text, etag, content_type(name))
    if name in {"", "guide"}:
        return text_response(HTTPStatus.FOUND, "", (("Location", f"/{PREVIEW_FOLDER}guide/"),))
    found = guide_site.file(request_paths.file_of(name))
    if found is not None:
        return _conditional(request, found, f'"{hashlib.sha256(found).hexdigest()[:16]}"', content_type(request_paths.file_of(name)))
    return text_response(HTTPStatus.NOT_FOUND, "The preview has no such file.")


@cache
def _client_file(name: str) -> tuple[bytes, str]:
    text = (files("builder.preview") / "client" / name).read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:16]}"'


@cache
def client_digest() -> str:
    """Return a digest of the preview's own scripts and styles: with another one, an open page loads itself anew."""
    return hashlib.sha256("".join(_client_file(name)[1] for name in OWN_FILES).encode()).hexdigest()[:8]


def _response(status: HTTPStatus, body: bytes, headers: tuple[tuple[str, str], ...]) -> Response:
    return Response(status, (*headers, ("Content-Length", str(len(body))), *_common_headers()), body)


def _json(body: bytes) -> Response:
    return _response(HTTPStatus.OK, body, (("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")))


def _refusal_response(refusal: Refusal) -> Response:
    return text_response(refusal.status, refusal.why, (("Cache-Control", "no-store"),))


def _common_headers() -> tuple[tuple[str, str], ...]:
    return (("Date", formatdate(usegmt=True)), *_SECURITY)
