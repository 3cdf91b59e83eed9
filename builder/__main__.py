"""The command `backstory`, and `python -m builder`: a process of its own, that ends when the work is done."""

import atexit
import gc
import os
import sys

from builder.cli import main

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> "NoReturn":
    """Run the command line of this process, and end it.

    What a build has made of thousands of files is neither searched for what could go nor taken apart piece by piece, which would take a tenth
    of an edit's build: the system takes the memory back at once.
    """
    code = main()
    gc.disable()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # whoever read our output has gone: Python's own end tells so
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - what others have asked for at the end; it has no public name
    os._exit(code)


if __name__ == "__main__":
    run()
