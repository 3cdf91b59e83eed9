"""Every test asserts something, itself or in a helper that it calls."""

import ast
import functools
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CHECKS = {"check_call", "check_schema", "fail", "raises", "wait_for", "wait_for_function", "warns"}
"""Functions of others that raise where something is not so."""


@functools.cache
def trees():
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(TESTS.rglob("*.py"))}


@functools.cache
def helpers():
    """Return all functions and classes of the tests by their name."""
    found = defaultdict(list)
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name].append(node)
    return found


def asserts(node, seen):
    """Return whether a function asserts something; `seen` are the names of the helpers that were looked at already."""
    used = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Assert):
            return True
        if isinstance(part, ast.Call):
            used.add(part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", ""))
            used |= (
                {"raises"} if any(word.arg == "check" and getattr(word.value, "value", None) is True for word in part.keywords) else set()
            )
    if used & CHECKS:
        return True
    return any(asserts(helper, seen | used) for name in used - seen for helper in helpers().get(name, ()))


def test_each_test_asserts_something():
    tests = [
        (path, node)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert len(tests) > 1000
    assert [f"{path.name}: {test.name}" for path, test in tests if not asserts(test, frozenset())] == []


@pytest.mark.parametrize(
    "body, is_seen",
    [("pass", True), ("run(1)", True), ("assert x", False), ("with pytest.raises(E): f()", False), ("run(x, check=True)", False)],
)
def test_a_test_without_an_assertion_is_seen(body, is_seen):
    assert asserts(ast.parse(f"def test_it():\n    {body}").body[0], frozenset({"run"})) is not is_seen
