"""A site of its own that is being previewed: the real engine, the real watcher, the real server."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from builder.build.pipeline import Options
from builder.preview.engine import PreviewEngine
from builder.preview.guard import Access
from builder.preview.listening import listen
from builder.preview.server import serve
from builder.preview.snapshot import SiteChange
from builder.preview.watching import Watch

EXPLAINER = """---
title: The winter ferry
summary: Whether it runs.
published: 2022-01-20
as_of: 2022-01-19
sources:
  gazette: {publisher: Gazette, title: Ferry may stop, published: 2022-01-19}
actors:
  - ada: {name: Ada Abara, position: {role: Harbour master}}
quotes:
  - {id: q1, speaker: ada, text: It will run all winter, via: gazette}
timeline:
  - {id: vote, when: 2022-01-18, title: The council votes}
---
Ada Abara spoke first. “It will run all winter,” she said.

The second paragraph.

## Later

The third paragraph, and the last.
"""
PATH = "content/explainers/ferry.md"
PAGE = "explainers/ferry/"


class Preview:
    """A preview in this process."""

    def __init__(self, root: Path, *, poll: bool = False, port: int = 0, editor: str = "", host: str = "127.0.0.1") -> None:
        self.root = root
        if not (root / "content").exists():
            self.write("content/site.yaml", "title: A site\n")
            self.write(PATH, EXPLAINER)
        self.changes: list[SiteChange] = []
        self.said: list[str] = []
        self.codes: set[str] = set()
        self.faults: list[BaseException] = []
        self._changed = threading.Condition()
        listening = listen(host, port)
        self.port = listening[0].getsockname()[1]
        self.url = f"http://localhost:{self.port}/"
        self.engine = PreviewEngine(Options(root, root / "site", base_url=self.url, drafts=True, jobs=1, cache=False))
        self.server = serve(self.engine, listening, Access(host), editor=editor)
        self.watch = Watch(root, self._look, notify=self.said.append, poll=poll)
        self.engine.subscribe(self._note)
        self.watch.start()

    def close(self) -> None:
        self.watch.stop()
        self.server.stop()
        assert not self.faults, self.faults

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def edit(self, old: str, new: str, path: str = PATH) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def wait(self, until: Callable[[], object], what: str = "", limit: float = 60) -> None:
        """Wait until something is so; a change may bring it about."""
        end = time.monotonic() + limit
        with self._changed:
            while not until():
                assert time.monotonic() < end, f"never came: {what}"
                self._changed.wait(0.05)

    def _look(self, names) -> None:
        try:
            self.engine.rebuild(names)
        except BaseException as error:
            self.faults.append(error)
            raise

    def _note(self, change: SiteChange) -> None:
        self.codes.update(problem.code for problem in self.engine.current().problems)
        with self._changed:
            self.changes.append(change)
            self._changed.notify_all()
