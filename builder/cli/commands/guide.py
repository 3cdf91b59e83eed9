"""`backstory guide`: the section of the guide about a problem, in the terminal."""

import sys
from typing import TYPE_CHECKING

from builder import cli
from builder.build.guide_site import section
from builder.diagnostics import CODES, did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace


def run(args: "Namespace") -> int:
    """Run the command."""
    return print_section(args.code)


def print_section(code: str) -> int:
    """Print the section of a code; without one, what there are sections of."""
    if not code:
        width = max(map(len, CODES))
        print("\n".join(f"{code.ljust(width)}  {known.about}" for code, known in CODES.items()))
        return cli.FINE
    asked = code.strip("[]")
    if "/" in asked:
        plugin = asked.partition("/")[0]
        print(f"backstory: “{asked}” is a problem that the plugin “{plugin}” reports. See its documentation.", file=sys.stderr)
        return cli.USAGE
    if asked not in CODES:
        print(f"backstory: no problem has the code “{code}”. {did_you_mean(asked, CODES)}".rstrip(), file=sys.stderr)
        return cli.USAGE
    print(section(asked) or CODES[asked].about, end="")
    return cli.FINE
