"""A page, before any template has seen it; and what every template sees of the site."""

import bisect
import itertools
from collections.abc import Callable, Iterator, Mapping, Set as AbstractSet, Sized
from typing import Any, NamedTuple, TypeVarTuple

import msgspec

from builder import __version__, urls
from builder.content.settings import DEFAULT_NAV
from builder.formats.json_ld import Facts
from builder.i18n.language import direction
from builder.model import RecordKey, Site, Trusted
from builder.pages import body_html
from builder.pages.kinds import PageKind

PER_PAGE = 100
"""Entries of a long list on one page: a list that grows with the site would make every build grow with it."""

NO_RECORD: RecordKey = ("", "")
"""The key of a page that is about no single record."""

Args = TypeVarTuple("Args")


class Query:
    """How a view is made: a function of the Site, and its further arguments. Not changed after creation."""

    __slots__ = ("args", "function")

    def __init__(self, function: Callable[[Site, *Args], msgspec.Struct], *args: *Args) -> None:
        self.function: Callable[..., Any] = function
        self.args: tuple[object, ...] = args

    def answer(self, site: Site) -> Any:
        """Return the view for a Site."""
        return self.function(site, *self.args)


class Page(msgspec.Struct, eq=False):
    """One file of the output: its path, a template or an encoder, and the view that this shows.

    A view that is given as a `Query` is made on first use: a preview of thousands of pages shows one or two of them.
    """

    path: str
    """From the site's root: `actors/nato/`, or a file's name."""
    template: str
    """Or the name of an encoder in `builder.formats`."""
    view_from: msgspec.Struct | Query
    """The view, or how it is made."""
    facts_from: Facts | Query | None = None
    """The data in the head of an HTML page, or how it is made; None if the page is not that of a record."""
    kind: PageKind = "plugin-page"
    key: RecordKey = NO_RECORD
    """The record or topic that the page is about, by its kind and id."""
    site: Site | None = None
    """The Site that queries are asked of; None of a page that is only listed."""
    output: str = ""
    """The file to write: `path`, or the `index.html` below it."""
    _view: msgspec.Struct | None = None
    _facts: Facts | None = None

    def __post_init__(self) -> None:
        self.output = urls.output_file(self.path)

    def of(self, site: Site) -> "Page":
        """Return the page with its views made from a Site."""
        return Page(self.path, self.template, self.view_from, self.facts_from, self.kind, self.key, site)

    @property
    def arguments(self) -> tuple[tuple[object, ...], ...]:
        """The names and the arguments of the functions that make the view and the facts; a view or facts that were given stand for themselves."""
        return tuple(
            (made.function.__module__, made.function.__qualname__, made.args) if isinstance(made, Query) else ("", made)
            for made in (self.view_from, self.facts_from)
        )

    @property
    def is_determined_by_path(self) -> bool:
        """Whether the view and the facts are made by functions whose arguments are strings, which stand in the path."""
        # Called for every page at every build: no more is made here than must be.
        for made in (self.view_from, self.facts_from):
            if made is not None:
                if not isinstance(made, Query):
                    return False
                for argument in made.args:
                    if type(argument) is not str:
                        return False
        return True

    @property
    def root(self) -> str:
        """The relative path from the page to the site's root."""
        return urls.root_path(self.path) if isinstance(self.view_from, Query) else str(getattr(self.view_from, "root", ""))

    @property
    def view(self) -> msgspec.Struct:
        """The `page` of the template, or the data that the encoder writes."""
        if self._view is None:
            self._view = self._made(self.view_from)
        return self._view

    @property
    def facts(self) -> Facts | None:
        """The data in the head of an HTML page; None if the page is not that of a record."""
        if self._facts is None and self.facts_from is not None:
            self._facts = self._made(self.facts_from)
        return self._facts

    def _made(self, made: Any) -> Any:
        if not isinstance(made, Query):
            return made
        assert self.site is not None, "a page that is only listed has no views"
        return made.answer(self.site)

    def make_views(self) -> None:
        """Make the view and the facts, if they do not exist yet."""
        self.view  # noqa: B018 - made on first use
        self.facts  # noqa: B018 - as above

    def forget_views(self) -> None:
        """Forget the view and the facts, which can be made again: a site has many pages, and a build needs each of them once."""
        self._view = self._facts = None


class PageEntry(NamedTuple):
    """A page as lists of pages have it: without a view."""

    output: str
    template: str
    kind: PageKind
    key: RecordKey


Entries = tuple[PageEntry, ...]


class FamilyPages:
    """The pages of one family, such as `actors.detail_pages`. Its entries are known from the last run if its inputs are unchanged; the pages themselves are listed on request."""

    __slots__ = ("_list", "_listed", "entries", "was_known")

    def __init__(self, lists: Callable[[Site], Iterator[Page]], entries: Entries, listed: tuple[Page, ...] | None = None) -> None:
        """`listed` are its pages, where they were listed to know their entries."""
        self._list, self._listed = lists, listed
        self.entries = entries
        self.was_known = listed is None
        """Whether it looked at nothing that has changed since the last run: then its pages are made by what they were made by."""

    def listed(self, site: Site) -> tuple[Page, ...]:
        """Return its pages, as of a Site in which they are listed alike."""
        if self._listed is None:
            self._listed = tuple(self._list(site))
        return self._listed


class Pages:
    """All pages of a Site, in order. Each is made on request: a preview of thousands shows one or two."""

    def __init__(
        self, site: Site, families: tuple[FamilyPages, ...], entries: Entries, index_by_path: Mapping[str, int], seen_by: Site | None = None
    ) -> None:
        """`index_by_path` says where the page of each output file stands; `seen_by` is a Site that says the same as `site`, and for which pages are made in its place."""
        self._plain, self._site = site, seen_by if seen_by is not None else site
        self._families = families
        self._begins = tuple(itertools.accumulate((len(family.entries) for family in families), initial=0))
        self._index_by_path = index_by_path
        self.entries = entries
        """Entries of all pages; the object of the last run as long as no page comes, goes or is made with something else."""
        self._made: dict[int, Page] = {}

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, n: int) -> Page:
        found = self._made.get(n)
        return found if found is not None else self._made.setdefault(n, self.listed(n).of(self._site))

    def __iter__(self) -> Iterator[Page]:
        return map(self.__getitem__, range(len(self.entries)))

    def of(self, site: Site) -> "Pages":
        """Return the pages of a Site that says the same."""
        return Pages(self._plain, self._families, self.entries, self._index_by_path, site)

    def listed(self, n: int) -> Page:
        """Return a page as it was listed, which may have been for another Site."""
        family = bisect.bisect_right(self._begins, n) - 1
        return self._families[family].listed(self._plain)[n - self._begins[family]]

    def by_family(self) -> Iterator[tuple[FamilyPages, int]]:
        """Yield the families, each with the number of its first page."""
        return zip(self._families, self._begins, strict=False)

    def find(self, output: str) -> Page | None:
        """Return the page of a file of the output; of several that claim it, which `checks` reports, the first: a redirect never hides a page."""
        n = self._index_by_path.get(output)
        return self[n] if n is not None else None

    def entry(self, output: str) -> PageEntry | None:
        """Return the entry of the page of a file of the output, as in `find`."""
        n = self._index_by_path.get(output)
        return self.entries[n] if n is not None else None

    @property
    def outputs(self) -> AbstractSet[str]:
        """The files of the output that are pages."""
        return self._index_by_path.keys()


class NavView(msgspec.Struct, frozen=True, gc=False):
    """A link in the navigation."""

    title: str
    path: str
    """From the site's root, or an address outside."""
    outside: bool


class SiteView(msgspec.Struct, frozen=True, gc=False):
    """The `site` of templates: small, and the same for all pages."""

    title: str
    tagline: str
    description: str
    base_url: str
    base_path: str
    """The path part of `base_url`, with slashes at both ends: for the one page that is shown under any address, 404."""
    language: str
    direction: str
    nav: tuple[NavView, ...]
    footer: Trusted
    authors: tuple[str, ...]
    licence: str
    search: bool
    """Whether there is a page to search on."""
    extra: tuple[tuple[str, str], ...]
    version: str
    """Of Backstory."""


class PageLink(msgspec.Struct, frozen=True, gc=False):
    """A link to one page of a list that is cut into pages."""

    number: int
    path: str
    gap: bool
    """Whether pages before it are left out."""


class Pager(msgspec.Struct, frozen=True, gc=False):
    """The position of a page in a list that is cut into pages."""

    number: int
    pages: tuple[PageLink, ...]
    """The pages of the list to offer: the first, the last, those next to this one, and one halfway of a long way to either end; empty where there is only one."""
    before: str
    """Path of the page before; "" on the first."""
    after: str


def site_view(site: Site, root: str) -> SiteView:
    """Return what every template sees of the site; `root` is the relative path from the page to the site's root, for links in the footer."""
    settings = site.settings
    usual = settings.nav == DEFAULT_NAV
    base_path = "/" + settings.base_url.split("://", 1)[-1].partition("/")[2]
    return SiteView(
        title=settings.title,
        tagline=settings.tagline,
        description=settings.description,
        base_url=settings.base_url,
        base_path=base_path if settings.base_url else "/",
        language=settings.language,
        direction=direction(settings.language),
        nav=tuple(
            NavView(site.language.word(link.title) if usual else link.title, link.path.lstrip("/"), not link.path.startswith("/"))
            for link in settings.nav
        ),
        footer=body_html.text(site, ("site", ""), settings.footer, root, file="content/site.yaml"),
        authors=settings.authors,
        licence=settings.licence,
        search=settings.search,
        extra=settings.extra,
        version=__version__,
    )


def paginate(path: str, entries: Sized, per_page: int = PER_PAGE) -> Iterator[tuple[str, Pager, slice]]:
    """Cut a list into pages of `per_page` entries. Yields path, pager and slice of each: the first page is at `path`, the others at `path` + `page/2/` and so on. An empty list has one page."""
    count = max(1, -(-len(entries) // per_page))
    paths = [path if n == 1 else f"{path}page/{n}/" for n in range(1, count + 1)]
    for n, where in enumerate(paths, 1):
        before, after = (paths[n - 2] if n > 1 else ""), (paths[n] if n < count else "")
        offered = _offered(n, count) if count > 1 else []
        links = tuple(PageLink(to, paths[to - 1], gap=to - last > 1) for last, to in zip([0, *offered], offered, strict=False))
        yield where, Pager(n, links, before, after), slice((n - 1) * per_page, n * per_page)


NEAR = 2
"""Pages on either side of one that it leads to at once."""

FAR = 10
"""Pages to either end from which one halfway is worth offering: so any page of thousands is a few steps away."""


def _offered(number: int, count: int) -> list[int]:
    """Return the numbers of the pages that one page of a list links to, itself among them, in order: a few, however long the list."""
    first, last = max(1, number - NEAR), min(count, number + NEAR)
    offered = {1, *range(first, last + 1), count}
    if first - 1 >= FAR:
        offered.add((first + 1) // 2)
    if count - last >= FAR:
        offered.add((last + count) // 2)
    # Where a single one would be left out, it takes the place of the sign for that.
    return sorted(offered | {n + 1 for n in offered if n + 2 in offered})
