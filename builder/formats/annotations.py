"""W3C Web Annotation (JSON-LD): every quote, anchored to its words in the published text."""

from typing import Any

import msgspec

from builder import urls
from builder.formats import annotated_quotes, value_labels
from builder.formats.published_data import ExplainerData, QuoteRecord
from builder.formats.whole_events import Surroundings
from builder.i18n import language

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def encode(data: ExplainerData, around: Surroundings | None = None) -> bytes:
    """Return the quotes that occur in the text as an annotation collection of one page. With `around`, each says besides what no property of an annotation says."""
    root = urls.root_path(data.explainer.path)
    page = data.site.address(data.explainer.path, root)
    items = [
        _annotation(data, quote, page, root)
        | ({annotated_quotes.ABOUT: annotated_quotes.quotation(data, quote, around.actors, around.sources)} if around is not None else {})
        for quote in data.quotes
        if quote.passages
    ]
    whole = {
        "@context": [CONTEXT, annotated_quotes.CONTEXT] if around is not None else CONTEXT,
        "id": f"{page}annotations.jsonld",
        "type": "AnnotationCollection",
        "label": data.explainer.title,
        "total": len(items),
        "first": {"id": f"{page}annotations.jsonld#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return msgspec.json.encode(whole) + b"\n"


def _annotation(data: ExplainerData, quote: QuoteRecord, page: str, root: str) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [
        {
            "type": "TextualBody",
            "value": _described(data, quote),
            "format": "text/plain",
            "language": data.site.language,
            "purpose": "describing",
        }
    ]
    bodies += [
        {"type": "SpecificResource", "source": data.site.address(speaker.path, root), "purpose": "identifying"}
        for speaker in quote.speakers
        if speaker.path
    ]
    targets = [
        {
            "source": page,
            "selector": {"type": "TextQuoteSelector", "exact": passage.exact, "prefix": passage.prefix, "suffix": passage.suffix},
        }
        for passage in quote.passages
    ]
    made: dict[str, Any] = {
        "id": data.site.address(quote.path, root),
        "type": "Annotation",
        "motivation": ["describing", "identifying"],
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
    }
    if data.site.licence.startswith(("https://", "http://")):
        made["rights"] = data.site.licence
    return made


def _described(data: ExplainerData, quote: QuoteRecord) -> str:
    """Return the description of a quote as on the page, with its certainty."""
    spoken = language.load(data.site.language)
    word = spoken.word
    to = word("to {name}").format(name=", ".join(actor.name for actor in quote.to)) if quote.to else ""
    when = ""
    if quote.said is not None:
        when = word("Said {date}").format(date=quote.said.words)
    elif quote.reported is not None:
        when = word("Reported {date}").format(date=quote.reported.words)
    parts = (
        ", ".join(speaker.name for speaker in quote.speakers) or word("Speaker unknown"),
        f"{to} ({word('inferred')})" if "to" in quote.derived else to,
        word("paraphrase") if quote.kind == "paraphrase" else "",
        when,
        value_labels.terms(spoken, quote.rules),
        value_labels.doubt(spoken, quote.doubt),
        *(reply.words for reply in (*quote.replies, *quote.relations)),
    )
    return "; ".join(part for part in parts if part)
