"""Words that reverse the meaning of a sentence: without them, the other words say the contrary, or more than was said."""

import re
from collections.abc import Mapping

_WORD = re.compile("[^\\W_]+(?:[’'][^\\W_]+)*")
_ALONE = re.compile(r"\W*\w+,\s*\Z")
"""A word that answers a question: “No, the boat is sound.”"""

_ENGLISH = (
    "no not never none nobody nothing nowhere neither nor cannot deny denies denied denying if unless whether hardly barely scarcely "
    "without false falsely untrue wrong wrongly refuse refused doubt doubts doubted"
)
_NORWEGIAN = "ikke aldri ingen ingenting intet uten hvis om nekter nektet neppe tviler"
_TURNING: Mapping[str, str] = {
    "en": _ENGLISH,
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nichts weder noch ob falls wenn sofern ohne kaum nein bestreite bestreitet bestritt falsch bezweifle bezweifelt",
    "fr": "ne n pas jamais aucun aucune rien personne ni sans si guère non nie nient démens faux",
    "es": "no nunca jamás nadie nada ningún ninguna ninguno ni sin si tampoco apenas niego niega negó falso",
    "it": "non mai nessuno nessun nessuna niente nulla né senza se nego nega falso",
    "pt": "não nunca jamais ninguém nada nenhum nenhuma nem sem se nego nega falso",
    "nl": "niet geen nooit niemand niets noch zonder als indien tenzij nauwelijks nee ontken ontkent onwaar",
    "sv": "inte icke aldrig ingen inget inga ingenting utan om ifall knappast nekar falskt",
    "da": "ikke aldrig ingen intet ingenting uden hvis om næppe nægter falsk",
    "nb": _NORWEGIAN,
    "nn": "ikkje aldri ingen ingenting inkje utan viss om neppe nektar tviler",
    "no": _NORWEGIAN,
    "pl": "nie nigdy nikt nic żaden żadna żadne ani bez jeśli jeżeli czy",
    "cs": "ne nikdy nikdo nic žádný žádná ani bez jestli pokud zda není nejsem nejsou",
    "ru": "не нет ни никогда никто ничего никакой без если ли вряд",
    "uk": "не ні ніколи ніхто нічого жоден без якщо чи навряд",
    "tr": "değil yok asla hiç hayır eğer",
    "ar": "لا لم لن ليس ليست غير بدون إذا لو",
    "he": "לא אין אף בלי ללא אם מעולם",
}
"""Language → words, separated by spaces."""

_WITHIN: Mapping[str, str] = {
    "zh": "不 没 沒 无 無 非 未 否 别 如果 若",
    "ja": "ない なかった ません ぬ ず 否 もし",
    "ko": "않 안 없 아니 못 만약",
}
"""Language → parts of words."""

_WORDS = {language: frozenset(words.split()) for language, words in _TURNING.items()}
_PARTS = {language: tuple(parts.split()) for language, parts in _WITHIN.items()}


def reverses_meaning(words: str, language: str) -> bool:
    """Return whether words left out of a sentence reverse its meaning. `language` is a tag."""
    if _ALONE.match(words):
        return False
    tag = language.lower().replace("_", "-").partition("-")[0]
    if any(part in words for part in _PARTS.get(tag, ())):
        return True
    known = _WORDS.get(tag, frozenset())
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(words)]
    return any(word in known or (tag == "en" and word.endswith("n't")) or (tag == "fr" and word.startswith("n'")) for word in found)
