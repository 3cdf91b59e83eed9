"""The picture of an explainer or an actor."""

from builder.content import image_metadata
from builder.content.fields import Reader, Values
from builder.content.parse.record_keys import check_weekdays
from builder.model import Image

SHOWN = (*image_metadata.SUFFIXES, ".svg", ".gif")
"""How the names of pictures end that browsers show."""


def image(reader: Reader, values: Values) -> Image | None:
    """Return the picture of a record; None if it has none, or nothing can be shown of what it has."""
    node = values.get("image")
    if node is None:
        return None
    inner, _ = reader.record(node, "image")
    check_weekdays(reader, inner, "image")
    named = inner.get("file")
    if named is None or "alt" not in inner or "credit" not in inner:
        return None  # what is missing was reported
    file = named.value.strip()
    if "://" in file or file.startswith("//"):
        reader.error(
            "value-wrong",
            "“file” takes a picture of this site, not an address elsewhere.",
            named,
            "Save the picture beside the text, if its licence allows that, and write its name.",
        )
        return None
    if not file.lower().endswith(SHOWN):
        reader.error("value-wrong", f"“{file[:60]}” is not the name of a picture.", named, f"Its name ends in one of: {', '.join(_USUAL)}.")
        return None
    return Image(
        file=file,
        **{key: inner[key].value.strip() for key in ("alt", "credit", "licence", "caption") if key in inner},
        location=reader.location(named),
    )


_USUAL = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")
