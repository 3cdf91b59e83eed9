"""What is remembered between builds saves time and changes nothing, whatever became of it on the disk."""

import shutil

import pytest

from builder.build.pipeline import Options, build
from builder.content import reading
from builder.content.parse import parse
from builder.incremental import parse_cache, small_files, store, toolchain
from builder.incremental.memo import persistent

PATH = "content/actors/nato.md"
TEXT = b"---\nname: NATO\ntype: Organization\n---\nAn alliance.\n"


def keep(root, *texts, used=()):
    parsed = parse_cache.ParseCache(root)
    parsed.recall(used)
    parsed.learn((path, data, parse(path, data)) for path, data in texts)
    parsed.save()


def packs(root):
    return sorted((root / small_files.STATE_FOLDER).rglob("*.pack"))


def test_a_file_that_has_not_changed_is_not_read_again(tmp_path):
    keep(tmp_path, (PATH, TEXT))
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (parse(PATH, TEXT),)


@pytest.mark.parametrize("path, data", [(PATH, TEXT + b"\n"), ("content/actors/eu.md", TEXT)])
def test_other_words_or_another_place_are_another_file(path, data, tmp_path):
    keep(tmp_path, (PATH, TEXT))
    assert parse_cache.ParseCache(tmp_path).recall([(path, data)]) == (None,)


def test_another_version_remembers_nothing_and_clears_what_the_last_one_left(tmp_path, monkeypatch):
    keep(tmp_path, (PATH, TEXT))
    (old,) = packs(tmp_path)
    monkeypatch.setattr(toolchain, "digest", lambda: "another")
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (None,)
    keep(tmp_path, (PATH, TEXT))
    assert not old.exists()


def _torn(pack):
    pack.write_bytes(pack.read_bytes()[:-7])


def _changed(pack):
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(data)


def _empty(pack):
    pack.write_bytes(b"")


def _of_something_else(pack):
    pack.write_bytes(b"\x93\x01\x02\x03" * 40)


@pytest.mark.parametrize("spoil", [_torn, _changed, _empty, _of_something_else, lambda pack: pack.unlink()])
def test_what_is_broken_counts_as_not_there(spoil, tmp_path):
    keep(tmp_path, (PATH, TEXT))
    (pack,) = packs(tmp_path)
    spoil(pack)
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (None,)


def test_a_document_that_is_none_counts_as_not_there(tmp_path, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(persistent, "encode", lambda _: b"\x2a")
        keep(tmp_path, (PATH, TEXT))
    assert len(packs(tmp_path)) == 1
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (None,)


def test_what_was_read_is_known_by_who_read_it(tmp_path):
    parsed = parse_cache.ParseCache(tmp_path)
    parsed.learn([(PATH, TEXT, parse(PATH, TEXT))])
    assert parsed.knows(PATH, TEXT)
    assert parsed.document(parse_cache.key_of(PATH, TEXT)) == parse(PATH, TEXT)


def test_deleted_while_it_is_used_it_is_only_missed(tmp_path):
    keep(tmp_path, (PATH, TEXT))
    parsed = parse_cache.ParseCache(tmp_path)
    shutil.rmtree(tmp_path / small_files.STATE_FOLDER)
    assert parsed.recall([(PATH, TEXT)]) == (parse(PATH, TEXT),)
    parsed.learn([(PATH, TEXT + b"!", parse(PATH, TEXT + b"!"))])
    parsed.save()
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (None,)
    keep(tmp_path, (PATH, TEXT))
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (parse(PATH, TEXT),)


def test_a_disk_that_refuses_costs_nothing_but_time(tmp_path):
    (tmp_path / small_files.STATE_FOLDER).write_text("a file stands in its place")
    keep(tmp_path, (PATH, TEXT))
    assert parse_cache.ParseCache(tmp_path).recall([(PATH, TEXT)]) == (None,)


def test_many_small_packs_become_one_and_what_nobody_asks_for_is_dropped(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MOST_CACHE_FILES", 3)
    first = [(f"content/actors/a{n}.md", TEXT) for n in range(40)]
    keep(tmp_path, *first)
    numbers = []
    for n in range(9):
        keep(tmp_path, (PATH, TEXT + str(n).encode()), used=first[n:])
        numbers.append(len(packs(tmp_path)))
        found = parse_cache.ParseCache(tmp_path).recall([*first, (PATH, TEXT + str(n).encode()), (PATH, TEXT + str(n - 1).encode())])
        assert [document is not None for document in found] == [*(m >= n for m in range(40)), True, False]
    assert 1 in numbers
    assert max(numbers) == 3


def test_a_draft_that_was_deleted_or_changed_stays_in_no_file(tmp_path):
    draft, page = (PATH, TEXT.replace(b"alliance", b"Wombat")), ("content/actors/eu.md", TEXT)
    keep(tmp_path, draft, page)
    assert any(b"Wombat" in pack.read_bytes() for pack in packs(tmp_path))
    keep(tmp_path, used=[page])
    assert not any(b"Wombat" in pack.read_bytes() for pack in packs(tmp_path))
    assert parse_cache.ParseCache(tmp_path).recall([draft, page]) == (None, parse(*page))
    keep(tmp_path, draft, used=[page])  # written again
    assert parse_cache.ParseCache(tmp_path).recall([draft, page]) == (parse(*draft), parse(*page))


def test_nothing_half_written_is_left_behind(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(store.Path, "replace", full)
        keep(tmp_path, (PATH, TEXT))
    assert [path for path in (tmp_path / small_files.STATE_FOLDER).rglob("*") if path.is_file() and path.name != ".gitignore"] == []


def test_a_build_takes_up_what_it_left(tmp_path, monkeypatch):
    shutil.copytree(reading.STARTER, tmp_path / "it")
    root = tmp_path / "it"
    built = build(Options(root, tmp_path / "one", jobs=1))
    assert built.plan is not None

    def nothing(*_):
        raise AssertionError("a file was read again")

    monkeypatch.setattr("builder.build.parallel.parse_one", nothing)
    again = build(Options(root, tmp_path / "two", jobs=1))
    assert again.plan is not None
    assert again.plan.manifest == built.plan.manifest
    with pytest.raises(AssertionError, match="read again"):
        build(Options(root, tmp_path / "three", jobs=1, cache=False))
