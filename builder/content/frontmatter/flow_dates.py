"""The source text of lists and keys: sets of dates in brackets, and an author’s own keys."""

from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode


def as_written(node: Node) -> Node:
    """Return `[a,b]` and `{a,b}`, which YAML takes for a list and a mapping, as the text that the author wrote."""
    if isinstance(node, SequenceNode):
        items, signs = node.items, "[]"
    elif isinstance(node, MappingNode) and not any(is_filled(value) for _, value in node.items):
        items, signs = tuple(key for key, _ in node.items), "{}"
    else:
        return node
    words = [item.value for item in items if isinstance(item, Scalar)]
    return Scalar(f"{signs[0]}{','.join(words)}{signs[1]}", node.line, node.column) if words and len(words) == len(items) else node


def with_signs(node: SequenceNode) -> str:
    """Return `[?2004,2005]`, of which YAML took the `?` for the sign of a key, as the author wrote it."""
    words = []
    for item in node.items:
        if isinstance(item, MappingNode):
            words += [f"?{key.value}" for key, _ in item.items]
        else:
            words.append(item.value if isinstance(item, Scalar) else "")
    return f"[{','.join(words)}]"


def is_filled(node: Node) -> bool:
    """Return whether anything stands behind a key."""
    return not (isinstance(node, Scalar) and node.plain and not node.value)


def in_text(node: Node) -> str:
    """Return a node as one string: an author's own keys reach the templates so."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode):
        return ", ".join(in_text(item) for item in node.items)
    return "; ".join(f"{key.value}: {in_text(value)}" for key, value in node.items)
