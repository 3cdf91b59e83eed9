"""Publishing to an object store: a real server of the language of S3, on this machine."""

import sys

import obstore
import pytest
from obstore.store import S3Store

from builder import cli
from builder.publish import store
from tests.publish.servers import KEY, SECRET, Proxy, broken, file_reader, free_port

MARKER = ".backstory-published"


@pytest.fixture
def bucket(site, s3_server, monkeypatch):
    """A bucket of its own, as the folder in which its server keeps it."""
    name = s3_server.buckets.pop()
    for key, value in (("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_EC2_METADATA_DISABLED", "true")):
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(store, "RETRIES", 0)
    point(site, name, s3_server.port)
    return s3_server.folder / name


def point(site, name, port):
    site.targets(f"store: {{to: s3, bucket: {name}, prefix: explained/, region: us-east-1, endpoint: 'http://127.0.0.1:{port}'}}")


def there(bucket):
    folder = bucket / "explained"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != MARKER}


def client(bucket, port):
    return S3Store(
        bucket.name, prefix="explained", endpoint=f"http://127.0.0.1:{port}", region="us-east-1", client_options={"allow_http": True}
    )


def test_a_site_lives_in_a_bucket(site, bucket, s3_server):
    done = site.publish("--json")
    assert done.code == cli.FINE, done.told
    assert there(bucket) == site.files()
    assert site.publish("--json").told["sent"] is False

    reader = client(bucket, s3_server.port)
    page = obstore.get(reader, "about/index.html").attributes
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "must-revalidate" in page["Cache-Control"]
    assert obstore.get(reader, "assets/backstory.css").attributes["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=604800" in obstore.get(reader, "assets/fonts/serif-latin.woff2").attributes["Cache-Control"]

    # Somebody else writes over a page, and puts an object of their own there.
    obstore.put(reader, "about/index.html", b"theirs")
    obstore.put(reader, "notes.txt", b"theirs")
    site.add()
    told = site.publish("--json").told
    assert "about/index.html" in told["changed"]
    assert "explainers/school/index.html" in told["new"]
    assert "assets/backstory.css" not in told["changed"]
    assert there(bucket) == site.files() | {"notes.txt": b"theirs"}

    site.remove()
    assert site.publish().code == cli.PROBLEMS
    assert site.publish("--allow-deletes").code == cli.FINE
    assert there(bucket) == site.files() | {"notes.txt": b"theirs"}
    assert site.publish("--json").told["sent"] is False


def test_at_every_single_step_every_page_has_all_that_it_leads_to(site, bucket, monkeypatch):
    """The bucket is looked at after each object that is sent or deleted."""
    site.publish()
    monkeypatch.setattr(store, "CONCURRENCY", 1)
    put, delete, wrong, steps = store.StorePublisher.put_file, store.StorePublisher.delete_file, [], []

    def look():
        steps.append(1)
        wrong.extend(broken(file_reader(bucket / "explained")))

    monkeypatch.setattr(store.StorePublisher, "put_file", lambda self, file: (put(self, file), look()))
    monkeypatch.setattr(store.StorePublisher, "delete_file", lambda self, path: (delete(self, path), look()))
    site.add()
    assert site.publish().code == cli.FINE
    site.remove()
    assert site.publish("--allow-deletes").code == cli.FINE
    assert len(steps) >= 20
    assert wrong == []


def test_how_a_file_is_served_is_a_change_too(site, bucket, monkeypatch):
    site.publish()
    monkeypatch.setattr("builder.publish.headers.FONT_CACHING", "public, max-age=60")
    told = site.publish("--json").told
    assert told["changed"]
    assert all(path.endswith(".woff2") for path in told["changed"])


def test_a_bucket_with_objects_of_others_is_refused(site, bucket, s3_server):
    obstore.put(client(bucket, s3_server.port), "theirs.html", b"theirs")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Backstory did not put there" in done.err
    assert there(bucket) == {"theirs.html": b"theirs"}


def test_a_wrong_key_and_a_bucket_that_is_not_there_are_told(site, bucket, s3_server, monkeypatch):
    point(site, "no-such-bucket", s3_server.port)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "bucket" in done.err.lower()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    point(site, bucket.name, s3_server.port)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "credentials" in done.err
    assert there(bucket) == {}


def test_without_credentials_it_says_which_to_set(site, bucket, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    # In their place the machine of a data centre would be asked.
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", f"http://127.0.0.1:{free_port()}")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert done.err.endswith(
        "needs credentials, and your environment has none. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Nothing was sent.\n"
    )


def test_without_obstore_it_says_how_to_get_it(site, bucket, monkeypatch):
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "pip install" in done.err


def test_a_connection_that_breaks_is_tried_again(site, bucket, s3_server):
    with Proxy(s3_server.port, after=60_000, cuts=2) as proxy:
        point(site, bucket.name, proxy.port)
        done = site.publish()
        assert proxy.reached.is_set()
    if "did not arrive" in done.err:  # the server of this test may take a part for the whole, and so late that it hides what was sent again
        assert done.code == cli.PROBLEMS
        done = site.publish()
    assert done.code == cli.FINE, done.err
    assert there(bucket) == site.files()


def test_a_connection_that_is_gone_is_told_and_the_next_publish_sends_the_rest(site, bucket, s3_server):
    with Proxy(s3_server.port, after=100_000) as proxy:
        proxy.gone = True
        point(site, bucket.name, proxy.port)
        done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Traceback" not in done.err
    first = len(there(bucket))
    assert 0 < first < len(site.files())
    point(site, bucket.name, s3_server.port)
    told = site.publish("--json").told
    assert told["unchanged"] >= first - store.CONCURRENCY
    assert there(bucket) == site.files()


def test_killed_half_way_the_next_publish_sends_the_rest(site, bucket, s3_server):
    with Proxy(s3_server.port, after=200_000, stall=True) as proxy:
        point(site, bucket.name, proxy.port)
        site.publish_and_kill(proxy)
    assert not broken(file_reader(bucket / "explained"))
    point(site, bucket.name, s3_server.port)
    told = site.publish("--json").told
    assert told["sent"] is True
    assert told["unchanged"] > 0
    assert there(bucket) == site.files()
