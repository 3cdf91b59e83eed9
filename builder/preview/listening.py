"""Where the preview listens, and how many may be connected."""

import contextlib
import socket

SPARE_FILES = 150
"""Open files reserved for the rest of the program and for connections just accepted."""


class PortInUseError(OSError):
    """Another program listens on the port."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(f"Port {port} is in use. The next free one is {free}.")
        self.port = port
        self.free = free


def most_connections(wanted: int, least: int) -> int:
    """Return how many connections may be open at once: as many as are wanted, fewer where the system lets a program open few files, but `least`."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return wanted
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return wanted if files == resource.RLIM_INFINITY else max(least, min(wanted, files - SPARE_FILES))


def listen(host: str, port: int) -> list[socket.socket]:
    """Take the place to listen at, before there is a site to show there. `port` 0 takes any free one.

    Raises `PortInUseError`; OSError where the host is not one of this machine.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        if not port or error.errno not in _IN_USE:
            raise
        raise PortInUseError(port, _next_free(host, port)) from error


_IN_USE = frozenset({98, 48, 10048})
"""EADDRINUSE on Linux, macOS and Windows."""


def _bound(host: str, port: int) -> list[socket.socket]:
    """Bind a host; of this machine by its IPv4 number also the IPv6 one, where there is one and its port is free, since `localhost` may mean either."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    first = socket.create_server((host, port), family=family, backlog=256)
    found = [first]
    if host in {"127.0.0.1", "localhost"}:
        with contextlib.suppress(OSError):
            found.append(socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6, backlog=256))
    return found


def _next_free(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 200, 65_536)):
        try:
            for listener in _bound(host, candidate):
                listener.close()
        except OSError:
            continue
        return candidate
    return 0
