"""A small site in two states, and a disk whose n-th write does what a test wants."""

import io
import os
from contextlib import contextmanager
from pathlib import Path

from builder.build import page_builder
from builder.build.pipeline import Options, build
from builder.output import swap

WRITES = ("write", "mkdir", "link", "symlink", "rename", "replace", "unlink", "rmdir", "chmod", "utime", "truncate")
"""The functions of `os` by which anything on a disk becomes another; `open` counts where it is for writing."""


def write_site(root: Path, state: str) -> None:
    """Write the content of a small site: `old`, `new`, or `word`, in which a single page differs from `old`."""
    content = root / "content"
    for folder in ("explainers", "pages", "static"):
        (content / folder).mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("title: A site\nbase_url: https://example.org/\n")
    title = "The second" if state == "new" else "The first"
    (content / "explainers/talks.md").write_text(f"---\ntitle: {title}\nsummary: Of talks.\npublished: 2022-01-19\n---\nThey went on.\n")
    (content / "pages/about.md").write_text(f"---\ntitle: About\n---\n{'Another word.' if state == 'word' else 'A word.'}\n")
    (content / "static/data.csv").write_text(state if state == "new" else "old")
    for name in ("gone", "come"):
        (content / f"static/{name}.txt").unlink(missing_ok=True)
    (content / f"static/{'come' if state == 'new' else 'gone'}.txt").write_text("here\n")


def tree(folder: Path) -> dict[str, bytes]:
    """Return all that lies in a folder, what is hidden too; {} where there is none."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def options(root: Path) -> Options:
    """Return how the site is built: in this process."""
    return Options(root, root / "site", jobs=1)


def states(root: Path) -> dict[str, dict[str, bytes]]:
    """Return the tree of each state, built into a new folder."""
    found = {}
    for state in ("new", "word", "old"):
        write_site(root, state)
        output = root / f"clean-{state}"
        assert build(Options(root, output, jobs=1, cache=False)).plan is not None
        found[state] = tree(output)
    assert found["old"] != found["new"]
    assert [path for path in found["old"] if found["old"][path] != found["word"][path]] == [".backstory-manifest", "about/index.html"]
    return found


def compile_once() -> None:
    """Let all builds of this process share compiled templates, which no test here changes: else they would be most of its time."""
    honest = page_builder.Renderer
    made = []

    def renderer(sources, words, **how):
        if not made:
            made.append(honest(sources, words, **how))
        return made[0]

    page_builder.Renderer = renderer


@contextmanager
def writes(act, *, at_once=True):
    """Call `act(number, name, arguments)` before each write; without `at_once` no two folders can change places in one step."""
    count = [0]
    honest = {name: getattr(os, name) for name in WRITES}
    honest_open, honest_io, honest_exchange = os.open, io.open, swap.exchange_at_once

    def counted(name, of):
        def wrapped(*arguments, **keywords):
            count[0] += 1
            act(count[0], name, arguments)
            return of(*arguments, **keywords)

        return wrapped

    def opened(path, flags, *arguments, **keywords):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            count[0] += 1
            act(count[0], "open", (path,))
        return honest_open(path, flags, *arguments, **keywords)

    def io_opened(path, mode="r", *arguments, **keywords):
        if set(mode) & set("wax+"):
            count[0] += 1
            act(count[0], "open", (path,))
        return honest_io(path, mode, *arguments, **keywords)

    for name, of in honest.items():
        setattr(os, name, counted(name, of))
    os.open, io.open = opened, io_opened
    swap.exchange_at_once = counted("exchange", honest_exchange) if at_once else lambda *_: False
    try:
        yield count
    finally:
        for name, of in honest.items():
            setattr(os, name, of)
        os.open, io.open = honest_open, honest_io
        swap.exchange_at_once = honest_exchange
