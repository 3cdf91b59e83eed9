"""The coordinates of an event, in degrees."""

import re

from builder.content.fields import Reader, Values
from builder.content.frontmatter import Scalar, SequenceNode

_NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,9})?")
LARGEST_COORDINATES = (90.0, 180.0)


def coordinates(reader: Reader, values: Values) -> tuple[float, float] | None:
    """Return latitude and longitude; None if there are none, or what stands there is no such pair, which is reported."""
    node = values.get("coordinates")
    if node is None:
        return None
    parts = [item.value.strip() for item in node.items if isinstance(item, Scalar)] if isinstance(node, SequenceNode) else []
    if len(parts) != 2 or len(node.items) != 2 or not all(map(_NUMBER.fullmatch, parts)):
        reader.error(
            "value-wrong",
            "“coordinates” takes a latitude and a longitude, in degrees.",
            node,
            "Write the two numbers in brackets, north and east without a sign: [50.45, 30.52].",
        )
        return None
    latitude, longitude = map(float, parts)
    if abs(latitude) > LARGEST_COORDINATES[0] or abs(longitude) > LARGEST_COORDINATES[1]:
        swapped = abs(longitude) <= LARGEST_COORDINATES[0] and abs(latitude) <= LARGEST_COORDINATES[1]
        reader.error(
            "value-wrong",
            f"There is no place at latitude {parts[0]}, longitude {parts[1]}.",
            node,
            f"The latitude comes first: write [{parts[1]}, {parts[0]}]."
            if swapped
            else "A latitude is between -90 and 90, a longitude between -180 and 180.",
        )
        return None
    return latitude, longitude
