"""Dates as records for machines."""

import functools

from builder import dates
from builder.dates.record import EITHER
from builder.formats.parts import DateRecord
from builder.i18n.language import Language
from builder.model import Site, When


@functools.lru_cache(maxsize=2)
def _dates(_language: Language) -> dict[tuple[str, str], DateRecord]:
    """Return the dates that were put into words so far: they hang on nothing but the language, and thousands are equal."""
    return {}


def date(site: Site, when: When) -> DateRecord | None:
    """Return a date as a record; None if none was given."""
    says = when.relative.says if when.relative is not None else ""
    found = when.date
    if found is None:
        return DateRecord(says=says, sure=False) if says else None
    made = _dates(site.language)
    key = (found.edtf, says)
    if key not in made:
        made[key] = DateRecord(
            edtf=dates.plain(found),
            words=dates.wording(found, site.language),
            first=dates.iso(found.lower),
            last=dates.iso(found.upper),
            iso=dates.machine(found),
            sure=found.is_certain_day or (found.kind != EITHER and found.shape not in {"about", "uncertain"}),
            says=says,
            written=found.edtf if found.edtf != dates.plain(found) else "",
        )
    return made[key]
