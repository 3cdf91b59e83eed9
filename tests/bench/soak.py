"""`python -m tests.bench.soak`: thousands of saves to a preview, in every way that programs save; none may be missed, and memory may not grow.

Each save must be served before the next one comes. At the end all that is served is compared with a clean build, but for the preview's own lines.
"""

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from builder.build.pipeline import Options, build
from tests.bench import corpus
from tests.bench.generators import BACKSTORY
from tests.bench.live import _free

LIMIT = 60.0
"""Seconds after which a save counts as missed."""

OWN = re.compile(rb'<link rel="stylesheet" href="/__backstory/client\.css"><script [^>]*></script>')
"""What the preview puts into a page for itself."""

MOST_GROWTH = 20
"""MB that memory may grow by, after the first tenth of the saves."""


def in_place(file: Path, text: str) -> None:
    """Empty the file, then write it, as most programs do."""
    file.write_text(text, "utf-8")


def in_pieces(file: Path, text: str) -> None:
    """Write in several goes, as over a slow line."""
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, len(text), 1 + len(text) // 3):
            stream.write(text[start : start + 1 + len(text) // 3])
            stream.flush()


def renamed_over(file: Path, text: str) -> None:
    """Write beside the file, then rename over it."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def with_backup(file: Path, text: str) -> None:
    """Move the old file away, write a new one, delete the old."""
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text(text, "utf-8")
    backup.unlink()


def deleted_first(file: Path, text: str) -> None:
    """Delete the file and write it anew."""
    file.unlink()
    file.write_text(text, "utf-8")


WAYS = (in_place, in_pieces, renamed_over, with_backup, deleted_first)


def served(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status in {http.HTTPStatus.OK, http.HTTPStatus.NOT_FOUND} else b""
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()


def waits(port: int, path: str, words: bytes) -> float:
    """Return the seconds until a page shows the words."""
    began = time.perf_counter()
    while words not in served(port, path):
        if time.perf_counter() - began > LIMIT:
            raise SystemExit(f"missed: {path} never showed {words.decode()}")
        time.sleep(0.001)
    return time.perf_counter() - began


def megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--saves", type=int, default=10_000)
    parser.add_argument("--explainers", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, port = Path(folder) / "site", _free()
        corpus.write(asked.explainers, root, "backstory")
        command = [BACKSTORY, "serve", "--root", str(root), "--port", str(port)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            return soak(server.pid, root, port, asked.saves)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)


def soak(pid: int, root: Path, port: int, saves: int) -> int:
    explainers = sorted((root / "content" / "explainers").glob("*.md"))
    texts = {file: file.read_text("utf-8") for file in explainers}
    waits(port, "/", b"</html>")
    took, settled = [], 0.0
    for n in range(saves):
        file, save = explainers[n % len(explainers)], WAYS[n // len(explainers) % len(WAYS)]
        save(file, f"{texts[file].rstrip()}\n\nSave {n} is here.\n")
        took.append(waits(port, f"/explainers/{file.stem}/", f"Save {n} is here.".encode()))
        if n == saves // 10:
            settled = megabytes(pid)
        if n % 500 == 0:
            print(f"{n} saves, {megabytes(pid):.0f} MB", file=sys.stderr, flush=True)
    grown = megabytes(pid) - settled
    wrong = differences(root, port)
    print(
        f"{saves} saves, none missed; from a save to its page {statistics.median(took) * 1000:.0f} ms (median), at most {max(took):.2f} s."
    )
    print(f"Memory grew by {grown:.1f} MB after the first {saves // 10} saves.")
    print(f"Files that differ from a clean build: {', '.join(wrong) or 'none'}.")
    return 1 if wrong or grown > MOST_GROWTH else 0


def differences(root: Path, port: int) -> list[str]:
    """Return the paths that are not served as a clean build has them."""
    clean = root.parent / "clean"
    build(Options(root, clean, base_url=f"http://localhost:{port}/", drafts=True, cache=False))
    wrong = []
    for file in sorted(clean.rglob("*")):
        path = file.relative_to(clean).as_posix()
        if file.is_file() and not path.startswith("."):
            found = OWN.sub(b"", served(port, f"/{path.removesuffix('index.html')}"))
            if found != file.read_bytes():
                wrong.append(path)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
