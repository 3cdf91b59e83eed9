"""Kills builds of a small site and looks at what they leave; run by `test_killed` in a process of its own, from which each build is forked.

    python -m tests.faults.killing FOLDER each|each-in-two-steps|each-laid-as-made|each-on-the-former|each-laid-on-the-former|each-by-what-is-known|each-laid-by-what-is-known|random

Prints what is wrong, a line each, and last how many were killed.
"""

import os
import random
import shutil
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from builder import output
from builder.build import pipeline as road
from builder.build.pipeline import build
from builder.output import plan, writer
from builder.output.plan import MANIFEST, encode
from tests.effort import effort
from tests.faults import disk

STRIDE = effort(5, 1)
"""Which writes are met: every one, or one of some, so that the run ends soon."""

WAYS = (("old", "new"), ("new", "old"), ("old", "word"), ("word", "old"))


class Site:
    def __init__(self, root):
        self.root = root
        self.output = root / "site"
        disk.compile_once()
        self.clean = disk.states(root)
        self.wrong = []
        self.killed = 0

    def now(self):
        """Which state the published folder is in; "" where it is none, "nothing" where there is no folder."""
        found = disk.tree(self.output)
        return next((state for state, tree in self.clean.items() if tree == found), "" if self.output.exists() else "nothing")

    def shown(self):
        """Return the same of what readers see: all but the manifest."""
        found = readers(disk.tree(self.output))
        return next((state for state, tree in self.clean.items() if readers(tree) == found), "" if self.output.exists() else "nothing")

    def restore(self, state):
        if self.now() != state:
            shutil.rmtree(self.output, ignore_errors=True)
            shutil.copytree(self.root / f"clean-{state}", self.output)

    def child(self, act=None, *, at_once=True, by_known=False):
        """Begin a build; return its process. `by_known`: it fails where it does not come by what is known of the former folder."""
        process = os.fork()
        if process:
            return process
        try:
            if by_known:
                writer.stage_all = lambda *_: os._exit(2)
            with disk.writes(act or (lambda *_: None), at_once=at_once):
                build(disk.options(self.root))
            os._exit(0)
        finally:
            os._exit(1)

    def heal(self, state, told):
        """Build once more, in peace."""
        disk.write_site(self.root, state)
        build(disk.options(self.root))
        if self.now() != state:
            self.wrong.append(f"{told}: the next build did not set it right")
        left = [path.name for path in self.root.iterdir() if ".backstory-" in path.name]
        if left:
            self.wrong.append(f"{told}: {left} stays")

    def keep_former(self):
        """Lay what an earlier build would have kept: names of files that are still published, of one that is no more, and a file that has changed."""
        former = output.previous_folder(self.root, self.output)
        shutil.copytree(self.output, former, copy_function=os.link)
        (former / "old").mkdir()
        (former / "old/index.html").write_text("gone since")
        (former / "index.html").unlink()
        (former / "index.html").write_text("changed since")

    def keep_known(self, before, after):
        """Build so often that the next build knows in what the former folder differs."""
        shutil.rmtree(self.output, ignore_errors=True)
        for state in (before, after, before):
            disk.write_site(self.root, state)
            with patch.object(
                plan, "encode", lambda manifest: (time.sleep(0.01), encode(manifest))[1]
            ):  # else all folders are too young to be trusted
                build(disk.options(self.root))

    def each(self, *, at_once, on_former=False, by_known=False):
        """Kill before every single write, on every way from a state to another; then set right, or take the change back first."""
        for before, after in WAYS[:2] if by_known else WAYS[::2] if at_once else WAYS[:1]:
            for n in range(1, 10_000, STRIDE):
                shutil.rmtree(self.root / ".backstory", ignore_errors=True)
                if by_known:
                    self.keep_known(before, after)
                self.restore(before)
                if on_former:
                    self.keep_former()
                disk.write_site(self.root, after)

                def kill(count, _name, _arguments, n=n):
                    if count == n:
                        os.kill(os.getpid(), signal.SIGKILL)

                _, status = os.waitpid(self.child(kill, at_once=at_once, by_known=by_known), 0)
                told = f"{before} to {after}, before write {n}"
                if not os.WIFSIGNALED(status):
                    if status or self.now() != after:
                        self.wrong.append(f"{told}: the build failed by itself")
                    break
                self.killed += 1
                if self.shown() not in ({before, after} if at_once else {before, after, "nothing"}):
                    self.wrong.append(f"{told}: neither the old nor the new")
                if self.shown() == "nothing":
                    with output.locked(self.output):  # whoever comes next, and if only to look
                        pass
                    if self.shown() not in {before, after}:
                        self.wrong.append(f"{told}: the folder did not come back")
                if after == "word":
                    self.heal(before, told)  # the harder of the two: nothing in the content tells that the page is another
                elif n // STRIDE % 3 == 0:
                    self.heal((before, after)[n % 2], told)

    def random(self, times):
        """Kill at any moment of a build's life."""
        self.restore("old")
        choose = random.Random(7)
        longest = 0.02
        states = [choose.choice(("old", "new", "word")) for _ in range(times)]
        done = 0
        for n, (before, after) in enumerate(pairwise(["old", *states])):
            disk.write_site(self.root, after)
            began = time.monotonic()
            process = self.child()
            time.sleep(longest * choose.random())
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            killed = os.WIFSIGNALED(status)
            self.killed += killed
            done += not killed
            # Some shall come to their end: then the moments are spread over a whole life, however busy the machine is.
            longest = longest * 1.15 if killed else max(0.02, longest * 0.6)
            if not self.shown():
                self.wrong.append(f"{before} to {after}, killed after {time.monotonic() - began:.3f} s: a mixture")
            if n % 10 == 0:
                self.heal(after, f"{before} to {after} at random")
        if not done:
            self.wrong.append("no build came to its end")


def readers(tree):
    return {path: data for path, data in tree.items() if path != MANIFEST}


def main():
    site = Site(Path(sys.argv[1]))
    if sys.argv[2] == "random":
        site.random(110)
    else:
        if "-laid-" in sys.argv[2]:  # as pages of a large site are
            road.WRITTEN_EARLY_FROM = 1
        site.each(
            at_once=sys.argv[2] != "each-in-two-steps",
            on_former=sys.argv[2].endswith("-on-the-former"),
            by_known=sys.argv[2].endswith("-known"),
        )
    print("\n".join([*site.wrong, str(site.killed)]))


if __name__ == "__main__":
    main()
