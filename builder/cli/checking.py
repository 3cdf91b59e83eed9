"""`backstory check`: everything that `build` would tell, and nothing written."""

import sys

from builder import cli
from builder.build import Options, look
from builder.cli import telling
from builder.cli.building import base_url_is_wrong, progress


def check(options: Options, *, format_: str) -> int:
    """Look for problems and tell them."""
    if base_url_is_wrong(options):
        return cli.USAGE
    with progress(shown=telling.watched(format_)) as show:
        seen = look(options, progress=show)
    stops = seen.stops(strict=options.strict)
    if format_ != telling.TEXT:
        telling.to_program(seen.diagnostics, options.root, format_, {"command": "check", "fine": not stops})
        return cli.PROBLEMS if stops else cli.FINE
    telling.in_words(seen.diagnostics, options.root, sys.stdout)
    number = len(seen.tree.texts) + (seen.tree.settings is not None)
    files = "1 file" if number == 1 else f"{number} files"
    print(f"{telling.told(seen.diagnostics)} in {files}." + (f" {telling.why_stopped(seen.diagnostics, 'check')}" if stops else ""))
    return cli.PROBLEMS if stops else cli.FINE
