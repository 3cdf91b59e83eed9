"""The preview = a clean build: after any history of saves, seen through real file events, it serves what a build would write."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from builder.build.pipeline import Options, build
from builder.output.plan import MANIFEST
from tests.effort import effort
from tests.long_lists import short_pages
from tests.previewing import Preview
from tests.property.test_incremental import FULL, begin, edit, edits, tree


def served(preview):
    snapshot = preview.engine.current()
    found = {}
    for path in snapshot.outputs:
        file = snapshot.get(path)
        if file is not None:
            found[path] = file.body if isinstance(file.body, bytes) else file.body.read_bytes()
    return found


@pytest.mark.timeout(900)
@settings(max_examples=effort(3, 32), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(edits, min_size=1, max_size=5))
def test_after_any_history_of_saves_it_serves_what_a_clean_build_writes(history, tmp_path_factory):
    with short_pages():
        _keeps_up(tmp_path_factory.mktemp("history"), history)


def _keeps_up(base, history):
    root = base / "site-folder"
    root.mkdir()
    begin(root, FULL)
    preview = Preview(root)
    try:
        for n, (kind, which, what) in enumerate(history):
            edit(root, base / "nothing", kind, which, what)
            clean = base / f"clean-{n}"
            build(Options(root, clean, base_url=preview.url, drafts=True, jobs=1, cache=False))
            wanted = {path: data for path, data in tree(clean).items() if path != MANIFEST}
            preview.wait(lambda wanted=wanted: served(preview) == wanted, f"after {kind} {which}")
    finally:
        preview.close()
