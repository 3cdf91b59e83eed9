"""What closed lists of the format are called, in the words of a language: on pages, and in files that have no sign for them."""

from builder.i18n.language import Language


def terms(language: Language, rules: str) -> str:
    """Return on what terms somebody spoke; "" where nobody says."""
    word = language.word
    return {
        "on-record": word("on the record"),
        "background": word("on background"),
        "deep-background": word("on deep background"),
        "off-record": word("off the record"),
    }.get(rules, "")


def doubt(language: Language, certainty: str) -> str:
    """Return how certain it is whose words something is; "" where there is no doubt."""
    word = language.word
    return {"medium": word("attribution only fairly certain"), "low": word("attribution doubtful")}.get(certainty, "")
