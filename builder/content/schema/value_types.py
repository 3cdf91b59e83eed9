"""The kinds of values that keys take."""

import msgspec

# What a value may be. The words are an author's: they stand in messages ("“said” takes a date").
TEXT = "a text"
MARKDOWN = "a line of Markdown"
TEXTS = "a text or a list of texts"
ID = "an id"
IDS = "an id or a list of ids"
NAME = "an id or plain words"
NAMES = "an id or plain words, or a list of these"
DATE = "a date"
URL = "an address (https://…)"
LANGUAGE = "a language tag, such as en or pt-BR"
YES_NO = "yes or no"
NUMBER = "a whole number"
CHOICE = "one of a list"
CODE = "the code of a problem"
RECORD = "a record"
RECORDS = "a list of records, or a mapping of id to record"
PROPOSALS = "a list of proposals"
COORDINATES = "a latitude and a longitude, such as [50.45, 30.52]"
VERSIONS = "a mapping of name to version"

OF_PLUGIN = r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*"
"""What a plugin names: a code or a way to publish, behind the name of the package."""


class Key(msgspec.Struct, frozen=True):
    """One key of a record."""

    name: str
    takes: str
    about: str
    """A sentence for the guide and for an editor's tooltip."""
    options: tuple[str, ...] = ()
    """The words that a CHOICE takes."""
    record: str = ""
    """The name in `RECORDS_OF_FORMAT` of the kind that a RECORD or RECORDS holds."""
    required: bool = False
    of_plugins: bool = False
    """Whether a CHOICE takes words of plugins too: `house-publishing/ftp`."""


def choice(name: str, options: tuple[str, ...], about: str, *, required: bool = False) -> Key:
    """Return a key that takes one of some words."""
    return Key(name, CHOICE, about, options=options, required=required)
