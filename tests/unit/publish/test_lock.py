"""The lock at a target that has none of its own."""

import itertools

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
    with pytest.raises(PublishProblem, match=r"under way for 3 minutes, and was last active less than a minute ago. Nothing was sent"):
        TargetLock(host, tmp_path, "live").held().__enter__()
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
