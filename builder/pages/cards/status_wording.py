"""The status of an event and its speakers, in words. A denial is never worded as a claim."""

from collections.abc import Iterable

from builder.content.markup import plain_words
from builder.incremental.memoize import once_a_site
from builder.model import ATTRIBUTED, FACTS, Event, Site


def status_words(site: Site, status: str) -> str:
    """Return a status in words."""
    return plain_words.status_words(site.language, status)


@once_a_site
def _before_names(site: Site) -> dict[str, str]:
    word = site.language.word
    return {"alleged": word("alleged by"), "denied": word("denied by"), "expected": word("expected by"), "disputed": word("statements by")}


def by_words(site: Site, status: str) -> str:
    """Return the words before the names of `by`, for a status: `denied by`."""
    return _before_names(site).get(status) or site.language.word("said by")


def standing(site: Site, status: str, names: Iterable[str], *, derived: bool = False) -> str:
    """Return a status with its speakers in words: `denied by the Council`, `planned, said by the Council`, `occurred (inferred)`."""
    voices = ", ".join(names)
    if voices and status in ATTRIBUTED:
        return f"{by_words(site, status)} {voices}"
    words = f"{status_words(site, status)} ({site.language.word('inferred')})" if derived else status_words(site, status)
    return f"{words}, {by_words(site, status)} {voices}" if voices else words


def doubt(site: Site, status: str) -> str:
    """Return the words before the title of an uncertain event: `planned`; "" for a fact."""
    return "" if status in FACTS else status_words(site, status)


def headed(site: Site, event: Event) -> str:
    """Return an event's title as plain words that may stand alone, with its doubt before it: `Planned: The council votes`."""
    words = doubt(site, event.status)
    if "status" in event.derived and words:
        words = f"{words} ({site.language.word('inferred')})"
    return site.language.word("{status}: {title}").format(status=words[:1].upper() + words[1:], title=event.title) if words else event.title


def titled(site: Site, event: Event) -> str:
    """Return the title of an event for use without a card: with its status, unless it has happened."""
    return plain_words.titled(site.language, event)
