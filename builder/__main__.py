"""The command `backstory`, and `python -m builder`: a process of its own, that ends when the work is done."""

import atexit
import gc
import os
import sys

from builder.cli import FINE, PROBLEMS, main
from builder.cli.streams import Outlet

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from typing import NoReturn


def run() -> "NoReturn":
    """Run the command line of this process, and end it.

    What a build has made of thousands of files is neither searched for what could go nor taken apart piece by piece, which would take a tenth
    of an edit's build: the system takes the memory back at once.
    """
    out, err = Outlet(sys.stdout), Outlet(sys.stderr)
    sys.stdout, sys.stderr = out, err
    code = main()
    gc.disable()
    out.flush()
    if out.failed is not None:
        print(f"backstory: the output could not be written: {(out.failed.strerror or str(out.failed)).lower()}.", file=err)
        code = PROBLEMS if code == FINE else code
    err.flush()
    atexit._run_exitfuncs()  # noqa: SLF001 - what others have asked for at the end; it has no public name
    os._exit(code)


if __name__ == "__main__":
    run()
