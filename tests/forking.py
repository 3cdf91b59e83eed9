"""The command in a process of its own, as a person's shell starts it, but with all modules loaded.

To start Python and load our modules takes longer than most builds of a test. So one process loads them, and makes a copy of itself for each command.
What is about the start itself (encodings, hash seeds, what is loaded) starts Python anew instead.
"""

import atexit
import contextlib
import functools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 150
"""Seconds after which a command counts as hanging, however busy the machine is."""


def backstory(*arguments, cwd=None, most_memory=None, **environment):
    """Run the command and return its `CompletedProcess` with bytes. It may hold `most_memory` bytes of data."""
    if sys.platform == "win32":  # which copies no process
        return started_anew(*arguments, cwd=cwd, **environment)
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        order = {
            "arguments": [os.fspath(argument) for argument in arguments],
            "cwd": os.fspath(cwd or REPOSITORY),
            "environment": {**os.environ, **environment},
            "most_memory": most_memory,
            "streams": [out.name, err.name],
        }
        code = _started().run(order)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(arguments, code, out.read(), err.read())


def started_anew(*arguments, cwd=None, **environment):
    """Start Python anew for the command and return its `CompletedProcess` with bytes."""
    return subprocess.run(
        [sys.executable, "-m", "builder", *map(os.fspath, arguments)],
        cwd=cwd or REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


class _Server:
    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            bufsize=0,  # so that what has come is never in a buffer while `select` waits for it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"},
        )
        atexit.register(self.close)

    def run(self, order):
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        child = int(self._line(PATIENCE))
        try:
            return int(self._line(PATIENCE))
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            self._line(PATIENCE)
            raise

    def _line(self, patience):
        if not select.select([self._process.stdout], [], [], patience)[0]:
            raise TimeoutError("the command hangs")
        return self._process.stdout.readline()

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


_started = functools.cache(_Server)


def _serve():
    # What a command loads when it needs it.
    import builder.__main__
    import builder.build.load
    import builder.build.pipeline
    import builder.cli.arguments
    import builder.cli.build_day
    import builder.cli.command_table
    import builder.cli.commands.build
    import builder.cli.commands.check
    import builder.cli.commands.clean
    import builder.cli.commands.init
    import builder.cli.problem_output
    import builder.cli.signals
    import builder.cli.summary
    import builder.incremental.up_to_date
    import builder.render.jinja_env
    import builder.render.templates  # noqa: F401 - loaded, so that each copy has it

    answers = os.dup(1)
    for line in sys.stdin.buffer:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            os.close(answers)
            _become(order)
        os.write(answers, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _become(order):
    import resource
    import traceback

    from builder.__main__ import run

    try:
        streams = [os.open(os.devnull, os.O_RDONLY), *(os.open(path, os.O_WRONLY) for path in order["streams"])]
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["cwd"])
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if order["most_memory"] is not None:
            # Data and not addresses: a thread or a library reserves addresses that it never uses.
            resource.setrlimit(resource.RLIMIT_DATA, (order["most_memory"],) * 2)
        sys.argv = ["backstory", *order["arguments"]]
        run()
    except BaseException:  # noqa: BLE001 - it must not go on as a second server
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(3)


if __name__ == "__main__":
    _serve()
