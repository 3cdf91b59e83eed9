"""Request one address over the net, politely, and never one of a private network.

HEAD first, then GET for a few bytes if a server does not answer HEAD; one request at a time to a host, with a pause; `Retry-After` is honoured (RFC 9110).
The host's name is looked up once, every IP address it has must be public, and the connection goes to one of these:
a name that resolves into a newsroom's own network, at first or after a redirect, is not requested.
"""

import contextlib
import email.utils
import functools
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from builder import __version__

FINE, MOVED, DEAD, UNKNOWN = "fine", "moved", "dead", "open"

NO_NET = "its host has no address"

USER_AGENT = f"Backstory/{__version__} (checks the links of a site)"

_LASTING, _PASSING = (301, 308), (302, 303, 307)
_GONE = (404, 410)
_BUSY = (429, 503)
_BYTES = 1024
LARGEST_PAGE = 4_000_000
"""Bytes of a page that is read: what it says of itself stands at its head."""
_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024
_ESCAPED = "/~:@!$&'()*+,;=%?-._"
_NUMBER = re.compile(r"[0-9]{1,6}")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_ANY_ZLIB = 47
"""For zlib: gzip or deflate, whichever it is."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RequestLimits(msgspec.Struct, frozen=True):
    """Limits of the requests."""

    seconds: float = 20
    """For one request, from the look-up of the host to the last byte that is read."""
    pause: float = 1
    """Seconds between two requests to one host."""
    wait: float = 60
    """Seconds of `Retry-After` that are waited for; if a server asks for more, the result is `UNKNOWN`."""
    hosts: int = 8
    """Number of hosts that are asked at the same time."""
    redirects: int = 8
    private: bool = False
    """Also request addresses of this machine and of private networks."""


class LinkStatus(msgspec.Struct, frozen=True):
    """The state of an address."""

    kind: str
    """`FINE`, `MOVED`, `DEAD`, or `UNKNOWN`."""
    why: str = ""
    """The reason, as the end of a sentence."""
    to: str = ""
    """The new address, if it has moved for good."""
    lasts: bool = True
    """False if the result says nothing of the address itself, and is not cached."""


class FetchedPage(msgspec.Struct, frozen=True):
    """A page that was read."""

    url: str
    """Where it was found in the end."""
    type: str
    """Its media type, in small letters and without parameters."""
    body: bytes
    """Its bytes, up to `LARGEST_PAGE`."""
    charset: str = ""
    """The encoding that its server names; "" if it names none."""


class ServerReply(msgspec.Struct, frozen=True):
    """The reply of a server to one request."""

    status: int
    location: str = ""
    retry_after: str = ""
    type: str = ""
    body: bytes = b""
    packing: str = ""


class _Refused(Exception):
    """The address is not requested, or nothing came back; carries the result."""

    def __init__(self, answer: LinkStatus) -> None:
        super().__init__(answer.why)
        self.answer = answer


class Client:
    """Requests addresses, from any number of threads."""

    def __init__(self, limits: RequestLimits, stop: threading.Event) -> None:
        self._limits = limits
        self._stop = stop
        self._guard = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}

    @functools.cached_property
    def _tls(self) -> ssl.SSLContext:
        # Reading the certificates of the system takes longer than most replies, and only HTTPS needs them.
        return ssl.create_default_context()

    def ask(self, url: str) -> LinkStatus:
        """Return the state of an address. Never raises."""
        seen = {url}
        at, lasting, moved = url, True, url
        try:
            for _ in range(self._limits.redirects + 1):
                reply = self.final_reply(at)
                if reply.status in _LASTING + _PASSING and reply.location:
                    target = urljoin(at, reply.location).partition("#")[0]
                    lasting = lasting and reply.status in _LASTING
                    if lasting:
                        moved = target
                    if target in seen:
                        return LinkStatus(DEAD, "it leads in a circle")
                    seen.add(target)
                    at = target
                    continue
                return _status_of(reply, moved if moved != url else "")
        except _Refused as refused:
            return refused.answer
        except ValueError:  # an invalid address or redirect
            return LinkStatus(UNKNOWN, "it leads to an address that cannot be read")
        except Exception:  # noqa: BLE001 - whatever one server makes of an answer, the other links are judged
            return LinkStatus(UNKNOWN, "its answer cannot be read", lasts=False)
        return LinkStatus(DEAD, f"it leads on more than {self._limits.redirects} times")

    def read(self, url: str) -> FetchedPage | LinkStatus:
        """Return the page at an address, or why it cannot be had. Never raises. The same limits count as for `ask`."""
        seen = {url}
        at = url
        try:
            for _ in range(self._limits.redirects + 1):
                reply = self.request(at, "GET", most=LARGEST_PAGE)
                if reply.status in _LASTING + _PASSING and reply.location:
                    at = urljoin(at, reply.location).partition("#")[0]
                    if at in seen:
                        return LinkStatus(DEAD, "it leads in a circle")
                    seen.add(at)
                    continue
                if 200 <= reply.status < 300:
                    charset = _CHARSET.search(reply.type)
                    body = _unpacked(reply.body, reply.packing.strip().lower())
                    return FetchedPage(at, reply.type.partition(";")[0].strip().lower(), body, charset[1] if charset else "")
                return _status_of(reply, "")
        except _Refused as refused:
            return refused.answer
        except ValueError:  # an invalid address or redirect
            return LinkStatus(UNKNOWN, "it leads to an address that cannot be read")
        except Exception:  # noqa: BLE001 - whatever a server makes of an answer, it is told and no bug of ours
            return LinkStatus(UNKNOWN, "its answer cannot be read", lasts=False)
        return LinkStatus(DEAD, f"it leads on more than {self._limits.redirects} times")

    def final_reply(self, url: str) -> ServerReply:
        """Return the answer of a server for an address, without following where it leads on."""
        reply = self.request(url, "HEAD")
        if reply.status in _BUSY or reply.status < 400:
            return reply
        # Many servers refuse HEAD or answer it wrongly: a failure counts only after GET.
        return self.request(url, "GET")

    def request(self, url: str, method: str, *, again: bool = True, most: int = _BYTES) -> ServerReply:
        """Return what a server answers to one request, asked once more where it says when to come again."""
        parts = urlsplit(url)
        host, port = self._allowed(parts.scheme, parts.hostname, parts.port, parts.username)
        with self._turn(host):
            reply = self._send(parts.scheme, host, port, _target(parts.path, parts.query), method, most)
            wait = _seconds(reply.retry_after) if reply.status in _BUSY else None
            if again and wait is not None and wait <= self._limits.wait:
                self._free_at[host] = time.monotonic() + max(wait, self._limits.pause)
        if again and wait is not None and wait <= self._limits.wait:
            return self.request(url, method, again=False, most=most)
        return reply

    def _allowed(self, scheme: str, host: str | None, port: int | None, user: str | None) -> tuple[str, int]:
        if scheme not in {"http", "https"} or not host:
            raise _Refused(LinkStatus(UNKNOWN, "it leads to something other than a page of the web"))
        if user is not None:
            raise _Refused(LinkStatus(UNKNOWN, "it has a name or a password in it, which is not sent", lasts=False))
        port = port or (443 if scheme == "https" else 80)
        if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
            raise _Refused(LinkStatus(UNKNOWN, f"port {port} is not one of the web", lasts=False))
        try:
            return (host if ":" in host or host.isascii() else host.encode("idna").decode("ascii")).lower(), port
        except UnicodeError:
            raise _Refused(LinkStatus(DEAD, "its host cannot be a name")) from None

    @contextlib.contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """Wait until no other thread asks this host and its pause is over."""
        with self._guard:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            self._stop.wait(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            if self._stop.is_set():
                raise _Refused(LinkStatus(UNKNOWN, "the check was aborted", lasts=False))
            try:
                yield
            finally:
                self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + self._limits.pause)

    def _send(self, scheme: str, host: str, port: int, target: str, method: str, most: int) -> ServerReply:
        until = time.monotonic() + self._limits.seconds
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        if method == "GET" and most == _BYTES:
            headers["Range"] = f"bytes=0-{_BYTES - 1}"
        try:
            connection = http.client.HTTPConnection(host, port)
            with self._connected(host, port, until) as plain:
                # A server that sends single bytes slowly would never exceed the timeout of a read.
                line = [plain]
                alarm = threading.Timer(max(0.1, until - time.monotonic()), _hang_up, [line])
                alarm.daemon = True
                alarm.start()
                try:
                    if scheme == "https":
                        safe = self._tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
                        line[0] = safe
                        safe.do_handshake()
                    connection.sock = line[0]
                    connection.request(method, target, headers=headers)
                    answer = connection.getresponse()
                    body = answer.read(most) if method == "GET" else b""
                    reply = ServerReply(
                        answer.status,
                        answer.getheader("Location", ""),
                        answer.getheader("Retry-After", ""),
                        answer.getheader("Content-Type", ""),
                        body,
                        answer.getheader("Content-Encoding", ""),
                    )
                    if time.monotonic() >= until:  # closed by the timer, which looks like an end
                        raise TimeoutError
                    return reply
                finally:
                    alarm.cancel()
                    connection.close()
                    line[0].close()
        except http.client.InvalidURL as error:
            raise _Refused(LinkStatus(UNKNOWN, "it leads to an address that cannot be read")) from error
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, TimeoutError) or time.monotonic() >= until:
                why = f"there was no answer within {self._limits.seconds:g} seconds"
            elif isinstance(error, ssl.SSLError):
                why = f"its certificate or encryption is wrong ({getattr(error, 'verify_message', '') or 'no safe connection comes about'})"
            else:
                why = "its server does not answer as it should"
            raise _Refused(LinkStatus(UNKNOWN, why)) from error

    @contextlib.contextmanager
    def _connected(self, host: str, port: int, until: float) -> Iterator[socket.socket]:
        """Connect to the first IP address of a host that answers, after checking all of them."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            lasting = error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
            raise _Refused(LinkStatus(DEAD if lasting else UNKNOWN, NO_NET, lasts=lasting)) from error
        except UnicodeError:
            raise _Refused(LinkStatus(DEAD, "its host cannot be a name")) from None
        if not self._limits.private and not all(is_public(str(entry[4][0])) for entry in found):
            raise _Refused(LinkStatus(UNKNOWN, "it leads into a private network, which is not asked", lasts=False))
        trouble: OSError = TimeoutError()
        for family, kind, protocol, _, address in found:
            made = socket.socket(family, kind, protocol)
            with made:
                try:
                    made.settimeout(max(0.1, until - time.monotonic()))
                    made.connect(address)
                except OSError as error:
                    trouble = error
                    continue
                yield made
                return
        raise trouble


def is_public(address: str) -> bool:
    """Return whether an IP address is public; an IPv4 address within an IPv6 address is checked too."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _unpacked(body: bytes, packing: str) -> bytes:
    """Return the bytes of a page that a server packs though it is asked not to, up to `LARGEST_PAGE`; refuse what cannot be unpacked."""
    if packing in {"", "identity"}:
        return body
    try:
        if packing in {"gzip", "x-gzip", "deflate"}:
            return zlib.decompressobj(_ANY_ZLIB).decompress(body, LARGEST_PAGE)
    except zlib.error:
        pass
    raise _Refused(LinkStatus(UNKNOWN, f"its server packs its pages in a way that cannot be read ({packing[:20]})"))


def _hang_up(line: list[socket.socket]) -> None:
    # The shutdown of the TCP socket, also for TLS: that of TLS would wait for the other side.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line[0], socket.SHUT_RDWR)


def _target(path: str, query: str) -> str:
    asked = quote(path or "/", safe=_ESCAPED)
    return f"{asked}?{quote(query, safe=_ESCAPED)}" if query else asked


def _seconds(value: str) -> float | None:
    """Return the seconds of a `Retry-After`, a number or a date; None if it is neither."""
    if _NUMBER.fullmatch(value.strip()):
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _status_of(reply: ServerReply, moved: str) -> LinkStatus:
    status = reply.status
    if status in _GONE:
        return LinkStatus(DEAD, f"its server answers that it is {'gone' if status == 410 else 'not there'} ({status})")
    if 200 <= status < 300 or status == 416:  # 416: the page has nothing of the range, so it is there and empty
        return LinkStatus(MOVED, to=moved) if moved else LinkStatus(FINE)
    if status == 429:
        return LinkStatus(UNKNOWN, "its server is asked too often (429)")
    if status in {401, 402, 403, 451}:
        return LinkStatus(UNKNOWN, f"its server does not let us in ({status})")
    return LinkStatus(UNKNOWN, f"its server answers with the status {status}")
