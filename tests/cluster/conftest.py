"""What every test of an executor needs."""

import pathlib

import pytest

from builder.build import parallel


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let a small site be worth an executor, in many pieces."""
    monkeypatch.setattr(parallel, "PARSE_PAYS", 1)
    monkeypatch.setattr(parallel, "MAKE_PAYS", 1)
    monkeypatch.setattr(parallel, "FILES_IN_CHUNK", 4)
    monkeypatch.setattr(parallel, "PAGES_IN_CHUNK", 4)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if pathlib.Path(__file__).parent in item.path.parents:
            # Schedulers, workers and signals are processes of their own; the summary names each second try.
            item.add_marker(pytest.mark.flaky(reruns=1))
