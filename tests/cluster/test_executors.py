"""Whoever parses and makes pages, the bytes are the same: one process, several, threads, processes that start anew."""

import multiprocessing
import os
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from builder.build import parallel, processes
from builder.build.load import templates_of
from builder.build.page_builder import PageBuilder
from builder.build.parallel import ExecutorProblem
from builder.build.pipeline import Options, build, load_site
from builder.build.run import Run
from builder.formats import ENCODERS
from builder.incremental import toolchain
from builder.output import plan
from tests.cluster import sites


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A site, and its bytes from one process."""
    root = tmp_path_factory.mktemp("first") / "site"
    sites.write(root, images=True)
    assert build(Options(root, root / "out", jobs=1, cache=False)).plan is not None
    made = sites.built(root / "out")
    assert len(made) > 30
    assert any(path.endswith(".png") for path in made)
    return root, made


class Counting(Executor):
    """Hands work on, and remembers what."""

    def __init__(self, inner):
        self.inner = inner
        self.sent = []

    def submit(self, fn, /, *args, **kwargs):
        self.sent.append((fn.__name__, args))
        return self.inner.submit(fn, *args, **kwargs)


class Backwards(Executor):
    """Does its work when asked for any of it, the last first."""

    def __init__(self):
        self.waiting = []

    def submit(self, fn, /, *args, **kwargs):
        executor = self

        class Late(Future):
            def result(self, timeout=None):
                while executor.waiting:
                    future, work = executor.waiting.pop()
                    future.set_result(work())
                return super().result(timeout)

        future = Late()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        return future


def spawned():
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


@pytest.mark.parametrize(
    "executor, laid",
    [(lambda: ThreadPoolExecutor(3), False), (lambda: ThreadPoolExecutor(3), True), (spawned, True), (Backwards, False)],
    ids=["threads", "threads-laid", "spawned-laid", "backwards"],
)
def test_any_executor_makes_the_same_bytes(first, tmp_path, monkeypatch, executor, laid):
    root, made = first
    monkeypatch.setattr("builder.build.pipeline.WRITTEN_EARLY_FROM", 1 if laid else 10**6)
    with executor() as inner:
        counting = Counting(inner)
        assert build(Options(root, tmp_path / "out", cache=False), executor=counting).plan is not None
        assert {name for name, _ in counting.sent} == {"parse_chunk", "make_elsewhere"}
        assert inner.submit(len, "open").result() == 4  # it is its owner's to close
    assert sites.built(tmp_path / "out") == made


@pytest.mark.parametrize("executor", [lambda: ThreadPoolExecutor(3), Backwards], ids=["threads", "backwards"])
def test_what_comes_back_is_in_order(first, tmp_path, executor):
    root, _ = first
    options = Options(root, tmp_path / "out", cache=False)
    seen = load_site(options)
    pages_of_site = PageBuilder(seen.site, templates_of(options), {}, plan.FolderState())
    numbers = [n for n, page in enumerate(pages_of_site.pages) if page.template in ENCODERS]
    told = []
    with executor() as given:
        run = Run(progress=lambda *done: told.append(done), executor=given)
        documents = parallel.parse(seen.tree.texts, run)
        batches = []
        built_pages = parallel.make(pages_of_site, numbers, run, batches.append)
    assert [document.path for document in documents] == [path for path, _ in seen.tree.texts]
    assert [built_page.path for built_page in built_pages] == [pages_of_site.pages[n].output for n in numbers]
    assert len(batches) > 3
    assert [done for stage, done, _ in told if stage == "Writing"] == [*range(4, len(numbers), 4), len(numbers)]


def test_each_thread_has_a_maker_of_its_own(first, tmp_path):
    root, _ = first
    options = Options(root, tmp_path / "out", cache=False)
    packed = PageBuilder(load_site(options).site, templates_of(options), {}, plan.FolderState()).packed()
    both = threading.Barrier(2, timeout=60)

    def makes():
        both.wait()
        parallel.make_elsewhere(toolchain.digest(), "a digest", packed, ())
        made = parallel.process_builder.builder
        both.wait()
        return made

    with ThreadPoolExecutor(2) as executor:
        makers = [future.result() for future in (executor.submit(makes), executor.submit(makes))]
    assert None not in makers
    assert makers[0] is not makers[1]


@pytest.mark.parametrize("jobs, method", [(0, "fork"), (2, "fork"), (2, "spawn")])
def test_processes_make_the_same_bytes(first, tmp_path, monkeypatch, jobs, method):
    root, made = first
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(processes, "start_method", lambda: method)
    started = []
    monkeypatch.setattr(processes, "Pool", lambda *given: started.append(given) or Pool(*given))
    assert build(Options(root, tmp_path / "out", jobs=jobs, cache=False)).plan is not None
    assert len(started) == 2
    assert sites.built(tmp_path / "out") == made


Pool = processes.Pool


def test_who_loses_a_process_ends_the_others():
    # Were SIGTERM ignored in them, the first process would wait for the sleeper.
    with processes.Pool(2) as executor:
        executor.submit(time.sleep, 600)
        lost = executor.submit(os._exit, 3)
        with pytest.raises(BrokenProcessPool):
            lost.result(timeout=60)


def test_little_work_starts_nobody(first, tmp_path, monkeypatch):
    root, made = first
    monkeypatch.setattr(parallel, "PARSE_PAYS", 10**6)
    monkeypatch.setattr(parallel, "MAKE_PAYS", 10**6)
    monkeypatch.setattr(processes, "Pool", None)
    counting = Counting(None)
    assert build(Options(root, tmp_path / "out", cache=False), executor=counting).plan is not None
    assert not counting.sent
    assert sites.built(tmp_path / "out") == made


def test_only_what_has_changed_is_sent(tmp_path):
    root = tmp_path / "site"
    sites.write(root)

    def sent():
        with ThreadPoolExecutor(2) as inner:
            counting = Counting(inner)
            assert build(Options(root, root / "out"), executor=counting).plan is not None
        texts = [text for name, args in counting.sent if name == "parse_chunk" for text in parallel.msgspec.msgpack.decode(args[1])]
        return [path for path, _ in texts], sum(len(args[3]) for name, args in counting.sent if name == "make_elsewhere")

    pages = load_site(Options(root, root / "out", cache=False)).pages
    texts, numbers = sent()
    assert len(texts) > 4
    assert numbers == len(pages)
    always = sum(not plan.arguments_digest(page) for page in pages)  # lists of all pages, which no look at the Site tells of
    assert sent() == ([], always)
    edited = sites.edit(root)
    texts, numbers = sent()
    assert texts == [f"content/explainers/{edited.name}"]
    assert always < numbers < len(pages) * 2 / 3
    assert build(Options(root, tmp_path / "clean", jobs=1, cache=False)).plan is not None
    assert sites.built(root / "out") == sites.built(tmp_path / "clean")


def test_a_wrong_template_is_told_as_ever(first, tmp_path):
    root = tmp_path / "site"
    sites.write(root)
    (root / "templates").mkdir()
    (root / "templates" / "actor.html").write_text("{{ page.nothing_of_the_kind }}")
    with ThreadPoolExecutor(2) as executor:
        far = build(Options(root, tmp_path / "far", cache=False), executor=executor)
    near = build(Options(root, tmp_path / "near", jobs=1, cache=False))
    assert "template-name" in {problem.code for problem in far.diagnostics}
    assert far.diagnostics == near.diagnostics
    assert not (tmp_path / "far").exists()


def test_templates_travel_with_the_work(tmp_path):
    root = tmp_path / "site"
    sites.write(root)
    own = root / "templates"
    (own / "parts").mkdir(parents=True)
    (own / "actor.html").write_text('{% include "parts/own.html" %}')
    (own / "parts" / "own.html").write_text("Own: {{ page.title }}\n")
    near = build(Options(root, tmp_path / "near", jobs=1, cache=False))
    assert near.plan is not None
    with ThreadPoolExecutor(1) as executor:
        assert build(Options(root, tmp_path / "far", cache=False), executor=executor).plan is not None
    assert any(data.startswith(b"Own: ") for data in sites.built(tmp_path / "near").values())
    assert sites.built(tmp_path / "far") == sites.built(tmp_path / "near")


def test_a_worker_of_another_version_makes_nothing(first, tmp_path, monkeypatch):
    root, _ = first
    with ThreadPoolExecutor(1) as executor:
        monkeypatch.setattr(parallel, "parse_chunk", lambda sent, packed, real=parallel.parse_chunk: real(f"not {sent}", packed))
        with pytest.raises(ExecutorProblem, match="another Backstory"):
            build(Options(root, tmp_path / "out", cache=False), executor=executor)
    assert not (tmp_path / "out").exists()
