"""The server of the preview: shows the newest snapshot to browsers, tells them of changes, and nobody else anything.

It listens on this machine alone unless told otherwise, answers GET and HEAD, looks files up by their exact name in the snapshot, never on the disk,
and refuses whoever comes by another name (DNS rebinding) or from another site's page. Only HTML that it sends gets the client; the files of a build never do.
"""

import asyncio
import contextlib
import hmac
import secrets
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote_to_bytes

import uvicorn
from starlette.responses import FileResponse, Response, StreamingResponse
from uvicorn.protocols.http.h11_impl import H11Protocol

from builder import plan
from builder.preview.listening import LOOPBACK, Listening
from builder.preview.media import media_type
from builder.preview.report import report
from builder.preview.snapshot import Change, File, Workshop

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

OWN = "__backstory/"
"""The path below which the preview's own things lie; no page of a site can have it, since a slug has no underscore."""

CLIENT = Path(__file__).parent / "client"
SCRIPT = f'<script type="module" src="/{OWN}client.js"></script>\n'.encode()

PATIENCE = 10.0
"""Seconds in which a client must have sent its request."""

HEARTBEAT = 15.0
"""Seconds between signs of life on a stream of events."""

MOST_CONNECTIONS = 400
MOST_WAITING = 100
"""Changes that may wait for a browser; one that is farther behind is sent away, and comes back for the newest state."""

LONGEST_HEAD = 16 * 1024
"""Bytes of a request's first line and headers."""

HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


class _Patient(H11Protocol):
    """Sends away who connects and says nothing, or too little at a time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # narrower in the library than in what it extends
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, self._end_silence)

    def _end_silence(self) -> None:
        if getattr(self, "cycle", None) is None and not self.transport.is_closing():
            self.transport.abort()


class Server:
    """Serves a workshop's snapshots until it is stopped; runs in threads of its own."""

    def __init__(self, workshop: Workshop, place: Listening, *, editor: str = "", follow: bool = False) -> None:
        self._workshop = workshop
        self._editor = editor
        self._follow = follow
        self._place = place
        self.port = place.port
        self.host = place.host
        self.token = "" if place.host in LOOPBACK else secrets.token_urlsafe(16)
        """Asked of everybody where others than this machine can reach the preview; "" where they cannot."""
        self.url = place.url + (f"?token={self.token}" if self.token else "")
        """Where to look at the site; with the token, if one is asked for."""
        config = uvicorn.Config(
            self._answer,
            http=_Patient,
            ws="none",
            loop="asyncio",
            interface="asgi3",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=LONGEST_HEAD,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=0,
        )
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._streams: set[asyncio.Queue[str | None]] = set()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to serve."""
        self._unsubscribe = self._workshop.subscribe(self._tell)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving: streams end, connections close."""
        self._unsubscribe()
        self._server.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._end_streams)
        if self._thread.is_alive():
            self._thread.join(timeout=2)
        self._place.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=self._place.sockets)

    def _end_streams(self) -> None:
        for queue in self._streams:
            queue.put_nowait(None)

    # --- one request ------------------------------------------------

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        response = self._refuse(scope, headers) or await self._respond(scope, headers)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    def _refuse(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        """Return what to say to those who must not be answered; None for all others."""
        if not self._is_known(headers.get("host", "")):
            return _plain(403, "This preview answers only to the name that it was started under.")
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            return _plain(403, "This preview does not answer to the pages of other sites.")
        if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and headers.get("sec-fetch-mode") != "navigate":
            return _plain(403, "This preview does not answer to the pages of other sites.")
        if scope["method"] not in {"GET", "HEAD"}:
            return _plain(405, "This preview only shows.", {"Allow": "GET, HEAD"})
        if self.token:
            given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if given and _equal(given, self.token):
                back = Response(status_code=303, headers={"Location": _local(scope)})
                back.set_cookie(self._cookie, self.token, httponly=True, samesite="strict")
                return back
            if not _equal(_cookie(headers.get("cookie", ""), self._cookie), self.token):
                return _plain(401, "Open the address that was shown when the preview was started, with its token.")
        return None

    @property
    def _cookie(self) -> str:
        return f"backstory-{self.port}"

    def _is_known(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "80")
        if port != str(self.port):
            return False
        if name in {"localhost", "127.0.0.1", "[::1]"}:
            return True
        # Elsewhere only by an address or by the name that was chosen: a name of somebody else's could lead here too.
        return self.host not in LOOPBACK and (name == self.host or _is_address(name.strip("[]")))

    async def _respond(self, scope: Scope, headers: Mapping[str, str]) -> Response:
        path = _path(scope)
        if path is None:
            return _plain(404, "There is nothing under this address.")
        if path.startswith(OWN):
            return self._own(path.removeprefix(OWN), scope, headers)
        snapshot = self._workshop.current()
        for name in (path, f"{path}index.html" if not path or path.endswith("/") else ""):
            file = await asyncio.to_thread(snapshot.get, name) if name else None
            if file is not None:
                return _file(name, file, headers, scope["method"])
        if path and not path.endswith("/") and snapshot.has(f"{path}/index.html"):
            return Response(status_code=301, headers={"Location": f"/{quote(path)}/"})
        file = await asyncio.to_thread(snapshot.get, "404.html")
        if file is None or isinstance(file.body, Path):
            return _plain(404, "There is no page here.")
        return Response(_with_client(file.body), 404, media_type="text/html; charset=utf-8")

    # --- our own ------------------------------------------------

    def _own(self, name: str, scope: Scope, headers: Mapping[str, str]) -> Response:
        if name == "events":
            return self._stream(headers)
        if name == "state":
            page = parse_qs(scope["query_string"].decode("latin-1")).get("page", [""])[0]
            local = self.host in LOOPBACK
            data = report(self._workshop.current(), page, editor=self._editor if local else "", follow=self._follow)
            return Response(data, media_type="application/json")
        if name in {"client.js", "overlay.js", "client.css", "idiomorph.js"}:
            data = (CLIENT / name).read_bytes()
            return _file(name, File(data, plan.digest(data)), headers, scope["method"])
        return _plain(404, "There is nothing under this address.")

    def _stream(self, headers: Mapping[str, str]) -> Response:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        now = self._workshop.current().version
        seen = headers.get("last-event-id", "")
        # One that comes back learns where things stand, and whether it has missed something.
        queue.put_nowait(f"retry: 500\nid: {now}\nevent: {'behind' if seen not in {'', str(now)} else 'hello'}\ndata: {now}\n\n")
        self._streams.add(queue)

        async def events() -> AsyncIterator[str]:
            try:
                while True:
                    try:
                        event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                    except TimeoutError:
                        event = ": here\n\n"
                    if event is None:
                        return
                    yield event
            finally:
                self._streams.discard(queue)

        return StreamingResponse(events(), media_type="text/event-stream")

    def _tell(self, change: Change) -> None:
        """Tell every browser of a change; called from the thread that looks at the disk."""
        import msgspec

        event = f"id: {change.version}\nevent: change\ndata: {msgspec.json.encode(change).decode()}\n\n"

        def put() -> None:
            for queue in tuple(self._streams):
                queue.put_nowait(event if queue.qsize() < MOST_WAITING else None)

        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the server is going
                self._loop.call_soon_threadsafe(put)


# --- files ------------------------------------------------


def _file(name: str, file: File, headers: Mapping[str, str], method: str) -> Response:
    kind = media_type(name)
    is_page = kind.startswith("text/html") and not isinstance(file.body, Path)
    etag = f'"{file.etag}-p"' if is_page else f'"{file.etag}"'
    if _matches(headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers={"ETag": etag})
    if isinstance(file.body, Path):
        return FileResponse(file.body, media_type=kind, headers={"ETag": etag})
    data = _with_client(file.body) if is_page else file.body
    wanted = headers.get("range", "")
    if wanted and method == "GET" and headers.get("if-range", etag) == etag:
        span = _span(wanted, len(data))
        if span is None:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}", "ETag": etag})
        if span != (0, len(data)):
            low, high = span
            about = {"Content-Range": f"bytes {low}-{high - 1}/{len(data)}", "ETag": etag, "Accept-Ranges": "bytes"}
            return Response(data[low:high], 206, about, kind)
    return Response(data, 200, {"ETag": etag, "Accept-Ranges": "bytes"}, kind)


def _with_client(page: bytes) -> bytes:
    at = page.rfind(b"</body>")
    return page[:at] + SCRIPT + page[at:] if at >= 0 else page + SCRIPT


def _matches(given: str, etag: str) -> bool:
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in given.split(",")) if given else False


def _span(wanted: str, length: int) -> tuple[int, int] | None:
    """Return the bytes that a Range header asks for (RFC 9110, 14.1.2); all of them where it asks for several stretches or not for bytes."""
    unit, _, given = wanted.partition("=")
    low, sign, high = given.strip().partition("-")
    if unit.strip() != "bytes" or "," in given or not sign or not (low + high).isdigit() or not (low + high).isascii():
        return 0, length
    if not low:
        return (max(0, length - int(high[:18])), length) if int(high[:18]) else None
    first, last = int(low[:18]), min(int(high[:18]) if high else length, length - 1)
    if first >= length:
        return None
    return (first, last + 1) if first <= last else (0, length)


def _plain(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    return Response(f"{words}\n", status, headers, "text/plain; charset=utf-8")


# --- addresses ------------------------------------------------


def _path(scope: Scope) -> str | None:
    """Return the asked path without its first slash, decoded once; None where nothing of a site can have it."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    try:
        path = unquote_to_bytes(raw.partition(b"?")[0]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or "\\" in path or "\0" in path or len(path) > 2000:
        return None
    parts = path[1:].split("/")
    if any(part.startswith(".") for part in parts) or "" in parts[:-1]:
        return None
    return path[1:]


def _local(scope: Scope) -> str:
    """Return the asked path, without the token, as an address that cannot lead elsewhere."""
    return "/" + quote((_path(scope) or "").lstrip("/"))


def _cookie(given: str, name: str) -> str:
    with contextlib.suppress(CookieError):
        found = SimpleCookie(given).get(name)
        return found.value if found is not None else ""
    return ""


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _is_address(name: str) -> bool:
    import ipaddress

    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
