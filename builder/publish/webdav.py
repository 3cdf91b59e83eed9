"""The files of a server by WebDAV, with webdav4.

User and password are in the environment, as WEBDAV_USER and WEBDAV_PASSWORD.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from builder.model import PublishTarget
from builder.publish.problems import ConnectionLost, NothingSent, PublishProblem, no_server
from builder.publish.remote_files import RemoteEntry

USER, PASSWORD = "WEBDAV_USER", "WEBDAV_PASSWORD"
"""Environment variables with the credentials."""

_LOCAL = {"localhost", "127.0.0.1", "::1"}
_BUSY = {408, 425, 429}


def opened(target: PublishTarget) -> "WebdavFiles":
    """Open the files of a target. Raises `PublishProblem` if webdav4 is not installed, or a password would be sent for all to read."""
    try:
        import webdav4.client  # noqa: F401 - whether it is there
    except ImportError as error:
        raise PublishProblem(
            "Publishing by WebDAV needs the package webdav4, which is not installed. Install it beside Backstory: pip install webdav4"
        ) from error
    address = urlsplit(target.endpoint)
    if address.scheme != "https" and address.hostname not in _LOCAL and os.environ.get(PASSWORD):
        raise NothingSent(f"{target.endpoint} would get your password unencrypted.", "Write https:// in its place.")
    return WebdavFiles(target.endpoint)


class WebdavFiles:
    """The files below an address; see `remote_files.RemoteFiles`."""

    def __init__(self, address: str) -> None:
        import httpx
        from webdav4.client import Client

        self.address = address.rstrip("/") + "/"
        self.answered = False
        self._user, self._password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
        timeout = httpx.Timeout(120, connect=20)
        self._client = Client(self.address, retry=False, timeout=timeout, auth=self._auth(timeout))

    def _auth(self, timeout: Any) -> Any:
        """Return the way to log in that the server asks for: by digest if it asks for none."""
        import httpx

        if not self._user:
            return None
        asks = ""
        with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL):  # reported when it is asked for files
            asks = httpx.options(self.address, timeout=timeout).headers.get("www-authenticate", "").lower()
        digest = "digest" in asks and "basic" not in asks
        return (httpx.DigestAuth if digest else httpx.BasicAuth)(self._user, self._password)

    def __str__(self) -> str:
        """Return the address of the folder."""
        return self.address

    def close(self) -> None:
        """Close the connections."""
        self._client.http.close()

    @contextmanager
    def _asked(self, about: str = "") -> Iterator[Any]:
        """Yield the client. An error of the server is raised as `PublishProblem`, or as `FileNotFoundError` for a missing file; `about` is the file, for the message."""
        import httpx
        from webdav4 import client
        from webdav4.multistatus import MultiStatusResponseError

        where = f"{about} at {self}" if about else str(self)
        try:
            yield self._client
            self.answered = True
        except client.ResourceNotFound as error:
            raise FileNotFoundError(about) from error
        except client.InsufficientStorage as error:
            raise PublishProblem(f"{where}: the server has no room left.") from error
        except client.HTTPError as error:
            raise self._refusal(where, error.status_code) from error
        except (client.BadGatewayError, httpx.TransportError) as error:
            if not self.answered and (hopeless := no_server(str(self), str(error))):
                raise hopeless from error
            raise ConnectionLost(f"{where}: the connection could not be made, or broke off.") from error
        except client.ClientError as error:
            raise PublishProblem(f"{where}: the server refuses: {error}.") from error
        except (httpx.HTTPError, httpx.InvalidURL, MultiStatusResponseError, ValueError, SyntaxError, LookupError, AssertionError) as error:
            raise PublishProblem(
                f"{where} does not answer as WebDAV does. Look at “endpoint”: it must be the address that your host names for WebDAV."
            ) from error

    def _refusal(self, where: str, status: int) -> PublishProblem:
        if status in {401, 403}:
            advice = (
                f"Look at {USER} and {PASSWORD} in the environment, and at what they allow."
                if self._user
                else f"Set {USER} and {PASSWORD}."
            )
            return PublishProblem(f"{where}: the server does not let you in. {advice}")
        if status == 423:
            return PublishProblem(f"{where} is locked by another program. Publish again when that has ended.")
        if status in {405, 501}:
            return PublishProblem(f"{where}: the server does not take that by WebDAV. Look at “endpoint”.")
        if 300 <= status < 400:
            return PublishProblem(f"{where} has moved. Write the address that it leads to as “endpoint”.")
        kind = ConnectionLost if status >= 500 or status in _BUSY else PublishProblem
        return kind(f"{where}: the server answered with status {status}.")

    # --- the files ------------------------------------------------

    def listing(self, folder: str) -> list[RemoteEntry] | None:
        """Return what is in a folder; None if there is no such folder."""
        try:
            with self._asked(folder) as client:
                return [_entry(found) for found in client.ls(quote(folder), allow_listing_resource=False)]
        except FileNotFoundError:
            return None

    def read(self, path: str, most: int | None = None) -> tuple[bytes, str] | None:
        """Return the bytes and the tag of a file; None if there is no such file, or one of more than `most` bytes."""
        with self._asked(path) as client, client.http.stream("GET", client.join_url(quote(path))) as answer:
            if answer.status_code == 404:
                return None
            if answer.status_code != 200:
                raise self._refusal(f"{path} at {self}", answer.status_code)
            data = bytearray()
            for part in answer.iter_bytes():
                data += part
                if most is not None and len(data) > most:
                    return None
            return bytes(data), answer.headers.get("etag", "")

    def write(self, path: str, data: bytes) -> str:
        """Put a file in its place, and return its tag. Apache, nginx and Nextcloud do so in one step."""
        with self._asked(path) as client:
            client.request("PUT", quote(path), content=data)
            return _entry(client.info(quote(path))).tag

    def write_if(self, path: str, data: bytes, tag: str | None) -> bool:
        """Write a file on a condition: `If-None-Match` or `If-Match`. A server that knows none writes it."""
        from webdav4.client import HTTPError

        condition = {"If-None-Match": "*"} if tag is None else {"If-Match": tag} if tag else {}
        with self._asked(path) as client:
            try:
                client.request("PUT", quote(path), content=data, headers=condition)
            except HTTPError as error:
                if error.status_code == 412:
                    return False
                raise
        return True

    def make_folder(self, path: str) -> None:
        """Make a folder, if it is not there yet. Raises `PublishProblem` if the one above is not."""
        from webdav4.client import ResourceAlreadyExists, ResourceConflict, ResourceNotFound

        with self._asked(path) as client:
            if not path and client.exists(""):
                return
            try:
                client.mkdir(quote(path))
            except ResourceAlreadyExists:
                return
            except (ResourceConflict, ResourceNotFound) as error:
                raise PublishProblem(f"{path or 'The folder'} at {self} could not be made: the one above it is not there.") from error

    def delete(self, path: str) -> None:
        """Delete a file, if it is there."""
        with contextlib.suppress(FileNotFoundError), self._asked(path) as client:
            client.remove(quote(path))

    def delete_folder(self, path: str) -> None:
        """Delete a folder, if it is there and empty. A server would delete what is in it too, so it is looked into first."""
        with contextlib.suppress(FileNotFoundError), self._asked(path) as client:
            if not client.ls(quote(path)):
                client.remove(quote(path) + "/")

    def tidy(self) -> None:
        """Do nothing: files are in their places or not at all."""


def _entry(found: dict[str, Any]) -> RemoteEntry:
    size = found["content_length"] or 0
    is_folder = found["type"] == "directory"
    return RemoteEntry(
        found["name"].rstrip("/").rpartition("/")[2],
        is_folder,
        size,
        "" if is_folder else (found["etag"] or f"{size}-{found['modified']}").removeprefix("W/").strip('"'),
    )
