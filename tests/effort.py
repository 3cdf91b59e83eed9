"""How much of a long test is made: a part of it in `make test`, which must end soon and come out the same each time, all of it in `make soak`."""

import os

SOAK = bool(os.environ.get("BACKSTORY_SOAK"))


def effort(part, whole):
    """Return one of two amounts, such as numbers of examples: the second in `make soak`."""
    return whole if SOAK else part
