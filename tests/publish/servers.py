"""Real servers on this machine, a way to them that breaks, and a reader who looks all the while."""

import contextlib
import getpass
import html
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds to wait for what must happen."""


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


@contextlib.contextmanager
def running(make_command, environment=None):
    """Start a server on a free port; another may have taken the port meanwhile, so try again with a new one."""
    for _ in range(5):
        port = free_port()
        process = subprocess.Popen(
            make_command(port),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        try:
            wait_for(lambda port=port, process=process: answers(port) or process.poll() is not None, "a server")
            if process.poll() is None:
                yield port
                return
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:  # it waits for connections that are kept open
                process.kill()
                process.wait(PATIENCE)
    raise AssertionError("the server does not start")


class Sshd:
    """A real sshd with keys of its own, for the user who runs the tests."""

    def __init__(self, folder, port):
        self.folder, self.port, self.user = folder, port, getpass.getuser()

    def ssh(self, port=None):
        """The ssh command that reaches it, by a proxy if its port is given."""
        port = port or self.port
        return (
            f"ssh -F none -p {port} -i {self.folder}/client -o IdentitiesOnly=yes -o BatchMode=yes -o HostKeyAlias=backstory-test "
            f"-o UserKnownHostsFile={self.folder}/known_hosts -o StrictHostKeyChecking=yes -o LogLevel=ERROR"
        )

    def home(self, folder, port=None):
        """Make a home whose ssh knows the server as “box”, by a proxy if its port is given."""
        port = port or self.port
        (folder / ".ssh").mkdir(parents=True, exist_ok=True)
        told = {"HostName": "127.0.0.1", "Port": port, "User": self.user, "IdentityFile": self.folder / "client"}
        (folder / ".ssh/config").write_text("Host box\n" + "".join(f"  {key} {value}\n" for key, value in told.items()))
        (folder / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{port} " + (self.folder / "host.pub").read_text())


@contextlib.contextmanager
def sshd(folder):
    from tests.publish.install import found

    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "client.pub", folder / "authorized_keys")
    (folder / "known_hosts").write_text("backstory-test " + (folder / "host.pub").read_text())
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    options = {
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": "none",
        "ListenAddress": "127.0.0.1",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "MaxStartups": "100",
        "PrintMotd": "no",
        "Subsystem": "sftp internal-sftp",
    }
    (folder / "sshd_config").write_text("".join(f"{key} {value}\n" for key, value in options.items()))
    with running(lambda port: [found("sshd"), "-D", "-e", "-f", folder / "sshd_config", "-p", str(port)]) as port:
        yield Sshd(folder, port)


KEY, SECRET = "reader", "of-the-tests"


@contextlib.contextmanager
def webdav(folder, *, digest=False):
    """A real server of WebDAV (WsgiDAV), whose root is a folder. Yields its port."""
    from cheroot import wsgi
    from wsgidav.wsgidav_app import WsgiDAVApp

    asked = {"accept_basic": not digest, "accept_digest": digest, "default_to_digest": digest}
    users = {"*": {KEY: {"password": SECRET}}}
    app = WsgiDAVApp(
        {"provider_mapping": {"/": str(folder)}, "simple_dc": {"user_mapping": users}, "http_authenticator": asked, "verbose": 0}
    )
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server.bind_addr[1]
    finally:
        server.stop()
        thread.join(PATIENCE)


@contextlib.contextmanager
def s3(folder):
    """A real server of the language of S3 (rclone's), whose buckets are folders of `folder`. Yields its port."""
    program = Path(sys.executable).parent / "rclone"
    empty = folder.parent / "rclone.conf"
    empty.touch()
    options = ["--config", empty, "--auth-key", f"{KEY},{SECRET}", "--quiet", "--vfs-cache-mode", "off"]
    with running(lambda port: [program, "serve", "s3", "--addr", f"127.0.0.1:{port}", *options, folder]) as port:
        yield port


class Proxy:
    """A way to a port on which each connection breaks after so many bytes towards the server; or, with `stall`, stands still there."""

    def __init__(self, port, *, after, cuts=10**9, stall=False):
        self.to, self.after, self.cuts, self.stall = port, after, cuts, stall
        self.reached = threading.Event()
        self.passed = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.closed = False
        self.gone = False
        """Whether nobody answers any more, once it has broken."""
        self.open = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self.lock:  # whoever calls from now on is hung up on by `_accept`
            self.closed = True
        for connection in (self.listener, *self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _accept(self):
        while not self.closed:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.gone and self.reached.is_set():
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            with self.lock:
                if self.closed:
                    near.close()
                    far.close()
                    return
                self.open += [near, far]
            threading.Thread(target=self._pump, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(far, near, False), daemon=True).start()

    def _pump(self, source, sink, towards):
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if towards and self._breaks(len(data)):
                    if self.stall:
                        self.reached.set()
                        return
                    break
                sink.sendall(data)
        for connection in (source, sink):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _breaks(self, size):
        with self.lock:
            self.passed += size
            if self.passed < self.after or self.cuts <= 0:
                return False
            if not self.stall:
                self.passed, self.cuts = 0, self.cuts - 1
            self.reached.set()
            return True


# --- the reader ------------------------------------------------

LINK = re.compile(r'(?:href|src)="([^"]*)"')


def links(path, page):
    """Return the files of the site that a page leads to or draws in."""
    found = set()
    for link in LINK.findall(page):
        to = urlsplit(urljoin(f"http://site/{path}", html.unescape(link)))
        if to.netloc == "site" and not link.startswith("#"):
            wanted = unquote(to.path).lstrip("/")
            found.add(wanted + "index.html" if wanted.endswith("/") or not wanted else wanted)
    return found


def broken(read):
    """Walk the site from its home page; return each (page, link) that leads nowhere. `read` maps a path to bytes, or to None where nothing is.

    A link that is gone from the page when one looks again was one of an older page: its reader had come earlier.
    """
    wrong, seen, todo = [], set(), ["index.html"]
    while todo:
        path = todo.pop()
        page = read(path)
        if page is None:
            continue
        for link in links(path, page.decode()):
            if link not in seen:
                seen.add(link)
                if read(link) is None:
                    again = read(path)
                    if again is not None and link in links(path, again.decode()) and read(link) is None:
                        wrong.append((path, link))
                elif link.endswith(".html"):
                    todo.append(link)
    return wrong


def file_reader(folder):
    def read(path):
        try:
            return (Path(folder) / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    return read


class Readers:
    """Somebody who reads the site over and over while it is published."""

    def __init__(self, read):
        self.read, self.wrong, self.walks = read, [], 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._walk, daemon=True)

    def _walk(self):
        while not self.done.is_set():
            self.wrong += broken(self.read)
            self.walks += 1
            self.done.wait(0.1)  # publishing runs in this process too

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        before = self.walks
        wait_for(lambda: self.walks > before or not self.thread.is_alive(), "the reader")
        self.done.set()
        self.thread.join(PATIENCE)
