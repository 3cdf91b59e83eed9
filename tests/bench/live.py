"""A preview server, measured as its author meets it: from the start to the first page, and from a save to the page that shows it."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import time
from pathlib import Path

from tests.bench.edits import Edit, Targets, edit
from tests.bench.generators import Generator
from tests.bench.measuring import FailedError, surroundings

SAVED = {"saved body": "body", "saved quote": "quote"}
"""Phase → the edit that is saved. A quote is waited for on its speaker's page."""

SAVES = 5
"""Of each kind in a round; their median is what the round gives."""

LIMIT = 300.0
"""Seconds after which a start, or a save, is given up."""

STEP = 0.002
"""Seconds between two looks at the page."""

QUIET = 1.0
"""Seconds between a page and the next save: some servers gather what is saved within one."""


def live(of: Generator, site: Path, on: Targets, turn: int) -> dict[str, dict[str, float | None] | None]:
    """Serve a site, save its files, and return wall seconds by phase: `open`, and those of `SAVED`."""
    assert of.serve is not None
    made = {phase: [edit(kind, of, site, on, f"Live{turn}{kind}{n}") for n in range(SAVES)] for phase, kind in SAVED.items()}
    port = _free()
    began = time.perf_counter()
    server = subprocess.Popen(
        of.serve(site, port),
        cwd=site,
        env=surroundings(site),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        found: dict[str, dict[str, float | None] | None] = {
            "open": _timed(_until(server, port, f"/explainers/{on.slug}/", "</html>", began))
        }
        for phase, edits in made.items():
            took = [_saved(server, port, one) for one in edits if one is not None]
            found[phase] = _timed(statistics.median(took)) if took else None
        return found
    finally:
        _end(server)


def _saved(server: subprocess.Popen, port: int, made: Edit) -> float:
    """Save a file and return the seconds until the last of its pages is served as it now is."""
    before = made.file.read_text("utf-8")
    family, name = made.shown[-1]
    path = f"/{family}/{name}/"
    _until(server, port, path, "</html>", time.perf_counter())
    time.sleep(QUIET)
    began = time.perf_counter()
    made.file.write_text(made.text, "utf-8")
    took = _until(server, port, path, made.mark, began)
    made.file.write_text(before, "utf-8")
    _until(server, port, path, made.mark, time.perf_counter(), there=False)
    return took


def _until(server: subprocess.Popen, port: int, path: str, words: str, began: float, *, there: bool = True) -> float:
    while time.perf_counter() - began < LIMIT:
        if server.poll() is not None:
            raise FailedError(server.returncode or 1, "the preview has ended")
        page = _get(port, path)
        if page and (words in page) == there:
            return time.perf_counter() - began
        time.sleep(STEP)
    raise FailedError(0, f"{path} did not show the edit within {LIMIT:.0f} s")


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cache-Control": "no-cache"})
        answer = connection.getresponse()
        return answer.read().decode("utf-8", "replace") if answer.status == http.HTTPStatus.OK else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _timed(seconds: float) -> dict[str, float | None]:
    return {"wall": seconds, "cpu": None}


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _end(server: subprocess.Popen) -> None:
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
