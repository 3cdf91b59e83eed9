"""Labels of enumerated values, in the words of a language."""

from builder.i18n.language import Language


def terms(language: Language, rules: str) -> str:
    """Return the label of ground rules; "" if there are none."""
    if not rules:
        return ""
    word = language.word
    return {
        "on-record": word("on the record"),
        "background": word("on background"),
        "deep-background": word("on deep background"),
        "off-record": word("off the record"),
    }.get(rules, "")


def doubt(language: Language, certainty: str) -> str:
    """Return the label of the certainty of an attribution; "" if it is certain."""
    word = language.word
    return {"medium": word("attribution likely, not certain"), "low": word("attribution doubtful")}.get(certainty, "")
