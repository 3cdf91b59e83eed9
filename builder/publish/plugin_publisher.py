"""A publisher that a plugin brings: whatever its code raises is a `PublishProblem` with the name of the plugin, and what it returns has the types of `Publisher`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from builder.build.guarded_plugins import PluginProblem, expect, their_code
from builder.build.run import Progress
from builder.model import PublishTarget
from builder.publish.problems import PublishProblem
from builder.publish.transfer_plan import Changes
from builder.publish.upload import Published, Upload


class PluginPublisher:
    """Meets `publish.Publisher`, and asks the one of the plugin."""

    def __init__(self, plugin: str, brought: Callable[..., Any], target: PublishTarget, root: Path, folder: Path) -> None:
        """`brought` is the class that `plugin` brings; it gets the rest. Raises `PublishProblem`, as all methods do."""
        self._plugin = plugin
        with self._guarded():
            self._brought = brought(target, root, folder)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            with their_code(PublishProblem):
                yield
        except PluginProblem as problem:
            raise PublishProblem(f"The plugin “{self._plugin}” {problem}. What was sent before stays.") from problem

    def __str__(self) -> str:
        """Return the address of the target."""
        with self._guarded():
            return str(self._brought)

    @property
    def notes(self) -> list[str]:
        """What the user should know besides."""
        with self._guarded():
            found = self._brought.notes
            expect(found, tuple[str, ...], "what “notes” has")
            return list(found)

    def close(self) -> None:
        """Release what was opened."""
        with self._guarded():
            self._brought.close()

    def compare(self, upload: Upload) -> Changes:
        """Return what differs at the target."""
        with self._guarded():
            found = self._brought.compare(upload)
            expect(found, Changes, "what “compare” returns")
            return found  # type: ignore[no-any-return]  # it is one

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the target. What ends the publish is passed on to the plugin, which cannot make it undone."""
        with self._guarded():
            held: AbstractContextManager[None] = self._brought.hold()
            held.__enter__()
        try:
            yield
        except BaseException:
            with self._guarded():
                held.__exit__(*sys.exc_info())
            raise
        with self._guarded():
            held.__exit__(None, None, None)

    def published(self) -> Published | None:
        """Return what the marker at the target says."""
        with self._guarded():
            found = self._brought.published()
            expect(found, Published | None, "what “published” returns")
            return found  # type: ignore[no-any-return]  # it is one

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Send the files."""
        with self._guarded():
            self._brought.send(upload, changes, progress)

    def missing(self, upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that did not arrive."""
        with self._guarded():
            found = self._brought.missing(upload, changes)
            expect(found, tuple[str, ...], "what “missing” returns")
            return tuple(found)
