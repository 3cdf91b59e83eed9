"""Reports marks that name a quote which the file does not have."""

from collections.abc import Sequence

import msgspec

from builder.content.fields import Reader
from builder.diagnostics import Advice, Diagnostic, advice
from builder.model import Body, MarkClose, MarkOpen, Quote, location_of


def of_quotes(reader: Reader, body: Body, quotes: Sequence[Quote]) -> Body:
    """Report marks that name no quote, and return the body without them: the words are then looked for as those of any other quote are."""
    known = [quote.id for quote in quotes]
    wrong = {
        segment.id for segment in body.segments if isinstance(segment, MarkOpen) and segment.kind == "quote" and _is_lost(segment.id, known)
    }
    if not wrong:
        return body
    for segment in body.segments:
        if isinstance(segment, MarkOpen) and segment.kind == "quote" and segment.id in wrong and not segment.part:
            hint = (
                ""
                if segment.id != "no"
                else "If this quotes nobody, write {quote=no} right behind the quotation mark that closes: “words”{quote=no}."
            )
            near = advice(segment.id, known) if not hint else Advice(hint)
            hint = near.help or "Write the id of a quote of this explainer."
            message = f"“{{quote={segment.id}}}” names no quote of this file."
            reader.problems.append(
                Diagnostic(
                    "link-unknown",
                    message,
                    location_of(segment, reader.path),
                    help=hint,
                    subject=segment.id,
                    kind="quote",
                    suggestion=near.suggestion,
                )
            )
    kept = (
        segment
        for segment in body.segments
        if not (isinstance(segment, (MarkOpen, MarkClose)) and segment.kind == "quote" and segment.id in wrong)
    )
    return msgspec.structs.replace(body, segments=tuple(kept))


def _is_lost(key: str, known: Sequence[str]) -> bool:
    return "#" not in key and key not in known
