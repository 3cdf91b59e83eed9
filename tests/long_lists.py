"""Long lists on small sites: the page of a record has room for few entries of each of its lists, so that the rest have pages of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from builder.linking import backlinks
from builder.pages import long_lists


@contextmanager
def short_pages(most: int = 1) -> Iterator[None]:
    """Let the page of a record, and those of its lists, have room for `most` entries of each. In this process: what others make is as always."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LONG_LIST", "SHOWN", "PER_PAGE"):
            patch.setattr(long_lists, name, most)
        patch.setattr(backlinks, "LIST_LIMITS", tuple((kind, field, min(of, most)) for kind, field, of in backlinks.LIST_LIMITS))
        yield
