"""Syntax of other Markdown dialects, shown as it is written and reported once a file, by kind, with its first line.

What stands among words is found by rules in the shape of the library's (`attributes`, `liquid`, `formula` …), what begins a line by `of_block`.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from builder.i18n.patterns import late

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

RARE = {
    "%%": "%(?=%)",
    "==": "=(?==)",
    "$": r"\$",
    "{": r"\{(?=[%{:.#=\w >/+~-])",
    "^": r"\^(?=[^\s^]{1,40}\^|\[)",
    "++": r"\+(?=\+\S)",
    "@": r"(?<![\w@./-])@(?=(?:fig|tbl|sec|eq|lst|thm|exm|nte)-\w)",
    ":": r"(?<![\w:]):(?=[a-z+-][a-z0-9_+-]{1,30}:)",
}
"""Signs with which a rule begins, each as an expression: they are looked for only in a text that has them."""


# --- within a paragraph ------------------------------------------------


def _report(state: "StateInline", kind: str, end: int, *, silent: bool) -> bool:
    if not silent:
        token = state.push("foreign", "", 0)
        token.content = state.src[state.pos : end]
        token.meta = {"at": state.pos, "kind": kind}
    state.pos = end
    return True


Rule = Callable[["StateInline", bool], bool]


def _rule(kind: str, pattern: str, *, not_behind: Callable[[str], bool] = lambda _: False) -> Rule:
    """Return the rule of syntax that a pattern alone finds; `not_behind` is whether it is meant as text behind a character."""
    sign = late(pattern)

    def rule(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
        found = sign.match(state.src, state.pos, state.posMax)
        if found is None or (state.pos and not_behind(state.src[state.pos - 1])):
            return False
        return _report(state, kind, found.end(), silent=silent)

    return rule


REMARK = (
    r"\{>>[^\n]{0,1000}?<<\}|\{--(?! )[^\n]{1,1000}?--\}|\{\+\+[^\n]{1,1000}?\+\+\}|\{~~[^\n]{1,1000}?~>[^\n]{0,1000}?~~\}"
    r"|\{#(?![\w-]*\})[^\n]{0,1000}?#\}|\{/\*[^\n]{0,1000}?\*/\}"
)
"""Remarks and changes of other programs, as an expression."""

remark = _rule("remark", REMARK)
"""`{>>a remark<<}`, `{--taken out--}`, `{++put in++}` and `{~~old~>new~~}` of CriticMarkup, `{# … #}` of templates, `{/* … */}` of MDX."""

erb = _rule("liquid", r"<%[^\n]{1,300}?%>")
"""`<% words %>` of templates in Ruby and others."""

role = _rule("role", r"\{[a-z][\w:.+-]{0,40}\}(?=`)")
"""`{ref}` before code, as MyST has it."""

reference = _rule("reference", r"@[a-z]{2,3}-[\w-]*\w")
"""`@fig-boat`, `@sec-intro`."""

citation = _rule(
    "citation",
    r"\[(?:-?@[A-Za-z][\w:./-]*\d[\w:./-]*|(?:[^\[\]@\n]{1,60} )-?@[A-Za-z][\w:./-]*\d{2}[\w:./-]*)(?:[,; ][^\[\]\n]{0,200})?\](?![(\[{])",
)
"""`[@cite2020]`, `[see @doe99, pp. 33-35]`; not the name of an account without a year."""

command_of_tex = _rule(
    "TeX",
    r"\\(?:(?:pagebreak|newpage|clearpage|noindent|bigskip|medskip|smallskip|hfill|tableofcontents|maketitle)(?![A-Za-z])(?:\{\})?"
    r"|[A-Za-z]{2,20}\*?(?:\[[^\]\n]{0,100}\])?\{[^{}\n]{0,200}\})",
)
r"""`\pagebreak`, `\emph{words}`."""

highlight = _rule(
    "highlight", r"==(?=[^\s=])[^=\n]{1,500}(?<!\s)==(?!=)", not_behind=lambda char: char == "=" or (char.isascii() and char.isalnum())
)
"""`==words==`."""

inserted = _rule("inserted", r"\+\+(?=[^\s+])[^+\n]{1,500}(?<!\s)\+\+(?!\+)", not_behind=lambda char: char == "+" or char.isalnum())
"""`++words++`; not C++."""

inline_note = _rule("inline note", r"\^\[[^\[\]\n]{1,1000}\]", not_behind=str.isdigit)
"""`^[a note]`."""


_BRACES = late(r"\{(:?)[ \t]*([^{}\n]{1,200})\}")
_ATTRIBUTE = late(r"(?:[.#][A-Za-z][\w:.-]*|[A-Za-z][\w-]*=(?:\"[^\"]*\"|'[^']*'|[^\s\"'“”=]+))(?:[ \t]+|$)")
_OURS = late(r"(?:quote|event|actor)\b")
_BEFORE = frozenset(")]*`")
"""Behind these, braces are of what stands there: a picture, a link, emphasis, code."""


def attributes(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`{#id}`, `{.class}`, `{width=50%}`, `{: .lead}`."""
    at, src = state.pos, state.src
    found = _BRACES.match(src, at, state.posMax)
    if found is None or at in state.unread or _OURS.match(found[2]):  # type: ignore[attr-defined]  # our own state, which imports this module
        return False
    inner = found[2].rstrip()
    begins = not at or src[at - 1] == "\n"
    alone = begins and src[found.end() : found.end() + 1] in {"", "\n"}
    behind = found[1] or inner[0] in ".#" or alone or src[at - 1] in _BEFORE
    # A heading without a number, code for one kind of output.
    if (inner == "-" and found.end() == state.posMax and at) or (inner[0] == "=" and src[at - 1 : at] == "`"):
        return _report(state, "attributes", found.end(), silent=silent)
    # With a colon at the beginning of a line, whatever stands there.
    if not (found[1] and begins) and not (behind and _are_attributes(inner)):
        return False
    return _report(state, "id" if inner[0] == "#" else "attributes", found.end(), silent=silent)


def _are_attributes(words: str) -> bool:
    at = 0
    while at < len(words):
        found = _ATTRIBUTE.match(words, at)
        if found is None:
            return False
        at = found.end()
    return bool(words)


_LIQUID = late(r"\{\{[<%][^\n]{0,300}?[>%]\}\}|\{%[^\n]{0,300}?%\}|\{\{[^{}\n]{0,300}\}\}")


def liquid(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`{% include x %}` and `{{ site.title }}` of Liquid, `{{< figure >}}` and `{{% notice %}}` of Hugo."""
    if state.src[state.pos + 1 : state.pos + 2] not in {"{", "%"}:
        return False
    found = _LIQUID.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    return _report(state, "hugo" if found[0][2] in "<%" and found[0][1] == "{" else "liquid", found.end(), silent=silent)


_COMPUTED = late(r"`(?:\{(?:r|python|julia|ojs|eval)\}[ \t]+|r[ \t]+(?=[^`\n]*[(\[$.])|\$?=[ \t]*(?=(?:this|dv)\.))[^`\n]{1,300}`(?!`)")


def computed(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`` `{r} nrow(boats)` `` of Quarto, `` `r mean(x)` `` of R Markdown, `` `= this.title` `` of Dataview: what is computed there is no code to show."""
    at = state.pos
    found = _COMPUTED.match(state.src, at, state.posMax) if state.src[at + 1 : at + 2] in "{r=$" else None
    return found is not None and state.src[at - 1 : at] != "`" and _report(state, "cell", found.end(), silent=silent)


_FORMULA = late(r"\$\$(?!\$)((?:[^$\\]|\\.){1,1000}?)\$\$(?!\$)|\$(?![\s$])((?:[^$\n\\]|\\.){1,300}?)(?<![\s\\])\$(?![\w$])", re.DOTALL)
_TEX = late(r"\\[A-Za-z]|(?<!\\)[\^_]\S|(?<=[A-Za-z)}])\s*[=<>+]|[=<>+]\s*(?=[A-Za-z\\({])")
_VARIABLE = late(r"[A-Za-z][0-9']?")
_AMOUNT = late(r"\d[\d.,]*(?:\s|$)")


def formula(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`$E = mc^2$` and `$$ … $$`; not the prices of a sentence."""
    at = state.pos
    if at and (state.src[at - 1].isalnum() or state.src[at - 1] == "$"):
        return False
    found = _FORMULA.match(state.src, at, state.posMax)
    if found is None:
        return False
    inner = found[1] or found[2]
    if not (_TEX.search(inner) or _VARIABLE.fullmatch(inner)) or (_AMOUNT.match(inner) and not re.search(r"[\\^_]", inner)):
        return False
    return _report(state, "formula", found.end(), silent=silent)


_IN_BACKSLASHES = late(r"\\\(((?:[^\\\n]|\\(?!\))){1,300})\\\)|\\\[((?:[^\\]|\\(?!\])){1,1000})\\\]")


def formula_in_backslashes(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    r"""`\(x\)` and `\[E = mc^2\]`; not brackets that are meant as text: `\[sic\]`."""
    found = _IN_BACKSLASHES.match(state.src, state.pos, state.posMax)
    if found is None or not (_TEX.search(found[1] or found[2]) or _VARIABLE.fullmatch(found[1] or "")):
        return False
    return _report(state, "formula", found.end(), silent=silent)


_EMOJI = late(r":(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):(?![\w:])")


def emoji(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`:smile:` and `:+1:`; not `a:b:c`."""
    at = state.pos
    found = _EMOJI.match(state.src, at, state.posMax)
    if found is None or (at and (state.src[at - 1].isalnum() or state.src[at - 1] == ":")):
        return False
    return _report(state, "role" if state.src.startswith("`", found.end()) else "emoji", found.end(), silent=silent)


_RAISED = late(r"\^(?:[^\s^\\\[\]]|\\ ){1,40}\^(?!\^)")
_LOWERED = late(r"~(?:[^\s~\\]|\\ ){1,40}~(?!~)")


def raised(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`10^6^`; not a face such as `^_^`."""
    found = _between(state, _RAISED)
    return found is not None and _report(state, "raised", found.end(), silent=silent)


def lowered(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`H~2~O`; not `~5 to ~6`, which is about."""
    found = _between(state, _LOWERED)
    return found is not None and _report(state, "lowered", found.end(), silent=silent)


_STOPS = ".,;:!?…”’»"
_BEHIND = _STOPS + ")]"
"""Signs behind which such letters may stand: behind those that end words or a sentence, only the number of a note."""


def _between(state: "StateInline", sign: re.Pattern[str]) -> re.Match[str] | None:
    """Return what stands between two signs right behind a letter or a figure."""
    at, src = state.pos, state.src
    behind = src[at - 1] if at else ""
    if not (behind.isalnum() or (behind and behind in _BEHIND)):
        return None
    found = sign.match(src, at, state.posMax)
    if found is not None and behind in _STOPS and not found[0][1:-1].isdigit():
        return None
    return found if found is not None and any(char.isalnum() for char in found[0]) else None


_SHORTCODE = late(
    r"\[(?:/[a-z][\w-]{0,30}|(?P<named>(?:gallery|caption|embed|audio|video|playlist|youtube|vimeo|soundcloud|slideshow|carousel|slider|image|img"
    r"|photo|map|iframe|tweet|twitter|instagram|facebook|tiktok|button|form|poll|table|chart|timeline|accordion|tabs?|toggle|spoiler|columns?|row"
    r"|pullquote|sidebar|related|newsletter|subscribe|signup|login|ads?|more|readmore|nextpage|divider|clear|hr|br"
    r"|[a-z]+(?:[_-][a-z0-9]+)+)(?![\w-])[^\[\]\n]{0,300})"
    # [name key="value"], and [name=value] … [/name]
    r"|[a-z][\w-]{0,30}(?:[ \t]+[\w-]+=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'))[^\[\]\n]{0,300}"
    r"|(?P<set>[a-z]{1,30})=[^\[\]\n]{1,300})\]"
)
_CONTENTS = late(r"\[(?:toc|TOC|_TOC_)\]")


_HAS_VALUE = late(r"\[[\w-]+(?:[ \t]+[\w-]+)?=")
_LONGEST_PAIR = 5_000
"""Characters behind a shortcode in which its end is looked for."""
_NAME = late(r"\[(?P<name>[a-z][\w-]*)")


def _is_closed(src: str, name: str, end: int) -> bool:
    """Return whether the first closing shortcode behind `end` is that of a name."""
    return src.startswith(f"[/{name}]", src.find("[/", end))


def _is_paired(src: str, found: re.Match[str]) -> bool:
    """Return whether a shortcode has its end in the same block: `[vc_row][vc_column]words[/vc_column][/vc_row]`."""
    name = _NAME.match(found[0])
    return name is not None and src.find(f"[/{name['name']}]", found.end(), found.end() + _LONGEST_PAIR) >= 0


def _goes_on(src: str, at: int) -> bool:
    """Return whether a sentence goes on from the line above: “He went to the” and, on the next line, “[gallery]”."""
    above = src[src.rfind("\n", 0, max(at - 1, 0)) + 1 : at].rstrip()
    return bool(above) and (above[-1].isalnum() or above[-1] in ",;(–—")


def shortcode(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 – as above
    """`[caption width="300"]`, `[/caption]`, `[gallery]`, `[url=…]`, `[TOC]`; not `[sic]`, nor `[n=12]`."""
    at, src = state.pos, state.src
    contents = _CONTENTS.match(src, at, state.posMax)
    found = contents or _SHORTCODE.match(src, at, state.posMax)
    if found is None:
        return False
    alone = (not at or src[at - 1] == "\n") and src[found.end() : found.end() + 1] in {"", "\n"} and not _goes_on(src, at)
    if contents is None and found["set"] and not _is_closed(src, found["set"], found.end()):
        return False
    if not (alone or (contents is None and (_HAS_VALUE.match(found[0]) or found[0][1] == "/" or _is_paired(src, found)))):
        return False
    return _report(state, "wordpress" if contents is None else "contents", found.end(), silent=silent)


def is_tags(line: str) -> bool:
    """Return whether a line is made of tags such as `#ferry`."""
    return _TAGS.fullmatch(line) is not None


# --- what begins a block or a line ------------------------------------------------

OF_BLOCKS = ("|", "::", "!!!", "???", "8<", "$$", "^", "]:")
"""Signs that may stand anywhere in a block which is to be looked at."""

_WORDS = "note|abstract|summary|info|tip|hint|success|question|warning|caution|attention|failure|danger|error|bug|example|quote|important|seealso"
_CALLOUT = late(r"\[![A-Za-z][\w-]*(?:\|[^\]\n]*)?\][+-]?")
_CONTAINER = late(r"^:{3,}[ \t]*(?:\{?[\w.#\[-][^\n]*)?$", re.MULTILINE)
_ADMONITION = late(rf"^(?:!!!|\?\?\?\+?)[ \t]+(?:{_WORDS})\b[^\n]*", re.MULTILINE)
_SNIPPET = late(r"^-+8<-+[^\n]*", re.MULTILINE)
_ABBREVIATION = late(r"^\*\[[^\[\]\n]{1,80}\]:[^\n]*", re.MULTILINE)
_DEFINITION = late(r"^\[(?!\^)[^\[\]\n]{1,80}\]:[ \t]*(?:https?:|<|/|\.\.?/)[^\n]+", re.MULTILINE)
_TASK = late(r"\[[ xX/<>!-]\](?=\s)")
_FIELD = late(r"^[ \t]*[^\W\d_][\w -]{0,40}::(?=[ \t]|$)|[\[(][^\W\d_][\w -]{0,40}::[ \t][^\])\n]*[\])]", re.MULTILINE)
_TAGS = late(r"^#[^\W\d][\w/-]*(?:[ \t,]+#[^\W\d][\w/-]*)*[ \t]*$", re.MULTILINE)
_BLOCK_ID = late(r"(?:^|[ \t\n])(\^(?=[\w-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]{3,60})$")
_MACRO = late(r"^(?:image|video|audio|include|toc|plantuml)::[^\s\[\]]{0,300}\[[^\]\n]{0,300}\]", re.MULTILINE)
_ORG = late(r"^#\+[A-Za-z_]{2,30}(?::[^\n]*|[ \t][^\n]*)?$", re.MULTILINE)
_LAST = 70
"""Characters at the end of a block in which its name would stand."""
_DOLLARS = late(r"^\$\$$", re.MULTILINE)


_STARTS = (
    ("remark", late(r"%[ \t]+[^\s%\d][^\n]*")),
    ("directive", late(r"\.\. (?:[\w-]+::|\[[\w#-]+\]|_[\w -]+:)[^\n]*")),
    ("tab", late(r"={3}[!+]? \"[^\n]*")),
    ("head", late(r"\+\+\+[ \t]*(?=\n)")),
    ("break", late(r"\+\+\+(?:[ \t]+\{[^\n]*\})?[ \t]*(?![^\n])")),
    ("target", late(r"\([\w:.-]+\)=[ \t]*(?![^\n])")),
    ("wiki head", late(r"={2,6}[ \t]+[^\s=][^\n]*")),
    ("caption", late(r":[ \t]+[^\s:][^\n]*")),
)
"""What begins a block, by its first characters."""
FIRST = frozenset("%.=+(:")
"""The first characters of these."""

_DRAWING = late(
    r"(?:mermaid|math|dataview(?:js)?|tasks|query|plantuml|graphviz|dot|abc|chart|ad-[\w-]+|toc|figure|admonition|note|warning|tip|important|caution)\b"
)


def is_directive(info: str) -> bool:
    """Return whether code is for another program, which would make something of it, by the words behind its first line: `{note}`, `mermaid`."""
    return info.startswith("{") or _DRAWING.match(info) is not None


def of_block(content: str, *, in_list: bool, in_quote: bool) -> Iterator[tuple[str, int, str]]:
    """Yield the marks that begin a block or a line of it: kind, place, what stands there. Only a text that has their first signs is searched."""
    if content[0] in FIRST:
        for kind, sign in _STARTS:
            if found := sign.match(content):
                yield kind, 0, found[0]
                break
    if content[0] == "[":
        if in_quote and (found := _CALLOUT.match(content)):
            yield "callout", 0, found[0]
        if in_list and (found := _TASK.match(content)):
            yield "task", 0, found[0]
    if "::" in content:
        yield from _all("container", _CONTAINER, content)
        yield from _all("field", _FIELD, content)
        yield from _all("directive", _MACRO, content)
    if "]:" in content:
        yield from _all("abbreviation", _ABBREVIATION, content)
        yield from _all("definition", _DEFINITION, content)
    if "!!!" in content or "???" in content:
        yield from _all("admonition", _ADMONITION, content)
    if "8<" in content:
        yield from _all("snippet", _SNIPPET, content)
    if "#" in content and not in_quote:
        yield from _all("tags", _TAGS, content)
        yield from _all("directive", _ORG, content)
    if "$$" in content:
        yield from _all("formula", _DOLLARS, content)
    if (last := content.rfind("^", max(0, len(content) - _LAST))) >= 0 and (found := _BLOCK_ID.search(content, max(0, last - 1))):
        yield "block id", found.start(1), found[1]


def _all(kind: str, sign: re.Pattern[str], content: str) -> Iterator[tuple[str, int, str]]:
    spans: list[tuple[int, int]] | None = None
    for found in sign.finditer(content):
        if spans is None:
            spans = list(_code_spans(content)) if "`" in content else []
        if not any(start < found.start() < end for start, end in spans):
            yield kind, found.start(), found[0]


_TICKS = late(r"\\[\\`]|`+")


def _code_spans(content: str) -> Iterator[tuple[int, int]]:
    """Yield where code in a line begins and ends: two equally long runs of backticks."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(content) if content[found.start()] == "`"]
    ends: dict[int, list[int]] = {}
    for n, (start, end) in reversed(list(enumerate(runs))):
        ends.setdefault(end - start, []).append(n)
    n = 0
    while n < len(runs):
        start, end = runs[n]
        alike = ends[end - start]
        while alike and alike[-1] <= n:
            alike.pop()
        if alike:
            n = alike[-1]
            yield start, runs[n][1]
        n += 1
