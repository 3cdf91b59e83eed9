"""Publishing to an object store, in memory, and what is told when one refuses."""

import msgspec
import obstore
import pytest
from obstore.store import MemoryStore

from builder.model import PublishTarget
from builder.publish import store, store_answers, version_tags
from builder.publish.lock import LOCK, Holder
from builder.publish.problems import ConnectionLost, PublishProblem
from builder.publish.upload import MARKER
from tests.unit.publish.uploads import silent, upload

ONE = {"index.html": b"one", "a/index.html": b"a", "assets/a.css": b"css"}
TWO = ONE | {"index.html": b"two", "a/index.html": b"aa"}


@pytest.fixture
def bucket(monkeypatch):
    found = MemoryStore()
    monkeypatch.setattr(store, "open_store", lambda _target: found)
    return found


def opened(root):
    return store.StorePublisher(PublishTarget("live", "s3", bucket="news"), root, root)


def send(publisher, files):
    changes = publisher.compare(files)
    with publisher.hold():
        publisher.send(files, changes, silent)
        return publisher.missing(files, changes)


def there(bucket):
    return {
        entry["path"]: bytes(obstore.get(bucket, entry["path"]).bytes())
        for batch in obstore.list(bucket)
        for entry in batch
        if entry["path"] != MARKER
    }


def test_a_publish_leaves_the_site_its_list_and_no_lock(bucket, tmp_path, monkeypatch):
    publisher = opened(tmp_path)
    monkeypatch.setattr(publisher, "is_unchanged", lambda file, tag: publisher.sent[file.path].tag == tag)
    assert send(publisher, upload(ONE, when="2026-01-02T03:04:05Z", by="The desk")) == ()
    assert there(bucket) == ONE
    found = opened(tmp_path).published()
    assert (found.files, found.when, found.by) == (3, "2026-01-02T03:04:05Z", "The desk")


def test_while_one_publishes_the_other_is_refused(bucket, tmp_path):
    first, second = opened(tmp_path / "a"), opened(tmp_path / "b")
    second.compare(upload(TWO))
    first.compare(upload(ONE))
    with first.hold():
        with pytest.raises(PublishProblem, match="Another publish to s3://news/ has been under way"):
            second.hold().__enter__()
        first.send(upload(ONE), first.compare(upload(ONE)), silent)
    with pytest.raises(PublishProblem, match="was changed by another process in the meantime"):
        second.hold().__enter__()
    assert there(bucket) == ONE


def test_who_was_taken_over_sends_no_more(bucket, tmp_path):
    publisher = opened(tmp_path)
    files = upload(ONE)
    changes = publisher.compare(files)
    with publisher.hold():
        obstore.put(bucket, LOCK, msgspec.json.encode(Holder("theirs", 0, 0)))
        with pytest.raises(PublishProblem, match=r"has taken over.* 0 of 3 files have arrived, and stay. Publish again"):
            publisher.send(files, changes, silent)
    assert set(there(bucket)) == {LOCK}


def test_what_a_publish_has_sent_that_failed_since_the_comparison_is_found(bucket, tmp_path):
    """Its list is the same before and after: it was written before its files."""
    first, second = opened(tmp_path / "a"), opened(tmp_path / "b")
    files = upload(ONE | {"only/index.html": b"only"})
    changes = first.compare(files)
    first.sent = dict.fromkeys(files.files, version_tags.StoredObject())
    obstore.put(bucket, MARKER, version_tags.encoded(first.sent))
    second.compare(upload(TWO))
    obstore.put(bucket, "only/index.html", b"only")
    with pytest.raises(PublishProblem, match="was changed by another process in the meantime"):
        second.hold().__enter__()
    assert changes.new
    second = opened(tmp_path / "b")
    assert second.compare(upload(TWO)).deleted == ("only/index.html",)
    with second.hold():
        pass


def test_a_bucket_without_a_list_in_which_another_publishes_is_no_bucket_of_others(bucket, tmp_path):
    obstore.put(bucket, "a/index.html", b"theirs")
    with opened(tmp_path / "a").target_lock.held(), pytest.raises(PublishProblem, match="Another publish to s3://news/ has been under way"):
        opened(tmp_path / "b").compare(upload(TWO))
    with pytest.raises(PublishProblem, match="did not put there"):
        opened(tmp_path / "b").compare(upload(TWO))


def test_a_file_that_another_has_overwritten_is_missed_though_it_was_not_sent(bucket, tmp_path):
    publisher = opened(tmp_path)
    send(publisher, upload(ONE))
    publisher = opened(tmp_path)
    files = upload(TWO)
    changes = publisher.compare(files)
    publisher.target_lock.check = silent
    publisher.send(files, changes, silent)
    obstore.put(bucket, "assets/a.css", b"theirs")
    assert publisher.missing(files, changes) == ("assets/a.css",)


def test_a_lost_list_heals_where_every_object_is_one_of_the_site(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "md5", lambda file: tags[file.read()])
    send(opened(tmp_path), upload(ONE))
    obstore.delete(bucket, MARKER)
    tags = {data: obstore.head(bucket, path)["e_tag"].strip('"') for path, data in ONE.items()} | {b"two": "", b"aa": ""}
    known = {path: (file,) for path, file in upload(ONE).files.items()}
    publisher = opened(tmp_path)
    assert publisher.compare(upload(TWO, earlier_versions=known)).changed == ("a/index.html", "index.html")
    assert "Every file there is one of this site" in publisher.notes[0]
    obstore.put(bucket, "theirs.txt", b"theirs")
    with pytest.raises(PublishProblem, match="did not put there"):
        opened(tmp_path).compare(upload(TWO, earlier_versions=known))


S3 = "Generic S3 error: Error performing PUT http://127.0.0.1:9/news/a in 2ms, after 3 retries, max_retries: 3 - Server returned non-2xx status code: "


def xml(code):
    return f"<Error><Code>{code}</Code><Message>m</Message></Error>"


@pytest.mark.parametrize(
    "said, words, kind",
    [
        (
            f"{S3}400 Bad Request: {xml('ExpiredToken')}",
            "a.html: the bucket refuses us: ExpiredToken: m. Look at the credentials",
            PublishProblem,
        ),
        (
            f"{S3}403 Forbidden: {xml('AccessDenied')}",
            "a.html: the bucket refuses us: AccessDenied: m. Look at the credentials",
            PublishProblem,
        ),
        (
            f"{S3}403 Forbidden: {xml('RequestTimeTooSkewed')}",
            "RequestTimeTooSkewed: m. The clock of this machine is wrong.",
            PublishProblem,
        ),
        (
            f"Object at location a not found: {S3}404: {xml('NoSuchBucket')}\n\nDebug source:\nNotFound {{",
            "there is no such bucket. Make it first.",
            PublishProblem,
        ),
        (f"{S3}500 Internal Server Error: X", "a.html: the bucket cannot be used: it answered with status 500.", ConnectionLost),
        (
            "Generic S3 error: Error performing GET http://h/a in 1ms - HTTP error: request or response body error",
            "broke off.",
            ConnectionLost,
        ),
        (
            "Generic S3 error: Got invalid list response: expected struct ListResponse",
            "does not answer as a store of this kind",
            PublishProblem,
        ),
        ("Account must be specified", "needs credentials, and your environment has none. Set AWS_ACCESS_KEY_ID", PublishProblem),
        ("error sending request for url (http://169.254.169.254/latest/api/token)", "Set AWS_ACCESS_KEY_ID and AWS_SECRET", PublishProblem),
        ("Unable to read https://me:hunter2@example.org/ at all", "cannot be used: Unable to read ", ConnectionLost),
    ],
)
def test_a_refusal_says_what_and_what_to_do_and_nothing_of_the_library(said, words, kind):
    problem = store_answers.problem(Exception(said), "the bucket", "s3", path="a.html")
    assert words in str(problem)
    assert type(problem) is kind
    assert not any(word in str(problem) for word in ("Error performing", "ebug source", "max_retries", "hunter2", "struct"))
