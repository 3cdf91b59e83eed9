"""The rules of CHANGELOG.md, for `make release` and for tests/docs."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

HEADINGS = ("Added", "Changed", "Fixed", "Security")
MOST_WORDS = 25
UNRELEASED = "Unreleased"
_RELEASE = re.compile(r"(\d+\.\d+\.\d+) – (\d{4}-\d{2}-\d{2})")


class Section(NamedTuple):
    """The changes of one release, or those that no release has yet."""

    title: str
    headings: tuple[str, ...]
    entries: tuple[str, ...]
    others: tuple[str, ...]
    """Lines that are none of these, nor name a part of the program (`####`): an entry that goes on, or plain words."""

    @property
    def version(self) -> str:
        """Return the version; "" where the title is none of a release."""
        match = _RELEASE.fullmatch(self.title)
        return match[1] if match else ""

    @property
    def day(self) -> date | None:
        match = _RELEASE.fullmatch(self.title)
        try:
            return date.fromisoformat(match[2]) if match else None
        except ValueError:
            return None


def sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a changelog, in their order."""
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, *lines = part.splitlines()
        headings = tuple(line.removeprefix("### ") for line in lines if line.startswith("### "))
        entries = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
        others = tuple(line for line in lines if line and not line.startswith(("### ", "#### ", "- ")))
        found.append(Section(title, headings, entries, others))
    return tuple(found)


def problems(text: str) -> Iterator[str]:
    """Yield what is wrong with a changelog, whatever the version."""
    found = sections(text)
    if not found or found[0].title != UNRELEASED:
        yield f"The first section must be “{UNRELEASED}”."
    releases = [section for section in found if section.title != UNRELEASED]
    for release in releases:
        if release.day is None:
            yield f"“{release.title}” must be a version and a day: 0.1.0 – 2026-11-29."
    days = [release.day for release in releases if release.day is not None]
    if days != sorted(days, reverse=True):
        yield "The newest release must come first."
    for release in found:
        if list(release.headings) != [heading for heading in HEADINGS if heading in release.headings]:
            yield f"The headings of “{release.title}” must be of {', '.join(HEADINGS)}, in this order, each at most once."
        for line in release.others:
            yield f"An entry of “{release.title}” must be one line: “{line.strip()[:60]}”"
        for entry in release.entries:
            if len(entry.split()) > MOST_WORDS:
                yield f"An entry of “{release.title}” has {len(entry.split())} words, and may have {MOST_WORDS}: “{entry[:60]}”"


def problems_of(version: str, text: str) -> Iterator[str]:
    """Yield what keeps a version from being released with this changelog."""
    yield from problems(text)
    released = [section.version for section in sections(text) if section.title != UNRELEASED]
    if version not in released:
        yield f"CHANGELOG.md has no section “{version} – YYYY-MM-DD”: move what is under “{UNRELEASED}” into one, or set `__version__` in builder/__init__.py."
    elif version != released[0]:
        yield f"`__version__` in builder/__init__.py is {version}, but the newest section of CHANGELOG.md is {released[0]}."
