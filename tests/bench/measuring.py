"""One process and all that it starts, measured: wall time, processor time, memory."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

LIMIT = 1800
"""Seconds after which a build is given up."""

STEP = 0.02
"""Seconds between two looks at the memory of all processes."""


class FailedError(Exception):
    """A build that did not do its work, and what it said."""

    def __init__(self, code: int, told: str):
        lines = told.strip().splitlines()
        super().__init__(f"exit code {code}" if code else lines[-1])
        self.lines = lines[-20:]


def run(command: list[str], site: Path) -> dict[str, float]:
    """Run a build and return its wall and processor seconds and the peak memory, in MB, of its largest process.

    The kernel counts: what `wait4` tells holds the processes that the build waited for.
    """
    began = time.perf_counter()
    process = _start(command, site)
    giving_up = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
    giving_up.start()
    try:
        told = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        giving_up.cancel()
        process.stderr.close()
    if process.returncode:
        raise FailedError(process.returncode, told.decode(errors="replace"))
    return {"wall": took, "cpu": used.ru_utime + used.ru_stime, "largest": used.ru_maxrss / 1024}


def memory(command: list[str], site: Path) -> float | None:
    """Run a build, off the clock, and return the peak memory in MB of all its processes together.

    What they share counts once (the kernel's proportional set size). Looked at every 20 ms, so a shorter peak is not seen.
    None where the system does not tell.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process = _start(command, site)
    drained = threading.Thread(target=process.stderr.read)
    drained.start()
    peak = 0
    try:
        while process.poll() is None:
            peak = max(peak, sum(_proportional(pid) for pid in _session(process.pid)))
            time.sleep(STEP)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    drained.join()
    process.stderr.close()
    return peak / 1024


def surroundings(site: Path) -> dict[str, str]:
    """Return the environment that a generator runs in: with a cache of its own, and as users have it, who let Python keep what it compiles."""
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "XDG_CACHE_HOME": str(site / ".cache"),
    }


def _start(command: list[str], site: Path) -> subprocess.Popen:
    # A cache of the user's own would make a cold build warm: it lies in the site, which is laid out anew.
    environment = surroundings(site)
    return subprocess.Popen(
        command,
        cwd=site,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _session(leader: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == leader:
                    yield int(entry.name)
            except (ProcessLookupError, PermissionError):
                continue


def _proportional(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:  # It has ended meanwhile.
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
