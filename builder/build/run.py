"""How a build is carried out: processes, progress, measurements and cache. Nothing here changes the result."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from builder.build.timings import Profile
from builder.incremental.build_cache import BuildCache

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[str, int, int], None]
"""Called with the name of the present work, the number that is done, and the number in all."""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


class Run(msgspec.Struct, frozen=True):
    """What all stages of one build share."""

    jobs: int = 0
    """Processes; 0 chooses by the amount of work."""
    progress: Progress = silent
    profile: Profile | None = None
    """Where to note what each stage takes; None if it is not measured."""
    executor: "Executor | None" = None
    """Parses and makes pages in place of processes of this build; it stays open."""
    cache: BuildCache | None = None
    """Results of the last build, and where to leave those of this one."""


IN_ONE_PROCESS = Run(jobs=1)
"""Nothing is measured or shown, and no process is started."""
