"""The bodies of records as a page shows them, with every link leading to where the record lives."""

import posixpath
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from builder import urls
from builder.content.markup.page_context import LinkTarget, MarkStyle, Note, PageContext, PagePart
from builder.content.markup.page_html import inline, parts_of_page
from builder.content.markup.plain_words import Name, named, sections, titled
from builder.model import UNNAMED, Body, Explainer, Link, RecordKey, Section, Site, Target, Trusted
from builder.pages import labels, picture_sizes


def destination(site: Site, target: Target) -> LinkTarget:
    """Return where a reference leads, and what to call it."""
    kind, key = target.kind, target.id
    if kind == "actor":
        actor = site.actors[key]
        return LinkTarget(urls.actor_path(key), actor.title, kind, "dashed" if actor.type == UNNAMED else "")
    if kind == "event":
        return LinkTarget(urls.event_path(key), titled(site.language, site.events[key]), kind)
    if kind == "source":
        return LinkTarget(urls.source_path(key), labels.of_source(site, key), kind)
    if kind == "explainer":
        return LinkTarget(urls.explainer_path(key), site.explainers[key].title, kind)
    if kind == "page":
        return LinkTarget(urls.page_path(key), next(page.title for page in site.pages if page.slug == key), kind)
    quote = site.quotes[target.slug, key]
    words = " … ".join(quote.segments)
    # Quotation marks promise the very words.
    return LinkTarget(
        urls.statement_path(target.slug, key),
        words if quote.is_paraphrase else site.language.word("“{words}”").format(words=words),
        "quote",
    )


def _name(site: Site, owner: RecordKey) -> Name:
    targets = site.targets.get(owner, {})

    def name(link: Link) -> str:
        target = targets.get((link.kind, link.target))
        return destination(site, target).name if target is not None else link.target

    return name


def words(site: Site, owner: RecordKey, body: Body | None) -> str:
    """Return the plain words of a text as its page has them; "" without a text."""
    return named(body, _name(site, owner)).text if body is not None else ""


def headings(site: Site, owner: RecordKey, body: Body) -> tuple[Section, ...]:
    """Return the headings of a text, their titles as its page has them."""
    return sections(body, _name(site, owner))


def page_context(site: Site, owner: RecordKey, *, root: str, file: str, elsewhere: bool = False) -> PageContext:
    """Return what rendering the body of a record needs.

    `root` is the relative path from the page to the site's root, `file` the content file of the body; `elsewhere` is whether other pages show it too.
    """
    links = {asked: destination(site, target) for asked, target in site.targets.get(owner, {}).items()}
    return PageContext(
        root=root,
        links=links,
        href=_href(site, file, elsewhere=elsewhere),
        picture=partial(picture_sizes.in_text, site),
        spans=site.spans,
        back=site.language.word("Back to the text"),
    )


def _href(site: Site, file: str, *, elsewhere: bool) -> Callable[[str], str]:
    def found(target: str) -> str:
        leads = address(site, target, file=file)
        return page_of(site, file) + leads if elsewhere and leads.startswith("#") else leads

    return found


def page_of(site: Site, file: str) -> str:
    """Return the path of the page that a content file makes; that of the home page for `site.yaml`, which makes all of them."""
    return site.addresses.get(file, "")


def address(site: Site, target: str, *, file: str) -> str:
    """Return where a local address of plain Markdown leads: a path from the site's root, or `#fragment` of the page that its file makes.

    `/glossary/` counts from the site's root, `../method.md` and `photo.jpg` from the file, `../other/` from its page, whichever page shows it.
    An address that leaves the site is cut off at its root.
    """
    before, sign, fragment = target.partition("#")
    if not before:
        return target
    if before.startswith("/"):
        found = before.lstrip("/")
    elif before.endswith("/"):
        found = _within(posixpath.normpath(posixpath.join("/" + page_of(site, file), before))) + "/"
    else:
        full = _within(posixpath.normpath(posixpath.join("/" + urls.address_of(posixpath.dirname(file)), before)))
        found = _page_at(site, urls.file_of(full)) or urls.copied_path(full)
    return (found.removeprefix("/") if found != "/" else "") + sign + fragment


def _page_at(site: Site, file: str) -> str:
    """Return the path of the page of a content file, in any Unicode form of its name; "" if there is no such file."""
    if found := site.addresses.get(file, ""):
        return found
    forms = (unicodedata.normalize(form, file) for form in ("NFC", "NFD")) if not file.isascii() else ()
    return next((page for form in forms if (page := site.addresses.get(form, ""))), "")


def _within(path: str) -> str:
    return path.lstrip("/").removeprefix("../")


def text(site: Site, owner: RecordKey, body: Body | None, root: str, *, file: str) -> Trusted:
    """Return a text that only the page of its file shows, or all pages alike, as HTML."""
    return inline(body, page_context(site, owner, root=root, file=file)) if body is not None else Trusted("")


def line(site: Site, owner: RecordKey, body: Body | None, root: str, *, file: str) -> Trusted:
    """Return a line of Markdown of the front matter, which other pages show too, as HTML."""
    return inline(body, page_context(site, owner, root=root, file=file, elsewhere=True)) if body is not None else Trusted("")


class BodyAnnotations(NamedTuple):
    """What stands at the words of a body, as in `PageContext`."""

    signs: Mapping[tuple[str, str], MarkStyle]
    notes: Mapping[str, Note]
    spoken: Mapping[tuple[int, str], str]


def explainer(site: Site, record: Explainer, annotations: BodyAnnotations, *, root: str, opening: bool = False) -> tuple[PagePart, ...]:
    """Return the body of an explainer: names linked, quoted words marked with signs, and notes beside both; `opening` as in `PageContext`."""
    signs, notes, spoken = annotations
    base = page_context(site, ("explainer", record.slug), root=root, file=record.location.path)
    names = {
        occurrence.id: destination(site, Target("actor", occurrence.id))
        for occurrence in site.occurrences[record.slug]
        if occurrence.linked
    }
    given = PageContext(
        root,
        base.links,
        names,
        site.occurrences[record.slug],
        signs,
        base.href,
        base.picture,
        notes,
        spoken,
        record.autolink == "all",
        base.spans,
        separate=True,
        opening=opening,
    )
    return parts_of_page(site.bodies[record.slug], given)
