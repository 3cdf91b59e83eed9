"""Find the quotations of a text by their marks, and match them with quote records.

    text: He called it “sound”, she said: “No. We    →   Passage(words="sound", …)
          have no pilot.”                                Passage(words="No. We have no pilot.", …)

`scan` finds the passages of a body in the style of its language (`styles`, from CLDR); `accounts` returns the status of each.
Of two possible readings the one with fewer warnings is taken: a warning that is often wrong gets switched off.
"""

from builder.content.quotations.accounts import MARKED, NAME, NONE, PARTLY, RECORDED, UNFOUND, Account, accounts, accounts_of_values
from builder.content.quotations.passages import BLOCK, MARKS, QuotedPassage, Scan, scan
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
    "Account",
    "QuotedPassage",
    "Scan",
    "accounts",
    "accounts_of_values",
    "scan",
    "usual",
]
