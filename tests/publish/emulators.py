"""Publishing to emulators of Amazon S3 (moto) and Azure (Azurite), which know conditions on writes.

`make emulators` installs them, 700 MB, and runs this; `make test` does not. For Google Cloud Storage there is none: obstore writes by its XML interface,
which fake-gcs-server refuses (“invalid uploadType”) and gcp-storage-emulator answers without an ETag.
"""

import base64
import hashlib
import hmac
import os
import subprocess
import sys
import time
import urllib.request
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace

import msgspec
import obstore
import pytest

from builder import cli
from builder.publish import store
from builder.publish.lock import LOCK, Holder
from tests.publish.servers import running

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".venv/.emulators"
"""Where the emulators are put."""

PACKAGES = ("moto[s3,server]==5.2.5",)
MARKER = ".backstory-published"

KEYS = {
    "s3": {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "of-the-tests", "AWS_EC2_METADATA_DISABLED": "true"},
    # The account and the key that everybody's Azurite has.
    "azure": {
        "AZURE_STORAGE_ACCOUNT_NAME": "devstoreaccount1",
        "AZURE_STORAGE_ACCOUNT_KEY": "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw" + "==",
    },
}


def install():
    """Install the emulators, unless they are there."""
    if not (PLACE / "bin/moto_server").is_file():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        subprocess.run([PLACE / "bin/python", "-m", "pip", "install", "-qq", "--no-input", *PACKAGES], check=True)
    if not _azurite().is_file():
        for name in ("package.json", "package-lock.json"):
            (PLACE / name).write_bytes((HERE / "npm" / name).read_bytes())
        subprocess.run(["npm", "ci", "--prefix", PLACE, "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], check=True)


def _azurite():
    return PLACE / "node_modules/azurite/dist/src/blob/main.js"


def _command(to):
    def command(port):
        if to == "s3":
            return [PLACE / "bin/moto_server", "-p", str(port)]
        return ["node", _azurite(), "--inMemoryPersistence", "--blobPort", str(port), "--skipApiVersionCheck", "--silent"]

    return command


def _make_bucket(to, port):
    where, about = f"http://127.0.0.1:{port}/news", {}
    if to == "azure":
        where = f"http://127.0.0.1:{port}/devstoreaccount1/news?restype=container"
        about = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-08-06"}
        headers = "".join(f"{key}:{value}\n" for key, value in about.items())
        signed = "PUT" + "\n" * 12 + headers + "/devstoreaccount1/devstoreaccount1/news\nrestype:container"
        key = base64.b64decode(KEYS[to]["AZURE_STORAGE_ACCOUNT_KEY"])
        signature = base64.b64encode(hmac.digest(key, signed.encode(), hashlib.sha256)).decode()
        about["Authorization"] = f"SharedKey devstoreaccount1:{signature}"
    urllib.request.urlopen(urllib.request.Request(where, headers=about, method="PUT")).close()


@pytest.fixture(scope="module", params=sorted(KEYS))
def server(request):
    with running(_command(request.param)) as port:
        for tries in range(20, 0, -1):  # it may take calls before it answers them
            try:
                _make_bucket(request.param, port)
                break
            except OSError:
                if tries == 1:
                    raise
                time.sleep(0.5)
        where = f"http://127.0.0.1:{port}{'/devstoreaccount1' if request.param == 'azure' else ''}"
        yield SimpleNamespace(to=request.param, where=where)


@pytest.fixture
def bucket(server, site, monkeypatch, request):
    for key, value in KEYS[server.to].items():
        monkeypatch.setenv(key, value)
    prefix = f"{request.node.name.partition('[')[0]}/"
    region = "region: us-east-1, " if server.to == "s3" else ""
    site.targets(f"store: {{to: {server.to}, bucket: news, {region}prefix: {prefix}, endpoint: '{server.where}'}}")
    target = SimpleNamespace(to=server.to, bucket="news", prefix=prefix, endpoint=server.where, region="us-east-1" * (server.to == "s3"))
    return store.open_store(target)


def there(bucket):
    paths = [entry["path"] for batch in obstore.list(bucket) for entry in batch]
    return {path: bytes(obstore.get(bucket, path).bytes()) for path in paths if path != MARKER}


def test_a_site_lives_in_a_bucket(site, bucket):
    done = site.publish("--json")
    assert done.code == cli.FINE, done.told
    assert there(bucket) == site.files()
    about = obstore.get(bucket, "about/index.html")
    assert about.attributes["Content-Type"] == "text/html; charset=utf-8"
    assert "must-revalidate" in about.attributes["Cache-Control"]
    assert about.meta["e_tag"]
    assert abs(time.time() - about.meta["last_modified"].timestamp()) < 3600
    assert site.publish("--json").told["sent"] is False
    obstore.put(bucket, "about/index.html", b"theirs")
    obstore.put(bucket, "notes.txt", b"theirs")
    site.add()
    told = site.publish("--json").told
    assert "about/index.html" in told["changed"]
    assert there(bucket) == site.files() | {"notes.txt": b"theirs"}
    site.remove()
    assert site.publish("--allow-deletes").code == cli.FINE
    assert there(bucket) == site.files() | {"notes.txt": b"theirs"}
    assert site.publish("--rollback").code == cli.FINE


def test_of_two_publishers_one_is_refused(site, bucket):
    obstore.put(bucket, LOCK, msgspec.json.encode(Holder("theirs", time.time(), time.time())))
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Another publish to" in done.err
    assert there(bucket).keys() == {LOCK}


@pytest.mark.parametrize("renewed", [0, None])
def test_who_writes_the_lock_at_the_same_moment_is_refused_by_the_host(site, bucket, renewed, monkeypatch):
    """Another has written it after it was read: anew, or over one that was left."""
    left = msgspec.json.encode(Holder("left", 0, 0))
    if renewed is not None:
        obstore.put(bucket, LOCK, left)
    theirs = msgspec.json.encode(Holder("theirs", time.time(), time.time()))
    write = store.StorePublisher.write_lock

    def late(self, data, mark):
        obstore.put(bucket, LOCK, theirs)
        return write(self, data, mark)

    monkeypatch.setattr(store.StorePublisher, "write_lock", late)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "began at the same time" in done.err
    assert there(bucket) == {LOCK: theirs}
    obstore.delete(bucket, LOCK)


def test_a_wrong_key_and_no_bucket_are_told(site, bucket, server, monkeypatch):
    site.targets(f"store: {{to: {server.to}, bucket: no-such-bucket, endpoint: '{server.where}'}}")
    done = site.publish()
    assert (done.code, "bucket" in done.err) == (cli.PROBLEMS, True)
    if server.to == "azure":
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", base64.b64encode(b"wrong" * 12).decode())
        assert "credentials" in site.publish().err


if __name__ == "__main__":
    install()
    sys.exit(pytest.main([__file__, "-q", "-n", "0", *os.environ.get("ARGS", "").split()]))
