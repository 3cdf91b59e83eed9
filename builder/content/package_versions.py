"""Names and versions of Python packages, as `plugins` in `content/site.yaml` gives them: `house-checks: ">=1.2,<2"`.

A range is `*`, or comparisons with commas between them, all of which hold. Only the numbers of a version count: 2.0rc1 is compared as 2.0.
"""

import re
from itertools import zip_longest

from builder.i18n.patterns import late

_NAME = late(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_COMPARED = late(r"(>=|<=|==|!=|>|<)\s*([0-9]+(?:\.[0-9]+)*)", re.ASCII)
_RELEASE = late(r"(?:[0-9]+!)?v?([0-9]+(?:\.[0-9]+)*)", re.ASCII)

ANY = "*"


def is_name(name: str) -> bool:
    """Return whether a package can have this name."""
    return _NAME.fullmatch(name) is not None


def normal(name: str) -> str:
    """Return the name of a package as registries compare it (PEP 503): `House_Checks` is `house-checks`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_range(text: str) -> bool:
    """Return whether a text is a range of versions."""
    return text == ANY or all(_COMPARED.fullmatch(part.strip()) for part in text.split(","))


def fits(version: str, wanted: str) -> bool:
    """Return whether a version is within a range, which `is_range` has found right."""
    if wanted == ANY:
        return True
    release = _RELEASE.match(version)
    return release is not None and all(_holds(release[1], *_parts(part)) for part in wanted.split(","))


def _parts(compared: str) -> tuple[str, str]:
    found = _COMPARED.fullmatch(compared.strip())
    assert found is not None
    return found[1], found[2]


def _holds(version: str, sign: str, other: str) -> bool:
    pairs = [*zip_longest(map(int, version.split(".")), map(int, other.split(".")), fillvalue=0)]
    left, right = [one for one, _ in pairs], [one for _, one in pairs]
    return {
        ">=": left >= right,
        "<=": left <= right,
        "==": left == right,
        "!=": left != right,
        ">": left > right,
        "<": left < right,
    }[sign]
