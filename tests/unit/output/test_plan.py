"""What is written, kept and deleted, and why: a file is kept only where all that it was made from is as it was."""

import msgspec
import pytest

from builder import __version__
from builder.incremental.digests import digest
from builder.output import plan
from builder.output.plan import FileAction, Fingerprint, FolderState, MadeFiles, Manifest

PAGE, FILE = Fingerprint("page", "page.html", "bytes", "site"), Fingerprint("copy", "", "bytes", "")
TEMPLATES = {"page.html": "t1", "other.html": "t2"}
BEFORE = Manifest(__version__, TEMPLATES, {"a.html": PAGE, "a.svg": FILE})


def why(now, *, path="a.html", before=BEFORE, templates=TEMPLATES, present=("a.html", "a.svg")):
    return plan.why_write(path, now, templates, FolderState(before, frozenset(present)))


def planned(fingerprints, before=BEFORE, *, present=(), unchanged=frozenset()):
    return plan.plan(MadeFiles(fingerprints, TEMPLATES), FolderState(before, frozenset(present)), unchanged)


@pytest.mark.parametrize("path, now", [("a.html", PAGE), ("a.svg", FILE)])
def test_what_is_as_it_was_is_kept(path, now):
    assert why(now, path=path) == ""
    assert why(now, path=path, present=()) == "the file is missing"
    assert why(now, path=f"b/{path}", present=(f"b/{path}",)) == "it is new"


def test_each_part_of_a_page_that_differs_has_it_written():
    assert why(msgspec.structs.replace(PAGE, content="other")) == "what it shows has changed"
    assert why(msgspec.structs.replace(PAGE, site="other")) == "what every page shows of the site has changed"
    assert why(msgspec.structs.replace(PAGE, template="other.html")) == "it is made with other.html now"
    assert why(PAGE, templates=TEMPLATES | {"page.html": "t3"}) == "page.html, or a part of it, has changed"
    assert why(PAGE, before=msgspec.structs.replace(BEFORE, templates={})) == "page.html, or a part of it, has changed"


def test_a_copied_file_hangs_on_its_bytes_alone():
    assert why(msgspec.structs.replace(FILE, content="other"), path="a.svg") == "the file has changed"
    assert why(FILE, path="a.svg", templates={}) == ""
    assert plan.copied({"a.svg": "bytes"}) == {"a.svg": FILE}
    assert why(FILE, path="a.html") == "it is copied now"


@pytest.mark.parametrize("path, now", [("a.html", PAGE), ("a.svg", FILE)])
def test_what_another_backstory_made_is_made_anew_and_is_ours_still(path, now):
    other = BEFORE.trusted_by("another")
    assert why(now, path=path, before=other) == "another version of Backstory, Python or a library made it"
    assert plan.unchanged_templates(TEMPLATES, other) == frozenset()
    assert [step.path for step in planned({}, other).delete] == ["a.html", "a.svg"]


def test_a_template_that_has_changed_is_not_settled():
    assert plan.unchanged_templates(TEMPLATES, BEFORE) == {"page.html", "other.html"}
    assert plan.unchanged_templates({"page.html": "t3", "other.html": "t2"}, BEFORE) == {"other.html"}


def test_only_what_the_manifest_lists_is_deleted():
    made = planned({"a.svg": FILE, "b.html": PAGE}, present=("a.html", "a.svg", "theirs.txt"))
    assert made.write == (FileAction("b.html", "it is new"),)
    assert made.keep == (FileAction("a.svg", "nothing that it shows has changed"),)
    assert made.delete == (FileAction("a.html", "no page is made here any more"),)
    assert made.manifest == Manifest(__version__, TEMPLATES, {"a.svg": FILE, "b.html": PAGE})


def test_what_is_known_to_stay_is_not_asked_again():
    assert planned({"a.html": PAGE}, Manifest(), unchanged={"a.html"}).write == ()


@pytest.mark.parametrize(
    "wanted, changes", [({}, True), ({"a.html": PAGE, "a.svg": FILE}, False), ({"a.html": PAGE, "a.svg": FILE, "b.svg": FILE}, True)]
)
def test_there_is_something_to_do_where_a_file_is_written_or_deleted(wanted, changes):
    assert planned(wanted, present=BEFORE.files).changes is changes


# --- the manifest ------------------------------------------------


def test_a_manifest_comes_back_as_it_was_stored():
    assert plan.decode(plan.encode(BEFORE)) == BEFORE
    turned = msgspec.structs.replace(BEFORE, files=dict(reversed(BEFORE.files.items())))
    assert plan.encode(turned) == plan.encode(BEFORE)


def test_of_another_backstory_it_is_known_which_files_are_ours_and_nothing_more():
    old = msgspec.msgpack.encode({"version": "0.0", "files": {"a.html": ["page.html"], "a.svg": 7}})
    found = plan.decode(old)
    assert (found.version, found.templates, set(found.files)) == ("0.0", {}, {"a.html", "a.svg"})
    for path, now in BEFORE.files.items():
        assert why(now, path=path, before=found)


@pytest.mark.parametrize("data", [b"", b"no manifest", b"\xff\xfe", msgspec.msgpack.encode({"version": 7}), msgspec.msgpack.encode([1, 2])])
def test_what_is_no_manifest_is_none(data):
    assert plan.decode(data) is None


def test_a_digest_is_the_same_for_bytes_in_pieces_and_hangs_on_each():
    assert digest(b"abc") == digest([b"a", b"bc"]) != digest([b"a", b"b"])
