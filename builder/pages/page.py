"""A page, before any template has seen it; and what every template sees of the site."""

import bisect
import itertools
from collections.abc import Callable, Iterator, Mapping, Set as AbstractSet, Sized
from functools import partial
from typing import Any

import msgspec

from builder import __version__, urls
from builder.content.settings import DEFAULT_NAV
from builder.formats.json_ld import Facts
from builder.i18n.language import direction
from builder.model import Site, Trusted
from builder.pages import prose

PER_PAGE = 100
"""Entries of a long list on one page: a list that grows with the site would make every build grow with it."""


class Page(msgspec.Struct, eq=False):
    """One file of the output, as a template and all that it sees; or as an encoder and the record that it writes.

    A view may be given as a function, and facts too: they are made when first asked for, since a preview of thousands of pages shows one or two of them.
    """

    path: str
    """From the site's root: `actors/nato/`, or a file's name."""
    template: str
    """Or the name of an encoder in `builder.formats`."""
    given: msgspec.Struct | Callable[[], msgspec.Struct]
    given_facts: Facts | Callable[[], Facts] | None = None
    output: str = ""
    """The file to write: `path`, or the `index.html` below it."""
    _view: msgspec.Struct | None = None
    _facts: Facts | None = None

    def __post_init__(self) -> None:
        self.output = urls.output(self.path)

    def of(self, site: Site) -> "Page":
        """Return the same page of a Site in which it is listed as it is here."""
        return Page(self.path, self.template, _of(self.given, site), _of(self.given_facts, site))

    @property
    def asked(self) -> tuple[tuple[object, ...], ...] | None:
        """What the view and the facts are made by, and what these are given besides the Site, or the view itself where it was given; None where that is not known."""
        found: list[tuple[object, ...]] = []
        for make in (self.given, self.given_facts):
            if isinstance(make, partial):
                found.append((make.func.__module__, make.func.__qualname__, make.args[1:]))
            elif isinstance(make, type):
                found.append((make.__module__, make.__qualname__))
            elif make is None or isinstance(make, msgspec.Struct):
                found.append(("", make))
            else:
                return None
        return tuple(found)

    @property
    def is_by_ids(self) -> bool:
        """Whether the view and the facts are made by functions that are given ids and nothing else besides the Site."""
        # Asked of every page at every build: no more is made here than must be.
        for make in (self.given, self.given_facts):
            if make is not None:
                if not isinstance(make, partial):
                    return False
                for one in make.args[1:]:
                    if type(one) is not str:
                        return False
        return True

    @property
    def root(self) -> str:
        """What leads from the page up to the site's root."""
        return str(getattr(self.given, "root", "")) if isinstance(self.given, msgspec.Struct) else urls.root(self.path)

    @property
    def view(self) -> msgspec.Struct:
        """What the template sees as `page`, or what the encoder writes."""
        if self._view is None:
            self._view = self.given if isinstance(self.given, msgspec.Struct) else self.given()
        return self._view

    @property
    def facts(self) -> Facts | None:
        """The same for machines, in the head of an HTML page; None where a page is no record's own."""
        if self._facts is None and self.given_facts is not None:
            self._facts = self.given_facts if isinstance(self.given_facts, msgspec.Struct) else self.given_facts()
        return self._facts

    def make_views(self) -> None:
        """Make the view and the facts, if they do not exist yet."""
        self.view  # noqa: B018 - made when asked for
        self.facts  # noqa: B018 - as above

    def let_go(self) -> None:
        """Forget what can be made again: a site has many pages, and a build needs each of them once."""
        self._view = self._facts = None


def _of(make: Any, site: Site) -> Any:
    # What makes a view is given the Site first.
    return partial(make.func, site, *make.args[1:]) if isinstance(make, partial) else make


Names = tuple[tuple[str, str], ...]
"""Pages, each as its file in the output and what makes it."""


class Family:
    """Pages of one kind. Which there are is known from the last run, where that would list the same; each is listed when somebody asks for it."""

    __slots__ = ("_list", "_listed", "names", "was_known")

    def __init__(self, lists: Callable[[Site], Iterator[Page]], names: Names, listed: tuple[Page, ...] | None = None) -> None:
        """`listed` are its pages, where they were listed to know their names."""
        self._list, self._listed = lists, listed
        self.names = names
        self.was_known = listed is None
        """Whether it looked at nothing that has changed since the last run: then its pages are made by what they were made by."""

    def listed(self, site: Site) -> tuple[Page, ...]:
        """Return its pages, as of a Site in which they are listed alike."""
        if self._listed is None:
            self._listed = tuple(self._list(site))
        return self._listed


class Pages:
    """All pages of a Site, in order. Each is made when somebody asks for it: a preview of thousands shows one or two."""

    def __init__(
        self, site: Site, families: tuple[Family, ...], names: Names, places: Mapping[str, int], seen_by: Site | None = None
    ) -> None:
        """`places` says where the page of each output file stands; `seen_by` is a Site that says the same as `site`, and for which pages are made in its place."""
        self._plain, self._site = site, seen_by if seen_by is not None else site
        self._families = families
        self._begins = tuple(itertools.accumulate((len(family.names) for family in families), initial=0))
        self._places = places
        self.names = names
        """The same object as long as no page comes, goes or is made with something else."""
        self._made: dict[int, Page] = {}

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, n: int) -> Page:
        found = self._made.get(n)
        return found if found is not None else self._made.setdefault(n, self.listed(n).of(self._site))

    def __iter__(self) -> Iterator[Page]:
        return map(self.__getitem__, range(len(self.names)))

    def of(self, site: Site) -> "Pages":
        """Return the pages of a Site that says the same."""
        return Pages(self._plain, self._families, self.names, self._places, site)

    def listed(self, n: int) -> Page:
        """Return a page as it was listed, which may have been for another Site."""
        family = bisect.bisect_right(self._begins, n) - 1
        return self._families[family].listed(self._plain)[n - self._begins[family]]

    def by_family(self) -> Iterator[tuple[Family, int]]:
        """Yield the families, each with the number of its first page."""
        return zip(self._families, self._begins, strict=False)

    def find(self, output: str) -> Page | None:
        """Return the page of a file of the output; of two that claim it, which `checks` tells, the first one: an old address never hides a page."""
        n = self._places.get(output)
        return self[n] if n is not None else None

    @property
    def outputs(self) -> AbstractSet[str]:
        """The files of the output that are pages."""
        return self._places.keys()


class NavView(msgspec.Struct, frozen=True, gc=False):
    """An entry of the navigation."""

    title: str
    path: str
    """From the site's root, or an address outside."""
    outside: bool


class SiteView(msgspec.Struct, frozen=True, gc=False):
    """What a template sees as `site`: small, and the same for all pages."""

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
    """One page of a list that is cut into several."""

    number: int
    path: str
    gap: bool
    """Whether pages before it are left out."""


class Pager(msgspec.Struct, frozen=True, gc=False):
    """Where in a long list a page stands."""

    number: int
    pages: tuple[PageLink, ...]
    """The pages of the list to offer: the first, the last, those next to this one, and one halfway of a long way to either end; empty where there is only one."""
    before: str
    """Path of the page before; "" on the first."""
    after: str


def site_view(site: Site, root: str) -> SiteView:
    """Return what every template sees of the site; `root` leads from the page to the site's root, for the links of the footer."""
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
        footer=prose.text(site, ("site", ""), settings.footer, root, file="content/site.yaml"),
        authors=settings.authors,
        licence=settings.licence,
        search=settings.search,
        extra=settings.extra,
        version=__version__,
    )


def paginate(path: str, entries: Sized, per_page: int = PER_PAGE) -> Iterator[tuple[str, Pager, slice]]:
    """Cut a list into pages: the first at `path`, the others at `path` + `page/2/` and so on. An empty list has one page."""
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
    """Return which pages of a list one of them leads to, itself among them: a list of hundreds would else have hundreds of links on each."""
    first, last = max(1, number - NEAR), min(count, number + NEAR)
    offered = {1, *range(first, last + 1), count}
    if first - 1 >= FAR:
        offered.add((first + 1) // 2)
    if count - last >= FAR:
        offered.add((last + count) // 2)
    # Where a single one would be left out, it takes the place of the sign for that.
    return sorted(offered | {n + 1 for n in offered if n + 2 in offered})
