"""Words that a comma in braces cuts off: `{title: Stuck, and how}` is, for YAML, a title and an empty key “and how”."""

from collections.abc import Mapping

from builder.content.frontmatter import MappingNode, Scalar, quoted
from builder.diagnostics import Diagnostic, Location


def cut_off(node: MappingNode) -> dict[Scalar, tuple[Scalar, str]]:
    """Return the keys that are such words, each with the key whose value they belong to, and that value as a whole."""
    if not [value for _, value in node.items if value.__class__ is Scalar and not value.value and value.plain]:
        return {}
    found: dict[Scalar, tuple[Scalar, str]] = {}
    owner, words = None, ""
    for key, value in node.items:
        empty = isinstance(value, Scalar) and value.plain and not value.value
        if empty and owner is not None and owner.line == key.line and (" " in key.value or not key.value.islower()):
            words += f", {key.value}"
            found[key] = (owner, words)
        else:
            is_text = isinstance(value, Scalar) and value.plain and bool(value.value)
            owner, words = (key, value.value) if is_text and isinstance(value, Scalar) else (None, "")
    # Each of several pieces is reported with all of them.
    whole = dict(found.values())
    return {key: (owner, whole[owner]) for key, (owner, _) in found.items()}


def without_colon(key: Scalar, node: MappingNode, required: Mapping[str, bool]) -> str:
    """Return which key such words begin with where its colon is missing: `path /method/`; "" if none. `required` is whether each key of the record must be given."""
    name, _, value = key.value.partition(" ")
    if not value.strip() or name not in required or any(given.value == name for given, _ in node.items):
        return ""
    return name if required[name] or " " not in value.strip() else ""


def problem(code: str, key: Scalar, cut: tuple[Scalar, str], location: Location, *, subject: str = "", name: str = "") -> Diagnostic:
    """Return the problem of such a key, which stands at `location`; `name` is the key whose colon is missing."""
    if name:
        return Diagnostic(code, f"A colon is missing behind “{name}”.", location, f"Write {name}: {key.value.partition(' ')[2].strip()}")
    message = f"A comma ends the value of “{cut[0].value}” before “{key.value[:60]}”."
    advice = f"Put the whole value in quotation marks: {cut[0].value}: {quoted(cut[1])}"
    return Diagnostic(code, message, location, advice, subject=subject)
