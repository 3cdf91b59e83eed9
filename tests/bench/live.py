"""A preview server, measured as its author meets it: from the start to the first page, and from a save to the page that shows it."""

import http.client
import json
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

ANNOTATED = "annotated"
"""The phase of a quote that is written by the form of the preview, from Enter to the page that shows it; of Backstory alone."""

SAVES = 5
"""Of each kind in a round; their median is what the round gives."""

LIMIT = 300.0
"""Seconds after which a start, or a save, is given up."""

STEP = 0.002
"""Seconds between two looks at the page."""

QUIET = 1.0
"""Seconds between a page and the next save: some servers gather what is saved within one."""


def live(of: Generator, site: Path, on: Targets, turn: int) -> dict[str, dict[str, float | None] | None]:
    """Serve a site, save its files, and return wall seconds by phase: `open`, those of `SAVED`, and `ANNOTATED`."""
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
            took = [_saved(server, port, edit) for edit in edits if edit is not None]
            found[phase] = _timed(statistics.median(took)) if took else None
        if of.dialect == "backstory":
            found[ANNOTATED] = _timed(_annotated(server, port, site / of.content / f"{on.slug}.md", on, turn))
        return {ANNOTATED: None, **found}
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


def _annotated(server: subprocess.Popen, port: int, file: Path, on: Targets, turn: int) -> float:
    """Write quotes into an explainer as the form does, and return the median of the seconds until its page shows each."""
    before = file.read_text("utf-8")
    words = [f"Annotated{turn}x{n} and sound" for n in range(SAVES)]
    file.write_text(before.rstrip() + "".join(f"\n\n“{word}.”\n" for word in words), "utf-8")
    page = f"/explainers/{on.slug}/"
    _until(server, port, page, words[-1], time.perf_counter())
    own = f"/__backstory/annotate?page={page}"
    took = []
    for word in words:
        time.sleep(QUIET)
        state = json.loads(_get(port, own))
        passage = next(each for each in state["passages"] if word in " ".join(each["parts"]))
        answer = {
            "form": "quotation",
            "page": page,
            "digest": state["digest"],
            "passage": passage["number"],
            "words": passage["parts"],
            "speaker": on.speaker,
        }
        key = json.loads(_get(port, f"/__backstory/state?page={page}"))["key"]
        began = time.perf_counter()
        _post(port, "/__backstory/annotate", key, answer)
        took.append(_until(server, port, page, f"quote--{word.split()[0].lower()}", began))
    file.write_text(before, "utf-8")
    _until(server, port, page, words[-1], time.perf_counter(), there=False)
    return statistics.median(took)


def _post(port: int, path: str, key: str, said: dict) -> None:
    """Send what a page of the preview sends. `FailedError` where it is refused."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    told = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}", "Content-Type": "application/json", "X-Backstory-Page": key}
    try:
        connection.request("POST", path, json.dumps(said), told)
        answer = connection.getresponse()
        body = answer.read().decode()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK or json.loads(body)["refused"]:
        raise FailedError(answer.status, f"the answer was refused: {body[:300]}")


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
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _end(server: subprocess.Popen) -> None:
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
