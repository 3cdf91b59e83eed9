"""The problems of a state of the site, found once its pages can be shown: nobody waits for them who only looks at a page."""

import threading
from collections.abc import Callable

from builder.build.load import LoadedSite
from builder.diagnostics import Diagnostic


class Checking:
    """The checks of one state of the site. They run once, for whoever asks first."""

    def __init__(self, work: Callable[[], LoadedSite], before: tuple[Diagnostic, ...]) -> None:
        self._work: Callable[[], LoadedSite] | None = work
        self._before = before
        """The problems of the state before, for one whose checks fail."""
        self._lock = threading.Lock()
        self._loaded: LoadedSite | None = None
        self.error: Exception | None = None
        """A bug of ours because of which they found nothing."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The problems, which are looked for if nobody has asked before; those of the state before if the checks fail."""
        loaded = self.wait()
        return loaded.diagnostics if loaded is not None else self._before

    def wait(self) -> LoadedSite | None:
        """Return the site with its problems; None if the checks fail."""
        with self._lock:
            if self._work is not None:
                try:
                    self._loaded = self._work()
                except Exception as error:  # noqa: BLE001 – a bug of ours must not keep a page from being shown
                    self.error = error
                self._work = None
            return self._loaded


def known(loaded: LoadedSite) -> Checking:
    """Return the checks of a site whose problems are known."""
    made = Checking(lambda: loaded, ())
    made.wait()
    return made
