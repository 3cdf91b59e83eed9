r"""The Markdown of a body: read once a file into flat segments, joined to HTML once a page (`parts_of_page`).

read("See [[nato]].", path="content/pages/a.md")
    →  Body(segments=(Html("<p>"), Text("See ", 0), Link("nato", …), Text(".", 8), Html("</p>\n")), text="See nato.", …), ()
"""

from builder.content.markup.block_lines import block_lines
from builder.content.markup.character_reports import lost
from builder.content.markup.foreign_syntax import REMARK
from builder.content.markup.quotation_marks import NOBODY, signs_in
from builder.content.markup.renderer import bare, read, read_line
from builder.content.markup.safe_addresses import safe_url
from builder.content.markup.short_marks import items_in
from builder.content.markup.value_quotations import mark_in, quoting
from builder.content.markup.weekdays import wrong as wrong_weekdays

__all__ = [
    "NOBODY",
    "REMARK",
    "bare",
    "block_lines",
    "items_in",
    "lost",
    "mark_in",
    "quoting",
    "read",
    "read_line",
    "safe_url",
    "signs_in",
    "wrong_weekdays",
]
