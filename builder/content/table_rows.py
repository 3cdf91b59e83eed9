"""Tables in `content/tables/`, whose rows are records without files of their own."""

import msgspec

MAPPING = (".yaml", ".yml")
"""How the name of a file ends that says what the columns of a table are."""

TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".ods", ".xls")


class TableRow(msgspec.Struct, frozen=True):
    """Where a record comes from that has no file of its own."""

    table: str
    """Path of the table."""
    number: int
    """Of the row, as a spreadsheet counts; 0 for a record that rows only name."""
    line: int = 0
    """Of the file; 0 where rows are no lines."""
    columns: tuple[tuple[str, str], ...] = ()
    """Key → name of the column."""
    entries: tuple[tuple[int, int], ...] = ()
    """Of a file that is made of many rows: the line where the entry of each begins, and its number."""
    is_lined: bool = False
    """Whether rows are lines of the table; for `entries`."""

    def at(self, line: int) -> "TableRow":
        """Return the row that a line of the file comes from: the file's own, unless it is made of many."""
        number = next((number for begin, number in reversed(self.entries) if begin <= line), 0)
        return msgspec.structs.replace(self, number=number, line=number if self.is_lined else 0) if self.entries else self
