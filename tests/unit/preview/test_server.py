"""The preview's server, asked over a real socket: what it answers, and whom it refuses."""

import contextlib
import json
import socket
import time
from http import HTTPStatus
from pathlib import Path

import pytest

from builder.preview import listening, responses, server
from builder.preview.guard import Access, Guard
from builder.preview.listening import PortInUseError, listen
from builder.preview.server import TokenMissingError, serve
from builder.preview.snapshot import OutputFile
from tests.browser.fake_engine import FakeEngine

PAGE = b"<!doctype html><html><head><title>Home</title></head><body><h1>Home</h1></body></html>"
FILES = {
    "index.html": PAGE,
    "404.html": b"<!doctype html><title>Lost</title><body>Lost</body>",
    "explainers/talks/index.html": PAGE,
    "bare/index.html": b"<p>no head",
    "assets/backstory.css": b"body { color: black }",
    "atom.xml": b"<feed/>",
    "\u00e4.txt": "ä".encode(),
    ".backstory-manifest": b"secret",
    ".git/index.html": b"secret",
}


@pytest.fixture
def engine(tmp_path):
    still = tmp_path / "still.bin"
    still.write_bytes(bytes(range(256)) * 4)
    return FakeEngine(files={**FILES, "still.bin": still})


@pytest.fixture
def preview(engine):
    with serve(engine, listen("127.0.0.1", 0)) as running:
        yield running


class Said:
    """An answer, taken apart."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}


def raw(port, data, *, host="127.0.0.1"):
    with socket.create_connection((host, port), timeout=60) as connection:
        connection.sendall(data)
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while chunk := connection.recv(65536):
                received += chunk
    return Said(received)


def ask(preview, target="/", *, method="GET", host="127.0.0.1", **headers):
    lines = [
        f"{method} {target} HTTP/1.1",
        f"Host: {host if ':' in host.rpartition(']')[2] else f'{host}:{preview.port}'}",
        "Connection: close",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw(preview.port, "\r\n".join([*lines, "", ""]).encode("utf-8"))


# --- the guide ---


def test_the_guide_is_shown_for_any_site(preview):
    said = ask(preview, "/__backstory/guide/problems/")
    assert (said.status, said.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'id="quote-not-found"' in said.body
    assert b"client.js" not in said.body
    assert ask(preview, "/__backstory/guide/problems/", if_none_match=said.headers["etag"]).status == 304
    assert ask(preview, "/__backstory/assets/backstory.css").headers["content-type"] == "text/css; charset=utf-8"
    for short in ("/__backstory/", "/__backstory/guide"):
        assert ask(preview, short).headers["location"] == "/__backstory/guide/"
    assert ask(preview, "/__backstory/guide/nothing/").status == 404
    assert ask(preview, "/__backstory/guide/problems/", host="evil.example").status == 403


# --- files ---


def test_a_page_is_sent_with_the_client_in_its_head(preview):
    said = ask(preview)
    assert said.status == 200
    assert said.headers["content-type"] == "text/html; charset=utf-8"
    assert said.headers["cache-control"] == "no-cache"
    assert int(said.headers["content-length"]) == len(said.body)
    assert said.body.index(b"/__backstory/client.js") < said.body.index(b"</head>")
    assert said.body.count(b"client.js") == 1
    assert ask(preview, "/bare/").body.startswith(b"<p>no head<link")


def test_what_is_no_page_is_sent_as_it_is(preview):
    for target, kind in (
        ("/assets/backstory.css", "text/css"),
        ("/atom.xml", "application/atom+xml"),
        ("/%C3%A4.txt?x=1", "text/plain"),
    ):
        said = ask(preview, target)
        assert said.headers["content-type"] == f"{kind}; charset=utf-8"
        assert said.status == 200
        assert b"__backstory" not in said.body


@pytest.mark.parametrize(
    "path, kind",
    [
        ("topics/ferries/feed.json", "application/feed+json; charset=utf-8"),
        ("data/entities.ftm.json", "application/x-ndjson; charset=utf-8"),
        ("explainers/ferry/annotations.jsonld", "application/ld+json; charset=utf-8"),
        ("events/events.ics", "text/calendar; charset=utf-8"),
        ("data/quotes.csv", "text/csv; charset=utf-8"),
        ("explainers/ferry/card.png", "image/png"),
    ],
)
def test_files_for_machines_have_their_types(path, kind):
    assert responses.content_type(path) == kind


def test_the_etag_of_a_page_changes_with_the_page_and_with_the_client(preview, engine, monkeypatch):
    first = ask(preview).headers["etag"]
    assert ask(preview, If_None_Match=first).status == 304
    assert ask(preview, If_None_Match=f'"x", {first}').status == 304
    engine.save({"index.html": PAGE + b" "})
    second = ask(preview, If_None_Match=first)
    assert second.status == 200
    monkeypatch.setattr("builder.preview.responses.client_digest", lambda: "other")
    assert ask(preview).headers["etag"] not in {first, second.headers["etag"]}


def test_an_answer_of_304_has_no_body(preview):
    etag = ask(preview, "/assets/backstory.css").headers["etag"]
    said = ask(preview, "/assets/backstory.css", If_None_Match=etag)
    assert (said.status, said.body) == (304, b"")


def test_head_sends_the_headers_of_get(preview):
    for target in ("/", "/still.bin", "/nowhere"):
        get, head = ask(preview, target), ask(preview, target, method="HEAD")
        assert head.body == b""
        assert {**get.headers, "date": ""} == {**head.headers, "date": ""}


@pytest.mark.parametrize(
    "asked, status, part",
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=1000-", 206, slice(1000, 1024)),
        ("bytes=1000-9999", 206, slice(1000, 1024)),
        ("bytes=-5", 206, slice(1019, 1024)),
        ("bytes=-9999", 206, slice(0, 1024)),
        ("bytes=1024-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=0-1,5-6", 200, slice(0, 1024)),
        ("bytes=9-1", 200, slice(0, 1024)),
        ("bytes=-", 200, slice(0, 1024)),
        ("lines=1-2", 200, slice(0, 1024)),
        ("bytes=99999999999999999999-", 200, slice(0, 1024)),
    ],
)
def test_a_part_of_a_file(preview, asked, status, part):
    said = ask(preview, "/still.bin", Range=asked)
    assert said.status == status
    if part:
        assert said.body == (bytes(range(256)) * 4)[part]
    else:
        assert said.headers["content-range"] == "bytes */1024"


def test_a_part_is_sent_only_of_the_file_that_the_browser_has(preview):
    etag = ask(preview, "/still.bin").headers["etag"]
    assert ask(preview, "/still.bin", Range="bytes=0-1", If_Range=etag).status == 206
    assert ask(preview, "/still.bin", Range="bytes=0-1", If_Range='"old"').status == 200


def test_a_file_that_was_deleted_or_became_a_link_is_not_sent(preview, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(type(engine.state), "get", lambda self, path: OutputFile(self.files[path], "x"))
    still = tmp_path / "still.bin"
    still.unlink()
    assert ask(preview, "/still.bin").status == 404
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    still.symlink_to(secret)
    assert b"secret" not in ask(preview, "/still.bin").body


# --- paths ---


def test_a_folder_without_its_slash_is_redirected_by_path_only(preview):
    said = ask(preview, "/explainers/talks?x=//evil.example")
    assert (said.status, said.headers["location"]) == (302, "/explainers/talks/")


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "//evil.example/%2e%2e",
        "/%2fevil.example",
        "/\\evil.example",
        "/%5cevil.example",
        "/%5c%5cevil.example/..",
        "//explainers/talks",
        "/explainers//talks",
        "/../index.html",
        "/%2e%2e/index.html",
        "/%2E%2E%2Findex.html",
        "/%252e%252e/index.html",
        "/explainers/../index.html",
        "/explainers/..%2findex.html",
        "/explainers/./talks/",
        "/..%5cindex.html",
        "/.backstory-manifest",
        "/%2ebackstory-manifest",
        "/.git/",
        "/.git",
        "/index.html%00",
        "/%00",
        "/%ff%fe",
        "/%c0%ae%c0%ae/index.html",
        "/%",
        "/index.html/",
        "/INDEX.HTML",
        "/__backstory/../index.html",
        "/__backstory/server.py",
        "/__backstory/client.js/",
    ],
)
def test_no_spelling_leads_out_of_the_site(preview, target):
    said = ask(preview, target)
    assert said.status == 404
    assert "location" not in said.headers
    assert b"secret" not in said.body


def test_what_is_not_there_is_answered_with_the_sites_own_page(preview, engine):
    said = ask(preview, "/nowhere")
    assert said.status == 404
    assert b"Lost" in said.body
    assert b"client.js" in said.body
    engine.save({"404.html": None})
    assert ask(preview, "/nowhere").body == b"There is no such page."


def test_only_get_and_head(preview):
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"):
        said = ask(preview, method=method)
        assert (said.status, said.headers["allow"]) == (405, "GET, HEAD")
    said = raw(preview.port, b"POST / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 900000\r\n\r\n" % preview.port + b"x" * 900_000)
    assert said.status == 405


# --- whom it lets write ---


@pytest.fixture
def written(monkeypatch):
    """What was written, by an address that does nothing but that."""
    found = []

    def write(_site, body):
        found.append(body)
        return responses.text_response(HTTPStatus.OK, "Written.")

    monkeypatch.setitem(responses.WRITE_ENDPOINTS, "note", write)
    return found


def post(preview, body=b"{}", *, host=None, target="/__backstory/note", **changed):
    """Send what a page of the preview sends, but for some headers; None leaves one out."""
    host = host or f"localhost:{preview.port}"
    own = {
        "Host": host,
        "Origin": f"http://localhost:{preview.port}",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Dest": "empty",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "X-Backstory-Page": json.loads(ask(preview, "/__backstory/state").body)["key"],
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items() if value is not None), "", ""]
    return raw(preview.port, "\r\n".join(lines).encode() + body)


def test_a_page_of_the_preview_can_write(preview, written):
    assert post(preview, b'{"a": 1}').status == 200
    # An old browser says nothing of where a request comes from.
    assert post(preview, Sec_Fetch_Site=None, Sec_Fetch_Mode=None, Sec_Fetch_Dest=None).status == 200
    assert written == [b'{"a": 1}', b"{}"]


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "evil.example", "Origin": "http://evil.example"},  # a name that was pointed here: DNS rebinding
        {"host": "localhost:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "null"},  # a page in a frame without an origin, or a file
        {"Origin": None},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Mode": "navigate"},  # a form
        {"Sec_Fetch_Mode": "no-cors"},
        {"Sec_Fetch_Dest": "document"},
        {"Sec_Fetch_Dest": "iframe"},
        {"Content_Type": "text/plain"},  # what a form can send without asking
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": None},
        {"X_Backstory_Page": None},
        {"X_Backstory_Page": ""},
        {"X_Backstory_Page": "of an earlier run"},
    ],
    ids=str,
)
def test_nobody_else_can_write(preview, written, changed):
    assert post(preview, **changed).status in {403, 415}
    assert written == []


def test_a_script_of_another_site_is_not_told_that_it_may_ask(preview, written):
    said = ask(preview, "/__backstory/note", method="OPTIONS", Access_Control_Request_Method="POST")
    assert said.status == 405
    assert not [name for name in said.headers if name.startswith("access-control")]


def test_the_secret_of_a_page_is_another_in_each_run_and_stands_in_no_page(preview, engine):
    key = json.loads(ask(preview, "/__backstory/state").body)["key"]
    assert len(key) > 30
    assert key.encode() not in ask(preview).body
    with serve(engine, listen("127.0.0.1", 0)) as other:
        assert json.loads(ask(other, "/__backstory/state").body)["key"] != key


def test_too_much_is_not_written_and_not_read_of_who_may_not(preview, written):
    assert post(preview, b"x" * (responses.MAX_BODY_BYTES + 1)).status == 413
    assert post(preview, b"", Content_Length="999999999", Origin="http://evil.example").status == 403
    assert post(preview, target="/__backstory/nothing").status == 405
    assert written == []


def test_where_others_can_reach_it_nothing_can_be_written():
    headers = {
        "host": ["192.0.2.7:8000"],
        "origin": ["http://192.0.2.7:8000"],
        "content-type": ["application/json"],
        "x-backstory-page": ["page"],
    }
    open_to_all = Guard("0.0.0.0", 8000, "token", "page")
    assert open_to_all.refuses(headers, "token") is None
    assert open_to_all.refuses_writing(headers, "token").status == 403


def test_a_bug_in_one_page_ends_nothing(preview, engine, monkeypatch, capsys):
    def fails(*_):
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(responses, "respond_to_get", fails)
        assert ask(preview).status == 500
    assert "a bug" in capsys.readouterr().err
    assert ask(preview).status == 200


# --- whom it refuses ---

EVERYWHERE = (
    "/",
    "/nowhere",
    "/assets/backstory.css",
    "/__backstory/events",
    "/__backstory/state",
    "/__backstory/client.js",
    "/explainers/talks",
)


@pytest.mark.parametrize("target", EVERYWHERE)
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:80"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "localhost:1"},
        {"host": "127.0.0.2"},
        {"host": "a@localhost"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://evil.example", "Connection": "Upgrade", "Upgrade": "websocket"},
        {"Origin": "http://evil.example", "method": "POST"},
    ],
    ids=str,
)
def test_another_site_is_refused_everywhere(preview, target, headers):
    said = ask(preview, target, **headers)
    assert said.status == 403
    assert b"Home" not in said.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_its_own_names_are_answered(preview, host):
    assert ask(preview, host=host, Origin=f"http://{host}:{preview.port}", Sec_Fetch_Site="same-origin").status == 200
    assert ask(preview, host=host, Sec_Fetch_Site="none").status == 200


def test_a_request_names_one_host(preview):
    port = preview.port
    assert raw(port, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status == 400
    assert raw(port, b"GET / HTTP/1.0\r\n\r\n").status == 403
    assert raw(port, b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nHost: evil\r\nConnection: close\r\n\r\n" % port).status == 400


def test_a_websocket_is_refused(preview):
    said = ask(preview, Upgrade="websocket", Sec_WebSocket_Key="x", Sec_WebSocket_Version="13")
    assert said.status == 400


@pytest.mark.parametrize("target", EVERYWHERE[:3] + EVERYWHERE[4:])
def test_every_answer_keeps_other_sites_out(preview, target):
    headers = ask(preview, target).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_open_to_others_it_needs_a_token(engine, capfd):
    listening = listen("0.0.0.0", 0)
    with pytest.raises(TokenMissingError):
        serve(engine, listening, Access("0.0.0.0"))
    with serve(engine, listening, Access("0.0.0.0", "swordfish")) as preview:
        assert preview.url.endswith("/?token=swordfish")
        for target in (*EVERYWHERE, "/?token=", "/?token=swordfis", "/?token=swordfish0", "/?token=%FF"):
            assert ask(preview, target).status == 403
        said = ask(preview, "/explainers/talks/?token=swordfish")
        assert (said.status, said.headers["location"]) == (303, "/explainers/talks/")
        kept = said.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict"} <= set(kept.split("; "))
        assert ask(preview, Cookie=kept.split(";")[0]).status == 200
        assert ask(preview, Cookie="other=1; backstory-token=wrong").status == 403
        assert ask(preview, Cookie=kept.split(";")[0], host="evil.example").status == 403
        assert ask(preview, Cookie=kept.split(";")[0], host="192.0.2.7").status == 200
        # Where the files are is told on this machine only.
        assert b"somewhere" not in ask(preview, "/__backstory/state", Cookie=kept.split(";")[0]).body
    assert "swordfish" not in "".join(capfd.readouterr())


# --- who sends too much, too slowly, or nothing ---


def test_too_much_is_refused(preview):
    assert ask(preview, "/" + "a" * 3000).status == 414
    assert ask(preview, "/" + "a" * 40_000).status == 431
    assert ask(preview, X="a" * 40_000).status == 431
    assert ask(preview, **{f"X{n}": "a" * 200 for n in range(400)}).status == 431


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00" + b"\r\n\r\n", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n"]
)
def test_what_is_no_request_is_answered_with_400(preview, data):
    assert raw(preview.port, data).status in {400, 505}


def test_silent_and_slow_clients_hold_up_nobody(preview):
    with contextlib.ExitStack() as open_ones:
        for number in range(200):
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port), timeout=60))
            if number % 2:
                client.sendall(b"GET / HTT")
        for _ in range(5):
            assert ask(preview).status == 200


def test_a_slow_client_is_cut_off(engine, monkeypatch):
    monkeypatch.setattr(server, "REQUEST_TIMEOUT", 0.2)
    monkeypatch.setattr(server, "IDLE_TIMEOUT", 0.2)
    with serve(engine, listen("127.0.0.1", 0)) as preview:
        for sent in (b"", b"GET / HTT"):
            with socket.create_connection(("127.0.0.1", preview.port), timeout=60) as slow:
                slow.sendall(sent)
                with contextlib.suppress(ConnectionResetError):
                    assert slow.recv(1) == b""


def test_of_too_many_connections_the_one_idle_for_longest_makes_room(engine, monkeypatch):
    monkeypatch.setattr(server, "MAX_STREAMS", 6)
    monkeypatch.setattr(server, "RESERVED_CONNECTIONS", 4)
    with serve(engine, listen("127.0.0.1", 0)) as preview, contextlib.ExitStack() as open_ones:
        ones = [open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port), timeout=60)) for _ in range(30)]
        assert ask(preview).status == 200
        with contextlib.suppress(ConnectionResetError):
            assert ones[0].recv(1) == b""


def test_of_too_many_streams_none_is_opened_and_pages_are_answered(engine, monkeypatch):
    monkeypatch.setattr(server, "MAX_STREAMS", 20)
    monkeypatch.setattr(server, "RESERVED_CONNECTIONS", 5)
    with serve(engine, listen("127.0.0.1", 0)) as preview, contextlib.ExitStack() as open_ones:
        asked = b"GET /__backstory/events HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % preview.port
        responses = []
        for _ in range(40):
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port), timeout=60))
            client.sendall(asked)
            responses.append(client.recv(12))
        assert responses == [b"HTTP/1.1 200"] * 20 + [b"HTTP/1.1 503"] * 20
        burst = [open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port), timeout=60)) for _ in range(40)]
        for client in burst:
            with contextlib.suppress(ConnectionError):
                client.sendall(asked)
        assert ask(preview).status == 200
        assert preview.stream_count == 20
        assert preview.connection_count <= 25


def test_few_open_files_mean_few_connections():
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (listening.SPARE_FILES + 100, before[1]))
        assert listening.most_connections(480, 81) == 100
        assert listening.most_connections(480, 200) == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert listening.most_connections(80, 20) == 80


def test_a_connection_is_used_again(preview):
    with socket.create_connection(("127.0.0.1", preview.port), timeout=60) as connection:
        for _ in range(3):
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % preview.port)
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")


# --- state and events ---


class Stream:
    """An open stream of events."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.connection.sendall(b"GET /__backstory/events HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % port)
        self.received = b""

    def until(self, text):
        while text not in self.received:
            chunk = self.connection.recv(65536)
            assert chunk, self.received
            self.received += chunk
        return self.received

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()


def test_a_save_is_told_to_every_stream(preview, engine):
    with Stream(preview.port) as one, Stream(preview.port) as other:
        for stream in (one, other):
            assert b"retry: 500" in stream.until(b"event: hello")
        engine.save({"index.html": PAGE + b" "}, follow="index.html", spot="#quote--q1")
        for stream in (one, other):
            assert b'"spot":"#quote--q1"' in stream.until(b'"follow":"index.html"')
            assert b":2\r\n" not in stream.received
            assert b":2\nevent: change" in stream.received


def test_a_stream_says_that_it_is_still_there(engine, monkeypatch):
    monkeypatch.setattr(server, "HEARTBEAT", 0.05)
    with serve(engine, listen("127.0.0.1", 0)) as preview, Stream(preview.port) as stream:
        assert b"event: hello" in stream.until(b": still here\n\n")


def test_streams_that_are_closed_are_forgotten(preview, engine):
    with Stream(preview.port) as stream:
        stream.until(b"event: hello")
        assert preview.stream_count == 1
    deadline = time.monotonic() + 60
    while preview.stream_count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not preview.stream_count


def test_a_stream_that_falls_behind_is_cut_off(engine):
    with serve(engine, listen("127.0.0.1", 0)) as preview, Stream(preview.port) as stream:
        stream.until(b"event: hello")
        for number in range(server.MAX_BACKLOG * 40):
            engine.publish(server.SiteChange(number, saved=("x" * 20_000,)))
        with contextlib.suppress(ConnectionResetError):
            while stream.connection.recv(1_000_000):
                pass
        # It is over, and others are served.
        assert ask(preview).status == 200


def test_the_state_tells_the_version_of_this_run(preview, engine):
    first = json.loads(ask(preview, "/__backstory/state?page=/").body)
    assert first["found"]
    assert not first["stops"]
    engine.save()
    second = json.loads(ask(preview, "/__backstory/state?page=/").body)
    assert first["at"].endswith(":1")
    assert second["at"] == first["at"].replace(":1", ":2")
    with serve(engine, listen("127.0.0.1", 0)) as other:
        assert json.loads(ask(other, "/__backstory/state").body)["at"] != second["at"]


@pytest.mark.parametrize("page", ["/nowhere/", "//evil", "%00", "/..", "", "/%25ff"])
def test_the_state_of_no_page(preview, page):
    said = ask(preview, f"/__backstory/state?page={page}")
    assert said.status == 200
    assert not json.loads(said.body)["found"] or not page


# --- beginning and end ---


def test_a_port_in_use_names_the_next_free_one(preview, engine):
    with pytest.raises(PortInUseError) as error:
        serve(engine, listen("127.0.0.1", preview.port))
    assert error.value.free > preview.port
    with serve(engine, listen("127.0.0.1", error.value.free)) as other:
        assert ask(other).status == 200


def test_who_comes_at_the_very_end_is_turned_away(engine):
    for wait in range(30):
        preview = serve(engine, listen("127.0.0.1", 0))
        ask(preview)
        with contextlib.ExitStack() as stack:
            late = [stack.enter_context(socket.create_connection(("127.0.0.1", preview.port), timeout=20)) for _ in range(wait % 6 + 1)]
            preview.stop()
            assert not preview.is_running
            for client in late:
                with contextlib.suppress(ConnectionResetError):
                    assert client.recv(1) == b""


def test_it_ends_with_streams_and_idle_connections_open(engine):
    preview = serve(engine, listen("127.0.0.1", 0))
    with Stream(preview.port) as stream, socket.create_connection(("127.0.0.1", preview.port), timeout=60) as idle:
        stream.until(b"event: hello")
        preview.stop()
        assert not preview.is_running
        for client in (stream.connection, idle):
            with contextlib.suppress(ConnectionResetError):
                while client.recv(65536):
                    pass
    preview.stop()
    assert not engine.callbacks
    with serve(engine, listen("127.0.0.1", preview.port)) as again:
        assert ask(again).status == 200
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", preview.port), timeout=60)


def test_saves_while_it_ends_are_no_error(engine):
    preview = serve(engine, listen("127.0.0.1", 0))
    callback = engine.callbacks[0]
    preview.stop()
    callback(server.SiteChange(9))
    assert not preview.is_running


def test_the_client_files_are_sent(preview):
    for name in Path(server.__file__).with_name("client").glob("*.*s"):
        assert ask(preview, f"/__backstory/{name.name}").status == 200
