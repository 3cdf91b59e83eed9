"""Dask clusters on this machine, over TCP, each scheduler and worker a process of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import distributed

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 60


def until(true, what):
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


class Cluster:
    """A scheduler, and the workers that it is given."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.names = {}
        self.running = contextlib.ExitStack()
        told = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", told)
        until(lambda: told.exists() and told.read_text().endswith("}"), "the scheduler does not start")
        self.address = json.loads(told.read_text())["address"]
        self.client = distributed.Client(self.address, timeout=PATIENCE, set_as_default=False)

    def _start(self, program, *arguments):
        with (self.folder / f"{program}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *map(str, arguments)],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                stdout=log,
                stderr=log,
            )
        self.running.enter_context(process)
        self.running.callback(process.kill)
        return process

    def add(self, number=1, preload=""):
        """Start workers, with Python that is run in each before it works, and return their processes."""
        more = []
        if preload:
            file = self.folder / f"preload_{len(preload)}.py"
            file.write_text(preload)
            more = ["--preload", file]
        before = len(self.client.nthreads())
        here = ("--host", "127.0.0.1", "--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", self.folder)
        processes = []
        for n in range(before, before + number):
            processes.append(self._start("dask_worker", self.address, *here, "--name", f"worker-{n}", *more))
            self.names[processes[-1].pid] = f"worker-{n}"
        until(lambda: len(self.client.nthreads()) == before + number, "the workers do not come")
        return processes

    def remove(self, process):
        before = len(self.client.nthreads())
        process.kill()
        process.wait()
        until(lambda: len(self.client.nthreads()) == before - 1, "the worker is not missed")

    def busy(self, process):
        """Say whether a worker has been given something that it has not done."""
        workers = self.client.scheduler_info()["workers"]
        return any(workers[worker]["name"] == self.names[process.pid] and tasks for worker, tasks in self.client.processing().items())

    def close(self):
        with contextlib.suppress(Exception):
            self.client.close(timeout=2)
        self.running.close()


@contextlib.contextmanager
def cluster(folder, workers):
    """Give a cluster and end it."""
    made = Cluster(folder)
    try:
        if workers:
            made.add(workers)
        yield made
    finally:
        made.close()


def stop(process):
    """Let a process stand still, as a machine does that is out of reach."""
    os.kill(process.pid, signal.SIGSTOP)
