"""Editorial rules over the whole Site: what no single file can know.

Each rule is a function that yields problems, in one visible list. Rules about one file alone stand in `parse`, those about references in `crossref`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder import dates, urls
from builder.diagnostics import WARNING, Diagnostic, Place, did_you_mean
from builder.model import Body, Embed, Event, Explainer, Href, RelativeDate, Site, When
from builder.views import Page, prose

Rule = Callable[[Site], Iterator[Diagnostic]]

NEEDS_A_VOICE = ("alleged", "denied", "expected")
"""Statuses of an event that mean nothing without somebody who says so."""


def attribution(site: Site) -> Iterator[Diagnostic]:
    """A quote has a speaker and a source, or says that nobody knows (AP: information must be attributed)."""
    for quote in site.quotes.values():
        if not quote.speakers and not quote.speaker_unknown and "speaker" not in quote.unresolved:
            yield Diagnostic(
                "quote-no-speaker",
                "Nobody is named as the speaker of this quote.",
                quote.place,
                help="Add “speaker:” with the id of an actor, or “speaker: unknown”.",
            )
        if not quote.via and quote.said.date is None and "via" not in quote.unresolved:
            yield Diagnostic(
                "quote-no-source",
                "This quote has no source and no date.",
                quote.place,
                help="Add “via:” with the id of a source, or “said:” with a date.",
            )


def off_record(site: Site) -> Iterator[Diagnostic]:
    """What was said off the record is not published (AP)."""
    for quote in site.quotes.values():
        if quote.rules == "off-record":
            yield Diagnostic(
                "off-record",
                "This quote is off the record and cannot be published.",
                quote.place,
                help="Delete it, and from the file's history too.",
            )


def voices(site: Site) -> Iterator[Diagnostic]:
    """What is alleged, denied or expected names who alleges, denies or expects it."""
    for event in site.events.values():
        if event.status in NEEDS_A_VOICE and not event.by:
            yield Diagnostic(
                "event-no-voice",
                f"This event is {event.status}, but nobody is named who says so.",
                event.place,
                help="Add “by:” with the id of an actor or a source.",
            )


def _dates_of(site: Site) -> Iterator[tuple[When, When]]:
    """Every date of a quote or an event, with the day that its explainer counts from."""
    for (slug, _), quote in site.quotes.items():
        yield quote.said, site.by_slug[slug].as_of
    told: dict[str, Explainer] = {}
    for slug, keys in site.timelines.items():
        for key in keys:
            told.setdefault(key, site.by_slug[slug])
    for key, event in site.events.items():
        yield event.when, told[key].as_of if key in told else When()


def relative_dates(site: Site) -> Iterator[Diagnostic]:
    """“Friday” is a Friday, and says which."""
    for when, as_of in _dates_of(site):
        relative = when.relative
        if relative is None:
            continue
        if when.date is not None:
            wrong = dates.contradicts(relative.says, when.date, site.language)
            if wrong:
                yield Diagnostic("weekday-wrong", wrong, when.place, help="Mend the date in “is”, or the word in “says”.")
            continue
        counted = _counts_from(site, relative, as_of)
        proposal = dates.resolve(relative.says, counted, site.language) if counted is not None else None
        hint = f"Add “is: {proposal.edtf}” if that is what it means." if proposal is not None else "Add “is:” with the date that it means."
        yield Diagnostic("date-open", f"“{relative.says}” is not tied to a date.", relative.place, help=hint, severity=WARNING)


def _counts_from(site: Site, relative: RelativeDate, as_of: When) -> dates.Date | None:
    if relative.as_of in site.sources:
        return site.sources[relative.as_of].published.date
    if relative.as_of:
        try:
            return dates.parse(relative.as_of)
        except dates.DateProblem:
            return None
    return as_of.date


def counted_from(site: Site) -> Iterator[Diagnostic]:
    """What a relative date counts from is a date or a source."""
    for when, _ in _dates_of(site):
        relative = when.relative
        if relative is not None and relative.as_of and relative.as_of not in site.sources and _counts_from(site, relative, When()) is None:
            hint = did_you_mean(relative.as_of, site.sources) or "Write a date, or the id of a source."
            yield Diagnostic(
                "reference-unknown", f"“{relative.as_of}” is neither a date nor the id of a source.", relative.place, help=hint
            )


def embeds(site: Site) -> Iterator[Diagnostic]:
    """Cards and timelines are placed in explainers, and their filters name what there is."""
    for explainer in site.explainers:
        for segment in explainer.body.segments:
            if isinstance(segment, Embed):
                yield from _filters(site, explainer, segment)
    others: list[tuple[str, Body | None]] = [(page.place.path, page.body) for page in site.pages]
    others += [(actor.place.path, actor.text) for actor in site.actors.values()]
    others += [(event.place.path, event.text) for event in site.events.values()]
    others += [(source.place.path, source.text) for source in site.sources.values()]
    for path, body in others:
        for segment in body.segments if body is not None else ():
            if isinstance(segment, Embed):
                yield Diagnostic(
                    "embed-place",
                    "Cards and timelines can be placed in explainers only.",
                    Place(path, segment.line),
                    help="Write a link instead: [[id]].",
                )


def _filters(site: Site, explainer: Explainer, embed: Embed) -> Iterator[Diagnostic]:
    for name, value in embed.filters:
        place = Place(explainer.place.path, embed.line)
        if name == "actor":
            if value not in site.actors:
                yield Diagnostic("reference-unknown", f"No actor has the id “{value}”.", place, help=did_you_mean(value, site.actors))
        elif name != "status":
            yield Diagnostic("embed-filter", f"A timeline has no filter “{name}”.", place, help="Its filters are actor=… and status=….")


def nameless_sources(site: Site) -> Iterator[Diagnostic]:
    """A reader is told how an unnamed source knows (New York Times, on anonymous sources)."""
    for actor in site.actors.values():
        if actor.type == "UnnamedSource" and not actor.described_as:
            yield Diagnostic(
                "unnamed-undescribed",
                "This unnamed source is not described.",
                actor.place,
                help="Add “described_as:” with the words of the report.",
            )


def unused(site: Site) -> Iterator[Diagnostic]:
    """A shared record that no explainer uses makes a page that says nothing."""
    for key, actor in site.actors.items():
        used = (
            key in site.mentions
            or key in site.members
            or key in site.publishes
            or key in site.events_of
            or key in site.told_by
            or key in site.said_by
        )
        if actor.shared and not used:
            yield Diagnostic(
                "actor-unused",
                "No explainer mentions this actor.",
                actor.place,
                help="List it in an explainer's “actors:”, or remove the file.",
                severity=WARNING,
            )
    for key, event in site.events.items():
        if event.shared and key not in site.tellings:
            yield Diagnostic(
                "event-unused",
                "No explainer tells of this event.",
                event.place,
                help="List it in an explainer's “timeline:”, or remove the file.",
                severity=WARNING,
            )


RULES: tuple[Rule, ...] = (attribution, off_record, voices, relative_dates, counted_from, embeds, nameless_sources, unused)
"""Every rule. A new one is a function here, its codes in the guide, and its line in this list."""


def check(site: Site) -> tuple[Diagnostic, ...]:
    """Return what all rules find."""
    return tuple(problem for rule in RULES for problem in rule(site))


# --- the published site as a whole ------------------------------------------------


def paths(pages: Iterable[Page], copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """No two pages, and no page and a copied file, claim one path; letters that only some file systems tell apart count as equal."""
    claimed: dict[str, str] = {}
    for output, owner in [
        *((page.output, f"the page made with {page.template}") for page in pages),
        *((output, path) for output, path in copies.items()),
    ]:
        first = claimed.setdefault(urls.alike(output), owner)
        if first is not owner:
            place = Place(copies[output]) if output in copies else Place("content/site.yaml")
            yield Diagnostic(
                "path-twice",
                f"Two things claim the path /{output}: {first}, and {owner}.",
                place,
                help="Give one of them another name, slug or alias.",
            )
    taken = set(claimed)
    for output in claimed:
        folder = output.rpartition("/")[0]
        while folder:
            if folder in taken:
                yield Diagnostic(
                    "path-twice",
                    f"/{folder} would have to be a file and a folder at once.",
                    Place("content/site.yaml"),
                    help="Give one of them another name, slug or alias.",
                )
                break
            folder = folder.rpartition("/")[0]


def dead_links(site: Site, outputs: Iterable[str]) -> Iterator[Diagnostic]:
    """Every local link of plain Markdown leads to a page or a file of the site, and to a heading that is there."""
    known = set(outputs)
    anchors = _anchors(site)
    for owner, path, file, body in _bodies(site):
        del owner
        for segment in body.segments:
            if not isinstance(segment, Href):
                continue
            address = prose.address(site, segment.target, file=file, path=path)
            before, _, fragment = address.partition("#")
            before = before.partition("?")[0]
            page = before if before or not address.startswith("#") else path
            place = Place(file, segment.line)
            if urls.output(page) not in known and page not in known:
                near = did_you_mean(page, [name.removesuffix("index.html") for name in known])
                yield Diagnostic(
                    "link-dead",
                    f"“{segment.target}” leads to nothing on this site.",
                    place,
                    help=near or "Write the path of a page, such as /glossary/, or of a file in content/static/.",
                )
            elif fragment and page in anchors and fragment not in anchors[page]:
                near = did_you_mean(fragment, anchors[page])
                yield Diagnostic(
                    "anchor-dead",
                    f"There is no heading “#{fragment}” on that page.",
                    place,
                    help=near or "A heading's anchor is its words, small, with hyphens.",
                )


def _anchors(site: Site) -> dict[str, frozenset[str]]:
    found = {urls.page(page.slug): frozenset(section.id for section in page.body.sections) for page in site.pages}
    for explainer in site.explainers:
        own = {section.id for section in explainer.body.sections}
        own |= {f"quote--{quote.id}" for quote in explainer.quotes} | {
            f"part--{part}" for part in ("timeline", "who", "quotes", "sources", "corrections")
        }
        own |= {f"said--{quote.id}" for quote in explainer.quotes}
        found[urls.explainer(explainer.slug)] = frozenset(own)
    return found


def _bodies(site: Site) -> Iterator[tuple[str, str, str, Body]]:
    for explainer in site.explainers:
        for body in (explainer.body, *(correction.text for correction in explainer.corrections)):
            yield "explainer", urls.explainer(explainer.slug), explainer.place.path, body
    for page in site.pages:
        yield "page", urls.page(page.slug), page.place.path, page.body
    for key, actor in site.actors.items():
        if actor.text is not None:
            yield "actor", urls.actor(key), actor.place.path, actor.text
    for key, source in site.sources.items():
        if source.text is not None:
            yield "source", urls.source(key), source.place.path, source.text
    for key, event in site.events.items():
        yield from (("event", urls.event(key), event.place.path, body) for body in _texts(event))
    if site.settings.footer is not None:
        yield "site", "", "content/site.yaml", site.settings.footer


def _texts(event: Event) -> Iterator[Body]:
    if event.text is not None:
        yield event.text
    if event.summary is not None:
        yield event.summary


def navigation(site: Site, outputs: Iterable[str]) -> Iterator[Diagnostic]:
    """Every entry of the navigation leads to a page, and every plain page is linked from somewhere."""
    known = set(outputs)
    linked = set()
    for link in site.settings.nav:
        path = link.path.partition("#")[0].lstrip("/")
        if link.path.startswith("/"):
            linked.add(path)
            if urls.output(path) not in known and path not in known:
                near = did_you_mean(path, [name.removesuffix("index.html") for name in known])
                yield Diagnostic(
                    "link-dead", f"The navigation's “{link.path}” leads to nothing on this site.", Place("content/site.yaml"), help=near
                )
    for _, path, file, body in _bodies(site):
        for segment in body.segments:
            if isinstance(segment, Href):
                linked.add(prose.address(site, segment.target, file=file, path=path).partition("#")[0])
    linked |= {urls.page(key) for targets in site.targets.values() for kind, key in targets.values() if kind == "page"}
    folders = {page.slug for page in site.pages}
    for page in site.pages:
        if urls.page(page.slug) not in linked and page.slug.rpartition("/")[0] not in folders:
            yield Diagnostic(
                "page-unlinked",
                "Nothing links to this page.",
                Place(page.place.path),
                help="Link to it from a page, or add it to “nav:” in site.yaml.",
                severity=WARNING,
            )


def whole(site: Site, pages: Iterable[Page], copies: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the published site as a whole."""
    pages = tuple(pages)
    outputs = {*(page.output for page in pages), *copies}
    return (*paths(pages, copies), *dead_links(site, outputs), *navigation(site, outputs))
