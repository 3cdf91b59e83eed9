"""Whatever others do in the output folder between builds, and in the previous one that was it before: a build that is laid on what is known of the two leaves what one does that compares all."""

import shutil
import stat
import time
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from builder import output
from builder.incremental.digests import digest
from builder.output import mirror, plan, writer
from builder.output.plan import Fingerprint, MadeFiles
from tests.effort import effort

PATHS = ("index.html", "a/index.html", "a/b/index.html", "a/b/c/d.txt", "a/b/e.txt", "e/index.html", "f.txt", "a.txt", "e/f/g")
FOLDERS = ("a", "a/b", "a/b/c", "e", "e/f", "x", "x/y")
WORDS = (b"one", b"two", b"three", None)


def put(site, contents, previous, *, lays=False):
    """Bring a folder to some contents, and return what stands in the way; with `lays` each file is laid before it is known what else there will be."""
    with output.locked(site):
        before = output.read_manifest(site)
        wanted = {path: Fingerprint("copy", "", digest(data), "") for path, data in contents.items()}
        steps = plan.plan(MadeFiles(wanted, {}), output.existing_files(site, wanted, before))
        kept = {step.path: (site / step.path).lstat().st_ino for step in steps.keep}
        try:
            if lays:
                made = {step.path for step in steps.write} | set(sorted(kept)[:2])  # a page that is made may come out as it was
                ground = output.prepare_base(site, previous, set(wanted), made, before.files)
                for step in steps.write:
                    output.stage(site.resolve(), step.path, contents[step.path])
                output.apply(site, steps, output.NewFiles(dict.fromkeys(contents), staged=True, base=ground), previous=previous)
            else:
                output.apply(site, steps, output.NewFiles(contents), previous=previous)
        except output.OutputProblem as problem:
            return str(problem).replace(str(site), "")
        finally:
            output.discard_staged(site)
        assert {path: (site / path).lstat().st_ino for path in kept} == kept, "what is kept is not the very file"
    return ""


def by_hand(folder, kind, path, word):
    """Do what somebody may do in a folder; what cannot be done there is not done."""
    file = folder / path
    try:
        if kind == "write":
            file.write_bytes(word or b"")
        elif kind == "replace":
            file.with_name("fresh").unlink(missing_ok=True)
            file.with_name("fresh").write_bytes(word or b"")
            file.with_name("fresh").replace(file)
        elif kind == "delete":
            file.unlink()
        elif kind == "make folder":
            file.mkdir(parents=True)
        elif kind == "delete folder":
            shutil.rmtree(file)
        elif kind == "copy folder":
            shutil.copytree(file, file.with_name("copied"), symlinks=True)
            shutil.rmtree(file)
            file.with_name("copied").rename(file)
        elif kind == "move folder":
            file.rename(folder / "moved")
        elif kind == "link":
            file.symlink_to("e")
        elif kind == "mode":
            file.chmod(0o750)
    except OSError:
        pass


def tree(folder):
    """Return all that lies in a folder: what is in a file, where a link leads, and of a folder of others its mode."""
    found = {}
    for path in sorted(folder.rglob("*")):
        now, name = path.lstat(), path.relative_to(folder).as_posix()
        if stat.S_ISLNK(now.st_mode):
            found[name] = str(path.readlink())
        elif stat.S_ISREG(now.st_mode):
            found[name] = path.read_bytes()
        else:
            found[name] = oct(now.st_mode) if name.startswith("x") else "folder"
    return found


contents = st.fixed_dictionaries({path: st.sampled_from(WORDS) for path in PATHS})
hands = st.tuples(
    st.sampled_from(("write", "replace", "delete", "make folder", "delete folder", "copy folder", "move folder", "link", "mode")),
    st.one_of(st.sampled_from(FOLDERS), st.sampled_from((*PATHS, *(f"{folder}/mine.txt" for folder in FOLDERS)))),
    st.sampled_from(WORDS[:2]),
)
builds = st.tuples(contents, st.lists(hands, max_size=3), st.lists(hands, max_size=2), st.booleans())


def run(base, history, *, lays=False):
    """Return how many builds came by what is known."""
    fast, slow, previous = base / "fast", base / "slow", base / "kept/previous"
    honest, lays = plan.encode, writer.stage_all
    known = 0

    def counted(new, site, *more):
        nonlocal known
        known -= site == fast
        return lays(new, site, *more)

    try:
        writer.stage_all = counted
        for n, (wanted, in_output, in_former, at_ease) in enumerate(history):
            # The disk's clock goes on before the folders are looked at, or it does not, and they are too young to be trusted.
            plan.encode = lambda manifest, wait=at_ease: (time.sleep(0.01 if wait else 0), honest(manifest))[1]
            files_of = {path: data for path, data in wanted.items() if data is not None and not f"{path}/".startswith("a.txt/")}
            for hand in in_output if n else ():
                for site in (fast, slow):
                    by_hand(site, *hand)
            for hand in in_former if previous.exists() else ():
                # Not into the files themselves: they are the output's too.
                if hand[0] != "write" or not (previous / hand[1]).exists():
                    by_hand(previous, *hand)
            if fast.exists():
                assert tree(fast) == tree(slow), "the test's own"
            known += 1
            told = [put(fast, files_of, previous, lays=lays), put(slow, files_of, None)]
            # Who lays as it goes comes to what stands in the way sooner, and tells that.
            assert bool(told[0]) == bool(told[1]) if lays else told[0] == told[1], (n, told)
            assert tree(fast) == tree(slow), n
    finally:
        plan.encode, writer.stage_all = honest, lays
    return known


@pytest.mark.parametrize("lays", [False, True])
@settings(max_examples=effort(30, 600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(builds, min_size=3, max_size=9))
def test_what_is_known_leaves_what_comparing_all_does(history, lays, tmp_path_factory):
    run(tmp_path_factory.mktemp("history"), history, lays=lays)


FIRST = dict.fromkeys(PATHS, b"one")
# No page is withdrawn, after which nothing is kept of the folder.
SECOND = {**FIRST, "index.html": b"two", "a/index.html": b"two", "a/b/e.txt": None}
THIRD = {**SECOND, "index.html": b"three", "f.txt": b"three"}
CALM = [(contents, [], [], True) for contents in (FIRST, SECOND, THIRD, SECOND, FIRST)]


def test_the_property_goes_the_way_that_it_is_about(tmp_path):
    assert run(tmp_path / "held", CALM) == 3
    assert run(tmp_path / "laid", CALM, lays=True) == 3


TROUBLED = [
    *CALM[:3],
    (FIRST, [("write", "e/mine.txt", b"one")], [], True),
    (SECOND, [], [("write", "e/f/mine.txt", b"one")], True),
    (THIRD, [], [], True),
]


@pytest.mark.parametrize("fault", ["written", "deleted", "output", "previous", "young"])
def test_the_property_catches_what_is_believed_too_much(fault, tmp_path, monkeypatch):
    honest, mark = mirror.record_of, mirror.stamp

    def known(new, site, laid):
        found = honest(new, site, laid)
        if fault in {"written", "deleted"}:
            getattr(found, fault).clear()
        return found

    def changed(self):
        side = (0, 1) if fault == "previous" else (2, 3)  # the one that is looked at
        top = self._output if fault == "previous" else self._new
        found = [folder for folder, row in self._before.items() if mark(f"{top}/{folder}", 1 << 63) != tuple(row[n] for n in side)]
        self.listed.update(dict.fromkeys(found, mirror.UNKNOWN))
        return found

    monkeypatch.setattr(mirror, "record_of", known)
    if fault in {"output", "previous"}:
        monkeypatch.setattr(mirror.Mirror, "changed_folders", changed)
    if fault == "young":  # the disk counts seconds, and times are noted all the same
        monkeypatch.setattr(mirror, "os", Coarse(mirror.os))
        monkeypatch.setattr(mirror, "changed_at", lambda _path: time.time_ns())
    with pytest.raises(AssertionError):
        run(tmp_path, TROUBLED)


def test_a_disk_that_counts_time_in_steps_is_trusted_no_further(tmp_path, monkeypatch):
    monkeypatch.setattr(mirror, "os", Coarse(mirror.os))
    assert run(tmp_path, TROUBLED) == 4


class Coarse:
    """A disk that counts time in steps of 1000 s."""

    def __init__(self, honest):
        self._honest = honest

    def __getattr__(self, name):
        return getattr(self._honest, name)

    def lstat(self, path):
        now = self._honest.lstat(path)
        step = 1_000_000_000_000
        return SimpleNamespace(
            st_mode=now.st_mode, st_dev=now.st_dev, st_ino=now.st_ino, st_ctime_ns=now.st_ctime_ns // step * step, st_mtime_ns=0
        )
