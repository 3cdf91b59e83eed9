"""Quotes beside those that deny or confirm them."""

import msgspec

from builder.model import Explainer, QuoteKey, Site
from builder.pages import cards
from builder.pages.shapes import QuoteCard


class Reply(msgspec.Struct, frozen=True, gc=False):
    """A quote that denies or confirms another."""

    relation: str
    """`denies` or `confirms`."""
    words: str
    """`Denied`, `Confirmed`"""
    quote: QuoteCard


class Rebuttal(msgspec.Struct, frozen=True, gc=False):
    """A quote with those that deny or confirm it, to be read side by side."""

    quote: QuoteCard
    replies: tuple[Reply, ...]


def rebuttals(site: Site, explainer: Explainer) -> tuple[Rebuttal, ...]:
    """Return the quotes of an explainer, or related to it, that others on the site deny or confirm."""
    word = site.language.word
    words = {"denies": word("Denied"), "confirms": word("Confirmed")}
    concerned: dict[QuoteKey, None] = {}
    for quote in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        concerned.update((key, None) for relation, key in quote.relations if relation in words)
        if any(relation in words for relation, _ in site.replies.get((explainer.slug, quote.id), ())):
            concerned[explainer.slug, quote.id] = None
    return tuple(
        Rebuttal(
            cards.quote_card(site, key),
            tuple(
                Reply(relation, words[relation], cards.quote_card(site, other))
                for relation, other in site.replies.get(key, ())
                if relation in words
            ),
        )
        for key in concerned
    )
