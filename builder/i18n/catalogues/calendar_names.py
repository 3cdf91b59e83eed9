"""Write the names of weekdays and months, from CLDR by way of Babel, into `builder/dates/calendar_names.py`: `python -m builder.i18n.catalogues.calendar_names`."""

from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version
from babel.localedata import locale_identifiers

TABLE = Path(__file__).parents[2] / "dates" / "calendar_names.py"
_ROOT = Locale.parse("root")
_CONTEXTS = ("format", "stand-alone")


def _names(kind: str, locale: Locale, numbers: range) -> str:
    """Return the full names of each weekday or month, in small letters: `|` between those of one, `;` between two. Where CLDR has none of its own, Babel returns those of its root, `Mon` and `M01`."""
    tables = [getattr(locale, kind)[context]["wide"] for context in _CONTEXTS]
    roots = {str(name) for context in _CONTEXTS for name in getattr(_ROOT, kind)[context]["wide"].values()}
    return ";".join("|".join(dict.fromkeys(str(table[n]).casefold() for table in tables if str(table[n]) not in roots)) for n in numbers)


def read() -> dict[str, str]:
    """Return the names of each language: seven weekdays from Monday on, `/`, and twelve months. Languages whose names have digits, or whose weekdays have one name, are left out."""
    found: dict[str, str] = {}
    for tag in sorted(locale_identifiers()):
        if "_" in tag:
            continue
        locale = Locale.parse(tag)
        names = f"{_names('days', locale, range(7))}/{_names('months', locale, range(1, 13))}"
        weekdays, _, months = names.partition("/")
        if (
            all(weekdays.split(";"))
            and all(months.split(";"))
            and not any(char.isdigit() for char in names)
            and len(set(weekdays.split(";"))) == len(range(7))
        ):
            found[tag] = names
    return found


def source(table: dict[str, str]) -> str:
    """Return the module that holds the table, in the form that the formatter keeps."""
    lines = "".join(f'    "{tag}": "{names}",\n' for tag, names in table.items())
    return (
        f'"""Names of weekdays and months in each language, from CLDR {get_cldr_version()}, by `python -m builder.i18n.catalogues.calendar_names`: not written by hand."""\n\n'
        "from collections.abc import Mapping\n\n"
        f"NAMES: Mapping[str, str] = {{\n{lines}}}\n"
        '"""Language → weekdays from Monday on, `/`, months; `;` between two, `|` between the names of one."""\n'
    )


if __name__ == "__main__":
    TABLE.write_text(source(read()), "utf-8")
