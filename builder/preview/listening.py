"""The place that a preview listens at: a port of this machine alone, or of an address that others reach."""

import contextlib
import errno
import socket

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class PortTaken(Exception):
    """The port is in use; `free` is the next one that is not, 0 where there is none near."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(f"Port {port} is in use.")
        self.port, self.free = port, free


class Listening:
    """A place that was taken to listen at, before there is anything to say.

    `PortTaken` where somebody else has the port, `OSError` where the host is not ours. Port 0 stands for any that is free.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 8000) -> None:
        self.host = host
        self.sockets = _listen(host, port)
        self.port: int = self.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """The address of the site's root."""
        host = _reachable(self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def close(self) -> None:
        """Give the place up."""
        for one in self.sockets:
            one.close()


def _listen(host: str, port: int) -> list[socket.socket]:
    """Return the sockets to listen on; `PortTaken` where somebody else has the port, `OSError` where the host is not ours."""
    made: list[socket.socket] = []
    # “localhost” is either of the two on one machine or another.
    hosts = ("127.0.0.1", "::1") if host in LOOPBACK else (host,)
    for one in hosts:
        family = socket.AF_INET6 if ":" in one else socket.AF_INET
        try:
            made.append(socket.create_server((one, port or (made[0].getsockname()[1] if made else 0)), family=family, backlog=128))
        except OSError as error:
            if made:
                if error.errno != errno.EADDRINUSE:
                    continue  # a machine without IPv6
                made.pop().close()  # “localhost” would lead to two previews
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(port, _free(host, port)) from error
            raise
    return made


def _free(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + 100, 65536)):
        with contextlib.suppress(OSError), socket.create_server((host if host not in LOOPBACK else "127.0.0.1", candidate)):
            return candidate
    return 0


def _reachable(host: str) -> str:
    """Return an address of this machine by which others reach it, where it listens on all."""
    if host == "::1":
        return "localhost"
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 – told apart, not bound
        return host if host != "127.0.0.1" else "localhost"
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: only asks which way a message would go (TEST-NET-1, RFC 5737)
        return str(probe.getsockname()[0])
    return host
