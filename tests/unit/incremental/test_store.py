"""What a build leaves for the next one saves time and changes nothing, whatever became of it on the disk."""

import random
import shutil

import pytest

from builder import checks
from builder.build.pipeline import Options, build
from builder.content import reading
from builder.dates import first_day, parse as day_of
from builder.incremental import store, toolchain

pytestmark = pytest.mark.slow

FERRY = "content/explainers/winter-ferry.md"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(reading.STARTER, tmp_path / "it")
    return tmp_path / "it"


def made(root, output, **asked):
    report = build(Options(root, output, jobs=1, **asked))
    assert report.plan is not None, report.diagnostics
    return report.plan


def edit(root, n=0):
    file = root / FERRY
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("title: "))
    lines[at] = f"title: Ferry, take {n}\n"
    file.write_text("".join(lines), "utf-8")


def test_a_page_that_was_withdrawn_stays_in_no_cache(root, tmp_path):
    file = root / "content/explainers/wombat.md"
    front = "---\ntitle: Wombatplan\nsummary: S\npublished: 2020-01-01\n"
    file.write_text(f"{front}---\nWombattext.\n", "utf-8")
    made(root, tmp_path / "site")
    edit(root)
    made(root, tmp_path / "site")
    assert any(b"Wombat" in data for data in tree(root / ".backstory").values())
    file.unlink()
    made(root, tmp_path / "site")
    assert not any(b"Wombat" in data for data in (tree(root / ".backstory") | tree(tmp_path / "site")).values())
    file.write_text(f"{front}status: draft\n---\nWombattext.\n", "utf-8")
    made(root, tmp_path / "site")
    file.unlink()
    made(root, tmp_path / "site")
    assert not any(b"Wombat" in data for data in tree(root / ".backstory").values())


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_clean(root, output, **asked):
    """Say whether an output is what a clean build makes."""
    clean = output.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    made(root, clean, cache=False, **asked)
    return tree(output) == tree(clean)


def packs(root):
    return sorted(pack for pack in (root / ".backstory/cache").rglob("*.pack") if not pack.parent.name.startswith("documents"))


def _cut(pack):
    pack.write_bytes(pack.read_bytes()[:-9])


def _halved(pack):
    pack.write_bytes(pack.read_bytes()[: pack.stat().st_size // 2])


def _empty(pack):
    pack.write_bytes(b"")


def _of_something_else(pack):
    pack.write_bytes(b"\x93\x01\x02\x03" * 999)


@pytest.fixture(scope="module")
def folder_of_three(tmp_path_factory):
    """A site that was built three times, and a copy of all of it to begin with again: builds know their folders by name."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(reading.STARTER, folder / "now/it")
    for n in range(3):
        edit(folder / "now/it", n)
        made(folder / "now/it", folder / "now/out")
    shutil.copytree(folder / "now", folder / "first")
    return folder


@pytest.fixture
def three(folder_of_three):
    shutil.rmtree(folder_of_three / "now")
    shutil.copytree(folder_of_three / "first", folder_of_three / "now")
    return folder_of_three / "now"


@pytest.mark.parametrize(
    "spoil", [_cut, _halved, _empty, _of_something_else, lambda pack: pack.unlink()], ids=["cut", "halved", "empty", "other", "gone"]
)
@pytest.mark.parametrize("which", [0, -1])
def test_a_file_that_is_broken_changes_nothing(spoil, which, three):
    root, output = three / "it", three / "out"
    assert len(packs(root)) == 3
    spoil(packs(root)[which])
    edit(root, 3)
    made(root, output)
    assert is_clean(root, output)
    assert store.of_output(root, output).cache_file is not None  # and what it has left is whole


def test_whatever_byte_is_another_changes_nothing(root, tmp_path):
    """It is noticed where it is looked at, at whatever moment of the build."""
    output = tmp_path / "out"
    made(root, output)
    (pack,) = packs(root)
    whole, chance = pack.read_bytes(), random.Random(7)
    for n in range(6):
        shutil.rmtree(pack.parent)
        pack.parent.mkdir()
        broken = bytearray(whole)
        for _ in range(300):
            broken[chance.randrange(len(broken) - 20_000)] ^= 1 + chance.randrange(255)
        pack.write_bytes(broken)
        edit(root, n)
        made(root, output)
        assert is_clean(root, output)


def test_two_outputs_know_each_their_own(root, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for n in range(4):
        edit(root, n)
        made(root, (first, second)[n % 2])
    made(root, first)
    assert is_clean(root, first)
    assert is_clean(root, second)


ONE = "---\ntitle: {title}\nsummary: Of it.\npublished: {day}\n{more}actors: {{ada: Ada Abara, {own}: Only Here}}\n---\nAda Abara and Only Here spoke.\n"


def two(root, **later):
    """Write a site of two explainers that do not know each other."""
    folder = root / "content/explainers"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "content/site.yaml").write_text("title: A site\nlanguage: en\n", "utf-8")
    first = {"title": "First", "day": "2022-01-19", "more": "", "own": "mina"}
    (folder / "first.md").write_text(ONE.format(**first), "utf-8")
    (folder / "second.md").write_text(ONE.format(**{**first, "title": "Second", "own": "zoe"} | later), "utf-8")
    return root


def test_what_is_asked_for_otherwise_is_joined_anew(tmp_path):
    root, output = two(tmp_path / "it", more="status: draft\n"), tmp_path / "out"
    for asked in ({}, {"drafts": True}, {"base_url": "https://example.org/"}, {}, {"drafts": True, "future": True, "day": 738_000}):
        made(root, output, **asked)
        assert (output / "explainers/second/index.html").exists() is ("drafts" in asked)
        assert is_clean(root, output, **asked), asked


def test_an_explainer_comes_on_its_day(tmp_path):
    root, output = two(tmp_path / "it", day="2032-05-04"), tmp_path / "out"
    day = first_day(day_of("2032-05-04"))
    for now in (day - 3, day - 2, day, day + 1, day - 1):
        made(root, output, day=now)
        assert (output / "explainers/second/index.html").exists() is (now >= day)
        assert is_clean(root, output, day=now)


def test_after_many_builds_the_files_are_one_again(root, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "MOST_CACHE_FILES", 4)
    output = tmp_path / "out"
    numbers = []
    for n in range(9):
        edit(root, n)
        made(root, output)
        numbers.append(len(packs(root)))
    assert max(numbers) <= 4
    assert numbers[:2] == [1, 2]
    assert 1 in numbers[2:]
    assert is_clean(root, output)


def test_what_files_said_may_be_lost_alone(root, tmp_path):
    output = tmp_path / "out"
    made(root, output)
    (documents,) = (root / ".backstory/cache").glob("documents-*")
    shutil.rmtree(documents)
    edit(root)
    made(root, output)
    assert is_clean(root, output)


def test_a_file_is_read_again_though_it_looks_the_same(root, tmp_path):
    """Its size is what it was, and it is younger than its times can prove."""
    output = tmp_path / "out"
    edit(root, 1)
    made(root, output)
    edit(root, 2)
    made(root, output)
    assert b"take 2" in (output / "explainers/winter-ferry/index.html").read_bytes()


def test_another_version_takes_nothing_up_and_clears_what_the_last_one_left(root, tmp_path, monkeypatch):
    output = tmp_path / "out"
    made(root, output)
    (old,) = packs(root)
    monkeypatch.setattr(toolchain, "digest", lambda: "another")
    assert store.of_output(root, output).cache_file is None
    edit(root)
    made(root, output)
    assert not old.exists()
    assert is_clean(root, output)


def test_a_disk_that_refuses_costs_nothing_but_time(root, tmp_path):
    (root / ".backstory").mkdir()
    (root / ".backstory/cache").write_text("a file stands in its place")
    made(root, tmp_path / "out")
    edit(root)
    made(root, tmp_path / "out")
    assert is_clean(root, tmp_path / "out")


def test_titles_and_names_are_compared_again_only_after_they_changed(root, tmp_path, monkeypatch):
    made(root, tmp_path / "site")
    asked = []
    for name in ("same_titles", "same_names"):
        honest = getattr(checks, name)
        monkeypatch.setattr(checks, name, lambda site, name=name, honest=honest: asked.append(name) or honest(site))
    file = root / FERRY
    file.write_text(f"{file.read_text('utf-8')}\nMore.\n", "utf-8")
    made(root, tmp_path / "site")
    assert asked == []
    edit(root)
    made(root, tmp_path / "site")
    assert asked == ["same_titles"]
    assert is_clean(root, tmp_path / "site")
