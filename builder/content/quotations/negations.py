"""Words that reverse the meaning of a sentence: without them, the other words say the contrary, or more than was said."""

import re

from builder.i18n.lexicons.speech import JOINED, SPEECH
from builder.i18n.tags import language_code

_WORD = re.compile("[^\\W_]+(?:[’'][^\\W_]+)*")
_ALONE = re.compile(r"\W*\w+,\s*\Z")
"""A word that answers a question: “No, the boat is sound.”"""

_PARTS = {language: tuple(SPEECH[language].reverses.split("|")) for language in JOINED}
_WORDS = {language: frozenset(row.reverses.split("|")) for language, row in SPEECH.items() if row.reverses and language not in JOINED}


def reverses_meaning(words: str, language: str) -> bool:
    """Return whether words left out of a sentence reverse its meaning. `language` is a tag."""
    if _ALONE.match(words):
        return False
    tag = language_code(language)
    if any(part in words for part in _PARTS.get(tag, ())):
        return True
    known = _WORDS.get(tag, frozenset())
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(words)]
    return any(word in known or (tag == "en" and word.endswith("n't")) or (tag == "fr" and word.startswith("n'")) for word in found)
