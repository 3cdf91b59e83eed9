"""Pictures: what an author says of one, and what its file is."""

import msgspec

from builder.diagnostics import Location


class Image(msgspec.Struct, frozen=True, gc=False):
    """A picture that a record has, as its author gives it."""

    file: str
    """As the author wrote it: the path from the text's folder, or from the site's root."""
    alt: str
    """What it shows, for readers who cannot see it."""
    credit: str
    licence: str = ""
    caption: str = ""
    location: Location = Location("")
    """Of the file's name."""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """The file of a picture that a record has, or a text shows."""

    file: str
    """By path from the site's root: `content/explainers/ferry/boat.jpg`."""
    digest: str
    """Of what is in it, without its metadata."""
    width: int = 0
    """In pixels, the right way up; 0 if unknown."""
    height: int = 0
    wide: bool = False
    """Whether an explainer leads with it, or a text shows it."""
    portrait: bool = False
    """Whether it is the portrait of an actor."""
    whole: bool = False
    """Whether it is shown as it is: a drawing has every size, and a moving picture would stand still."""
