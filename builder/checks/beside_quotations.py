"""What stands beside a quotation, and the verbs of saying that are looked for in it, of all languages that part words by blanks."""

from builder.i18n.lexicons.speech import JOINED, SPEECH, any_of, words_of

_ROWS = [row for tag, row in SPEECH.items() if tag not in JOINED]  # for the others see `speakers_in_east_asia`
_HELPED = f"(?:{any_of(*(row.helpers for row in _ROWS))}\\s+)?"

TOLD = any_of(*(row.told for row in _ROWS))
"""told, behind which the hearer stands."""
SAYS = f"{_HELPED}{any_of(*(row.says for row in _ROWS))}"
"""said; a déclaré."""
SAYS_OR_TOLD = f"{_HELPED}{any_of(*(row.says for row in _ROWS), *(row.told for row in _ROWS))}"
ACCORDING = any_of(*(row.according for row in _ROWS))
"""according to."""
HELPERS = words_of(*(row.helpers for row in _ROWS))
"""The single words before a participle: “a” of “a déclaré”."""
VERBS = words_of(*(row.says for row in _ROWS), *(row.told for row in _ROWS))
"""The single words of these: most texts are asked for one before an expression is tried, which costs more."""


def beside(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """Return what stands before and behind a quotation in its paragraph, each of no more than `reach` characters, in one line."""
    before = text[max(0, start - reach) : start].rpartition("\n\n")[2]
    return before.replace("\n", " "), text[end : end + reach].partition("\n\n")[0].replace("\n", " ")
