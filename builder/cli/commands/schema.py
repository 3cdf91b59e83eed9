"""`backstory schema`: the format for editors and other programs."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli
from builder.cli import problem_output
from builder.content.json_schema import FILE_KINDS, schema

if TYPE_CHECKING:
    from argparse import Namespace


def run(args: "Namespace") -> int:
    """Run the command."""
    return write_schema(args.kind, Path(args.output) if args.output is not None else None)


def write_schema(kind: str | None, output: Path | None) -> int:
    """Write the schema of a kind to standard output, or into a folder: that of all kinds where none is named."""
    if output is None:
        if kind is None:
            print(f"backstory: name a kind ({', '.join(FILE_KINDS)}), or a folder for all of them: --output schema", file=sys.stderr)
            return cli.USAGE
        print(problem_output.in_json(schema(kind), indent=2))
        return cli.FINE
    texts = {
        file_kind: json.dumps(schema(file_kind), ensure_ascii=False, indent=2) + "\n"
        for file_kind in ([kind] if kind is not None else FILE_KINDS)
    }
    try:
        output.mkdir(parents=True, exist_ok=True)
        for file_kind, text in texts.items():
            (output / f"{file_kind}.schema.json").write_text(text, "utf-8")
    except OSError as error:
        from builder.content.reading import reason  # late: printing a schema needs no file access

        print(f"backstory: {error.filename or output} could not be written: {reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    print(f"Wrote {', '.join(f'{file_kind}.schema.json' for file_kind in texts)} into {output}.")
    return cli.FINE
