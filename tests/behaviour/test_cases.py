"""Whole builds, a folder a case: `tests/cases/<name>/content/`, and beside it `expected.txt` with the problems as an author reads them,
the files that are made, and the words of the pages that the case is about (named in `pages.txt`).

`BACKSTORY_APPROVE=1 pytest tests/behaviour/test_cases.py` writes the expected output anew: then read the difference before you commit it.
"""

import os
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from builder import diagnostics
from builder.build.pipeline import Options, build
from builder.content.source_lines import line_of

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if (path / "content").is_dir())
APPROVE = os.environ.get("BACKSTORY_APPROVE") == "1"


def told(root: Path, output: Path) -> str:
    report = build(Options(root, output, jobs=1))
    parts = [diagnostics.in_words(problem, line_of(root, problem.location)) + "\n" for problem in report.diagnostics]
    parts.append(f"({diagnostics.count_in_words(report.diagnostics)})\n")
    if report.plan is None:
        return "\n".join([*parts, "Nothing was written.\n"])
    asked = (root / "pages.txt").read_text("utf-8").split() if (root / "pages.txt").exists() else []
    parts.append("Files:\n" + "".join(f"  {step.path}\n" for step in report.plan.write if not step.path.startswith("assets/")))
    for page in asked:
        main = LexborHTMLParser((output / page).read_text("utf-8")).css_first("main")
        words = [" ".join(line.split()) for line in main.text(separator="\n").split("\n")]
        parts.append(f"--- {page} ---\n" + "".join(f"{line}\n" for line in words if line))
    return "\n".join(parts)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_builds_as_approved(name, tmp_path):
    found = told(CASES / name, tmp_path / "out")
    expected = CASES / name / "expected.txt"
    if APPROVE:
        expected.write_text(found, "utf-8")
    assert expected.read_text("utf-8") == found


def test_there_are_cases():
    assert len(NAMES) >= 10
