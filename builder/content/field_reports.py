"""The problems that are met while the fields of one file are read, each at its node, with the edits of those that have one meaning."""

from builder.content.editing.mends import unmarked
from builder.content.frontmatter import Node, Scalar, pasted_quotes
from builder.diagnostics import WARNING, Diagnostic, Place, TextEdit


class Reports:
    """Gathers the problems of one file."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.file = text
        self.problems: list[Diagnostic] = []

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        width = (node.width or len(node.value.partition("\n")[0])) if isinstance(node, Scalar) else 1
        return Place(self.path, node.line, node.column, max(1, width))

    def error(self, code: str, message: str, node: Node, hint: str = "", *, suggestion: str = "", edits: tuple[TextEdit, ...] = ()) -> None:
        """Note an error at a node; `suggestion` is the word that the hint proposes, `edits` what is certainly meant."""
        subject = node.value if isinstance(node, Scalar) else ""
        self.problems.append(Diagnostic(code, message, self.place(node), help=hint, subject=subject, suggestion=suggestion, edits=edits))

    def warning(self, code: str, message: str, node: Node, hint: str = "", *, edits: tuple[TextEdit, ...] = ()) -> None:
        """Note a warning at a node."""
        subject = node.value if isinstance(node, Scalar) else ""
        self.problems.append(Diagnostic(code, message, self.place(node), help=hint, severity=WARNING, subject=subject, edits=edits))

    def instead(self, node: Scalar, words: str) -> tuple[TextEdit, ...]:
        """Return the edit that writes other words in the place of a scalar; none where it goes over several lines, or has escapes."""
        if node.width != len(node.value) or not words:
            return ()
        return (TextEdit(self.path, node.line, node.column, node.line, node.column + node.width, words),)

    def _tell_marks(self, told: pasted_quotes.Told | None) -> None:
        """Tell of quotation marks that were pasted along."""
        if told is not None:
            message, node, hint, bare = told
            edits = unmarked(self.path, self.file, (node.line, node.column), node.width, bare) if bare else ()
            self.warning("marks-around", message, node, hint, edits=edits)
