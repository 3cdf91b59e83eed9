"""An article into a draft: the one road through the rules."""

from collections.abc import Sequence

from builder.dates import Date
from builder.drafting import days, tokens
from builder.drafting.attribution import Attribution
from builder.drafting.cast import Entity
from builder.drafting.english import ENGLISH
from builder.drafting.german import GERMAN
from builder.drafting.lexicon import Lexicon
from builder.drafting.pieces import Piece
from builder.drafting.record import ASK, LIKELY, Article, Draft, Named, Said, Speaker
from builder.drafting.said import said_on

LEXICONS: dict[str, Lexicon] = {"en": ENGLISH, "de": GERMAN}


def draft(article: Article, published: Date | None = None) -> Draft:
    """Return all that the rules find in an article. Weekdays and the like are counted from `published`; without it they are left out."""
    lexicon = LEXICONS[article.language]
    quotes = tokens.passages(article, lexicon.says)
    sentences = tokens.sentences(article, quotes)
    run = Attribution(article, sentences, quotes, lexicon)
    pieces = run.run()
    named = tuple(days.named(article, sentences, published))
    speakers: dict[int, Speaker] = {}
    said: list[Said] = []
    for piece in pieces:
        if piece.joins is not None or piece.nobody:
            continue
        said.append(_said(piece, pieces, speakers, said_on(run, piece, named, published)))
    cast = tuple({speaker.name: speaker for one in said if (speaker := one.speaker) is not None}.values())
    return Draft(article, tuple(said), named, cast)


def _said(piece: Piece, pieces: Sequence[Piece], speakers: dict[int, Speaker], day: Named | None) -> Said:
    spans = list(piece.spans)
    last = [piece]
    for other in pieces:
        if other.joins is not None and not piece.unclosed and any(other.joins is one for one in last):
            spans += other.spans
            last.append(other)
    known = piece.how != ASK and piece.entity is not None
    if piece.how == LIKELY and not piece.others:
        earlier = (one.entity for one in reversed(pieces) if one.spans[0] < piece.spans[0])
        piece.others = [one for one in earlier if one is not None and one is not piece.entity][:1]
    others = ([] if known or piece.entity is None else [piece.entity]) + piece.others
    return Said(
        kind=piece.kind,
        spans=tuple(sorted(spans)),
        speaker=_speaker(piece.entity, speakers) if known and piece.entity is not None else None,
        mention=piece.mention,
        how=piece.how,
        why=piece.why,
        candidates=tuple(_speaker(one, speakers) for one in others),
        day=day.date if day is not None else None,
        unclosed=piece.unclosed,
        in_marks=piece.in_marks,
    )


def _speaker(entity: Entity, speakers: dict[int, Speaker]) -> Speaker:
    return speakers.setdefault(id(entity), Speaker(entity.name, entity.kind, tuple(entity.roles), entity.plural, unsure=entity.unsure))
