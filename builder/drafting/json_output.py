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
        "quotes": [_quote(draft.article, attributed_speech) for attributed_speech in draft.said],
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


def _quote(article: ArticleText, attributed_speech: AttributedSpeech) -> dict[str, Any]:
    spans = [[article.at(start), article.end(end)] for start, end in attributed_speech.spans]
    found: dict[str, Any] = {
        "kind": attributed_speech.kind,
        "text": " ".join(" ".join(article.text[start:end].split()) for start, end in attributed_speech.spans),
        "start": spans[0][0],
        "end": spans[-1][1],
    }
    if len(spans) > 1:
        found["spans"] = spans
    found["speaker"] = attributed_speech.speaker.name if attributed_speech.speaker is not None else None
    if attributed_speech.mention is not None:
        found |= {"speaker_start": article.at(attributed_speech.mention[0]), "speaker_end": article.end(attributed_speech.mention[1])}
    if attributed_speech.speaker is not None:
        found["speaker_kind"] = attributed_speech.speaker.kind
    found["how"] = attributed_speech.how
    if attributed_speech.denied:
        found["denied"] = True
    if attributed_speech.candidates:
        found["candidates"] = [{"speaker": other.name, "speaker_kind": other.kind} for other in attributed_speech.candidates]
    if attributed_speech.day is not None:
        found["said"] = attributed_speech.day.date.edtf
        found["said_how"] = attributed_speech.day.how
    return found
