"""Kept patterns are what Python compiles, and whatever became of the file on the disk, they are compiled anew."""

import gc
import importlib
import pkgutil
import re
import sys

import pytest

import builder
from builder.i18n import patterns
from builder.incremental import pattern_cache


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(pattern_cache, "file", lambda: tmp_path / "patterns.kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "patterns.kept"


PATTERN = r"(?P<day>\d{1,2})\. (?P<month>Jan|Feb)|(no)"


def used(text, monkeypatch):
    """Return what a late pattern finds, and how often Python had to compile one."""
    compiled = []
    honest = re.compile
    with monkeypatch.context() as counted, pattern_cache.used():
        counted.setattr(re, "compile", lambda *given: compiled.append(given) or honest(*given))
        found = patterns.late(PATTERN, re.IGNORECASE).search(text)
        return found.groupdict(), found.lastindex, len(compiled)


def test_a_pattern_is_compiled_once_for_all_runs(file, monkeypatch):
    first, again = used("on 3. feb", monkeypatch), used("on 3. feb", monkeypatch)
    assert first == ({"day": "3", "month": "feb"}, 2, 1)
    assert again == ({"day": "3", "month": "feb"}, 2, 0)
    assert patterns.compiler is re.compile


@pytest.mark.parametrize("broken", [b"", b"\x00" * 40, None], ids=["empty", "other", "cut"])
def test_a_damaged_file_is_not_there(file, monkeypatch, broken):
    used("3. Jan", monkeypatch)
    file.write_bytes(broken if broken is not None else file.read_bytes()[:-3])
    assert used("3. Jan", monkeypatch)[2] == 1
    assert used("3. Jan", monkeypatch)[2] == 0


def test_another_python_compiles_as_ever(file, monkeypatch):
    used("3. Jan", monkeypatch)
    monkeypatch.setattr(pattern_cache, "made", lambda *_: int("no number"))
    assert used("3. Jan", monkeypatch) == ({"day": "3", "month": "Jan"}, 2, 1)
    monkeypatch.setattr(pattern_cache, "parts", lambda *_: int("no number"))
    assert used("3. Jan", monkeypatch)[0] == {"day": "3", "month": "Jan"}


def test_nothing_is_written_where_python_may_write_nothing(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    used("3. Jan", monkeypatch)
    assert not file.exists()


def test_each_late_pattern_of_ours_comes_back_as_python_compiles_it():
    for module in pkgutil.walk_packages(builder.__path__, "builder."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    compared = []
    honest = patterns.compiler

    def both(pattern, flags=0):
        plain = honest(pattern, flags)
        assert pattern_cache.made(pattern, pattern_cache.parts(pattern, int(flags))) == plain
        compared.append(pattern)
        return plain

    patterns.compiler = both
    try:
        for one in gc.get_objects():
            if type(one) is patterns.LatePattern:
                _ = one.groups
    finally:
        patterns.compiler = honest
    assert len(compared) > 100
