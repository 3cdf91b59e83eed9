"""What publishing changes at a target, and whose files are there."""

import pytest

from builder.publish.transfer_plan import is_all_ours
from builder.publish.upload import PAGE, Upload, UploadFile, sha256


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
