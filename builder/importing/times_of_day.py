"""Times of a day as people write them: 17:30, 17.30, 17h30, 5:30 PM, 1730."""

import re

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<rest>\d+))?)?)?\s*(?:(?P<half>[ap])\.?\s?m\.?)?",
    re.IGNORECASE | re.ASCII,
)
_ABOUT_CLOCK = re.compile(
    r"(?:(?:at|um|à|kl\.?|klo|ore|alle|a\s+las|las|às|o|om)\s+)?(?P<time>\d.*?)\s*(?:uhr|h|hrs|hours|heures|horas|uur)\.?|"
    r"(?:at|um|à|kl\.?|klo|ore|alle|a\s+las|las|às|o|om)\s+(?P<bare>\d.*)",
    re.IGNORECASE,
)
"""A time with a word that says that it is one: 17.30 Uhr, kl. 9."""
_FIGURES = re.compile(r"(\d{1,2})(\d\d)", re.ASCII)


def time_parts(text: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Return hour, minute, second and what is less than that; four times None if a text is no time."""
    if figures := _FIGURES.fullmatch(text):
        return figures[1], figures[2], None, None
    found = _CLOCK.fullmatch(text)
    if found is None or not (found["minute"] or found["half"]):
        return None, None, None, None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None, None, None, None
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return str(hour), found["minute"] or "0", found["second"], found["rest"]


def parse_time(text: str) -> str:
    """Return a time as EDTF has it, `17:30` or `17:30:05`; "" if a text is no time of a day."""
    if re.fullmatch(r"(?:12 )?noon|midday|mittags?|midi", text.strip(), re.IGNORECASE):
        return "12:00"
    said = _ABOUT_CLOCK.fullmatch(text.strip())
    given = ((said["time"] or said["bare"]) if said else text).strip()
    hour, minute, second, _ = time_parts(f"{given}:00" if said and given.isdigit() and len(given) <= 2 else given)
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return ""
    return f"{int(hour):02}:{int(minute):02}" + (f":{second}" if second is not None and int(second) else "")
