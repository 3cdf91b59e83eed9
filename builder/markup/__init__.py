r"""The Markdown of a body: read once a file into flat segments, joined to HTML once a page (`weave`).

read("See [[nato]].", path="content/pages/a.md")
    →  Body(segments=(Html("<p>"), Text("See ", 0), Link("nato", …), Text(".", 8), Html("</p>\n")), text="See nato.", …), ()
"""

from builder.markup.addresses import safe_url
from builder.markup.outline import block_lines
from builder.markup.renderer import bare, read, read_line
from builder.markup.signs import NOBODY
from builder.markup.weekdays import wrong as wrong_weekdays

__all__ = ["NOBODY", "bare", "block_lines", "read", "read_line", "safe_url", "wrong_weekdays"]
