"""The reports on syntax of other Markdown dialects, by its kind."""

from typing import NamedTuple

_AGAIN = "or put a backslash before it if it is meant as text."


class ForeignKind(NamedTuple):
    """A kind of marks."""

    about: str
    """What it is, behind “…” is."""
    advice: str
    code: str = "markup-foreign"


FOREIGN_KINDS = {
    "attributes": ForeignKind("an attribute of other programs", f"Delete it, {_AGAIN}", "span-unknown"),
    "id": ForeignKind(
        "an id as other programs give it to a heading",
        f"Delete it: a heading is reached by its words, small and with hyphens; {_AGAIN}",
        "span-unknown",
    ),
    "liquid": ForeignKind("a tag of a template, as of Jekyll", f"Write what it would put here, {_AGAIN}"),
    "remark": ForeignKind("a remark or a change of another program, which readers would see", f"Delete it, {_AGAIN}", "comment-open"),
    "hugo": ForeignKind("a shortcode of Hugo", f"Write what it would put here, {_AGAIN}"),
    "wordpress": ForeignKind("a shortcode, as of WordPress", "Write what it would put here: a picture is ![what is to be seen](boat.jpg)."),
    "formula": ForeignKind("a formula, as TeX writes it", f"Write it with letters and signs, or put it between backticks; {_AGAIN}"),
    "highlight": ForeignKind("a highlight, as Obsidian has it", f"Write **words** for strong emphasis, {_AGAIN}"),
    "raised": ForeignKind("a superscript, as Pandoc has it", f"Write the letter or figure itself, such as ² or ᵉ, {_AGAIN}"),
    "lowered": ForeignKind("a subscript, as Pandoc has it", f"Write the letter or figure itself, such as ₂, {_AGAIN}"),
    "inline note": ForeignKind("a note, as Pandoc has it", "Write [^rocks] here, and a paragraph of its own: “[^rocks]: …”."),
    "callout": ForeignKind("the head of a callout, as Obsidian and GitHub have it", "Write its title in words, such as “> **Note.** …”."),
    "container": ForeignKind("a container of other programs", "Delete its lines, and say in words what it is, such as “**Note.** …”."),
    "admonition": ForeignKind("an admonition, as MkDocs has it", "Write “> **Note.** …”."),
    "snippet": ForeignKind("a snippet of MkDocs", "Write the words themselves."),
    "contents": ForeignKind("the place of a table of contents in other programs", "Delete it."),
    "abbreviation": ForeignKind(
        "an abbreviation, as PHP Markdown has it", "Delete it, and write the long form where the words first stand."
    ),
    "citation": ForeignKind("a citation, as Pandoc has it", f"Write [[source:id]] with the id of a source, or a note [^rocks]; {_AGAIN}"),
    "TeX": ForeignKind("a command of TeX", f"Delete it, or write what it would put here; {_AGAIN}"),
    "emoji": ForeignKind("the name of a sign, as GitHub and Slack have it", f"Write the sign itself, {_AGAIN}"),
    "inserted": ForeignKind("a mark of inserted words, as other programs have it", f"Delete its signs, {_AGAIN}"),
    "definition": ForeignKind(
        "no address of a link, for what stands behind its address is no title",
        "Write [name]: https://… on a line of its own.",
        "link-unread",
    ),
    "directive": ForeignKind("a directive of another program", f"Delete it, and write what it would put here; {_AGAIN}"),
    "cell": ForeignKind(
        "for another program, which would make something of it",
        "Write what it would make; where readers are to see code, write its language there, or nothing.",
    ),
    "role": ForeignKind("a role, as MyST and reStructuredText have it", f"Write the words themselves, or a link; {_AGAIN}"),
    "reference": ForeignKind("a reference to a figure or a section, as Quarto has it", f"Write which one you mean, or a link; {_AGAIN}"),
    "tab": ForeignKind("the head of a tab, as MkDocs has it", "Write it as a heading: “### …”."),
    "head": ForeignKind(
        "a head in TOML, as Hugo has it", "Write its keys at the beginning of the file, as YAML between two lines of three hyphens."
    ),
    "wiki head": ForeignKind("a heading, as wikis and AsciiDoc have it", "Write it as “## …”."),
    "break": ForeignKind("a break between cells, as MyST has it", "Delete it."),
    "target": ForeignKind(
        "the name of what follows, as MyST has it", "Delete it: a heading is reached by its words, small and with hyphens."
    ),
    "caption": ForeignKind(
        "a caption, or a definition without its term",
        "Write the words without the colon; or the term on the line above, without an empty line.",
    ),
    "task": ForeignKind("the box of a task", "Delete it, or say in words what is done and what is not."),
    "field": ForeignKind(
        "a field of Obsidian", "Delete it, or say it in a sentence; what a program is to read belongs into the front matter."
    ),
    "tags": ForeignKind("a tag, as Obsidian has it", "Delete it; an explainer has “topics: [ferry, council]” in its front matter."),
    "block id": ForeignKind("the name of a block, as Obsidian has it", "Delete it: links lead to headings."),
}
