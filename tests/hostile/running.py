"""A build by the real command in a process of its own, that may not take more memory than a small machine has, nor hang."""

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.forking import PATIENCE, backstory

MOST_MEMORY = 300 * 1024 * 1024
"""Bytes of data a build of one hostile file may hold; an empty site takes a tenth of it."""

FRONT = "---\ntitle: Talks\npublished: 2022-01-19\n---\n"


@dataclass
class Outcome:
    exit: int
    built: bool
    problems: list[dict[str, object]]
    output: Path
    said: str

    @property
    def codes(self):
        return {problem["code"] for problem in self.problems}

    @property
    def errors(self):
        return {problem["code"] for problem in self.problems if problem["severity"] == "error"}

    def text(self, path):
        return (self.output / path).read_text("utf-8")


def lay(root, files):
    """Write the files of a site; a key ends in its path below the site's root, a value is text or bytes."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    if not any(path.startswith("content/site.yaml") for path in files):
        files = {"content/site.yaml": "title: Desk\n", **files}
    for path, text in files.items():
        if text is None:
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return root


def _bounded():
    # Data and not addresses: a thread or a library reserves addresses that it never uses.
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _started_anew(arguments, before):
    repository = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(repository), "PYTHONIOENCODING": "utf-8"}

    def begin():
        _bounded()
        before()

    command = [sys.executable, "-m", "builder", *arguments]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, preexec_fn=begin, env=environment)


def run(root, *arguments, before=None):
    """Build the site below `root` and return what came of it, which is never a traceback, a hang or silence.

    `before` is called in the new process before the command starts.
    """
    arguments = ("build", "--root", str(root), "--jobs", "1", "--json", *arguments)
    done = _started_anew(arguments, before) if before is not None else backstory(*arguments, most_memory=MOST_MEMORY)
    errors = done.stderr.decode("utf-8", "replace")
    assert done.returncode in {0, 1}, errors[-3000:]
    assert "Traceback" not in errors, errors[-3000:]
    if not done.stdout:
        # What stands in the way of writing is told in words.
        assert done.returncode == 1
        assert errors.startswith("backstory: ")
        return Outcome(1, built=False, problems=[], output=root / "site", said=errors)
    report = json.loads(done.stdout)
    outcome = Outcome(done.returncode, report["built"], report["problems"], root / "site", errors)
    assert outcome.built == (done.returncode == 0)
    if not outcome.built:
        assert outcome.errors, "a build that stops says why"
        assert not outcome.output.exists()
    for problem in outcome.problems:
        assert problem["message"]
        assert str(problem["path"]).startswith(("content/", "templates/")) or problem["path"] in {"content", "templates"}
    return outcome
