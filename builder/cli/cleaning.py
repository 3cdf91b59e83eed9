"""`backstory clean`: delete what can be made again, and nothing else."""

import sys
from pathlib import Path

from builder import cli, files


def clean(root: Path, output: Path) -> int:
    """Delete the output folder and what is remembered below `root`."""
    if files.holds_own(output, root):
        print(f"backstory: --output cannot be {output}: it holds the site's own files.", file=sys.stderr)
        return cli.USAGE
    try:
        with files.alone(output):
            gone = [f"{folder}/" for folder in (output, root / files.KEPT) if files.remove(folder, ours=folder != output)]
    except files.OutputProblem as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.PROBLEMS
    kept = f" What others put into {output}/ stays." if output.exists() else ""
    print(f"Deleted {' and '.join(gone)}.{kept}" if gone else "There was nothing to delete.")
    return cli.FINE
