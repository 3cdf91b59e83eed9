"""The list of all quotes."""

from collections.abc import Iterator
from functools import partial

import msgspec

from builder import urls
from builder.model import Site
from builder.pages import cards, labels
from builder.pages.page import Page, Pager, chunks
from builder.pages.shapes import QuoteCard

PER_LIST = 50


class QuotesPage(msgspec.Struct, frozen=True, gc=False):
    """What `quotes.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    quotes: tuple[QuoteCard, ...]
    total: int
    """Of quotes and paraphrases."""
    how_many: str
    """The same, counted apart; "" where there are no paraphrases."""
    pager: Pager


def lists(site: Site) -> Iterator[Page]:
    """Yield the list of all quotes, by the day they were said; those without a day last."""
    for path, pager, part in chunks("quotes/", site.quotes_by_day, PER_LIST):
        yield Page(path, "quotes.html", partial(_list, site, path, pager, part, len(site.quotes_by_day)))


def _list(site: Site, path: str, pager: Pager, part: slice, total: int) -> QuotesPage:
    word = site.language.word
    return QuotesPage(
        path=path,
        root=urls.root(path),
        section="quotes",
        title=word("Quotes"),
        summary=word("Every quote and paraphrase in these explainers, with who said it, and how anybody knows."),
        quotes=tuple(cards.quote_card(site, key) for key in site.quotes_by_day[part]),
        total=total,
        how_many=labels.how_many(site.language, total - len(site.paraphrases), len(site.paraphrases)) if site.paraphrases else "",
        pager=pager,
    )
