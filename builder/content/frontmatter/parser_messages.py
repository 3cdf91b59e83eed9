"""The messages of the YAML parser, explained to an author."""

_MEANINGS = (
    (
        "did not find expected ',' or ']'",
        "A list in square brackets is not closed, or a comma is missing.",
        "Write [one, two], with quotation marks around words that have commas.",
    ),
    ("did not find expected ',' or '}'", "A mapping in braces is not closed, or a comma is missing.", "Write {key: value, key: value}."),
    (
        "found unexpected end of stream",
        "A quotation mark is opened here and never closed.",
        "Close it, or double it where it is meant: 'It''s'.",
    ),
    (
        "did not find expected key",
        "YAML expects a key here.",
        "Check the indentation: keys of one record begin in the same column. Words in quotation marks must end before anything else follows.",
    ),
    (
        "did not find expected '-' indicator",
        "YAML expects another “-” of the list here.",
        "Check the indentation: the entries of a list begin in the same column.",
    ),
    (
        "found invalid Unicode character escape code",
        "A backslash begins an escape here that stands for no character.",
        "Write the character itself, or use single quotation marks around the value.",
    ),
    (
        "found unknown escape character",
        "A backslash in double quotation marks begins an escape that YAML does not know.",
        "Use single quotation marks around the value.",
    ),
)
"""Words of a message of the parser → the message and the advice of ours."""


def explain(said: str) -> tuple[str, str]:
    """Return the message and the advice for a message of the parser, where no slip is known."""
    known = ((message, advice) for sign, message, advice in _MEANINGS if sign in said)
    return next(known, ("The front matter is not valid YAML here.", f"The YAML parser says: {said}."))
