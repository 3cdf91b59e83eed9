"""`backstory clean`: delete what can be made again, and nothing else."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli, output as output_files
from builder.incremental import small_files

if TYPE_CHECKING:
    from argparse import Namespace


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    return clean(root, Path(cli.absolute_path(args.output)) if args.output is not None else root / "site")


def clean(root: Path, output: Path) -> int:
    """Delete the output folder and what is remembered below `root`."""
    if output_files.overlaps_sources(output, root):
        print(f"backstory: --output cannot be {output}: it holds the site’s own files.", file=sys.stderr)
        return cli.USAGE
    try:
        with output_files.locked(output):
            gone = [
                f"{folder}/" for folder in (output, root / small_files.STATE_FOLDER) if output_files.remove(folder, ours=folder != output)
            ]
    except output_files.OutputProblem as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.PROBLEMS
    kept = f" What others put into {output}/ stays." if output.exists() else ""
    print(f"Deleted {' and '.join(gone)}.{kept}" if gone else "There was nothing to delete.")
    return cli.FINE
