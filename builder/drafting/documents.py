"""Tells written things from whoever wrote them: a notice or a report “says” something, and is no actor."""

from builder.drafting.findings import BODY, Speaker
from builder.i18n.lexicons.lexicon import words

_WRITTEN = words(
    """notice report sign poster placard banner leaflet flyer brochure letter email e-mail memo memorandum note statement survey study poll document documents filing lawsuit
    complaint indictment ruling verdict bulletin website article editorial book review audit log diary page post tweet message plaque inscription label contract agreement minutes
    records files dossier paper plan draft handbook manual guidelines certificate postcard telegram summary transcript
    bericht gutachten mitteilung studie schild plakat aushang flugblatt brief urteil protokoll beitrag notiz vermerk tafel inschrift erklärung papier buch artikel vertrag"""
)
_ENDS_NOUN = words("of on by in from for to about with at published that which dated über von vom aus im zum zur des der an")
"""Words behind which a description goes on with what the thing is of."""
_NEWSPAPERS_TOO = words("paper post")
"""Nouns that alone mean a newspaper, or an office: “the paper said”; “a paper on ferries” is a document."""
_BEFORE_PAPER = words(
    "white green position working discussion policy research strategy briefing consultation blog facebook instagram linkedin media"
)
"""Words with which they mean a document all the same: a working paper, a blog post."""
_ARTICLES = words("a an the this that another his her its their der die das ein eine dieser diese dieses sein seine ihr ihre")


def is_document(speaker: Speaker | None) -> bool:
    """Return whether a speaker is a thing that was written, by its description: “a notice on the door”, and not a newspaper’s name."""
    if speaker is None or speaker.kind != BODY:
        return False
    parts = speaker.name.split()
    end = next((n for n, word in enumerate(parts) if n and word.lower().strip(",") in _ENDS_NOUN), len(parts))
    noun = parts[end - 1].strip(",")
    is_described = parts[0].lower() in _ARTICLES or noun.islower()
    is_name = noun[:1].isupper() and parts[0].lower() == "the"
    is_newspaper = end == len(parts) and noun.lower() in _NEWSPAPERS_TOO and parts[end - 2].lower() not in _BEFORE_PAPER
    return is_described and not is_name and not is_newspaper and noun.lower().rpartition("-")[2] in _WRITTEN
