"""A small web server for a built site, under any base path, that answers as a static host does."""

import http.server
import threading
import urllib.parse
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar


@dataclass(frozen=True)
class Served:
    """A folder that is being served."""

    url: str
    """Where the site's home page is, with a slash at its end: join paths to it."""
    missing: list[str] = field(default_factory=list)
    """The paths that were asked for and answered with 404, as they were asked for."""


class Server(http.server.ThreadingHTTPServer):
    """Serves `folder` under `base` on a free port of this machine until it is closed."""

    daemon_threads = True

    def __init__(self, folder: Path, base: str = "/") -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder.resolve()
        self.base = f"/{base.strip('/')}/".replace("//", "/")
        self.served = Served(f"http://127.0.0.1:{self.server_port}{self.base}")
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a browser that leaves a page closes its connections."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """One request: a file, a folder's index.html, or the site's own 404.html."""

    server: Server
    protocol_version = "HTTP/1.1"
    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, request: Any, client_address: Any, server: Server) -> None:
        super().__init__(request, client_address, server, directory=str(server.folder))

    def send_head(self) -> Any:
        path, _, query = self.path.partition("?")
        if not path.startswith(self.server.base):
            # `/base` without its slash leads to the site, as on the hosts that serve one under a path.
            return self.redirect(self.server.base) if f"{path}/" == self.server.base else self.not_found()
        if not path.endswith("/") and Path(self.translate_path(path)).is_dir():
            return self.redirect(f"{path}/" + (f"?{query}" if query else ""))
        found = Path(self.translate_path(path))
        if not (found / "index.html" if path.endswith("/") else found).is_file():
            return self.not_found()
        return super().send_head()

    def redirect(self, to: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def not_found(self) -> None:
        self.server.served.missing.append(urllib.parse.unquote(self.path))
        page = self.server.folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"Not found"
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.partition("?")[0].removeprefix(self.server.base))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, *_: Any) -> None:
        """Say nothing: a test that wants to know asks `Served`."""
