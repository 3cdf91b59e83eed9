"""Timelines that were made elsewhere, as content files: TimelineJS's JSON, or the rows of its Google sheet saved as CSV.

Nothing is guessed, and nothing is left out in silence: what is not taken over as it was is told with the place where it stands.
`reading` knows the files, `moments` their dates, `words` their HTML, `slides` makes an event of each slide.
"""

import json
from collections.abc import Collection, Iterator

import msgspec

from builder.formats.imported import reading, slides, words
from builder.formats.imported.reading import ImportProblem as ImportProblem
from builder.formats.imported.slides import Event as Event


class Imported(msgspec.Struct, frozen=True):
    """What a timeline comes to."""

    title: str
    summary: str
    lines: tuple[str, ...]
    """What else its title slide has, as lines of front matter."""
    events: tuple[Event, ...]
    """Its events, then its eras."""
    body: str = ""
    """What the title slide says that a summary cannot hold, as Markdown."""
    told: tuple[str, ...] = ()
    """What was left out, or is not as it was, each with its place in the file."""


def from_json(data: bytes, taken: Collection[str] = ()) -> Imported:
    """Read TimelineJS's JSON; `ImportProblem` where it is none. `taken` are the ids that events of the site have already."""
    return _imported(reading.from_json(data), taken)


def from_csv(data: bytes, taken: Collection[str] = ()) -> Imported:
    """Read the rows of TimelineJS's sheet; `ImportProblem` where they are none."""
    return _imported(reading.from_csv(data), taken)


def _imported(found: reading.Timeline, taken: Collection[str]) -> Imported:
    ids = slides.Ids(taken)
    told = list(found.told)
    title = slides.title(found.title, told) if found.title is not None else slides.Title()
    events = [slides.event(slide, ids, told) for slide in found.events]
    eras = [slides.event(slide, ids, told, era=True) for slide in found.eras]
    return Imported(title.headline, title.summary, title.lines, (*events, *eras), title.body, tuple(told))


# --- as content files ------------------------------------------------


def as_explainer(found: Imported, title: str, today: str) -> str:
    """Return the draft of an explainer with the events in its timeline."""
    lines = ["---", f"title: {quoted(title)}"]
    if found.summary:
        lines.append(f"summary: {quoted(found.summary)}")
    lines += found.lines
    lines += [f"published: {today}", f"as_of: {today}", "status: draft                     # delete this line to publish", "timeline:"]
    lines += [f"  {sign} {line}" for event in found.events for sign, line in zip(_signs(), event.lines, strict=False)]
    return "\n".join(
        [
            *lines,
            "---",
            *([found.body.replace(words.PARAGRAPH, "\n\n"), ""] if found.body else []),
            "Write the text here.",
            "",
            "![[timeline]]",
            "",
        ]
    )


def quoted(text: str) -> str:
    """Return a text as a value of YAML."""
    return json.dumps(text, ensure_ascii=False)  # JSON's string is YAML's double-quoted one.


def _signs() -> Iterator[str]:
    yield "-"
    while True:
        yield " "


def as_events(found: Imported) -> dict[str, str]:
    """Return a shared event each: its id and the text of its file."""
    return {event.id: "\n".join(["---", *event.lines[1:], "---", ""]) for event in found.events}
