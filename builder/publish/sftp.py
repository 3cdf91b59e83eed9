"""The files of a server by SFTP, with paramiko.

As with ssh, the server is known by `~/.ssh/config` and `~/.ssh/known_hosts`, and we by the ssh agent or a key; where it takes a password only, by SFTP_PASSWORD.
"""

import contextlib
import errno
import io
import logging
import os
import secrets
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from builder.model import PublishTarget
from builder.publish import refused_folders
from builder.publish.problems import ConnectionLost, NothingSent, PublishProblem, no_server
from builder.publish.remote_files import TEMPORARY_FOLDER, RemoteEntry

PASSWORD = "SFTP_PASSWORD"  # noqa: S105 - the name of the variable, not what is in it
"""Environment variable with the password, for servers that take no keys."""

PATIENCE = 120
"""Seconds after which a server that says nothing is given up."""


def opened(target: PublishTarget) -> "SftpFiles":
    """Open the files of a target. Raises `PublishProblem` if paramiko is not installed."""
    try:
        import paramiko  # noqa: F401 - whether it is there
    except ImportError as error:
        raise PublishProblem(
            "Publishing by SFTP needs the package paramiko, which is not installed. Install it beside Backstory: pip install paramiko"
        ) from error
    return SftpFiles(target)


class SftpFiles:
    """The files below a folder of a server; see `remote_files.RemoteFiles`."""

    def __init__(self, target: PublishTarget) -> None:
        self.user, _, self.host = target.host.rpartition("@")
        self.path = target.path.rstrip("/") or "/"
        self.where = f"sftp://{self.host}/{self.path.lstrip('/')}/"
        refused_folders.refuse_inner(PurePosixPath(self.path), self.where)
        self._connecting = threading.Lock()
        self._client: Any = None
        self._transport: Any = None
        self._own = threading.local()

    def __str__(self) -> str:
        """Return the address of the folder, without the user."""
        return self.where

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()

    # --- the connection ------------------------------------------------

    def ssh_settings(self) -> dict[str, Any]:
        """Return what `~/.ssh/config` says of the server."""
        import paramiko

        file = Path("~/.ssh/config").expanduser()
        try:
            return dict(paramiko.SSHConfig.from_path(str(file)).lookup(self.host)) if file.is_file() else {}
        except (OSError, paramiko.SSHException, ImportError) as error:
            raise NothingSent(f"{file} cannot be used: {error}.") from error

    def _connected(self) -> Any:
        """Return the connection, made anew where it was lost."""
        import paramiko

        with self._connecting:
            if self._transport is not None and self._transport.is_active():
                return self._transport
            config = self.ssh_settings()
            host, port = config.get("hostname", self.host), int(config.get("port", 22))
            logging.getLogger("paramiko").addHandler(logging.NullHandler())  # it would print tracebacks of lost connections
            client = paramiko.SSHClient()
            for file in ("/etc/ssh/ssh_known_hosts", *config.get("userknownhostsfile", "~/.ssh/known_hosts").split()):
                with contextlib.suppress(FileNotFoundError):
                    client.load_system_host_keys(str(Path(file).expanduser()))
            jump = config.get("proxyjump", "none")
            through = config.get("proxycommand", "none" if jump == "none" else f"ssh -W {host}:{port} {jump}")
            try:
                client.connect(
                    host,
                    port,
                    self.user or config.get("user"),
                    key_filename=config.get("identityfile"),
                    password=os.environ.get(PASSWORD) or None,
                    sock=None if through == "none" else paramiko.ProxyCommand(through),
                    timeout=20,
                    banner_timeout=30,
                    auth_timeout=30,
                )
            except Exception as error:
                client.close()
                raise self._refusal(error) from error
            self._client, self._transport = client, client.get_transport()
            return self._transport

    def _refusal(self, error: Exception) -> PublishProblem:
        """Return the problem of a connection that could not be made."""
        import paramiko

        if isinstance(error, paramiko.BadHostKeyException):
            return NothingSent(f"{self} has another key than the one in your known_hosts. Somebody may be between you and the server.")
        if isinstance(error, paramiko.AuthenticationException | paramiko.PasswordRequiredException):
            return PublishProblem(
                f"{self} does not let you in. Look at the user and the key in ~/.ssh/config and in your ssh agent, or set {PASSWORD} in the environment."
            )
        if isinstance(error, paramiko.SSHException) and "known_hosts" in str(error):
            return PublishProblem(
                f"{self} is not in your known_hosts. Connect once with “ssh {self.host}”, compare the fingerprint with the one that your host gives, and publish again."
            )
        if isinstance(error, socket.gaierror):
            return PublishProblem(f"{self} cannot be reached: there is no server of this name.")
        each = error.errors.values() if isinstance(error, paramiko.ssh_exception.NoValidConnectionsError) else (error,)
        if self._transport is None and (hopeless := no_server(str(self), " ".join(map(str, each)))):
            return hopeless
        if isinstance(error, paramiko.SSHException | OSError | EOFError):
            return ConnectionLost(f"{self} cannot be reached: the connection could not be made, or broke off.")
        raise error

    @contextmanager
    def _channel(self, about: str = "") -> Iterator[Any]:
        """Yield this thread's channel. An error of the server is raised as `PublishProblem`, or as `FileNotFoundError`; `about` is the file, for the message."""
        import paramiko

        transport = self._connected()
        try:
            if getattr(self._own, "transport", None) is not transport:
                channel = transport.open_sftp_client()
                channel.get_channel().settimeout(PATIENCE)
                self._own.transport, self._own.channel = transport, channel
            yield self._own.channel
        except FileNotFoundError:
            raise
        except (paramiko.SSHException, EOFError, OSError, UnicodeDecodeError) as error:
            lost = isinstance(error, paramiko.SSHException | EOFError | TimeoutError | ConnectionError)
            if lost or not transport.is_active():
                transport.close()
                raise ConnectionLost(f"{self} cannot be reached: the connection broke off.") from error
            said = "it has a name that is not UTF-8" if isinstance(error, UnicodeDecodeError) else _said(error)
            raise PublishProblem(f"{about or self}{f' at {self}' if about else ''}: the server refuses: {said}.") from error

    def _full(self, path: str) -> str:
        return f"{self.path.rstrip('/')}/{path}" if path else self.path

    # --- the files ------------------------------------------------

    def listing(self, folder: str) -> list[RemoteEntry] | None:
        """Return what is in a folder; None if there is no such folder."""
        with self._channel(folder) as channel:
            try:
                return [_entry(found.filename, found) for found in channel.listdir_attr(self._full(folder))]
            except FileNotFoundError:
                return None

    def read(self, path: str, most: int | None = None) -> tuple[bytes, str] | None:
        """Return the bytes and the tag of a file; None if there is no such file, or one of more than `most` bytes."""
        with self._channel(path) as channel, contextlib.suppress(FileNotFoundError):
            found = _entry(path, channel.lstat(self._full(path)))
            if found.tag and (most is None or found.size <= most):
                data = io.BytesIO()
                channel.getfo(self._full(path), data)
                return data.getvalue(), found.tag
        return None

    def write(self, path: str, data: bytes) -> str:
        """Put a file in its place in one step, and return its tag."""
        with self._channel(path) as channel:
            passing = self._passing(channel, data)
            try:
                channel.posix_rename(passing, self._full(path))
            except OSError as error:
                if error.errno == errno.EACCES or not _is_unknown(error):
                    raise
                # A server without OpenSSH's way to replace a file: for a moment there is none.
                with contextlib.suppress(FileNotFoundError):
                    channel.remove(self._full(path))
                channel.rename(passing, self._full(path))
            return _entry(path, channel.lstat(self._full(path))).tag

    def _passing(self, channel: Any, data: bytes) -> str:
        passing = self._full(f"{TEMPORARY_FOLDER}/{secrets.token_hex(8)}")
        try:
            channel.putfo(io.BytesIO(data), passing)
        except FileNotFoundError:
            channel.mkdir(self._full(TEMPORARY_FOLDER))
            channel.putfo(io.BytesIO(data), passing)
        with contextlib.suppress(OSError):  # servers on Windows know no modes
            channel.chmod(passing, 0o644)
        return passing

    def write_if(self, path: str, data: bytes, tag: str | None) -> bool:
        """Write a file; where there must be none, the server refuses to rename over one that another has just written."""
        if tag is not None:
            self.write(path, data)
            return True
        with self._channel(path) as channel:
            passing = self._passing(channel, data)
            try:
                channel.rename(passing, self._full(path))
            except OSError:
                channel.remove(passing)
                channel.lstat(self._full(path))  # raises if there is none, so that something else was refused
                return False
        return True

    def make_folder(self, path: str) -> None:
        """Make a folder, if it is not there yet. Raises `PublishProblem` if the one above is not."""
        with self._channel(path) as channel:
            try:
                channel.mkdir(self._full(path))
            except OSError:
                try:
                    is_folder = stat.S_ISDIR(channel.stat(self._full(path)).st_mode or 0)
                except FileNotFoundError as error:
                    raise PublishProblem(
                        f"{self._full(path)} at {self} could not be made. The folder above it must exist, and take new ones."
                    ) from error
                if not is_folder:
                    raise PublishProblem(f"{self._full(path)} at {self} is a file. Choose another folder.") from None
            else:
                with contextlib.suppress(OSError):
                    channel.chmod(self._full(path), 0o755)

    def delete(self, path: str) -> None:
        """Delete a file, if it is there."""
        with self._channel(path) as channel, contextlib.suppress(FileNotFoundError):
            channel.remove(self._full(path))

    def delete_folder(self, path: str) -> None:
        """Delete a folder, if it is there and empty: a server deletes no other."""
        with self._channel(path) as channel, contextlib.suppress(FileNotFoundError):
            if not channel.listdir_attr(self._full(path)):
                channel.rmdir(self._full(path))

    def tidy(self) -> None:
        """Delete passing files that a publish that was killed, or a lost connection, has left lying, and their folder."""
        for entry in self.listing(TEMPORARY_FOLDER) or ():
            self.delete(f"{TEMPORARY_FOLDER}/{entry.name}")
        self.delete_folder(TEMPORARY_FOLDER)


def _entry(name: str, found: Any) -> RemoteEntry:
    mode, size = found.st_mode or 0, found.st_size or 0
    return RemoteEntry(name, stat.S_ISDIR(mode), size, f"{size}-{found.st_mtime}" if stat.S_ISREG(mode) else "")


def _is_unknown(error: OSError) -> bool:
    return "unsupported" in str(error).lower() or error.errno == errno.EOPNOTSUPP


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return "permission denied"
    return str(error).rstrip(".").lower() or type(error).__name__
