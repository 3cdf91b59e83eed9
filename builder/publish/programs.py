"""Running git, rsync and ssh."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from builder.publish.problems import PublishProblem

_PASSWORD = re.compile(r"(?<=://)[^/@\s]*@")


NOT_LET_IN = (
    re.compile(r"permission denied \((?!\d)|host key verification", re.IGNORECASE),
    "the server does not let you in. Look at your ssh agent, and at the user and the key in ~/.ssh/config; connect once with ssh if the server is new to you.",
)
"""What ssh says of a server that refuses us, or that is not known here, and what to tell in its place."""


class ProgramFailed(PublishProblem):
    """A program has failed: `code` is its exit code, `said` the end of its error output."""

    def __init__(self, program: str, code: int, said: str) -> None:
        super().__init__(f"{program} has failed ({code}): {said}")
        self.code = code
        self.said = said


def run(command: Sequence[str], *, stdin: bytes = b"", cwd: Path | None = None, environment: Mapping[str, str] | None = None) -> bytes:
    """Run a program and return its standard output.

    `stdin` is its standard input, `environment` is added to ours. Raises `ProgramFailed` if its exit code is not 0, and `PublishProblem` if it is not installed.
    """
    program = command[0]
    if not shutil.which(program):
        raise PublishProblem(
            f"Publishing there needs the program {program}, which is not installed. Install it with your system’s packages."
        )
    # In a pipe or in CI no question can be answered: there, git and ssh must fail instead of waiting.
    quiet = {} if sys.stdin is not None and sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}
    # In a git hook, GIT_DIR and the like would point to the repository of the hook.
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in _INHERITED or key.startswith("GIT_CONFIG_")
    }
    # Into files, not pipes: an ssh that stays in the background may keep a pipe open.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        done = subprocess.run(  # noqa: S603 - a list of arguments that no shell reads
            list(command),
            input=stdin,
            stdout=out,
            stderr=err,
            check=False,
            cwd=cwd,
            env={**inherited, "LC_ALL": "C", **quiet, **(environment or {})},
        )
        out.seek(0)
        err.seek(0)
        output, said = out.read(), err.read().decode("utf-8", "replace")
    if done.returncode:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        raise ProgramFailed(program, done.returncode, _PASSWORD.sub("", " / ".join(lines[-4:])) or "it did not say why")
    return output


_INHERITED = {
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_EXEC_PATH",
    "GIT_SSL_CAINFO",
}
