"""A Dask cluster as an executor: its machines parse and make pages, and send back bytes.

Use only a cluster of your own: access to a Dask scheduler is enough to run any code on it and to read what is sent, drafts included.
On a network that is not private, use a `tls://…` address, with the certificates from Dask's own settings.
"""

import contextlib
import functools
import importlib.util
import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from typing import Any, TypeVar

from builder.build.parallel import ExecutorProblem
from builder.incremental import toolchain

ANSWERS = 10.0
"""Seconds in which the scheduler must answer."""

LONELY = 60.0
"""Seconds after which a cluster without workers is given up: one that was lost may come back."""

_LOOKS = 1.0
_FETCHES = 10.0
"""Seconds until the result of a task must arrive; after that it is requested again."""

_BRINGS = 5
"""Attempts to send something to all workers before the cluster is given up; a worker may be lost meanwhile."""

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[0-9A-Fa-f:.%\w]+\]):[0-9]{1,5}")

_UNKNOWN = re.compile(r"No module named '?builder|Can't get attribute|has no attribute")
"""Messages of Python where Backstory is missing or has another version; Dask passes on only the words."""

_NEVER_AWAITED = r"coroutine '.+' was never awaited"
"""Python's warning about a question to the scheduler that the end of the connection overtook: nobody waits for its answer any more."""

_Done = TypeVar("_Done")
_Client = Any
"""A `distributed.Client`, and its `Future`: neither has types that hold."""
_Task = Any


@contextlib.contextmanager
def connect(address: str) -> Iterator["DaskExecutor"]:
    """Connect to the workers of the scheduler at an address, until the end of the context. Raises `ExecutorProblem` if none of them can do the work."""
    if importlib.util.find_spec("distributed") is None:
        raise ExecutorProblem(
            "--cluster needs the package distributed, which is not installed. Install it with Backstory: pip install 'backstory[cluster]'"
        )
    with _connected(address) as client:
        _have_the_same(client, address)
        with contextlib.closing(DaskExecutor(client, address)) as found:
            yield found


def is_scheduler_address(address: str) -> bool:
    """Return whether this can be the address of a scheduler."""
    return _ADDRESS.fullmatch(address) is not None


@contextlib.contextmanager
def _connected(address: str) -> Iterator[_Client]:
    import distributed  # late: it takes a second, and only clusters need it

    # Problems are reported here, once. The library sets a level for some of its loggers by themselves.
    names = ["distributed", *(name for name in logging.root.manager.loggerDict if name.startswith("distributed."))]
    levels = {log: log.level for log in map(logging.getLogger, names)}
    for log in levels:
        log.setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", _NEVER_AWAITED, RuntimeWarning)  # for good: the warning comes whenever the memory is cleared
    begin: Callable[..., _Client] = distributed.Client
    client: _Client = None
    try:
        try:
            client = begin(address, timeout=ANSWERS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ExecutorProblem(f"No scheduler of Dask answers at {address}. Is it running, and can this machine reach it?") from error
        yield client
    finally:
        if client is not None:
            # This cancels outstanding tasks too.
            with contextlib.suppress(Exception):
                client.close(timeout=2)
        for log, level in levels.items():
            log.setLevel(level)


def _have_the_same(client: _Client, address: str) -> None:
    """Raise `ExecutorProblem` unless there are workers, and all of them would make the same bytes."""
    try:
        # Like `client.run`, which would wait for ever for a worker that hangs.
        versions: dict[str, Any] = client.sync(client._run, toolchain.versions, on_error="return", callback_timeout=LONELY)  # noqa: SLF001 - see above
    except (OSError, ValueError) as error:
        raise ExecutorProblem(f"Not all workers of the scheduler at {address} answer. Does one of them hang?") from error
    if not versions:
        raise ExecutorProblem(f"The scheduler at {address} has no workers. Start some: dask worker {address}")
    own = toolchain.versions()
    for worker, found in sorted(versions.items()):
        if isinstance(found, BaseException) and _UNKNOWN.search(str(found)):
            raise ExecutorProblem(
                f"Backstory is not installed at the worker {worker}, or not in this version. Install the same there as here."
            )
        if isinstance(found, BaseException):
            raise ExecutorProblem(f"The worker {worker} does not answer: {found}")
        if found["Backstory"] != own["Backstory"]:
            raise ExecutorProblem(
                f"The worker {worker} runs another Backstory, which may make other pages. Install the same there as here."
            )
        for name, version in own.items():
            if found.get(name, "") != version:
                there = found.get(name) or "none"
                raise ExecutorProblem(
                    f"The worker {worker} has {name} {there}, this machine {version or 'none'}. Pages could differ; install the same on both."
                )


class DaskExecutor(Executor):
    """The workers behind one connection. What is called off, here or by Ctrl-C, is called off there."""

    def __init__(self, client: _Client, address: str) -> None:
        self._client, self._address = client, address
        self.tasks: dict[Future[Any], _Task] = {}
        """The work that is not done yet."""
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., _Done], /, *args: Any, **kwargs: Any) -> Future[_Done]:
        """Hand in work; its future raises `ExecutorProblem` where the cluster is lost for good."""
        future: Future[_Done] = Future()
        try:
            task = self._client.submit(fn, *args, **kwargs, pure=False)
        except Exception as error:
            raise self._lost() from error
        self.tasks[future] = task
        future.add_done_callback(self._let_go)
        task.add_done_callback(functools.partial(self._settle, future))
        return future

    def share(self, data: bytes) -> Any:
        """Bring something to each worker, once; to one that comes later, another hands it on."""
        for _ in range(_BRINGS):
            with contextlib.suppress(Exception):  # a worker that is lost in this moment; the next time it is none of them
                return self._client.scatter(data, broadcast=True)
        raise self._lost()

    def close(self) -> None:
        """Watch no longer."""
        self._ended.set()

    def _settle(self, future: Future[Any], task: _Task) -> None:
        with contextlib.suppress(InvalidStateError):  # called off, or given up, meanwhile
            while not future.done():
                if self._ended.is_set() or task.status == "cancelled":  # the connection is closed, or closes: ask no more
                    future.set_exception(self._lost())
                    return
                try:
                    future.set_result(task.result(timeout=_FETCHES))
                except TimeoutError:  # its worker was lost with what came of it: others make it again
                    if task.status == "error":
                        future.set_exception(self._lost())
                except InvalidStateError:
                    raise
                except BaseException as error:  # noqa: BLE001 - any error goes to the future
                    future.set_exception(self._lost() if task.status != "error" or _is_of_dask(error) else error)

    def _let_go(self, future: Future[Any]) -> None:
        task = self.tasks.pop(future, None)
        if task is not None:
            task.release()

    def _watch(self) -> None:
        """Give up after a long time without workers. A lost scheduler is noticed by the connection."""
        lonely = 0.0
        while not self._ended.wait(_LOOKS):
            with contextlib.suppress(Exception):
                lonely = 0.0 if self._client.nthreads() else lonely + _LOOKS
            if lonely >= LONELY:
                for future in list(self.tasks):
                    with contextlib.suppress(InvalidStateError):
                        future.set_exception(self._lost())

    def _lost(self) -> ExecutorProblem:
        return ExecutorProblem(
            f"The cluster at {self._address} was lost in the middle of the work: its scheduler, or all workers. Build again when it is back, or without --cluster."
        )


def _is_of_dask(error: BaseException) -> bool:
    """Return whether an error is one of Dask itself, such as a worker that died repeatedly, and not of the task."""
    return type(error).__module__.partition(".")[0] in {"distributed", "dask", "tornado"}
