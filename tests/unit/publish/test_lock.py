"""The lock at a target that has none of its own."""

import itertools
import threading

import msgspec
import pytest

from builder.publish import lock
from builder.publish.lock import PATIENCE, Holder, TargetLock
from builder.publish.problems import ConnectionLost, PublishProblem


class Host:
    """A host that keeps one lock; with `conditions` it writes it only if nobody was faster."""

    def __init__(self, *, conditions=True):
        self.data, self.version, self.conditions, self.lost = None, 0, conditions, False

    def __str__(self):
        return "the host"

    def read_lock(self):
        if self.lost:
            raise ConnectionLost("the host cannot be reached")
        return None if self.data is None else (self.data, str(self.version))

    def write_lock(self, data, mark):
        if self.conditions and mark != (None if self.data is None else str(self.version)):
            return False
        self.data, self.version = data, self.version + 1
        return True

    def delete_lock(self):
        self.data = None

    def hold(self, token="theirs", since=0.0, renewed=0.0):
        self.data = msgspec.json.encode(Holder(token, since, renewed))


@pytest.fixture
def now(monkeypatch):
    clock = {"now": 1_000_000.0}
    monkeypatch.setattr(lock.time, "time", lambda: clock["now"])
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: clock.update(now=clock["now"] + seconds))
    return clock


def test_a_lock_is_there_while_it_is_held_and_names_nobody(tmp_path, now):
    host = Host()
    with TargetLock(host, tmp_path, "live").held():
        assert set(msgspec.json.decode(host.data)) == {"token", "since", "renewed", "made_by"}
    assert host.data is None
    assert not list(tmp_path.rglob("live"))


@pytest.mark.parametrize("conditions", [True, False])
def test_who_comes_second_is_refused_with_the_age_of_the_lock(tmp_path, now, conditions):
    host = Host(conditions=conditions)
    host.hold(since=now["now"] - 180, renewed=now["now"] - 20)
    before = host.data
    with pytest.raises(PublishProblem, match="under way for 3 minutes") as found:
        TargetLock(host, tmp_path, "live").held().__enter__()
    assert str(found.value) == (
        "Another publish to the host has been under way for 3 minutes, and was last active less than a minute ago. Nothing was sent. "
        "Publish again when it has ended; after 15 minutes without activity it is treated as aborted."
    )
    assert host.data == before


@pytest.mark.parametrize("age", [PATIENCE + 1, -PATIENCE - 1])
def test_a_lock_without_a_sign_for_long_is_taken_over(tmp_path, now, age):
    host = Host()
    host.hold(renewed=now["now"] - age)
    with TargetLock(host, tmp_path, "live").held():
        assert b"theirs" not in host.data
    assert host.data is None


def test_a_publish_that_was_killed_here_is_gone_on_with_at_once(tmp_path, now):
    host = Host()
    own = tmp_path / ".backstory/publishing/live"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    host.hold("mine", renewed=now["now"])
    with TargetLock(host, tmp_path, "live").held():
        pass
    assert host.data is None


def test_two_that_begin_at_once_are_told_apart_by_the_condition(tmp_path, now, monkeypatch):
    host = Host()
    honest = host.write_lock

    def raced(data, mark):
        host.hold(renewed=now["now"])
        host.version += 1
        return honest(data, mark)

    monkeypatch.setattr(host, "write_lock", raced)
    with pytest.raises(PublishProblem, match="began at the same time"):
        TargetLock(host, tmp_path, "live").held().__enter__()
    assert b"theirs" in host.data


def test_who_was_taken_over_ends_before_the_next_part_and_leaves_the_lock(tmp_path, now):
    host = Host(conditions=False)
    mine = TargetLock(host, tmp_path, "live")
    with mine.held():
        host.hold(renewed=now["now"])
        with pytest.raises(PublishProblem, match="has taken over"):
            mine.check()
    assert b"theirs" in host.data


def test_a_lock_is_renewed_when_that_is_due(tmp_path, now):
    host = Host()
    mine = TargetLock(host, tmp_path, "live")
    with mine.held():
        seen = []
        for _ in range(3):
            now["now"] += lock.RENEWAL * 0.75
            mine.check()
            seen.append(msgspec.json.decode(host.data, type=Holder).renewed)
    assert [later > before for before, later in itertools.pairwise(seen)] == [True, False]


def test_where_the_connection_is_lost_the_lock_stays_ours(tmp_path, now):
    host = Host()
    with TargetLock(host, tmp_path, "live").held():
        host.lost = True
    host.lost = False
    assert host.data is not None
    with TargetLock(host, tmp_path, "live").held():
        pass
    assert host.data is None


@pytest.mark.parametrize("offset", [PATIENCE + 1, -PATIENCE - 1])
def test_a_lock_that_seems_to_be_left_and_is_renewed_while_it_is_watched_is_that_of_another_clock(tmp_path, now, monkeypatch, offset):
    host = Host()
    host.hold(renewed=now["now"] + offset)
    watched = []

    def sleep(seconds):
        watched.append(seconds)
        now["now"] += seconds
        host.hold(renewed=now["now"] + offset)

    monkeypatch.setattr(lock.time, "sleep", sleep)
    with pytest.raises(PublishProblem, match=r"is under way, and the clock of its machine differs from the one here\. Nothing was sent"):
        TargetLock(host, tmp_path, "live").held().__enter__()
    assert watched == [lock.WATCH]
    assert lock.WATCH > 2 * lock.RENEWAL
    assert b"theirs" in host.data


@pytest.mark.parametrize("data", [b"", b'{"token": "the', b"\xff"])
def test_a_torn_lock_is_watched_before_it_is_taken_over(tmp_path, now, data):
    host = Host()
    host.data = data
    before = now["now"]
    with TargetLock(host, tmp_path, "live").held():
        assert now["now"] == before + lock.WATCH
    assert host.data is None


def test_a_lock_is_renewed_while_one_large_file_is_sent(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    host = Host()
    with TargetLock(host, tmp_path, "live").held():
        seen = host.version
        while host.version < seen + 3:
            pass
    assert host.data is None


def test_a_renewal_that_the_connection_loses_is_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    host, tries = Host(), []
    honest = host.read_lock

    def lost_at_times():
        tries.append(1)
        if len(tries) % 2:
            raise ConnectionLost("the host cannot be reached")
        return honest()

    with TargetLock(host, tmp_path, "live").held():
        monkeypatch.setattr(host, "read_lock", lost_at_times)
        while len(tries) < 6:
            pass
        monkeypatch.setattr(host, "read_lock", honest)
    assert host.data is None


@pytest.mark.parametrize("error", [PublishProblem("an odd answer"), OSError("no")], ids=["answer", "system"])
def test_a_renewal_whose_write_fails_once_is_tried_again(tmp_path, monkeypatch, error):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    host, writes = Host(), []
    honest = host.write_lock

    def odd_once(data, mark):
        writes.append(threading.current_thread())
        if len(writes) == 1:
            raise error
        return honest(data, mark)

    with TargetLock(host, tmp_path, "live").held():
        monkeypatch.setattr(host, "write_lock", odd_once)
        while len(writes) < 3 and (not writes or writes[0].is_alive()):
            pass
        assert len(writes) >= 3
    assert host.data is None


def test_a_renewal_ends_when_another_has_taken_over(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    host, renewing = Host(), []
    honest = host.read_lock

    def taken_over():
        renewing.append(threading.current_thread())
        host.hold()
        return honest()

    with TargetLock(host, tmp_path, "live").held():
        monkeypatch.setattr(host, "read_lock", taken_over)
        while not renewing:
            pass
        renewing[0].join()
        assert len(renewing) == 1
    assert b"theirs" in host.data


def test_a_write_that_failed_is_due_again_at_once(tmp_path, now, monkeypatch):
    host = Host()
    mine = TargetLock(host, tmp_path, "live")
    honest = host.write_lock

    def odd(_data, _mark):
        raise PublishProblem("an odd answer")

    with mine.held():
        now["now"] += lock.RENEWAL
        monkeypatch.setattr(host, "write_lock", odd)
        with pytest.raises(PublishProblem, match="an odd answer"):
            mine.check()
        monkeypatch.setattr(host, "write_lock", honest)
        mine.check()
        assert msgspec.json.decode(host.data, type=Holder).renewed == now["now"]


class Slow(Host):
    """A host without conditions that answers a renewal only when that is allowed."""

    def __init__(self):
        super().__init__(conditions=False)
        self.asked, self.answers, self.renewing = threading.Event(), threading.Event(), None

    def read_lock(self):
        found = super().read_lock()
        if threading.current_thread() is not threading.main_thread():
            self.renewing = threading.current_thread()
            self.asked.set()
            self.answers.wait()
        return found


def test_a_renewal_that_hangs_at_the_end_writes_no_lock_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    monkeypatch.setattr(lock, "LAST_CALL", 0.001)
    host = Slow()
    with TargetLock(host, tmp_path, "live").held():
        host.asked.wait()
    left = host.data
    assert left is not None, "nothing is deleted that the thread may write again"
    host.answers.set()
    host.renewing.join()
    assert host.data == left
    with TargetLock(host, tmp_path, "live").held():
        assert host.data != left, "the next publish from here goes on at once"
    assert host.data is None


def test_the_lock_is_deleted_after_a_renewal_that_is_under_way(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "RENEWAL", 0.001)
    host = Slow()
    with TargetLock(host, tmp_path, "live").held():
        host.asked.wait()
        host.answers.set()
    host.renewing.join()
    assert host.data is None


def test_who_only_looks_is_refused_by_another_publish_and_not_by_its_own(tmp_path, now):
    host = Host()
    mine = TargetLock(host, tmp_path, "live")
    mine.refuse_other()
    with mine.held():
        mine.refuse_other()
        with pytest.raises(PublishProblem, match="has been under way"):
            TargetLock(host, tmp_path / "other", "live").refuse_other()
