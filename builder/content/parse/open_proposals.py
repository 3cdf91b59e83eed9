"""Proposals that `backstory draft` has left in an explainer. They are never published, and only a draft may have them."""

from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, SequenceNode


def check(reader: Reader, values: Values, path: str, *, draft: bool) -> None:
    """Report open proposals in an explainer that is no draft."""
    left = values.get("proposed")
    if left is None:
        return
    if not isinstance(left, SequenceNode):
        reader.error(
            "value-wrong", "“proposed” takes a list of proposals.", left, "Each begins with “- id:”, as backstory draft writes them."
        )
        return
    for item in left.items:
        if not isinstance(item, MappingNode) or not any(key.value == "id" for key, _ in item.items):
            reader.error(
                "value-wrong", "A proposal has an id and a record.", item, "Write them as backstory draft does, or delete this entry."
            )
            return
    number = len(left.items)
    if not number or draft:
        return
    reader.error(
        "proposed-left",
        f"This explainer is no draft, and has {'an open proposal' if number == 1 else f'{number} open proposals'}.",
        left,
        f"Answer {'it' if number == 1 else 'them'} with backstory annotate {path}, or write “status: draft” again.",
    )
