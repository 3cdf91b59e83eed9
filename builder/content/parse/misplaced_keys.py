"""Keys of a record written one level too high, where an id is expected: `alias: Marsh` below `helen-marsh: Helen Marsh` would make a person called Marsh."""

from collections.abc import Sequence

from builder import urls
from builder.content import frontmatter, schema
from builder.content.editing.line_edits import moved
from builder.content.fields import Reader
from builder.content.frontmatter import MappingNode, Node, Scalar

Item = tuple[Scalar, Node]

MOST_PROBLEMS = 50
"""Problems of one file from which on none is mended by itself."""


def without(reader: Reader, node: MappingNode, record: str, form: str) -> list[Item]:
    """Return the entries of a mapping of id to record without those whose id is a key of such a record; these are reported.

    `form` is the name in `schema.IN_LINE` of their short form, where they have one.
    """
    table = schema.BY_NAME[record]
    kept: list[Item] = []
    stray: list[Item] = []
    for item in node.items:
        if item[0].value in table:
            stray.append(item)
            continue
        _report(reader, kept[-1] if kept else None, stray, record, form)
        stray = []
        kept.append(item)
    _report(reader, kept[-1] if kept else None, stray, record, form)
    return kept


def _report(reader: Reader, owner: Item | None, stray: Sequence[Item], record: str, form: str) -> None:
    """Report keys that follow each other below one record: they are one slip."""
    if stray:
        first = stray[0][0]
        message = f"“{first.value}” is a key of a record of the kind “{record}”, and stands where an id is expected."
        spots = [(key.line, key.column) for key, _ in stray]
        is_plain = (
            owner is not None and len(reader.problems) < MOST_PROBLEMS and not any(isinstance(value, MappingNode) for _, value in stray)
        )
        edits = moved(reader.path, reader.file, spots, (owner[0].line, owner[0].column)) if owner is not None and is_plain else ()
        reader.error("not-a-record", message, first, _hint(owner, stray, form), kind=record, edits=edits)


def _hint(owner: Item | None, stray: Sequence[Item], form: str) -> str:
    first = stray[0][0].value
    if form not in schema.IN_LINE:
        if owner is None:
            return f"Write a list of records: “- {first}: …”, and the other keys below “{first}”, in the same column."
        return f"Write a list: “- {owner[0].value}: …”, and “{first}: …” below “{owner[0].value}”, in the same column."
    pairs = [(key.value, _in_flow(value)) for key, value in stray]
    if owner is None:
        named = next((urls.slug(value.value) for key, value in stray if key.value in {"name", "title"} and isinstance(value, Scalar)), "")
        return f"Give the record an id: {named or 'its-id'}: {{{_joined(pairs)}}}"
    if not isinstance(owner[1], Scalar) or not owner[1].value.strip():
        return f"Write it below “{owner[0].value}”, indented."
    return f"Write one record: {frontmatter.in_full(form, owner[0].value, owner[1].value, *pairs)}"


def _joined(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in pairs)


def _in_flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return frontmatter.in_braces(node.value)
    if isinstance(node, MappingNode):
        return f"{{{_joined([(key.value, _in_flow(value)) for key, value in node.items])}}}"
    return f"[{', '.join(_in_flow(item) for item in node.items)}]"
