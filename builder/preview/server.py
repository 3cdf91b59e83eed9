"""The preview's server: HTTP/1.1 on a local socket, in its own thread.

`h11` implements the protocol; this module adds limits, time-outs, the stream of events, and an immediate stop.
"""

import asyncio
import contextlib
import os
import secrets
import socket
import stat
import threading
import traceback
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Self

import h11
import msgspec

from builder.preview import editor_links
from builder.preview.guard import WILDCARDS, Access, Guard, in_url, is_loopback
from builder.preview.listening import most_connections
from builder.preview.responses import MAX_BODY_BYTES, Request, RequestContext, Response, may_take_long, respond, takes_body, text_response
from builder.preview.snapshot import Engine, SiteChange

REQUEST_TIMEOUT = 10.0
"""Seconds from the first byte of a request to its last, against slow clients."""
IDLE_TIMEOUT = 60.0
"""Seconds that a connection may stay open between two requests."""
SEND_TIMEOUT = 30.0
"""Seconds for a browser to receive pending data."""
HEARTBEAT = 15.0
"""Seconds after which the stream of events says that it is still there."""
MAX_HEADER_BYTES = 16_384
MAX_STREAMS = 400
"""Streams of events that are open at once."""
RESERVED_CONNECTIONS = 80
"""Connections beside them, so that pages are answered when all streams are used up."""
MAX_BACKLOG = 64
"""Changes that a stream may fall behind before it is cut off; its browser then asks for the whole state."""
CHUNK_BYTES = 262_144
SETTLE_DELAY = 0.1
"""Seconds after a write until its problems are looked for: the page that shows it is fetched first."""


class TokenMissingError(ValueError):
    """Other machines could reach the preview, and it has no token."""


class Preview:
    """A running preview. It handles no signals; `stop` may be called from any thread, any number of times."""

    def __init__(self, engine: Engine, listening: list[socket.socket], guard: Guard, editor: str, *, follow: bool) -> None:
        self._engine = engine
        self._guard = guard
        self._editor = editor
        self._follow = follow
        self._run = secrets.token_hex(4)
        self._max_connections = most_connections(MAX_STREAMS + RESERVED_CONNECTIONS, RESERVED_CONNECTIONS + 1)
        self._streams: set[asyncio.Queue[SiteChange | None]] = set()
        self._tasks: dict[asyncio.Task[None], bool] = {}
        self._listening = listening
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run_loop, name="preview", daemon=True)
        self._unsubscribe: Callable[[], None] = engine.subscribe(self._on_change)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._guard.port

    @property
    def url(self) -> str:
        """The address to open, with the token where there is one."""
        host = "localhost" if self._guard.host in WILDCARDS else in_url(self._guard.host)
        return f"http://{host}:{self.port}/" + (f"?token={self._guard.token}" if self._guard.token else "")

    @property
    def stream_count(self) -> int:
        """The number of open streams, one for each page in a browser."""
        return len(self._streams)

    @property
    def connection_count(self) -> int:
        """The number of open connections."""
        return len(self._tasks)

    @property
    def is_running(self) -> bool:
        """Whether the thread of the server runs."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Close the sockets and all connections, open streams among them; returns when that is done, within a second."""
        self._unsubscribe()
        with contextlib.suppress(RuntimeError):  # The loop is closed: stopped before.
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(1.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    # --- the thread ---

    def _run_loop(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        servers = [
            await asyncio.start_server(self._handle_connection, sock=listener, limit=MAX_HEADER_BYTES) for listener in self._listening
        ]
        await self._stopping.wait()
        ends = self._loop.time() + 0.5
        # Who was accepted a moment ago is not in our list yet, and is turned away as soon as their turn comes.
        # asyncio does not close accepted connections without a handler when a server closes (CPython gh-109564): this comes first.
        while (left := asyncio.all_tasks() - {asyncio.current_task()}) and self._loop.time() < ends:
            for task in list(self._tasks):
                task.cancel()
            await asyncio.wait(left, timeout=0.1)
        for server in servers:
            server.close()
        await asyncio.sleep(0)  # A connection's socket is closed one turn after the connection.

    def _on_change(self, change: SiteChange) -> None:
        """Publish a change to all streams; called from the engine's thread."""
        with contextlib.suppress(RuntimeError):  # The loop is closed: a save while the preview stops.
            self._loop.call_soon_threadsafe(self._publish, change)

    def _publish(self, change: SiteChange) -> None:
        for stream in self._streams:
            if stream.qsize() >= MAX_BACKLOG:
                while not stream.empty():
                    stream.get_nowait()
                stream.put_nowait(None)
            else:
                stream.put_nowait(change)

    # --- a connection ---

    async def _handle_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if self._stopping.is_set():
            writer.transport.abort()
            return
        if len(self._tasks) >= self._max_connections:
            # The connection idle for longest makes room: a browser opens a new one when it needs it.
            waiting = next((task for task, idle in self._tasks.items() if idle), None)
            if waiting is None:
                writer.transport.abort()
                return
            # No longer counted: the next one to come must find another.
            del self._tasks[waiting]
            waiting.cancel()
        self._tasks[task] = True
        whole = False
        try:
            await self._handle_requests(reader, writer, task)
            await _finished(reader, writer)
            whole = True
        except (asyncio.CancelledError, OSError, TimeoutError, h11.LocalProtocolError):
            pass  # The other side left, is too slow, or the preview ends.
        finally:
            self._tasks.pop(task, None)
            # Pending data that is not received would keep the connection open.
            if whole:
                writer.close()
            else:
                writer.transport.abort()

    async def _handle_requests(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, task: asyncio.Task[None]) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEADER_BYTES)
        while True:
            self._mark_idle(task, idle=True)
            try:
                request = await self._read_request(reader, connection, task)
            except h11.RemoteProtocolError as error:
                if connection.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
                    await self._send(
                        writer,
                        connection,
                        text_response(HTTPStatus(error.error_status_hint), "This is no request that can be read."),
                        "GET",
                    )
                return
            if request is None:
                return
            if takes_body(self._context(), request):
                body = await self._read_body(reader, connection)
                if body is None:
                    await self._send(
                        writer, connection, text_response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too much to write."), "POST"
                    )
                    return
                request = msgspec.structs.replace(request, body=body)
            response = await asyncio.to_thread(self._respond, request) if may_take_long(request) else self._respond(request)
            if response.stream and len(self._streams) < self._max_connections - RESERVED_CONNECTIONS:
                await self._stream(reader, writer, connection, response)
                return
            if response.stream:
                response = text_response(HTTPStatus.SERVICE_UNAVAILABLE, "Too many pages of this preview are open. Close some.")
            await self._send(writer, connection, response, request.method)
            if request.method == "POST":
                self._loop.call_later(SETTLE_DELAY, lambda: self._loop.run_in_executor(None, self._settle))
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()

    def _settle(self) -> None:
        """Find the problems of what was written: nobody waits for them, unless they ask."""
        try:
            self._engine.settle()
        except Exception:  # noqa: BLE001 – a bug of ours in the checks must not end the preview
            traceback.print_exc()

    def _mark_idle(self, task: asyncio.Task[None], *, idle: bool) -> None:
        """Record whether a connection waits for a request; those that have waited longest stand first."""
        if self._tasks.pop(task, None) is not None:  # else it is on its way out
            self._tasks[task] = idle

    async def _read_request(self, reader: asyncio.StreamReader, connection: h11.Connection, task: asyncio.Task[None]) -> Request | None:
        """Read one request up to its body, or None if the other side has left."""
        event = connection.next_event()
        if event is h11.NEED_DATA:
            async with asyncio.timeout(IDLE_TIMEOUT):
                connection.receive_data(await reader.read(8_192))
            event = connection.next_event()
        async with asyncio.timeout(REQUEST_TIMEOUT):
            while event is h11.NEED_DATA:
                connection.receive_data(await reader.read(8_192))
                event = connection.next_event()
        if not isinstance(event, h11.Request):
            return None
        self._mark_idle(task, idle=False)
        # A request without a body ends here. An unwanted body is never read, and its connection not used again.
        if not {name for name, _ in event.headers} & {b"content-length", b"transfer-encoding"}:
            connection.next_event()
        headers: dict[str, list[str]] = {}
        for name, value in event.headers:
            headers.setdefault(name.decode("ascii"), []).append(value.decode("latin-1"))
        return Request(event.method.decode("ascii"), event.target, headers)

    async def _read_body(self, reader: asyncio.StreamReader, connection: h11.Connection) -> bytes | None:
        """Read the body of a request; None if it is too large."""
        body = b""
        async with asyncio.timeout(REQUEST_TIMEOUT):
            while not isinstance(event := connection.next_event(), h11.EndOfMessage):
                if event is h11.NEED_DATA:
                    received = await reader.read(65_536)
                    if not received:
                        raise ConnectionResetError
                    connection.receive_data(received)
                elif isinstance(event, h11.Data):
                    body += event.data
                if len(body) > MAX_BODY_BYTES:
                    return None
        return body

    def _context(self) -> RequestContext:
        return RequestContext(self._engine.current(), self._guard, self._run, self._editor, self._follow, self._engine)

    def _respond(self, request: Request) -> Response:
        try:
            return respond(self._context(), request)
        except OSError:
            return text_response(HTTPStatus.NOT_FOUND, "This file was deleted a moment ago.")
        except Exception:  # noqa: BLE001 – a bug of ours in one page must not end the preview of the others
            traceback.print_exc()
            return text_response(
                HTTPStatus.INTERNAL_SERVER_ERROR, "This page cannot be shown. That is a bug in Backstory; the terminal says more."
            )

    async def _send(self, writer: asyncio.StreamWriter, connection: h11.Connection, response: Response, method: str) -> None:
        file = None
        if isinstance(response.body, Path) and method != "HEAD":
            file = await asyncio.to_thread(_opened, response.body)
            if file is None:
                response = text_response(HTTPStatus.NOT_FOUND, "This file was deleted a moment ago.")
        writer.write(connection.send(h11.Response(status_code=response.status, headers=list(response.headers))) or b"")
        try:
            if file is not None and response.part:
                async for chunk in _read(file, *response.part):
                    writer.write(connection.send(h11.Data(data=chunk)) or b"")
                    await _drained(writer)
            elif isinstance(response.body, bytes) and response.body and method != "HEAD":
                writer.write(connection.send(h11.Data(data=response.body)) or b"")
            writer.write(connection.send(h11.EndOfMessage()) or b"")
        finally:
            if file is not None:
                os.close(file)
        await _drained(writer)

    # --- events ---

    async def _stream(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: h11.Connection, response: Response
    ) -> None:
        writer.write(
            connection.send(h11.Response(status_code=response.status, headers=[*response.headers, ("Connection", "close")])) or b""
        )

        async def tell(text: str) -> None:
            writer.write(connection.send(h11.Data(data=text.encode())) or b"")
            await _drained(writer)

        changes: asyncio.Queue[SiteChange | None] = asyncio.Queue()
        self._streams.add(changes)
        left = asyncio.ensure_future(reader.read(1))
        coming = asyncio.ensure_future(changes.get())
        try:
            # Sent after the stream is registered: a change between the two would be lost.
            await tell(f"retry: 500\n\n{self._event('hello', self._engine.current().version, b'{}')}")
            while not left.done():
                await asyncio.wait({coming, left}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    await tell(": still here\n\n")
                    continue
                change = coming.result()
                coming = asyncio.ensure_future(changes.get())
                if change is None:
                    return
                await tell(self._event("change", change.version, msgspec.json.encode(change)))
        finally:
            self._streams.discard(changes)
            left.cancel()
            coming.cancel()
            await asyncio.gather(left, coming, return_exceptions=True)

    def _event(self, name: str, version: int, data: bytes) -> str:
        return f"id: {self._run}:{version}\nevent: {name}\ndata: {data.decode()}\n\n"


_LOCAL = Access()


def serve(engine: Engine, listening: list[socket.socket], access: Access = _LOCAL, *, editor: str = "", follow: bool = False) -> Preview:
    """Serve the snapshots of an engine in a thread, until `Preview.stop`; on the sockets that `listen` has opened.

    Raises `TokenMissingError` if it is open to other machines and there is no token, and `editor_links.UnknownEditor`.
    """
    if not is_loopback(access.host) and not access.token:
        raise TokenMissingError(f"Listening on {access.host}, others can reach the preview: it needs a token.")
    guard = Guard(access.host, listening[0].getsockname()[1], access.token, secrets.token_urlsafe(32), access.read_only)
    return Preview(engine, listening, guard, editor_links.template(editor), follow=follow)


def _opened(path: Path) -> int | None:
    """Open a regular file, never a link or a pipe that has come to stand there since."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(file).st_mode):
        return file
    os.close(file)
    return None


async def _read(file: int, start: int, end: int) -> AsyncIterator[bytes]:
    """Yield the bytes of a file. If it was truncated after its size was sent, the connection must end: OSError."""
    await asyncio.to_thread(os.lseek, file, start, os.SEEK_SET)
    while start < end:
        chunk = await asyncio.to_thread(os.read, file, min(CHUNK_BYTES, end - start))
        if not chunk:
            raise OSError("The file was cut short while it was sent.")
        start += len(chunk)
        yield chunk


async def _finished(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read on for a moment: closing a connection with unread bytes resets it, and the response to a refused upload is lost."""
    writer.write_eof()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1):
            while await reader.read(65_536):
                pass


async def _drained(writer: asyncio.StreamWriter) -> None:
    async with asyncio.timeout(SEND_TIMEOUT):
        await writer.drain()
