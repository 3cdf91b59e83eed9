"""The kinds of page: what a file of the output is, and what follows from that.

`PAGE_KINDS` has a row for each kind. Whether a page is in the sitemap, when it is sent, and whether an alias can keep its address is read there, never from a path or the name of a template.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

PageKind = Literal[
    "home",
    "explainer",
    "actor",
    "event",
    "source",
    "page",
    "statements",
    "list",
    "topic",
    "changes",
    "search",
    "embed",
    "redirect",
    "not-found",
    "sitemap",
    "robots",
    "data",
    "all-records",
    "feed",
    "share-image",
    "picture",
    "plugin-page",
    "plugin-file",
    "copy",
    "search-index",
    "search-entry",
]


class KindTraits(msgspec.Struct, frozen=True):
    """The traits of all pages of a kind."""

    producer: Literal["template", "encoder", "drawing", "picture", "copy"]
    """What makes the file: a template, an encoder of `builder.formats`, the painter of share images, the scaler of pictures; or it is copied."""
    sent: Literal["asset", "page", "list"]
    """When it is sent to a host: assets first, then pages, then lists, which link to pages."""
    is_html: bool = False
    in_sitemap: bool = False
    address_from: Literal["title", "id", ""] = ""
    """What its address comes from: a title, so that an alias can keep it; the id of a record; "" of neither."""


PAGE_KINDS: Mapping[PageKind, KindTraits] = {
    "home": KindTraits("template", "list", is_html=True, in_sitemap=True),
    "explainer": KindTraits("template", "page", is_html=True, in_sitemap=True, address_from="title"),
    "actor": KindTraits("template", "page", is_html=True, in_sitemap=True, address_from="id"),
    "event": KindTraits("template", "page", is_html=True, in_sitemap=True, address_from="id"),
    "source": KindTraits("template", "page", is_html=True, in_sitemap=True, address_from="id"),
    "page": KindTraits("template", "page", is_html=True, in_sitemap=True, address_from="title"),
    "statements": KindTraits("template", "page", is_html=True, in_sitemap=True),  # all quotes of an explainer
    "list": KindTraits("template", "list", is_html=True, in_sitemap=True),
    "topic": KindTraits("template", "list", is_html=True, in_sitemap=True),
    "changes": KindTraits("template", "list", is_html=True, in_sitemap=True),
    "search": KindTraits("template", "list", is_html=True),
    "embed": KindTraits("template", "page", is_html=True),
    "redirect": KindTraits("template", "page", is_html=True, address_from="title"),
    "not-found": KindTraits("template", "list", is_html=True),
    "sitemap": KindTraits("template", "list"),
    "robots": KindTraits("template", "list"),
    "data": KindTraits("encoder", "list"),
    "all-records": KindTraits("encoder", "list"),  # all records of some kinds, as one file of data
    "feed": KindTraits("encoder", "list"),
    "share-image": KindTraits("drawing", "asset"),
    "picture": KindTraits("picture", "asset"),
    "plugin-page": KindTraits("template", "page", is_html=True, in_sitemap=True),
    "plugin-file": KindTraits("template", "list"),
    "copy": KindTraits("copy", "asset"),
    "search-index": KindTraits("copy", "asset"),
    "search-entry": KindTraits("copy", "list"),  # names files of the index
}

IMAGES = frozenset(kind for kind, traits in PAGE_KINDS.items() if traits.producer in {"drawing", "picture"})
"""Kinds of image that are made here: costly, so only where the view has changed."""

SEE_NO_SITE = frozenset(kind for kind, traits in PAGE_KINDS.items() if traits.producer != "template")
"""Kinds of file that depend on their view alone, not on what templates see as `site`."""


def address_from(kind: PageKind | Literal[""]) -> str:
    """Return what the address of a file of some kind comes from; "" if the kind is not known."""
    return PAGE_KINDS[kind].address_from if kind else ""
