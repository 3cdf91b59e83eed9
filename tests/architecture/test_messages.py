"""What authors and readers are told: every string of the code that is a sentence for people."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOR_PROGRAMS = {
    "build/dask_executor.py",
    "checks/unsaid_words.py",
    "content/quotations/negations.py",
    "i18n/lexicons/english.py",
    "publish/git.py",
    "publish/problems.py",
}
"""Files with patterns of what others write: texts, and the output of programs."""
STRAIGHT = re.compile(r"[^\W\d_]'(?:s|t|d|re|ll|ve)\b")


def strings(code: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each string of a module that is no docstring."""
    nodes = list(ast.walk(ast.parse(code)))
    blocks = [node.body for node in nodes if isinstance(getattr(node, "body", None), list)]
    told = {id(statement.value) for block in blocks for statement in block if isinstance(statement, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "code, found",
    [('"""The file\'s own."""\nhelp = "Delete the file’s key."', False), ('help = f"Delete the file\'s {key}."', True)],
)
def test_a_straight_apostrophe_is_told(code, found):
    assert any(STRAIGHT.search(text) for _, text in strings(code)) == found


def test_messages_have_the_apostrophe_of_printers():
    builder = ROOT / "builder"
    paths = [path for path in sorted(builder.rglob("*.py")) if path.relative_to(builder).as_posix() not in FOR_PROGRAMS]
    assert [
        f"{path.relative_to(ROOT)}:{line}: {text[:80]}"
        for path in paths
        # Most have none, and parsing all takes seconds.
        if STRAIGHT.search(code := path.read_text("utf-8"))
        for line, text in strings(code)
        if STRAIGHT.search(text)
    ] == []


def test_only_the_class_says_that_nothing_was_sent():
    calls = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node))
        for path in sorted((ROOT / "builder").rglob("*.py"))
        if re.search(r"(?:PublishProblem|NothingSent)\(", code := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"PublishProblem", "NothingSent"}
    ]
    assert [place for place, code in calls if "Nothing was sent" in code] == []
    assert len(calls) > 40


@pytest.mark.parametrize("catalogue", sorted(path.name for path in (ROOT / "builder/i18n/catalogues").glob("*.po")))
def test_the_interface_has_the_apostrophe_of_printers(catalogue):
    lines = (ROOT / "builder/i18n/catalogues" / catalogue).read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and STRAIGHT.search(line)] == []
