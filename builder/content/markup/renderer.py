"""The dialect: CommonMark 0.31.2 with tables, strikethrough, definition lists, footnotes and our marks.

The library is loaded when the first text is read: a build in which no file changed never needs it.
"""

import functools
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from builder.content.markup import character_reports, comments
from builder.content.markup.bare_addresses import has_signs
from builder.content.markup.block_tokens import render_tokens, render_verbatim
from builder.content.markup.foreign_syntax import RARE
from builder.content.markup.marks import MOST_REPEATED
from builder.content.markup.reports import Definitions
from builder.content.markup.short_marks import READ
from builder.diagnostics import WARNING, Diagnostic, Location, characters as signs
from builder.i18n.scripts import there
from builder.model import Body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from builder.content.markup.inline import InlineRule

MANY_CHARACTERS = 30_000
"""Characters from which on a text is looked at before it is read; no limit can be passed by fewer."""

LONGEST = 1_000_000
"""Characters of a body; about 160,000 words. What is longer is shown as it is written."""

MOST_LINES = 30_000

MOST_CELLS = 50_000
"""Cells of all tables, counted by their bars."""

MOST_SIGNS = 120_000
"""Characters that may begin or end markup inside a paragraph: what the time of reading grows with."""

_SIGNS = "*_`~[]<&\\"

LEVELS = 100
"""How deep lists and quotes may stand in each other."""

FEWER_LEVELS = 20
"""Levels of lists and quotes in a file of many lines, since each line is looked at once for each level that is open; and how deep brackets may stand."""

MANY_LINES = 3_000


@functools.cache
def _commonmark() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    from builder.content.markup.inline import COMMONMARK, Inline

    made = MarkdownIt("commonmark")
    made.inline = Inline(COMMONMARK, levels=made.options.maxNesting)
    made.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    # The library leaves out the line break in an empty block quote, and the specification's examples have it.
    made.add_render_rule("blockquote_open", _blockquote_open)
    _remember_brackets(made)
    return made


def _blockquote_open(renderer: Any, tokens: "Sequence[Token]", index: int, options: "OptionsDict", env: "EnvType") -> str:
    tag = str(renderer.renderToken(tokens, index, options, env))
    return tag + "\n" if tokens[index + 1].type == "blockquote_close" else tag


@functools.cache
def parser(levels: int = LEVELS) -> "MarkdownIt":
    """Return the parser of our dialect, which makes tokens for `render_tokens`."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    from builder.content.markup import comments, emphasis, numbered_lines
    from builder.content.markup.blocks import BlockParser
    from builder.content.markup.inline import Inline

    made = MarkdownIt("commonmark", {"maxNesting": levels})
    made.block = BlockParser(levels=levels)
    made.inline = Inline(_inline_rules(), levels=FEWER_LEVELS)
    made.use(deflist_plugin)
    made.use(footnote_plugin, inline=False, move_to_end=False)
    made.block.ruler.before("html_block", "comment", comments.comment, {"alt": ["paragraph", "reference", "blockquote"]})
    made.inline.ruler2.after("balance_pairs", "settle", emphasis.settle)  # type: ignore[arg-type]  # our own state
    made.core.ruler.after("block", "numbers", numbered_lines.as_written)
    # `read` has normalised the text, and `render_tokens` joins neighbouring words itself.
    made.core.ruler.enableOnly(["block", "numbers", "inline"])
    made.normalizeLink = _encoded  # type: ignore[method-assign]  # as below
    made.normalizeLinkText = _decoded  # type: ignore[method-assign]  # as below
    made.validateLink = _any  # type: ignore[method-assign]  # the way to set it that the library's documents give
    _remember_brackets(made)
    return made


def _inline_rules() -> "Mapping[str, Sequence[InlineRule]]":
    """Return the rules of our dialect by the character that they begin with, in the order in which they are tried."""
    from markdown_it import rules_inline

    from builder.content.markup import broken_links, comments, emphasis, foreign_syntax, marks, open_code, short_marks
    from builder.content.markup.inline import COMMONMARK

    link, image = broken_links.complete(marks.located(rules_inline.link)), marks.located(rules_inline.image)
    return {
        **COMMONMARK,
        "\\": (foreign_syntax.formula_in_backslashes, foreign_syntax.command_of_tex, *COMMONMARK["\\"]),
        "*": (emphasis.stars,),
        "_": (emphasis.stars,),
        "(": (short_marks.in_other_brackets,),
        "[": (
            short_marks.in_other_brackets,
            marks.wikilink(link),
            marks.note,
            marks.span,
            link,
            foreign_syntax.citation,
            foreign_syntax.shortcode,
            broken_links.link,
        ),
        "]": (broken_links.no_opening,),
        "`": (foreign_syntax.computed, open_code.ticks(rules_inline.backtick)),
        "!": (marks.embed, image),
        "{": (
            short_marks.mistyped,
            short_marks.of_quotation,
            short_marks.of_block,
            marks.attributes,
            marks.brace,
            foreign_syntax.remark,
            foreign_syntax.liquid,
            foreign_syntax.role,
            foreign_syntax.attributes,
        ),
        "~": (foreign_syntax.lowered, rules_inline.strikethrough.tokenize),
        "%": (comments.of_obsidian,),
        "$": (foreign_syntax.formula,),
        "=": (foreign_syntax.highlight,),
        "^": (foreign_syntax.inline_note, foreign_syntax.raised),
        "+": (foreign_syntax.inserted,),
        "@": (foreign_syntax.reference,),
        ":": (foreign_syntax.emoji,),
        "&": (marks.entity(rules_inline.entity),),
        "<": (
            comments.of_html,
            foreign_syntax.erb,
            marks.located(rules_inline.autolink),
            marks.located(rules_inline.html_inline),
            broken_links.in_angles,
        ),
    }


_ENCODED = re.compile(r"(?!//)(?:https?://[a-z0-9.-]+(?=[/?#]|$)|mailto:[a-z0-9.+-]+@[a-z0-9.-]+$)?[A-Za-z0-9._~/?#=&+,;@!$*-]*")
"""Addresses that the library would give back as they are; most are, and taking them apart to see so is the dearest part of a link."""


def _encoded(url: str) -> str:
    """Percent-encode an address."""
    if _ENCODED.fullmatch(url):
        return url
    from markdown_it.common.normalize_url import normalizeLink

    return normalizeLink(url)


def _decoded(link: str) -> str:
    """Return an address as a reader reads it."""
    if _ENCODED.fullmatch(link) and "xn--" not in link:
        return link
    from markdown_it.common.normalize_url import normalizeLinkText

    decoded = normalizeLinkText(link)
    return link if signs.is_suspect(decoded) else decoded


def _any(url: str) -> bool:
    """Let every address through: `phrases` asks what may be published, where there is a place to say so."""
    del url
    return True


def _remember_brackets(made: "MarkdownIt") -> None:
    helpers: Any = made.helpers
    made.helpers = SimpleNamespace(  # type: ignore[assignment]  # a module there, and the rules take from it what stands here
        parseLinkLabel=made.inline.label_end,  # type: ignore[attr-defined]  # our own parser
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )


def bare(text: str) -> str:
    """Render plain CommonMark 0.31.2 to HTML, raw HTML included: what the dialect stands on, for the tests of conformance."""
    return str(_commonmark().render(text))


def read(text: str, *, path: str, line: int = 1, near: int | None = None, marks: bool = False) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Read the body of a content file.

    `text` is Markdown, `path` the file for the problems, `line` the line of the file on which the text begins, `near` the day that its dates count from, as `dates.first_day` counts.
    With `marks` it may have the marks of an explainer that stand in the place of front matter. Never raises.
    """
    text, refused = character_reports.without(_lines(text), Location(path, line))
    lines = text.count("\n")
    if len(text) > MANY_CHARACTERS and (reason := _too_much(text, lines)):
        body, problems = render_verbatim(text, Location(path, line), reason)
        return body, (*refused, *problems)
    levels = LEVELS if lines < MANY_LINES else FEWER_LEVELS
    read: dict[str, Any] = {"references": Definitions(), "percents": comments.unpaired(text), READ: marks, **_signs(text)}
    body, problems = render_tokens(parser(levels).parse(text, read), text, Location(path, line), read=read, near=near)
    if read.get("spent", 0) > MOST_REPEATED:
        message = f"The addresses of all links come to more than {MOST_REPEATED:,} characters."
        advice = "Refer less often to long addresses; until then some references are shown as they are written."
        problems = (*problems, Diagnostic("too-long", message, Location(path, line), help=advice, severity=WARNING))
    return body, (*refused, *character_reports.in_entities(text, body, Location(path, line)), *problems)


def _too_much(text: str, lines: int) -> str:
    """Return why a text is not read as Markdown; "" where it is."""
    if len(text) > LONGEST:
        return f"This text has more than {LONGEST:,} characters."
    if lines > MOST_LINES:
        return f"This text has more than {MOST_LINES:,} lines."
    if text.count("|") > MOST_CELLS:
        return f"The tables of this text have more than {MOST_CELLS:,} cells."
    if sum(map(text.count, _SIGNS)) > MOST_SIGNS:
        return f"This text has more than {MOST_SIGNS:,} signs of markup."
    return ""


def read_line(text: str, *, location: Location, near: int | None = None) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Read one line of inline Markdown from a value of the front matter: no paragraph around it, no footnotes, no embeds.

    `location` is where the value stands; problems are reported there.
    """
    # Its characters were looked at where the value was read.
    text = _lines(text).strip()
    body, problems = render_tokens(parser().parseInline(text, _signs(text)), text, location, one_line=True, near=near)
    return body, (*character_reports.in_entities(text, body, location, one_line=True), *problems)


def _signs(text: str) -> dict[str, Any]:
    """Return which signs of rare marks a text has at all, so that its paragraphs are not searched for others."""
    return {"signs": there(RARE, text), "addressed": has_signs(text)}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
