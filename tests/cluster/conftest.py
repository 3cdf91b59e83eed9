"""What every test of a crew needs."""

import pytest

from builder import workers


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let a small site be worth a crew, in many pieces."""
    monkeypatch.setattr(workers, "PARSE_PAYS", 1)
    monkeypatch.setattr(workers, "MAKE_PAYS", 1)
    monkeypatch.setattr(workers, "_FILES", 4)
    monkeypatch.setattr(workers, "_PAGES", 4)
