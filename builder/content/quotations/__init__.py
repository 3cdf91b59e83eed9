"""Which passages of a text are quotations, by their marks, and which of them a record accounts for.

    text: He called it “sound”, she said: “No. We    →   Passage(words="sound", …)
          have no pilot.”                                Passage(words="No. We have no pilot.", …)

`scan` finds the passages of a body in the style of its language (`styles`, from CLDR); `accounts` says what has become of each.
Where two readings are possible the one that tells less is taken: a warning that is often wrong is switched off.
"""

from builder.content.quotations.accounts import MARKED, NAME, NONE, PARTLY, RECORDED, UNFOUND, Account, accounts, accounts_of_value
from builder.content.quotations.passages import BLOCK, MARKS, Passage, Scan, scan

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
    "Passage",
    "Scan",
    "accounts",
    "accounts_of_value",
    "scan",
]
