"""`backstory annotate`: the proposals of a draft, one by one."""

import sys
from pathlib import Path

from builder import cli


def annotate(root: Path, file: str) -> int:
    """Go through the proposals of an explainer. Returns the exit code."""
    print(f"backstory: {file} in {root} has no proposals.", file=sys.stderr)
    return cli.USAGE
