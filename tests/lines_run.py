"""How much a function works, in lines of Python that run: the same on any machine, however busy."""

import sys
from collections.abc import Callable


def lines_run(function: Callable[[], object]) -> int:
    """Call a function, and return the number of lines of Python that ran."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count
