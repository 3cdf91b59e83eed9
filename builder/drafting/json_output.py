"""A draft as programs read it."""

from typing import Any

from builder.dates import Date
from builder.drafting.findings import ArticleText, AttributedSpeech, Draft


def as_data(draft: Draft, published: Date | None = None) -> dict[str, Any]:
    """Return the quotes and days of a draft. Places are characters of the file that the article stands in."""
    return {
        "title": draft.article.title or None,
        "published": published.edtf if published is not None else None,
        "language": draft.article.language,
        "quotes": [_quote(draft.article, one) for one in draft.said],
        "dates": [
            {
                "start": draft.article.at(day.start),
                "end": draft.article.end(day.end),
                "text": draft.article.text[day.start : day.end],
                "edtf": day.date.edtf,
            }
            for day in draft.days
        ],
    }


def _quote(article: ArticleText, one: AttributedSpeech) -> dict[str, Any]:
    spans = [[article.at(start), article.end(end)] for start, end in one.spans]
    found: dict[str, Any] = {
        "kind": one.kind,
        "text": " ".join(" ".join(article.text[start:end].split()) for start, end in one.spans),
        "start": spans[0][0],
        "end": spans[-1][1],
    }
    if len(spans) > 1:
        found["spans"] = spans
    found["speaker"] = one.speaker.name if one.speaker is not None else None
    if one.mention is not None:
        found |= {"speaker_start": article.at(one.mention[0]), "speaker_end": article.end(one.mention[1])}
    if one.speaker is not None:
        found["speaker_kind"] = one.speaker.kind
    found["how"] = one.how
    if one.denied:
        found["denied"] = True
    if one.candidates:
        found["candidates"] = [{"speaker": other.name, "speaker_kind": other.kind} for other in one.candidates]
    if one.day is not None:
        found["said"] = one.day.edtf
    return found
