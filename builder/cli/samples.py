"""The sample explainers of `backstory init`: a newsroom that publishes is told while they are still in its site as they were."""

from pathlib import Path

from builder.content import reading
from builder.diagnostics import Diagnostic, Place
from builder.output.ordinary import read_ordinary


def notes(root: Path) -> tuple[str, ...]:
    """Return a line if explainers of the site at `root` are samples that nobody has changed.

    It is no problem that stops anything: a first publish may well be one of the samples.
    """
    samples = sorted(path.relative_to(reading.STARTER).as_posix() for path in (reading.STARTER / "content/explainers").glob("*.md"))
    found = [path for path in samples if _is_unchanged(root / path, reading.STARTER / path)]
    if not found:
        return ()
    what = f"{found[0]} is a sample" if len(found) == 1 else f"{' and '.join(found)} are samples"
    advice = f"Change or delete {'it' if len(found) == 1 else 'them'}."
    problem = Diagnostic("sample-published", f"{what} of “backstory init”, and published with your site.", Place(found[0]), help=advice)
    return (f"{problem.message} {problem.help} [{problem.code}]",)


def _is_unchanged(path: Path, sample: Path) -> bool:
    try:
        return path.stat().st_size == sample.stat().st_size and read_ordinary(path) == sample.read_bytes()
    except OSError:
        return False
