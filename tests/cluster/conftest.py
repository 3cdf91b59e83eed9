"""What every test of an executor needs."""

import pytest

from builder.build import parallel


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let a small site be worth an executor, in many pieces."""
    monkeypatch.setattr(parallel, "PARSE_PAYS", 1)
    monkeypatch.setattr(parallel, "MAKE_PAYS", 1)
    monkeypatch.setattr(parallel, "_FILES", 4)
    monkeypatch.setattr(parallel, "_PAGES", 4)
