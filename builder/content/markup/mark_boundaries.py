"""Characters and elements of a text between which marks and their notes stand: ends of names, quotation marks, and blocks."""

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

TAIL = late(rf"(?:(?![{CLOSE}])[’'\w])*")
"""What belongs to a name and is not part of it: “Biden’s”. A note stands after it."""

ENDS_WITHIN = frozenset(f"</{name}>" for name in ("em", "strong", "s", "del", "a", "sub", "sup"))
"""Ends of elements between quoted words and their closing quotation mark."""

NEW_BLOCKS = frozenset(("p", "pre", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dl", "dt", "dd", "td"))
"""Elements in which the count of marks begins anew."""

CLOSING = late(r"""[.,;:!?…，。、；：！？،؛؟।]{0,2}[\u00a0\u202f]?(?P<mark>[”»“"’'›‹«」』〞〟״])""")
"""The closing quotation mark behind quoted words, in any language, and what may stand before it."""

OPENING = frozenset('“„«‹‘‚»›「『"')
"""Opening quotation marks."""
