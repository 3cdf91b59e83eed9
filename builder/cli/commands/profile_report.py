"""`backstory build --profile`: how long each stage of a build took."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from builder import __version__
from builder.build.timings import STAGES, Profile, memory

if TYPE_CHECKING:
    from builder.output.plan import Plan

SLOWEST = 10
"""Files and pages that are named."""

WORDS = {
    "read": "content read",
    "recall": "files known from before",
    "parse": "files parsed",
    "join": "records joined",
    "views": "pages listed",
    "check": "checks",
    "copies": "copied files looked at",
    "search": "search index",
    "known": "pages known from before",
    "make": "pages made",
    "write": "files written",
    "remember": "kept for the next build",
}
"""Names of the stages in the first column."""


def as_data(profile: Profile, took: float, plan: "Plan | None") -> dict[str, Any]:
    """Return a profile for programs: all seconds, counts and reasons."""
    stages = {name: profile.stages[name] for name in STAGES if name in profile.stages}
    peak = memory()
    return {
        "seconds": _rounded(took),
        "memory_mb": {"own": round(peak[0], 1), "largest_started": round(peak[1], 1)} if peak is not None else None,
        "stages": [
            {
                "stage": name,
                "seconds": _rounded(spent.seconds),
                "cpu_seconds": _rounded(spent.processor),
                "number": spent.number,
                "share": round(spent.seconds / took, 4) if took else 0,
            }
            for name, spent in stages.items()
        ],
        "reasons": [{"reason": reason, "number": number} for reason, number in _reasons(plan)],
        "templates": [{"template": name, "number": number, "seconds": _rounded(took)} for name, number, took in _templates(profile)],
        "slowest_pages": [{"path": path, "template": template, "seconds": _rounded(took)} for path, template, took in _pages(profile)],
        "slowest_files": [{"path": path, "seconds": _rounded(took)} for path, took in _files(profile)],
    }


def in_words(profile: Profile, took: float, plan: "Plan | None") -> Iterator[str]:
    """Yield a profile for a person, a line each."""
    peak = memory()
    most = f", at most {peak[0]:.0f} MB of memory" if peak is not None else ""
    most += f" and {peak[1]:.0f} MB in a process beside it" if peak is not None and peak[1] else ""
    yield f"Profile of Backstory {__version__}: {took:.2f} s{most}."
    rows = [
        (WORDS[name], f"{spent.seconds:.3f}", f"{spent.processor:.3f}", f"{spent.seconds / took:.0%}" if took else "", _count(spent.number))
        for name in STAGES
        if (spent := profile.stages.get(name)) is not None
    ]
    rest = max(0.0, took - sum(spent.seconds for spent in profile.stages.values()))
    rows.append(("all else", f"{rest:.3f}", "", f"{rest / took:.0%}" if took else "", ""))
    yield from _table(("stage", "seconds", "CPU s", "share", "number"), rows)
    why = [(reason, str(number)) for reason, number in _reasons(plan)]
    yield from _table(("why files were written", "number"), why)
    templates = [(name, _ms(seconds), str(number), _ms(seconds / number)) for name, number, seconds in _templates(profile)]
    yield from _table(("template", "ms", "pages", "ms a page"), templates)
    yield from _table(("slowest pages", "ms"), [(path, _ms(seconds)) for path, _, seconds in _pages(profile)])
    yield from _table(("slowest files to parse", "ms"), [(path, _ms(seconds)) for path, seconds in _files(profile)])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table with words in the first column and figures in the others; nothing if it has no row."""
    rows = list(rows)
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    yield ""
    for row in (head, *rows):
        yield "  ".join((row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)))).rstrip()


def _reasons(plan: "Plan | None") -> list[tuple[str, int]]:
    found = Counter(action.reason for action in plan.write) if plan is not None else Counter[str]()
    return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))


def _templates(profile: Profile) -> list[tuple[str, int, float]]:
    """Return each template with the number of its pages and their seconds, the dearest first."""
    number: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    for _, template, took in profile.rendered:
        number[template] += 1
        seconds[template] = seconds.get(template, 0.0) + took
    return sorted(((name, number[name], took) for name, took in seconds.items()), key=lambda entry: (-entry[2], entry[0]))


def _pages(profile: Profile) -> list[tuple[str, str, float]]:
    return sorted(profile.rendered, key=lambda entry: (-entry[2], entry[0]))[:SLOWEST]


def _files(profile: Profile) -> list[tuple[str, float]]:
    return sorted(profile.parsed, key=lambda entry: (-entry[1], entry[0]))[:SLOWEST]


def _count(number: int) -> str:
    return str(number) if number else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _rounded(seconds: float) -> float:
    return round(seconds, 6)
