"""Every test asserts something, itself or in a helper that it calls."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CHECKS = {"fail", "raises", "warns", "wait_for", "wait_for_function", "check_schema"}
"""Functions of others that raise where something is not so."""


def calls(function):
    """Return the names of what a function calls; `raises` for an assertion, and for a program that must succeed."""
    found = set()
    for part in ast.walk(function):
        if isinstance(part, ast.Assert) or (isinstance(part, ast.keyword) and part.arg == "check" and ast.unparse(part.value) == "True"):
            found.add("raises")
        elif isinstance(part, ast.Call):
            found.add(part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", ""))
    return found


def without_assertion(sources):
    """Return the tests in some texts of Python that assert nothing."""
    functions = [
        (node.name, calls(node))
        for text in sources
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    asserting = set(CHECKS)
    while more := {name for name, called in functions if name not in asserting and called & asserting}:
        asserting |= more
    return [name for name, called in functions if name.startswith("test_") and not called & asserting]


def test_each_test_asserts_something():
    assert without_assertion(path.read_text("utf-8") for path in sorted(TESTS.rglob("*.py"))) == []


@pytest.mark.parametrize(
    "body, is_seen",
    [
        ("pass", True),
        ("run(1)", True),
        ("helper()", False),
        ("assert x", False),
        ("with pytest.raises(E): f()", False),
        ("run(x, check=True)", False),
    ],
)
def test_a_test_without_an_assertion_is_seen(body, is_seen):
    assert bool(without_assertion([f"def test_it():\n    {body}", "def helper():\n    assert x"])) is is_seen
