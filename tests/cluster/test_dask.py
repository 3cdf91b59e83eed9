"""Builds with a Dask cluster over TCP: the same bytes, also when a worker is lost; and what is told when it cannot be."""

import os
import signal
import socket
import subprocess
import sys
import warnings

import pytest

from builder import cli
from builder.build import dask_executor, parallel
from builder.build.parallel import ExecutorProblem
from builder.build.pipeline import Options, build
from builder.incremental import toolchain
from tests.cluster import sites, starting

MANY_PIECES = """
import sys
from builder.build import parallel
parallel.PARSE_PAYS = parallel.MAKE_PAYS = 1
parallel.FILES_IN_CHUNK = parallel.PAGES_IN_CHUNK = 4
"""

OTHER = "from builder.incremental import toolchain; toolchain.code_digest = lambda: 'another'"

NONE = """
import sys

class Refuses:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "builder":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuses())
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A scheduler and two workers."""
    with starting.cluster(tmp_path_factory.mktemp("two"), 2) as made:
        yield made


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A site, and its bytes from one process."""
    root = tmp_path_factory.mktemp("first") / "site"
    sites.write(root, images=True)
    assert build(Options(root, root / "out", jobs=1, cache=False)).plan is not None
    return root, sites.built(root / "out")


def test_a_cluster_makes_the_same_bytes_and_gets_only_what_has_changed(two, tmp_path, monkeypatch):
    root = tmp_path / "site"
    sites.write(root)
    sent = []
    submit = dask_executor.DaskExecutor.submit
    monkeypatch.setattr(
        dask_executor.DaskExecutor, "submit", lambda executor, fn, *args: sent.append((fn.__name__, args)) or submit(executor, fn, *args)
    )

    def built():
        sent.clear()
        assert cli.main(["build", "--root", str(root), "--cluster", two.address]) == cli.FINE
        texts = [text for name, args in sent if name == "parse_chunk" for text in parallel.msgspec.msgpack.decode(args[1])]
        return [path for path, _ in texts], sum(len(args[3]) for name, args in sent if name == "make_elsewhere")

    texts, pages = built()
    assert len(texts) > 4
    assert pages > 30
    assert not any(isinstance(args[2], bytes) for name, args in sent if name == "make_elsewhere")  # the Site goes once, not with each piece
    assert build(Options(root, tmp_path / "one", jobs=1, cache=False)).plan is not None
    assert sites.built(root / "site") == sites.built(tmp_path / "one")

    edited = sites.edit(root)
    texts, fewer = built()
    assert texts == [f"content/explainers/{edited.name}"]
    assert 0 < fewer < pages * 2 / 3
    assert build(Options(root, tmp_path / "again", jobs=1, cache=False)).plan is not None
    assert sites.built(root / "site") == sites.built(tmp_path / "again")


def test_a_worker_that_is_killed_at_its_work_changes_nothing(two, first, tmp_path, monkeypatch):
    root, made = first
    (third,) = two.add()
    submit, share = dask_executor.DaskExecutor.submit, dask_executor.DaskExecutor.share
    killed = []

    def shared(executor, data):
        found = share(executor, data)
        starting.stop(third)  # what it is given now, it does not do
        return found

    def submitted(executor, fn, *args):
        future = submit(executor, fn, *args)
        if fn.__name__ == "make_elsewhere" and not killed and len(executor.tasks) >= 3:
            starting.until(lambda: two.busy(third), "the worker gets nothing to do")
            third.kill()
            third.wait()
            killed.append(third)
        return future

    monkeypatch.setattr(dask_executor.DaskExecutor, "share", shared)
    monkeypatch.setattr(dask_executor.DaskExecutor, "submit", submitted)
    with dask_executor.connect(two.address) as executor:
        assert build(Options(root, tmp_path / "out", cache=False), executor=executor).plan is not None
    assert killed
    assert sites.built(tmp_path / "out") == made
    starting.until(lambda: len(two.client.nthreads()) == 2, "the worker is not missed")


@pytest.mark.parametrize(
    "preload, told", [(OTHER, "runs another Backstory"), (NONE, "Backstory is not installed at the worker tcp://")], ids=["another", "none"]
)
def test_a_worker_that_would_make_other_bytes_is_refused(two, first, tmp_path, capsys, preload, told):
    root, _ = first
    (third,) = two.add(preload=preload)
    try:
        assert cli.main(["build", "--root", str(root), "--output", str(tmp_path / "out"), "--cluster", two.address]) == cli.PROBLEMS
    finally:
        two.remove(third)
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_worker_that_stands_still_is_not_waited_for_long(two, monkeypatch):
    monkeypatch.setattr(dask_executor, "LONELY", 2.0)
    (third,) = two.add()
    starting.stop(third)
    try:
        with pytest.raises(ExecutorProblem, match="Not all workers of the scheduler at tcp://"), dask_executor.connect(two.address):
            pass
    finally:
        two.remove(third)


def test_a_worker_with_another_library_is_refused(two, first, monkeypatch):
    here = toolchain.libraries()
    monkeypatch.setattr(toolchain, "libraries", lambda: [["jinja2-0.1.dist-info"], *here])
    with pytest.raises(ExecutorProblem, match=r"has jinja2 [\d.]+, this machine 0\.1\."), dask_executor.connect(two.address):
        pass


def test_a_cluster_that_cannot_be_used_is_told(first, tmp_path, capsys, monkeypatch):
    root, _ = first

    def told(address):
        code = cli.main(["build", "--root", str(root), "--output", str(tmp_path / "out"), "--cluster", address])
        assert not (tmp_path / "out").exists()
        return code, capsys.readouterr().err

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    monkeypatch.setattr(dask_executor, "ANSWERS", 1.0)
    code, words = told(f"tcp://127.0.0.1:{port}")
    assert code == cli.PROBLEMS
    assert words == f"backstory: No scheduler of Dask answers at tcp://127.0.0.1:{port}. Is it running, and can this machine reach it?\n"
    for wrong in ("", "10.0.0.5", "http://10.0.0.5:80", "tcp://10.0.0.5", "tcp://10.0.0.5:8786/x"):
        code, words = told(wrong)
        assert code == cli.USAGE
        assert "such as tcp://10.0.0.5:8786" in words
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, words = told("tcp://127.0.0.1:1")
    assert code == cli.PROBLEMS
    assert "pip install 'backstory[cluster]'" in words


def test_a_cluster_that_is_lost_is_given_up(first, tmp_path, monkeypatch, capsys):
    root, _ = first
    ways = []

    def lost(kill, at="make_elsewhere"):
        submit = dask_executor.DaskExecutor.submit

        def submitted(executor, fn, *args):
            future = submit(executor, fn, *args)
            if fn.__name__ == at and kill.poll() is None:
                kill.kill()
                kill.wait()
                ways.append(kill)
            return future

        with monkeypatch.context() as patched:
            patched.setattr(dask_executor.DaskExecutor, "submit", submitted)
            code = cli.main(["build", "--root", str(root), "--output", str(tmp_path / "out"), "--no-cache", "--cluster", made.address])
        assert code == cli.PROBLEMS
        assert not (tmp_path / "out").exists()
        return capsys.readouterr().err

    with starting.cluster(tmp_path / "cluster", 0) as made:
        assert cli.main(["build", "--root", str(root), "--output", str(tmp_path / "out"), "--cluster", made.address]) == cli.PROBLEMS
        assert (
            capsys.readouterr().err
            == f"backstory: The scheduler at {made.address} has no workers. Start some: dask worker {made.address}\n"
        )
        monkeypatch.setattr(dask_executor, "LONELY", 2.0)
        (only,) = made.add()
        assert "was lost in the middle of the work" in lost(only, "parse_chunk")
        (only,) = made.add()
        assert "was lost in the middle of the work" in lost(only)  # and the Site with it
        made.add()
        monkeypatch.setattr(dask_executor, "ANSWERS", 1.0)
        assert "was lost in the middle of the work" in lost(made.scheduler)
    assert len(ways) == 3


def test_ctrl_c_ends_a_build_whose_workers_say_nothing(two, tmp_path):
    root = tmp_path / "site"
    sites.write(root)
    assert build(Options(root, root / "site", jobs=1, cache=False)).plan is not None
    before = sites.built(root / "site")
    sites.edit(root)
    (root / "content" / "explainers" / "further.md").write_text(
        "---\ntitle: Further\nsummary: It goes on.\npublished: 2025-01-01\n---\nText.\n"
    )
    (third,) = two.add()
    program = f"""{MANY_PIECES}
from builder import cli
from builder.build import dask_executor
share, submit = dask_executor.DaskExecutor.share, dask_executor.DaskExecutor.submit

def shared(executor, data):
    found = share(executor, data)
    print("shared", flush=True)
    sys.stdin.readline()
    return found

def submitted(executor, fn, *args):
    future = submit(executor, fn, *args)
    if fn.__name__ == "make_elsewhere":
        print("submitted", flush=True)
    return future

dask_executor.DaskExecutor.share, dask_executor.DaskExecutor.submit = shared, submitted
sys.exit(cli.main(["build", "--root", {str(root)!r}, "--no-cache", "--cluster", {two.address!r}]))
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=starting.REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stdout.readline() == "shared\n"
            starting.stop(third)
            running.stdin.write("\n")
            running.stdin.flush()
            starting.until(lambda: two.busy(third), "the worker gets nothing to do")
            running.send_signal(signal.SIGINT)
            _, errors = running.communicate(timeout=starting.PATIENCE)
        finally:
            running.kill()
            os.kill(third.pid, signal.SIGCONT)
            two.remove(third)
    assert running.returncode == cli.INTERRUPTED
    assert errors == "\nInterrupted; nothing was published.\n"
    assert sites.built(root / "site") == before
    assert sorted(path.name for path in root.iterdir()) == ["content", "site"]


class Task:
    """A task of Dask, and whether its result was requested."""

    def __init__(self, status):
        self.status = status
        self.callbacks = []
        self.is_requested = False

    def add_done_callback(self, callback):
        self.callbacks.append(callback)

    def release(self):
        pass

    def result(self, timeout):
        self.is_requested = True


@pytest.mark.parametrize("status, is_closed", [("cancelled", False), ("finished", True)])
def test_what_ends_with_the_connection_is_not_requested(status, is_closed):
    task = Task(status)

    class Client:
        def submit(self, *_, **__):
            return task

        def nthreads(self):
            return {"worker": 1}

    executor = dask_executor.DaskExecutor(Client(), "tcp://192.0.2.1:8786")
    future = executor.submit(print)
    if is_closed:
        executor.close()
    task.callbacks[0](task)
    executor.close()
    with pytest.raises(ExecutorProblem, match="was lost in the middle of the work"):
        future.result(timeout=0)
    assert not task.is_requested


def test_python_tells_nothing_of_questions_that_the_end_overtook(two):
    with dask_executor.connect(two.address), warnings.catch_warnings(record=True) as told:
        warnings.warn("coroutine 'Future._result' was never awaited", RuntimeWarning, stacklevel=1)
    assert told == []
