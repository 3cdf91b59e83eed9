"""Which requests the preview accepts.

Any page open in the same browser can send requests to this server, and by pointing its own host name to this machine (DNS rebinding) even
read the responses. So the Host and the origin of every request are checked.

Writes also need the CSRF token of this run, sent by a script. A form of another site, which a browser submits without asking, cannot send it.
"""

import hmac
import ipaddress
import re
from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie

import msgspec

COOKIE = "backstory-token"
CSRF_HEADER = "x-backstory-page"
"""The header with the CSRF token. A form cannot set it, and a script of another site only after a preflight request, which is never granted."""
JSON_TYPE = "application/json"
"""The content type of requests that write; a form cannot send it."""
READ_ONLY = "This preview was started with --read-only: it writes nothing."
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 – compared with, never listened on by itself


class Refusal(msgspec.Struct, frozen=True):
    """The reason for refusing a request."""

    status: HTTPStatus
    why: str


class Access(msgspec.Struct, frozen=True):
    """Who may read a preview, and whether they may write."""

    host: str = "127.0.0.1"
    """What it listens on."""
    token: str = ""
    """The access token; required when other machines can connect."""
    read_only: bool = False
    """Whether all writes are refused."""


class Guard(msgspec.Struct, frozen=True):
    """The rules of one running server."""

    host: str
    """What it listens on."""
    port: int
    token: str = ""
    """The access token; required when other machines can connect."""
    csrf_token: str = ""
    """Random for each run; without it nothing can be written."""
    read_only: bool = False
    """Whether all writes are refused."""

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def why_read_only(self) -> str:
        """Why all writes are refused; "" if they are not."""
        if self.read_only:
            return READ_ONLY
        return "" if self.local else "Other machines can reach this preview without encryption, so it writes nothing."

    def refuses(self, headers: Mapping[str, list[str]], query_token: str = "") -> Refusal | None:
        """Return why a request with these headers (names in lower case) is refused, or None if it is answered."""
        hosts = headers.get("host", [])
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return Refusal(HTTPStatus.FORBIDDEN, f"This preview answers only under its own address, such as {self._example}.")
        if any(origin.lower() != f"http://{hosts[0].lower()}" for origin in headers.get("origin", [])):
            return Refusal(HTTPStatus.FORBIDDEN, "A page of another site asked for this.")
        if any(site.lower() not in {"none", "same-origin"} for site in headers.get("sec-fetch-site", [])):
            return Refusal(HTTPStatus.FORBIDDEN, f"A page of another site led here. Open {self._example} by its address.")
        if self.token and not (self.is_token(query_token) or self.is_token(cookie(headers))):
            return Refusal(HTTPStatus.FORBIDDEN, "Open the preview by the whole address that it printed, with its token.")
        return None

    def refuses_writing(self, headers: Mapping[str, list[str]], query_token: str = "") -> Refusal | None:
        """Return why a request that would change files is refused, or None if it may.

        It must have the headers that browsers set themselves and the CSRF token; a missing one counts as wrong.
        """
        refused = self.refuses(headers, query_token)
        if refused is not None:
            return refused
        if self.why_read_only:
            return Refusal(HTTPStatus.FORBIDDEN, self.why_read_only)
        if len(headers.get("origin", [])) != 1:
            return Refusal(HTTPStatus.FORBIDDEN, "Only a page of the preview can write.")
        fetch = {
            name: {value.lower() for value in headers.get(name, [])} for name in ("sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")
        }
        if (
            fetch["sec-fetch-site"] - {"same-origin"}
            or fetch["sec-fetch-mode"] - {"cors", "same-origin"}
            or fetch["sec-fetch-dest"] - {"empty"}
        ):
            return Refusal(HTTPStatus.FORBIDDEN, "Only a script of a page of the preview can write.")
        kinds = headers.get("content-type", [])
        if len(kinds) != 1 or kinds[0].partition(";")[0].strip().lower() != JSON_TYPE:
            return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send changes as {JSON_TYPE}.")
        shown = headers.get(CSRF_HEADER, [])
        if len(shown) != 1 or not _is_secret(shown[0], self.csrf_token):
            return Refusal(HTTPStatus.FORBIDDEN, "This page is from an earlier run of the preview: reload it.")
        return None

    def is_token(self, given: str) -> bool:
        """Return whether this is the access token."""
        return _is_secret(given, self.token)

    @property
    def _example(self) -> str:
        return f"http://localhost:{self.port}/" if self.local or self.host in WILDCARDS else f"http://{in_url(self.host)}:{self.port}/"

    def _is_ours(self, host: str) -> bool:
        match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?", host)
        if not match or int(match[2] or 80) != self.port:
            return False
        name = match[1].lower()
        if name in LOOPBACK_NAMES or name == in_url(self.host).lower():
            return True
        # When listening on all addresses, none is known here. A host name can point anywhere, an IP address cannot.
        return self.host in WILDCARDS and is_ip_address(name.strip("[]"))


def _is_secret(given: str, secret: str) -> bool:
    """Compare in constant time; an empty secret equals nothing."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def cookie(headers: Mapping[str, list[str]]) -> str:
    """Return the token in the cookies, or "" if there is none."""
    jar: SimpleCookie = SimpleCookie()
    for line in headers.get("cookie", []):
        try:
            jar.load(line)
        except CookieError:
            continue
    return jar[COOKIE].value if COOKIE in jar else ""


def is_ip_address(text: str) -> bool:
    """Return whether this is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Return whether a host can be reached from this machine only."""
    return host == "localhost" or (is_ip_address(host) and ipaddress.ip_address(host).is_loopback)


def in_url(host: str) -> str:
    """Return the host as a URL has it: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host
