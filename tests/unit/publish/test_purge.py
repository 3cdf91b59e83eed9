"""Telling a network what has changed, against a server that answers as the documentation of each says."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from builder import publish
from builder.publish import problems, purge
from builder.publish.problems import ConnectionLost, PublishProblem
from tests.unit.publish.uploads import job, silent, upload


@pytest.fixture
def network(monkeypatch):
    """A server for both; `asked` are the calls that it took, `answers` what it says to the next ones in place of yes."""
    asked, answers = [], []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked.append((self.path, dict(self.headers), body))
            yes = {"success": True, "errors": [], "result": {"id": "1"}} if "zones" in self.path else {"status": "ok", "id": "1-2"}
            status, told = answers.pop(0) if answers else (200, yes)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    here = f"http://127.0.0.1:{server.server_port}"
    found = {
        name: purge.Network(network.name, here + network.api.partition(".com")[2], network.secrets)
        for name, network in purge.NETWORKS.items()
    }
    monkeypatch.setattr(purge, "NETWORKS", found)
    monkeypatch.setattr(problems, "RETRY_PAUSES", (0.0, 0.0))
    server.asked, server.answers = asked, answers
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_cloudflare_is_told_in_batches(network):
    changed = [f"https://example.org/{n}/" for n in range(purge.BATCH + 1)]
    purge.purge("cloudflare", ("token", "zone1"), changed)
    assert [path for path, _, _ in network.asked] == ["/client/v4/zones/zone1/purge_cache"] * 2
    assert [address for _, _, body in network.asked for address in json.loads(body)["files"]] == changed
    assert network.asked[0][1]["Authorization"] == "Bearer token"


def test_fastly_is_told_of_each_address(network):
    purge.purge("fastly", ("token",), ["https://example.org/a/", "https://example.org/b%20c"])
    assert [path for path, _, _ in network.asked] == ["/purge/example.org/a/", "/purge/example.org/b%20c"]
    assert network.asked[0][1]["Fastly-Key"] == "token"


@pytest.mark.parametrize("service, keys", [("cloudflare", ("sesame", "zone")), ("fastly", ("sesame",))])
@pytest.mark.parametrize(
    "answer, kind, words",
    [
        ((403, {"success": False, "errors": [{"code": 10000, "message": "sesame"}]}), PublishProblem, "status 403). Look at"),
        ((200, {"success": False}), PublishProblem, "refused to purge (status 200)"),
        ((200, []), PublishProblem, "refused to purge (status 200)"),
        ((429, {}), ConnectionLost, "status 429"),
    ],
)
def test_a_refusal_is_told_without_the_keys(network, service, keys, answer, kind, words):
    network.answers += [answer] * 3
    with pytest.raises(PublishProblem) as told:
        purge.purge(service, keys, ["https://example.org/"])
    assert type(told.value) is kind
    assert words in str(told.value)
    assert "sesame" not in str(told.value)


def test_a_busy_network_is_asked_again(network):
    network.answers += [(503, {}), (429, {})]
    purge.purge("fastly", ("token",), ["https://example.org/"])
    assert len(network.asked) == 3


def test_of_a_page_both_addresses_are_told_and_of_packed_copies_none():
    paths = ["index.html", "a b/index.html", "a/data.json", "a/index.html.gz", "old.html"]
    assert purge.addresses("https://example.org/desk", paths) == (
        "https://example.org/desk/a%20b/",
        "https://example.org/desk/a%20b/index.html",
        "https://example.org/desk/a/data.json",
        "https://example.org/desk/",
        "https://example.org/desk/index.html",
        "https://example.org/desk/old.html",
    )


def test_a_missing_key_stops_before_anything_is_sent():
    with pytest.raises(PublishProblem, match=r"needs CLOUDFLARE_ZONE_ID in your environment\. Nothing was sent"):
        purge.read_secrets("cloudflare", {"CLOUDFLARE_API_TOKEN": "x"})


def test_what_could_not_be_told_is_told_after_the_next_publish(network, tmp_path):
    (tmp_path / "site").mkdir()
    about = job(tmp_path / "site", base_url="https://example.org/", purge="fastly")

    def sent(**files):
        return publish.deliver(about, upload({f"{name}.html": data for name, data in files.items()}), silent, silent, ("token",))

    network.answers += [(403, {})]
    first = sent(a=b"a")
    assert (first.sent, first.purge_failed, first.addresses) == (True, True, ("https://example.org/a.html",))
    assert "readers may get old pages" in first.notes[-1]
    network.asked.clear()
    second = sent(a=b"a", b=b"b")
    assert not second.purge_failed
    assert sorted(path for path, _, _ in network.asked) == ["/purge/example.org/a.html", "/purge/example.org/b.html"]
    network.asked.clear()
    assert not sent(a=b"a", b=b"b").sent
    assert not network.asked
