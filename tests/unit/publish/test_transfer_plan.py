"""What publishing changes at a target, and whose files are there."""

import pytest

from builder.publish.problems import PublishProblem
from builder.publish.transfer_plan import batches_to_send, compare, is_all_ours, refuse_conflicts
from builder.publish.upload import ASSET, LIST, PAGE, Upload, UploadFile, sha256


def file(path: str, data: bytes) -> UploadFile:
    return UploadFile(path, PAGE, len(data), sha256(data), data)


@pytest.mark.parametrize(
    "there, ours",
    [
        ({"a": b"new", "b": b"only"}, True),
        ({"a": b"old", "b": b"only"}, True),
        ({"a": b"old", "gone": b"before"}, True),
        ({"a": b"of others", "b": b"only"}, False),
        ({"a": b"new", "foreign": b"only"}, False),
    ],
    ids=["now", "versions of several releases", "deleted since", "other bytes", "another path"],
)
def test_files_of_any_mix_of_releases_are_ours_and_no_others(there, ours):
    upload = Upload(
        {"a": file("a", b"new"), "b": file("b", b"only")},
        0,
        earlier_versions={"a": (file("a", b"old"),), "gone": (file("gone", b"before"),)},
    )
    assert is_all_ours(there.keys(), upload, lambda path, versions: there[path] in {version.read() for version in versions}) is ours


def upload(**kinds):
    return Upload({path: UploadFile(path, kind, 1, path, b"") for path, kind in sorted(kinds.items())}, 0)


def test_the_order_is_assets_new_pages_pages_lists():
    files = upload(style=ASSET, fresh=PAGE, old=PAGE, index=LIST, feed=LIST, kept=PAGE)
    made = compare(files, {"old": False, "index": False, "kept": True, "gone": False, "theirs": False}, {"gone", "old"})
    assert made.deleted == ("gone",)
    assert made.existing == 4
    sent = [(name, paths) for name, paths in batches_to_send(files, made) if paths]
    assert sent == [("assets", ("style",)), ("new pages", ("feed", "fresh")), ("pages", ("old",)), ("lists and feeds", ("index",))]


@pytest.mark.parametrize(
    "there, ours, found",
    [
        ({"a": True}, {"a"}, ((), (), ("a",), ())),
        ({"a": False}, {"a"}, ((), ("a",), (), ())),
        ({}, {"a", "gone"}, (("a",), (), (), ())),
        ({"a": True, "gone": False}, {"a", "gone"}, ((), (), ("a",), ("gone",))),
        ({"a": True, "theirs": False}, {"a"}, ((), (), ("a",), ())),
    ],
)
def test_what_becomes_of_each_file(there, ours, found):
    made = compare(upload(a=PAGE), there, ours)
    assert (made.new, made.changed, made.same, made.deleted) == found
    assert made.any is (found != ((), (), ("a",), ()))


@pytest.mark.parametrize("path", ["c/x", "a", "a/b/more", "d/e"])
def test_what_others_have_where_the_site_must_lie_stops_before_anything_is_sent(path):
    site = Upload({name: UploadFile(name, PAGE, 1, name, b"") for name in ("a/b", "c", "d/e/f")}, 0)
    refuse_conflicts(site, ["a/other", "other/a", "c2", "b"], "the server")
    with pytest.raises(PublishProblem, match=f"^{path} at the server was not put there by Backstory"):
        refuse_conflicts(site, ["a/other", path], "the server")
