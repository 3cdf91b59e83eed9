"""Find the quotations of a text by their marks, and match them with quote records.

    text: He called it “sound”, she said: “No. We    →   QuotedPassage(words="sound", …)
          have no pilot.”                                Passage(words="No. We have no pilot.", …)

`scan` finds the passages of a body in the style of its language (`styles`, from CLDR); `match_records` returns the status of each.
Of two possible readings the one with fewer warnings is taken: a warning that is often wrong gets switched off.
"""

from builder.content.quotations.passages import BLOCK, MARKS, QuotedPassage, Scan, scan
from builder.content.quotations.record_matching import (
    MARKED,
    NAME,
    NONE,
    PARTLY,
    RECORDED,
    UNFOUND,
    MatchedPassage,
    match_records,
    match_records_in_values,
)
from builder.content.quotations.styles import usual

__all__ = [
    "BLOCK",
    "MARKED",
    "MARKS",
    "NAME",
    "NONE",
    "PARTLY",
    "RECORDED",
    "UNFOUND",
    "MatchedPassage",
    "QuotedPassage",
    "Scan",
    "match_records",
    "match_records_in_values",
    "scan",
    "usual",
]
