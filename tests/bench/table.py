"""The table of a run, and the part of README.md that it is kept in."""

import os
import platform
import re
import statistics
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.generators import LIKE_OURS, ROOT, Generator

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- Written by `make bench`. -->", "<!-- End of what is written by `make bench`. -->"

PHASES = {
    "cold": "cold",
    "images": "cold, images on",
    "same": "nothing changed",
    "body": "a body edited",
    "title": "a title edited",
    "quote": "a quote edited",
    "rename": "a shared actor renamed",
    "open": "preview: first page",
    "saved body": "preview: a body saved",
    "saved quote": "preview: a quote saved",
    "annotated": "preview: a quote annotated",
}

GOALS = {
    (100, "cold"): 2.0,
    (1000, "cold"): 1.8,
    (1000, "same"): 0.02,
    (1000, "body"): 0.08,
    (1000, "title"): 0.2,
    (1000, "quote"): 0.1,
    (1000, "rename"): 0.4,
    (1000, "largest"): 0.7,
    (1000, "memory"): 1.2,
    (1000, "like ours"): 1.4,
}
"""What our part of Hugo's time is to be at most, by explainers and phase; for `like ours`, of its processor time for as many files and bytes as ours."""

AT_ONCE = {
    (100, "saved body"): 0.05,
    (100, "saved quote"): 0.05,
    (1000, "same"): 0.05,
    (1000, "open"): 0.3,
    (1000, "saved body"): 0.05,
    (1000, "saved quote"): 0.05,
    (1000, "annotated"): 0.15,
}
"""The seconds that it is to take at most, by explainers and phase."""


def about(versions: dict[str, str], missing: dict[str, str]) -> str:
    """Say what was measured, on what, and when."""
    system = platform.freedesktop_os_release()["PRETTY_NAME"] if Path("/etc/os-release").exists() else platform.platform()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    lines = [
        f"Measured on {datetime.now(UTC):%Y-%m-%d, %H:%M} UTC, revision {_revision()}.",
        f"Machine: {_processor()}, {cores} cores, {memory:.0f} GB; {system}; Python {platform.python_version()}; load when it began {load}.",
        "Versions: " + ", ".join(f"{name} {_short(version)}" for name, version in versions.items()) + ".",
        *(["PYTHONDONTWRITEBYTECODE was set; it is not for what is measured."] if os.environ.get("PYTHONDONTWRITEBYTECODE") else []),
        *(f"Missing: {name}, since {reason}." for name, reason in missing.items()),
    ]
    return "  \n".join(lines)


def _short(version: str) -> str:
    """Take the numbers out of what a program says of its version."""
    found = re.search(r"\d+(\.\d+)+", version)
    return found[0] if found else version


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _revision() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = " with changes that are in no revision" if git("status", "--porcelain", "--", "builder", "templates") else ""
    return (git("rev-parse", "--short", "HEAD") or "unknown") + changed


def written(generators: list[Generator], phases: list[str], results: list[dict], missing: dict[str, str]) -> str:
    """Return the table: seconds are medians of the rounds, ratios medians of what each round gives."""
    head = ["N", "build", "goal"]
    for of in generators:
        head += [of.title, *([] if of.name == "hugo" else ["÷ Hugo"]), "CPU s"]
    rows = [head]
    for result in results:
        rows += _rows(generators, phases, result, missing)
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    failed = [
        f"{of.title} failed at {result['number']}: {result['failed'][of.name]}."
        for result in results
        for of in generators
        if of.name in result["failed"]
    ]
    shared = "; ".join(f"{result['users']} of {result['number']} explainers in {result['rounds']} rounds" for result in results)
    told = (
        "Seconds are medians of the rounds, ratios medians of the ratios in each round; memory in MB. The renamed actor is used by "
        + shared
        + "."
    )
    told += " A dash stands where a generator has no page that could show the edit." if any("–" in row for row in rows) else ""
    gone = [f"{name} is missing: {reason}." for name, reason in missing.items()]
    return "\n".join([*lines, "", told, *gone, *failed])


def _rows(generators: list[Generator], phases: list[str], result: dict, missing: dict[str, str]) -> list[list[str]]:
    number, runs = result["number"], result["runs"]
    rows = []
    for phase in (phase for phase in phases if any(found.get(phase) for found in runs.values())):
        row = []
        for of in generators:
            walls = _of(runs, of.name, phase, "wall")
            ratios = _ratios(runs, of.name, phase, "wall")
            cells = [_number(walls) or _why(of, result, missing), _number(ratios), _number(_of(runs, of.name, phase, "cpu"))]
            row += cells if of.name != "hugo" else [cells[0], cells[2]]
        seconds = statistics.median(ours) if (ours := [x for x in _of(runs, "backstory", phase, "wall") if x]) else None
        rows.append([str(number), f"{PHASES[phase]}, s", _goal(number, phase, _ratios(runs, "backstory", phase, "wall"), seconds), *row])
        if phase == "cold" and any(of.dialect == LIKE_OURS for of in generators):
            rows.append(_like_ours(generators, result))
    largest = {of.name: _of(runs, of.name, "cold", "largest") for of in generators}
    together = {of.name: [result["memory"].get(of.name)] for of in generators}
    pages = {of.name: [result["pages"].get(of.name)] for of in generators}
    for label, values, goal in (
        ("memory, largest process", largest, "largest"),
        ("memory, all processes", together, "memory"),
        ("pages made", pages, ""),
        ("files made", {name: [found[0]] for name, found in result["files"].items()}, ""),
        ("MB made", {name: [found[1] / 2**20] for name, found in result["files"].items()}, ""),
    ):
        row, ours = [], []
        for of in generators:
            own = values.get(of.name, [])
            ratios = [mine / theirs for mine, theirs in zip(own, values.get("hugo", [None]), strict=False) if mine and theirs]
            ours = ratios if of.name == "backstory" else ours
            cell = f"{statistics.median(found):.0f}" if (found := [x for x in own if x]) else _why(of, result, missing)
            row += [cell, ""] if of.name == "hugo" else [cell, _number(ratios), ""]
        rows.append([str(number), label, _goal(number, goal, ours, None) if goal else "", *row])
    return rows


def _like_ours(generators: list[Generator], result: dict) -> list[str]:
    """Return the row with our processor time as a multiple of Hugo's, which makes as many files and bytes."""
    runs = result["runs"]
    theirs = next(of.name for of in generators if of.dialect == LIKE_OURS)
    pairs = zip(_of(runs, "backstory", "cold", "cpu"), _of(runs, theirs, "cold", "cpu"), strict=False)
    ratios = [mine / other for mine, other in pairs if mine and other]
    cells = [_number(ratios) if of.name == "backstory" else "" for of in generators]
    row = [cell for of, number in zip(generators, cells, strict=True) for cell in ([number, ""] if of.name == "hugo" else [number, "", ""])]
    goal = _goal(result["number"], "like ours", ratios, None)
    return [str(result["number"]), "cold, CPU ÷ Hugo, our pages", goal, *row]


def _of(runs: dict, name: str, phase: str, what: str) -> list[float | None]:
    return [run and run[what] for run in runs.get(name, {}).get(phase, [])]


def _ratios(runs: dict, name: str, phase: str, what: str) -> list[float]:
    """Return the ratios to Hugo, each within a round."""
    pairs = zip(_of(runs, name, phase, what), _of(runs, "hugo", phase, what), strict=False)
    return [mine / theirs for mine, theirs in pairs if mine and theirs]


def _number(values: list[float | None]) -> str:
    there = [value for value in values if value is not None]
    if not there:
        return ""
    middle = statistics.median(there)
    return f"{middle:.3f}" if middle < 0.1 else f"{middle:.2f}"


def _why(of: Generator, result: dict, missing: dict[str, str]) -> str:
    """Say why a cell has no number."""
    if of.name in missing:
        return "missing"
    return "failed" if of.name in result["failed"] else "–"


def _goal(number: int, phase: str, ratios: list[float], seconds: float | None) -> str:
    goal, limit = GOALS.get((number, phase)), AT_ONCE.get((number, phase))
    if goal is None and limit is None:
        return ""
    reached = goal is None or (bool(ratios) and statistics.median(ratios) <= goal)
    reached = reached and (limit is None or (seconds is not None and seconds < limit))
    said = ", ".join([*([str(goal)] if goal is not None else []), *([f"{limit} s"] if limit is not None else [])])
    return f"{said}: {'reached' if reached else 'missed'}"


def keep(told: str) -> None:
    """Put what was measured into README.md, in place of what stood there."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", "utf-8")
