"""The options of a build, and how it is carried out: processes, progress, measurements and cache."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder.build.timings import Profile
from builder.incremental.store import Store

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Options(msgspec.Struct, frozen=True):
    """The options of a build or a check."""

    root: Path
    output: Path
    base_url: str | None = None
    """Overrides that of `site.yaml`."""
    drafts: bool = False
    future: bool = False
    """Whether to include explainers scheduled for a later day."""
    day: int | None = None
    """Today in UTC, counted as `dates.first_day` does. None: no explainer is scheduled for later."""
    strict: bool = False
    """Whether warnings stop it too."""
    jobs: int = 0
    """Processes; 0 chooses by the size of the site."""
    cache: bool = True
    """Whether to use and update the cache."""
    verify: bool = False
    """Whether every file of the output is read, to find what another program or the disk has changed; else those that look younger than the last build."""


Progress = Callable[[str, int, int], None]
"""Called with the name of the present work, the number that is done, and the number in all."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


class Run(msgspec.Struct, frozen=True):
    """The processes, progress display, measurements and cache that all stages of one build share. Nothing here changes the result."""

    jobs: int = 0
    """Processes; 0 chooses by the amount of work."""
    progress: Progress = silent
    profile: Profile | None = None
    """Where to note what each stage takes; None if it is not measured."""
    executor: "Executor | None" = None
    """Parses and makes pages in place of processes of this build; it stays open."""
    cache: Store | None = None
    """Results of the last build, and where to leave those of this one."""


IN_ONE_PROCESS = Run(jobs=1)
"""Nothing is measured or shown, and no process is started."""
