"""The sample explainers and settings of `backstory init`: the summary of a publish warns as long as they are in the site unchanged."""

from collections.abc import Sequence
from pathlib import Path

from builder.content import reading
from builder.diagnostics import Diagnostic, Location
from builder.output.regular_files import read_ordinary

_SETTINGS = "content/site.yaml"
_SEEN = ("title", "tagline", "description", "footer")
"""Keys of the settings whose words readers see."""
_DRAFT = b"\nstatus: draft"


def notes(root: Path) -> tuple[str, ...]:
    """Return a line if explainers of the site at `root` are unchanged samples, and one if its settings call other texts made up.

    It is no problem that stops anything: a first publish may well be one of the samples.
    """
    samples = sorted(path.relative_to(reading.STARTER).as_posix() for path in (reading.STARTER / "content/explainers").glob("*.md"))
    found = [path for path in samples if _is_unchanged(root / path, reading.STARTER / path)]
    kept = _settings_kept(root) if _has_own(root, found) else ()
    problems = []
    if kept:
        keys = ", ".join(f"“{key}”" for key in kept)
        said = f"{_SETTINGS} still has the words of “backstory init” under {keys}, and readers see them on your pages."
        problems.append(Diagnostic("sample-published", said, Location(_SETTINGS), help="Write your own."))
    if found:
        problems.insert(0, _samples(found))
    return tuple(f"{problem.message} {problem.help} [{problem.code}]" for problem in problems)


def _samples(found: Sequence[str]) -> Diagnostic:
    what = f"{found[0]} is a sample" if len(found) == 1 else f"{' and '.join(found)} are samples"
    advice = f"Change or delete {'it' if len(found) == 1 else 'them'}."
    return Diagnostic("sample-published", f"{what} of “backstory init”, and published with your site.", Location(found[0]), help=advice)


def _has_own(root: Path, samples: Sequence[str]) -> bool:
    """Return whether a site has an explainer that is neither a sample nor a draft."""
    others = (path for path in (root / "content/explainers").rglob("*.md") if path.relative_to(root).as_posix() not in samples)
    return any(_DRAFT not in _read(path) for path in others)


def _settings_kept(root: Path) -> tuple[str, ...]:
    """Return the keys of the settings that have the words of the samples, unchanged."""
    own, samples = _read(root / _SETTINGS).splitlines(), (reading.STARTER / _SETTINGS).read_bytes().splitlines()
    same = [line.partition(b":")[0].decode() for line in samples if line in own]
    return tuple(key for key in _SEEN if key in same)


def _read(path: Path) -> bytes:
    try:
        return read_ordinary(path)
    except OSError:
        return b""


def _is_unchanged(path: Path, sample: Path) -> bool:
    try:
        return path.stat().st_size == sample.stat().st_size and read_ordinary(path) == sample.read_bytes()
    except OSError:
        return False
