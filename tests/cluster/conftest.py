"""What every test of a crew needs."""

import pytest

from builder.build import parallel


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let a small site be worth a crew, in many pieces."""
    monkeypatch.setattr(parallel, "PARSE_PAYS", 1)
    monkeypatch.setattr(parallel, "MAKE_PAYS", 1)
    monkeypatch.setattr(parallel, "_FILES", 4)
    monkeypatch.setattr(parallel, "_PAGES", 4)
