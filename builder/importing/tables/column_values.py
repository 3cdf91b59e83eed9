"""Which column is which key, and the values of one row: each is taken, or noted with its row."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from builder import urls
from builder.content import schema as keys
from builder.importing import columns, written_dates
from builder.importing.html_words import address, line, with_scheme
from builder.importing.importer_types import ACTOR, SOURCE, ImportInput, ImportNote, ImportOptions, ImportProblem, Question, Record, Ref
from builder.importing.mapping_values import named_actor, untyped_note
from builder.importing.tables.cited_works import bare_address, cited_works, words_of
from builder.importing.tables.csv_rows import SheetRow, Table
from builder.importing.tables.hyperlink_uses import with_links
from builder.importing.tables.short_dates import write_out

DATE_COLUMNS = {"when", "end", "from", "to", "published", "accessed", "said"}
"""Keys that take a date."""


LIST_COLUMNS = {"sources", "url", "actors", "by", "same_as", "alias", "authors", "via"}
"""Keys that take several entries, so that several columns may be one."""


class Columns(msgspec.Struct, frozen=True):
    """A table whose columns are known."""

    table: Table
    kind: str
    keys: tuple[str, ...]
    """What each column is; "" for what is left out."""
    orders: Mapping[str, str]
    """Key → how its dates have day and month."""
    mapping: Mapping[str, Any]
    """What to keep for the next time."""
    short_dates: tuple[ImportNote, ...] = ()
    language: str = ""

    @staticmethod
    def of(table: Table, kind: str, options: ImportOptions) -> "Columns":
        """Find out what each column is. `ImportProblem` where what was said does not fit, `Question` where it must be said."""
        said = {columns.normalize_name(name): key for name, key in options.columns}
        there = [columns.normalize_name(name) for name in table.header]
        if kind != columns.SOURCES:
            # “Source 1”, “Source 2”: as often as such a list is called with one name, it stands under several.
            stems = [name if name in said else re.sub(r" ?\d$", "", name) for name in there]
            there = [stem if columns.NAMES[kind].get(stem, "") in LIST_COLUMNS else name for stem, name in zip(stems, there, strict=True)]
        if missing := [name for name, _ in options.columns if columns.normalize_name(name) not in there]:
            shown = ", ".join(f"“{name}”" for name in table.header if name)
            message = f"it has no column “{missing[0]}”, which --map names. It has {shown}"
            raise ImportProblem(message)
        if wrong := [key for key in said.values() if key not in columns.KEYS[kind] and not key.startswith("x_")]:
            message = f"a table of {kind} has no key “{wrong[0]}”, to which --map leads. It has {', '.join(columns.KEYS[kind])}, and your own that begin with x_"
            raise ImportProblem(message)
        taken = set(said.values())
        found: list[str] = []
        exact = {name for name in there if name in columns.KEYS[kind]}
        dated = {columns.NAMES[kind].get(name, "") for name in there if name not in columns.WEAK} | taken
        for name in there:
            key = said.get(name, "") or _own_key(table.header[len(found)])
            if not key:
                guess = columns.NAMES[kind].get(name, "") if name not in columns.WEAK or not dated & {"when", "year"} else ""
                # A column that has the very name of a key comes before one that only means it.
                # Entries of a list may each have a name of their own for one key.
                free = table.unit == "entry" or (guess not in taken and (name == guess or guess not in exact))
                key = guess if free or (guess in LIST_COLUMNS and guess in taken and name in there[: len(found)]) else ""
            if key:
                taken.add(key)
            found.append(key)
        found = _days(table, _timed(table, kind, found))
        _needed(table, kind, set(found))
        table, short = write_out(table, found, DATE_COLUMNS, options.dates)
        orders = _orders(table, found, options)
        kept: dict[str, Any] = {}
        if options.columns or options.dates or options.kind or options.sheet or options.encoding:
            kept = {
                "kind": kind,
                "map": {name: f'"{key}"' for name, key in options.columns},
                "dates": options.dates,
                "sheet": options.sheet,
                "encoding": options.encoding,
            }
            kept = {name: value for name, value in kept.items() if value}
        return Columns(table, kind, tuple(found), orders, kept, tuple(short))

    def unknown(self) -> list[ImportNote]:
        """Return notes on columns that are no key, each with its first cell, and on dates that were written out."""
        import_notes = list(self.short_dates)
        for n, (name, key) in enumerate(zip(self.table.header, self.keys, strict=True)):
            filled = [(row, line(row.cells[n])) for row in self.table.rows if n < len(row.cells) and row.cells[n].strip()]
            if key or not filled:
                continue
            column = f"the column “{name}”" if name else f"column {n + 1}, which has no name,"
            keep = f' --map "{name}=x_{urls.slug(name).replace("-", "_") or "other"}" keeps it' if name else ""
            first = f"{len(filled)} {'cell' if len(filled) == 1 else 'cells'}, the first in {self.table.where(filled[0][0])}: “{filled[0][1][:200]}”"
            import_notes.append(
                ImportNote(
                    f"row {self.table.rows[0].number - 1}" if self.table.unit == "row" else "the whole file",
                    f"{column} was left out: {first}.{keep}",
                )
            )
        return import_notes

    def rows(self, options: ImportOptions, import_notes: list[ImportNote]) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield where each row stands, and its filled cells by key; progress is reported."""
        for n, row in enumerate(self.table.rows):
            if n % 500 == 0:
                options.progress(n, len(self.table.rows))
            yield self.table.where(row), self.values(row, import_notes)

    def values(self, row: SheetRow, import_notes: list[ImportNote]) -> dict[str, str]:
        """Return the filled cells of a row by key. Cells after the last column are noted."""
        found: dict[str, str] = {}
        cells: tuple[str, ...] = row.cells
        more: tuple[tuple[str, str], ...] = ()
        if row.links:
            cells, more = with_links(row, self.keys, self.kind, lambda what: import_notes.append(ImportNote(self.table.where(row), what)))
        for n, cell in enumerate(cells):
            if not cell.strip():
                continue
            if n >= len(self.keys):
                import_notes.append(ImportNote(self.table.where(row), f"column {n + 1}, which has no name, was left out: “{line(cell)}”"))
            elif self.keys[n] in found and self.keys[n] in LIST_COLUMNS:
                found[self.keys[n]] += f"; {cell.strip()}"
            elif self.keys[n] in found:
                import_notes.append(
                    ImportNote(
                        self.table.where(row), f"“{self.table.header[n]}” was left out, since another key says the same: “{line(cell)}”"
                    )
                )
            elif self.keys[n]:
                found[self.keys[n]] = cell.strip()
        for key, value in more:
            found[key] = f"{found[key]}; {value}" if key in found else value
        return found


def _own_key(name: str) -> str:
    """Return the name of a column that is a key of the author's own; "" for any other."""
    return name.strip() if re.fullmatch(r"x_[a-z0-9_]+", name.strip()) else ""


def _timed(table: Table, kind: str, found: list[str]) -> list[str]:
    """Where only a column of times may say when, and it has dates, it is taken for the dates."""
    if kind == columns.TIMELINE and "time" in found and not {"when", "year"} & set(found):
        n = found.index("time")
        cells = [row.cells[n] for row in table.rows if n < len(row.cells) and row.cells[n].strip()]
        if cells and sum(bool(written_dates.read_date(cell, written_dates.MDY).edtf) for cell in cells) * 2 > len(cells):
            return ["when" if key == "time" else key for key in found]
    return found


def _days(table: Table, found: list[str]) -> list[str]:
    """Where a column of days stands beside those of year and month, such as “Tag”, which could mean a date, it is taken for the day of the month."""
    if {"year", "month", "when"} <= set(found) and "day" not in found:
        n = found.index("when")
        cells = [row.cells[n].strip() for row in table.rows if n < len(row.cells) and row.cells[n].strip()]
        if all(re.fullmatch(r"\d{1,2}\.?", cell, re.ASCII) for cell in cells):
            return ["day" if key == "when" else key for key in found]
    return found


def likely_dates(table: Table) -> str:
    """Return the name of the column in which most cells are dates; "" if there is none."""
    counts = {
        name: sum(bool(written_dates.read_date(row.cells[n], written_dates.MDY).edtf) for row in table.rows[:50] if n < len(row.cells))
        for n, name in enumerate(table.header)
        if name
    }
    best = max(counts, key=lambda name: counts[name], default="")
    return best if counts.get(best) else ""


_NEEDED = {
    columns.TIMELINE: ({"when", "year"}, {"title", "text"}),
    columns.ACTORS: ({"name"},),
    columns.SOURCES: ({"title", "url", "publisher"},),
    columns.QUOTES: ({"text"}, {"speaker"}),
}


def _needed(table: Table, kind: str, there: set[str]) -> None:
    for some in _NEEDED[kind]:
        if not some & there:
            shown = ", ".join(f"“{name}”" for name in table.header if name)
            wanted = " or ".join(f"“{word}”" for word in sorted(some))
            what = "events" if kind == columns.TIMELINE else kind
            likely = likely_dates(table) if some & DATE_COLUMNS else ""
            message = f'its rows are {what}, and no column could be taken for {wanted}. It has {shown}. Say which it is, such as --map "{likely or table.header[0]}={"when" if "when" in some else max(some)}"'
            raise Question(message, "--map")


def _orders(table: Table, found: list[str], options: ImportOptions) -> dict[str, str]:
    """Return the order of day and month in each column. Raises `Question` if neither the column nor an option shows it."""
    orders: dict[str, str] = {}
    for n, key in enumerate(found):
        if key not in DATE_COLUMNS:
            continue
        cells = [row.cells[n] for row in table.rows if n < len(row.cells)]
        order = written_dates.column_order(cells)
        orders[key] = options.dates or (order if order != written_dates.BOTH else "")
        if options.dates:
            continue
        unclear = next((row for row in table.rows if n < len(row.cells) and written_dates.is_ambiguous(row.cells[n])), None)
        if unclear is not None and not orders[key]:
            why = "other rows prove either order" if order == written_dates.BOTH else "no row of the column proves the order"
            message = f"the date “{line(unclear.cells[n])}” of {table.where(unclear)}, column “{table.header[n]}”, may be read day first or month first, and {why}"
            raise Question(f"it is not clear: {message}", "--dates", (written_dates.DMY, written_dates.MDY))
    return orders


# --- values ------------------------------------------------

WORDS_FOR_NOTHING = frozenset(["unknown", "unbekannt", "inconnu", "n/a", "none", "null", "nan", "tbd", "-", "–", "—", "?"])
"""Words for “nothing” in a cell: not names."""


STILL = frozenset(
    {"present", "now", "today", "current", "ongoing", "to date", "heute", "aujourd’hui", "aujourd'hui", "actualidad", "oggi", "heden"}
)
"""What people write for the end of what has not ended."""


_QUOTED = re.compile(r'(?P<before>(?:^|[;|\n])\s*)"(?P<words>(?:[^"]|"")*)"(?=\s*(?:$|[;|\n]|https?://))')
"""An entry in quotation marks, which may have the signs that part others: "Hale; Sons"."""


def split_cell(text: str, add_note: Any) -> list[str]:
    """Return the entries of a cell that has several: separated by semicolons, bars or line breaks. An empty one is noted."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match["words"].replace('""', '"'))
        return f"{match['before']}\0{len(kept) - 1}\0"

    masked = _QUOTED.sub(keep, text) if '"' in text and "\0" not in text else text
    parts = [line(re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], part)) for part in re.split(r"\s*(?:[;|\n]|\s/\s)\s*", masked)]
    for part in parts:
        if part.casefold() in WORDS_FOR_NOTHING:
            add_note(f"“{part}” was left out, since it names nothing and nobody")
    return [part for part in parts if part and part.casefold() not in WORDS_FOR_NOTHING]


def people(text: str, add_note: Any, ids: str = "") -> list[str]:
    """Return the names in a cell; commas part them where each part has two words or more, so that “Lee, Ann” stays one name. `ids` stand beside them."""
    found = split_cell(text, add_note)
    if not ids and len(found) == 1 and "," in found[0]:
        parts = [part.strip() for part in found[0].split(",")]
        if all(len(part.split()) > 1 for part in parts):
            return parts
    return found


def split_ids(cell: str, many: int, column: str, add_note: Any) -> list[str]:
    """Return the ids of the entries beside them, "" for each where the column is empty or has another number of them, which is noted."""
    found = [entry.strip() for entry in cell.split(";")] if cell.strip() else []
    if len(found) == many and all(map(urls.is_id, found)):
        return found
    if found:
        add_note(f"“{column}” was left out, since it does not give each its id: “{line(cell)}”")
    return [""] * many


class ActorsOfTable:
    """The actors that the rows of a table name: each once, by its id or its name."""

    def __init__(self) -> None:
        self._found: dict[str, Record] = {}

    @property
    def records(self) -> list[Record]:
        """All of them."""
        return list(self._found.values())

    @property
    def import_notes(self) -> list[ImportNote]:
        """Notes on all of them."""
        return untyped_note(
            (str(record.fields.get("name", "")) for record in self._found.values() if "type" not in record.fields), "the whole file"
        )

    def of(self, names: list[str], ids: str, column: str, where: str, add_note: Any) -> list[Ref]:
        """Return the actors that a row names; `ids` is from a column of ids."""
        made: list[Ref] = []
        for name, given in zip(names, split_ids(ids, len(names), column, add_note), strict=True):
            key = given or name
            if key not in self._found:
                self._found[key] = Record(ACTOR, key, where, named_actor(name, add_note), id=given, is_same=bool(given))
            made.append(Ref(ACTOR, key))
        return made


class SourcesOfTable:
    """The sources that the rows of a table name: each once, by its address or its words."""

    def __init__(self, import_input: ImportInput, options: ImportOptions) -> None:
        self._given, self._wishes = import_input, options
        self._found: dict[str, Record] = {}

    @property
    def records(self) -> list[Record]:
        """All of them."""
        return list(self._found.values())

    def of(self, cell: str, url: str, where: str, add_note: Any, ids: str = "") -> list[Ref]:
        """Return the sources that a row names: by words, addresses, or words with an address. `url` is from a column of addresses, `ids` from one of ids."""
        entries: list[tuple[str, str]] = []
        url = with_scheme(url, "url", add_note)
        urls_ = [bare_address(address) for address in re.findall(r"https?://[^\s<>\"|;,]+(?:,[^\s<>\"|;,]+)*", url)]
        rest = words_of(re.sub(r"https?://[^\s<>\"|;,]+(?:,[^\s<>\"|;,]+)*|[;|,]", " ", url))
        if rest:
            add_note(f"“url” was left out, since it is no address of the web: “{rest}”")
        for entry in split_cell(cell, add_note):
            entries += cited_works(entry)
        if urls_ and len(urls_) == 1 and len(entries) == 1 and not entries[0][1]:
            entries = [(entries[0][0], urls_[0])]
        else:
            entries += [("", url) for url in urls_ if all(url != to for _, to in entries)]
        keys = split_ids(ids, len(entries), "source_ids", add_note)
        return [self._one(said, to, where, key) for (said, to), key in zip(entries, keys, strict=True)]

    def own(self) -> Ref:
        """Return the table itself as a source, for what has no other."""
        if "\0own" not in self._found:
            fields = {"title": self._given.name, "accessed": self._wishes.today, "note": "The file that this was imported from."}
            self._found["\0own"] = Record(SOURCE, "\0own", "the whole file", fields, id=urls.slug(self._given.stem))
        return Ref(SOURCE, "\0own")

    def _one(self, said: str, url: str, where: str, given: str) -> Ref:
        to = address(url)
        # The same words with two addresses are two sources, the same address is one.
        key = given or to or f"{said} {url}"
        if key not in self._found:
            fields = {"title": said, "url": to} if to else {"title": f"{said} {url}".strip()}
            self._found[key] = Record(
                SOURCE, key, where, {name: value for name, value in fields.items() if value}, id=given, is_same=bool(given)
            )
        return Ref(SOURCE, key)


def closed_value(key: str, value: str, options: tuple[str, ...], add_note: Any, *, others: bool = False) -> str:
    """Return a value of a closed list, in any spelling; "" for any other value, with a note that has the likeliest option."""
    made = re.sub(r"[\s_]+", "-", value.strip()).casefold()
    found = next((option for option in options if option.casefold() == made), "")
    meant = keys.VALUE_SYNONYMS.get(key, {}).get(made, "")
    if not found and others and meant in options:
        return meant
    if not found:
        add_note(
            f"“{key}” was left out: “{value}”"
            + (f". If it is “{meant}” that is meant, write this" if meant in options else f". It takes {', '.join(options)}")
        )
    return found
