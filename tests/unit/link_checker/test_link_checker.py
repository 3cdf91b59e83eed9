"""Outside links are asked politely, within limits, and never within our own house; answers are remembered."""

import itertools
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from builder import link_checker, linking
from builder.content.parse import parse
from builder.diagnostics import WARNING, Location
from builder.i18n import language
from builder.link_checker import Address, RequestLimits, client
from builder.model import Settings

QUICK = RequestLimits(seconds=10, pause=0, private=True)
PLACE = Location("content/explainers/a.md", 7)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        asked = self.server.asked
        with self.server.guard:
            asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        try:
            self.reply(sum(path == self.path for _, path, _, _ in asked))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.server.guard:
                self.server.now -= 1

    def reply(self, turn):
        kind = self.path.strip("/").split("/")[0].partition("?")[0]
        if kind == "slow":
            self.server.gate.wait(60)
            return self.plain(200)
        if kind == "together":
            self.server.meeting.wait(60)
            return self.plain(200)
        if kind == "silent":
            self.server.released.wait(60)
            self.close_connection = True
            return None
        if kind == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.released.wait(0.05):
                self.wfile.write(b"X-A: b\r\n" if turn % 2 else b"X")
                self.wfile.flush()
            self.close_connection = True
            return None
        if kind == "endless":
            if self.command == "HEAD":
                return self.plain(405)
            self.send_response(200)
            self.end_headers()
            while not self.server.released.is_set():
                self.wfile.write(b"x" * 65536)
            return None
        if kind == "nonsense":
            self.wfile.write(b"SSH-2.0-OpenSSH\r\n")
            self.close_connection = True
            return None
        if kind == "no-head":
            return self.plain(405 if self.command == "HEAD" else 200)
        if kind == "head-lies":
            return self.plain(404 if self.command == "HEAD" else 200)
        if kind == "busy-once":
            return self.plain(429, ("Retry-After", "0")) if turn == 1 else self.plain(200)
        if kind == "busy":
            return self.plain(429, ("Retry-After", "3600"))
        if kind in {"301", "302", "307", "308"}:
            return self.plain(int(kind), ("Location", "/" + self.path.strip("/").partition("/")[2]))
        if kind == "loop":
            return self.plain(302, ("Location", "/pool/"))
        if kind == "pool":
            return self.plain(302, ("Location", "/loop/"))
        if kind == "ever":
            return self.plain(302, ("Location", self.path.rstrip("/") + "/x"))
        if kind == "to-a-file":
            return self.plain(302, ("Location", "file:///etc/passwd"))
        if kind == "to-a-password":
            return self.plain(302, ("Location", "http://me:secret@127.0.0.1/"))
        if kind == "to-nonsense":
            return self.plain(302, ("Location", "http://[::1/"))
        return self.plain(int(kind))

    def plain(self, status, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        pass


def serving(host="127.0.0.1"):
    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    server.guard = threading.Lock()
    server.asked, server.now, server.most = [], 0, 0
    server.gate, server.released = threading.Event(), threading.Event()
    server.meeting = None
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


@pytest.fixture
def server():
    made = serving()
    yield made
    made.gate.set()
    made.released.set()
    made.shutdown()
    made.server_close()


def url_of(server, path):
    return f"http://{server.server_address[0]}:{server.server_address[1]}/{path}"


def told(found):
    return [(problem.code, problem.location) for problem in found]


def check(server, tmp_path, *paths, limits=QUICK, **more):
    return link_checker.check([Address(url_of(server, path), (PLACE,)) for path in paths], tmp_path, limits=limits, **more)


CASES = {
    "200": None,
    "204": None,
    "206": None,
    "302/200": None,
    "307/200": None,
    "301/200": "link-outside-moved",
    "308/200": "link-outside-moved",
    "302/301/200": None,
    "301/404": "link-outside-dead",
    "404": "link-outside-dead",
    "410": "link-outside-dead",
    "loop": "link-outside-dead",
    "ever": "link-outside-dead",
    "no-head": None,
    "head-lies": None,
    "busy-once": None,
    "busy": "link-outside-unknown",
    "401": "link-outside-unknown",
    "403": "link-outside-unknown",
    "500": "link-outside-unknown",
    "nonsense": "link-outside-unknown",
    "to-a-file": "link-outside-unknown",
    "to-a-password": "link-outside-unknown",
    "to-nonsense": "link-outside-unknown",
    "endless": None,
    "200?q=ä ö": None,
    "200/#part": None,
}


@pytest.mark.parametrize("path", CASES)
def test_what_a_server_answers_is_told_for_what_it_is(path, server, tmp_path):
    found = check(server, tmp_path, path)
    assert told(found) == ([(CASES[path], PLACE)] if CASES[path] else [])
    assert all(problem.severity == WARNING for problem in found)


def test_the_new_address_is_that_of_the_last_lasting_step(server, tmp_path):
    (found,) = check(server, tmp_path, "301/308/302/200")
    assert url_of(server, "302/200") in found.help


@pytest.mark.parametrize("path", ["silent", "drip"])
def test_a_server_that_never_ends_is_left(path, server, tmp_path):
    found = check(server, tmp_path, path, limits=msgspec.structs.replace(QUICK, seconds=0.5))
    assert told(found) == [("link-outside-unknown", PLACE)]
    assert "within 0.5 seconds" in found[0].message


def test_a_connection_that_is_not_safe_is_told(server, tmp_path):
    found = link_checker.check([Address(url_of(server, "200").replace("http:", "https:"), (PLACE,))], tmp_path, limits=QUICK)
    assert told(found) == [("link-outside-unknown", PLACE)]
    assert "encryption" in found[0].message


def test_certificates_are_read_for_an_encrypted_connection_only(server, tmp_path, monkeypatch):
    made, honest = [], ssl.create_default_context
    monkeypatch.setattr(client.ssl, "create_default_context", lambda: made.append(1) or honest())
    check(server, tmp_path, "200")
    assert not made
    urls = [url_of(server, "200").replace("http:", "https:") + tail for tail in ("", "?again")]
    link_checker.check([Address(url, (PLACE,)) for url in urls], tmp_path, limits=QUICK)
    assert made == [1]


def test_a_host_without_an_address_is_dead_unless_none_has_one(server, tmp_path, monkeypatch):
    look_up = socket.getaddrinfo

    def nowhere(host, *arguments, **keywords):
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *arguments, **keywords)

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    gone = [Address("http://gone.invalid/", (PLACE,))]
    found = link_checker.check(gone, tmp_path, limits=QUICK)
    assert told(found) == [("link-outside-unknown", PLACE)], "nothing could be looked up: we are off the net"
    found = link_checker.check([*gone, Address(url_of(server, "200"), (PLACE,))], tmp_path, limits=QUICK)
    assert told(found) == [("link-outside-dead", PLACE)]


def test_a_server_that_closed_is_told(tmp_path):
    made = serving()
    made.shutdown()
    made.server_close()
    assert told(check(made, tmp_path, "200")) == [("link-outside-unknown", PLACE)]


# --- manners ------------------------------------------------


def test_who_asks_says_so_and_brings_nothing_else(server, tmp_path):
    check(server, tmp_path, "no-head")
    (head, _, first, _), (get, _, second, _) = server.asked
    assert (head, get) == ("HEAD", "GET")
    assert first["User-Agent"].startswith("Backstory/")
    assert "@" not in first["User-Agent"]
    assert "http" not in first["User-Agent"]
    assert second["Range"] == "bytes=0-1023"
    assert not {"Cookie", "Authorization", "Referer", "From"} & {*first, *second}


def test_one_host_is_asked_one_by_one_with_a_pause(server, tmp_path):
    check(server, tmp_path, *(f"200/{n}" for n in range(5)), limits=msgspec.structs.replace(QUICK, pause=0.2))
    assert server.most == 1
    times = [at for _, _, _, at in server.asked]
    assert len(times) == 5
    assert all(later - earlier >= 0.15 for earlier, later in itertools.pairwise(times))


def test_two_hosts_are_asked_at_once(tmp_path):
    servers = serving("127.0.0.1"), serving("127.0.0.2")
    # Neither answers before both are asked.
    meeting = threading.Barrier(2)
    try:
        for made in servers:
            made.meeting = meeting
        what = [Address(url_of(made, "together"), (PLACE,)) for made in servers]
        assert link_checker.check(what, tmp_path, limits=msgspec.structs.replace(QUICK, seconds=60)) == ()
    finally:
        for made in servers:
            made.released.set()
            made.shutdown()
            made.server_close()


def test_a_server_that_asks_us_to_wait_is_waited_for(server, tmp_path):
    assert check(server, tmp_path, "busy-once") == ()
    assert [method for method, _, _, _ in server.asked] == ["HEAD", "HEAD"]


def test_one_address_in_many_places_is_asked_once_and_told_at_each(server, tmp_path):
    locations = (PLACE, Location("content/pages/b.md", 3))
    found = link_checker.check(
        [Address(url_of(server, "410"), locations), Address(url_of(server, "410#x"), (PLACE,))], tmp_path, limits=QUICK
    )
    assert [place for _, place in told(found)] == [*locations, PLACE]
    assert [method for method, _, _, _ in server.asked] == ["HEAD", "GET"]


def test_progress_is_told(server, tmp_path):
    steps = []
    check(server, tmp_path, "200", "404", progress=lambda *step: steps.append(step))
    assert steps[-1] == ("Asking", 2, 2)


# --- our own house ------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_an_address_of_our_own_house_is_known(address):
    assert not client.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_an_address_of_the_net_is_known(address):
    assert client.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_our_own_house_is_never_asked(host, server, tmp_path):
    url = f"http://{host}:{server.server_address[1]}/200"
    found = link_checker.check([Address(url, (PLACE,))], tmp_path, limits=RequestLimits(pause=0))
    assert told(found) == [("link-outside-unknown", PLACE)]
    assert not server.asked
    assert not (tmp_path / ".backstory").exists()


def test_a_redirect_into_our_own_house_is_not_followed(server, tmp_path, monkeypatch):
    # The first host stands for one of the net; what it leads to is looked at again.
    port = server.server_address[1]
    monkeypatch.setattr(client, "is_public", lambda address: address == "127.0.0.1")
    reply_before = Handler.reply
    monkeypatch.setattr(
        Handler,
        "reply",
        lambda self, turn: (
            self.plain(302, ("Location", f"http://127.0.0.2:{port}/200")) if "away" in self.path else reply_before(self, turn)
        ),
    )
    found = check(server, tmp_path, "away", limits=RequestLimits(pause=0))
    assert told(found) == [("link-outside-unknown", PLACE)]
    assert "private network" in found[0].message
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://me:secret@127.0.0.1/",
        "http://127.0.0.1:22/",
        "http:///nowhere",
        "http://[::1/",
        "http://a\u2024.\u2024/",
        "http://" + "a" * 300 + "/",
        "http://127.0.0.1:99999/",
        "http://x:y/",
    ],
)
def test_an_address_that_is_odd_is_not_asked_and_no_bug(url, tmp_path):
    (found,) = link_checker.check([Address(url, (PLACE,))], tmp_path, limits=QUICK)
    assert found.code in {"link-outside-unknown", "link-outside-dead"}


# --- memory ------------------------------------------------

DAY = 86_400


def test_what_was_answered_is_remembered_for_as_long_as_it_is_believed(server, tmp_path):
    def asked_at(now, **more):
        before = len(server.asked)
        check(server, tmp_path, "200", "410", clock=lambda: now, **more)
        return {path.strip("/") for _, path, _, _ in server.asked[before:]}

    assert asked_at(0) == {"200", "410"}
    assert asked_at(DAY / 2) == set()
    assert asked_at(DAY / 2, fresh=True) == {"200", "410"}
    assert asked_at(DAY * 2) == {"410"}
    assert asked_at(DAY * 31) == {"200", "410"}
    assert asked_at(0) == {"200", "410"}, "a memory of the future is not believed"


def test_what_is_remembered_is_told_again(server, tmp_path):
    first = check(server, tmp_path, "410", "301/200", "403")
    count = len(server.asked)
    assert check(server, tmp_path, "410", "301/200", "403") == first
    assert len(server.asked) == count
    assert {path.name for path in (tmp_path / ".backstory").iterdir()} == {".gitignore", "links.json"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"version": 99, "answers": {}}', b"\xff\xfe", b'{"answers": {"a": 1}}'])
def test_a_memory_that_is_broken_is_made_anew(data, server, tmp_path):
    (tmp_path / ".backstory").mkdir()
    (tmp_path / ".backstory/links.json").write_bytes(data)
    assert told(check(server, tmp_path, "404")) == [("link-outside-dead", PLACE)]
    assert b"/404" in (tmp_path / ".backstory/links.json").read_bytes()


def test_a_memory_that_cannot_be_written_is_no_problem(server, tmp_path):
    (tmp_path / ".backstory").write_text("a file")
    assert check(server, tmp_path, "200") == ()


def test_what_was_learnt_before_an_interruption_is_kept(server, tmp_path):
    def interrupt(_stage, _done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(server, tmp_path, "200", progress=interrupt)
    assert check(server, tmp_path, "200") == ()
    assert len(server.asked) == 1


# --- which addresses there are ------------------------------------------------


def site(**files):
    documents = [parse(path, text.encode()) for path, text in files.items()]
    made, _ = linking.link(Settings(), language.load("en"), documents, drafts=False)
    return made


EXPLAINER = """---
title: T
published: 2022-01-19
sources:
  one: {title: One, url: "https://one.example/", published: 2022-01-01}
  two: {title: Two, url: "https://two.example/", archived: "https://archive.example/two", published: 2022-01-01}
actors:
  ada: {name: Ada, same_as: [wd:Q7259, "https://ada.example/"]}
corrections: [{on: 2022-01-20, text: "See [here](https://mend.example/)."}]
---
One [word](https://one.example/) and <https://text.example/>.

A [mail](mailto:a@example.org), a [page](/about/).

Again[^a] at [two](https://text.example/).

[^a]: A [note](https://note.example/).
"""


def test_every_outside_address_of_a_site_is_found_with_its_places():
    found = {address.url: address for address in link_checker.addresses(site(**{"content/explainers/a.md": EXPLAINER}))}
    lines = {url.removeprefix("https://"): [place.line for place in address.locations] for url, address in found.items()}
    assert lines == {
        "one.example/": [5, 11],
        "two.example/": [6],
        "archive.example/two": [6],
        "ada.example/": [8],
        "mend.example/": [9],
        "text.example/": [11, 15],
        "note.example/": [17],
    }
    assert [url for url, address in found.items() if address.unarchived] == ["https://one.example/"]


def test_a_source_that_is_read_today_and_not_archived_is_told(server, tmp_path):
    source = Location("content/sources/a.md", 2)
    what = [Address(url_of(server, "200"), (source,), source), Address(url_of(server, "404"), (source,), source)]
    assert told(link_checker.check(what, tmp_path, limits=QUICK)) == [("archive-missing", source), ("link-outside-dead", source)]


ADDRESSES = [
    "http://exa mple.org/",
    "http://exa\tmple.org/",
    "http://exa\x7fmple.org/",
    "http://example.org:99999/",
    "http://example.org:-1/",
    "http://example.org:８０/",
    "http://" + "a" * 300 + ".org/",
    "http://a..b/",
    "http://.",
    "http://[fe80::1%25eth0]/",
    "http://[::1",
    "http://\udcff.org/",
    "http://ex\u2100mple.org/",
    "//",
    "?",
    "\x00",
    "http://example.org/\r\nHost: other",
    "http://%00/",
    "https://*/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_that_a_server_leads_to_ends_the_check(address, monkeypatch):
    def nowhere(*_given, **_named):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    asked = client.Client(QUICK, threading.Event())
    original, first = asked.final_reply, iter([client.ServerReply(302, address)])
    monkeypatch.setattr(asked, "final_reply", lambda url: next(first, None) or original(url))
    found = asked.ask("http://example.org/a")
    assert found.kind in {client.DEAD, client.UNKNOWN}
    assert found.why


def test_no_answer_ends_the_check(monkeypatch):
    asked = client.Client(QUICK, threading.Event())
    monkeypatch.setattr(asked, "final_reply", lambda _url: {}["a mistake of ours"])
    assert asked.ask("http://example.org/").kind == client.UNKNOWN
