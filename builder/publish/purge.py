"""Purging changed addresses from a network in front of the site, so that readers get the new pages at once.

Cloudflare: `POST /zones/ZONE/purge_cache` with a list of addresses, as “Purge Cached Content by URL” documents it. Fastly: `POST /purge/ADDRESS`, one for each, as “Purge a URL” does.
"""

import http.client
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote, urlsplit

import msgspec

from builder import __version__
from builder.publish.problems import ConnectionLost, NothingSent, PublishProblem, retrying

BATCH = 100
"""Addresses in one call to Cloudflare, which takes no more."""

PATIENCE = 30
"""Seconds to wait for an answer."""


class Network(msgspec.Struct, frozen=True):
    """A network that keeps copies of pages."""

    name: str
    api: str
    """The address of its service."""
    secrets: tuple[str, ...]
    """Names in the environment that a call needs."""


NETWORKS = {
    "cloudflare": Network("Cloudflare", "https://api.cloudflare.com/client/v4", ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ZONE_ID")),
    "fastly": Network("Fastly", "https://api.fastly.com", ("FASTLY_API_TOKEN",)),
}
"""By `purge` in the settings."""


def addresses(base_url: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of output files, without copies that are only packed: of a page, that of its folder and that of the file."""
    base = base_url.rstrip("/") + "/"
    found = []
    for path in sorted(paths):
        if path.endswith((".gz", ".br")):
            continue
        if path == "index.html" or path.endswith("/index.html"):
            found.append(base + quote(path.removesuffix("index.html"), safe="/"))
        found.append(base + quote(path, safe="/"))
    return tuple(found)


def read_secrets(service: str, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the secrets for a network, from the environment. Raises `PublishProblem` if one is missing."""
    network = NETWORKS[service]
    missing = [name for name in network.secrets if not environment.get(name)]
    if missing:
        raise NothingSent(f"Purging at {network.name} needs {' and '.join(missing)} in your environment.")
    return tuple(environment[name] for name in network.secrets)


def purge(service: str, keys: Sequence[str], changed: Sequence[str]) -> None:
    """Have a network forget the changed addresses; `keys` are those of `read_secrets`. Raises `PublishProblem` if it refuses, and says nothing of the keys."""
    network = NETWORKS[service]
    if service == "cloudflare":
        token, zone = keys
        for start in range(0, len(changed), BATCH):
            body = json.dumps({"files": changed[start : start + BATCH]}).encode()
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            _call(network, f"/zones/{quote(zone, safe='')}/purge_cache", headers, body, lambda response: response.get("success") is True)
    else:
        for address in changed:
            bare = address.partition("://")[2]
            _call(network, f"/purge/{bare}", {"Fastly-Key": keys[0]}, b"", lambda response: response.get("status") == "ok")


def _call(network: Network, path: str, headers: Mapping[str, str], body: bytes, is_done: Callable[[dict[str, object]], bool]) -> None:
    def once() -> None:
        parts = urlsplit(network.api)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=PATIENCE)
        try:
            about = {"Accept": "application/json", "User-Agent": f"Backstory/{__version__}", **headers}
            connection.request("POST", parts.path + path, body=body, headers=about)
            answer = connection.getresponse()
            status, data = answer.status, answer.read(1 << 20)
        except (OSError, http.client.HTTPException) as error:
            raise ConnectionLost(f"{network.name} cannot be reached.") from error
        finally:
            connection.close()
        if status in {408, 429} or status >= 500:
            raise ConnectionLost(f"{network.name} answered with status {status}.")
        if not (200 <= status < 300 and is_done(_parse_answer(data))):
            advice = f" Look at {' and '.join(network.secrets)}, and at what they allow." if status in {400, 401, 403, 404} else ""
            raise PublishProblem(f"{network.name} refused to purge (status {status}).{advice}")

    retrying(once)


def _parse_answer(data: bytes) -> dict[str, object]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
