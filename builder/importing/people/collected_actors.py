"""Actors while a file is read: offices come from other parts of it than their holders."""

from typing import Any

from builder.importing.importer_types import ACTOR, Fields, ImportNote, ImportResult, Record, Ref
from builder.importing.mapping_values import drop_empty


class ActorsOfFile:
    """All actors of a file, by the key that it has for them."""

    def __init__(self, import_notes: list[ImportNote]) -> None:
        self.import_notes = import_notes
        self._actors: dict[str, Record] = {}
        self.others: list[Record] = []

    def add(self, key: str, where: str, fields: Fields, *, body: str = "") -> None:
        """Add an actor. One with the key of another is left out, with a note."""
        if key in self._actors:
            self.import_notes.append(
                ImportNote(where, f"it was left out, since {self._actors[key].where} has the same id: “{fields.get('name', '')}”")
            )
            return
        self._actors[key] = Record(ACTOR, key, where, drop_empty(fields), body=body)

    def has(self, key: str) -> bool:
        """Return whether there is such an actor."""
        return key in self._actors

    def name(self, key: str) -> str:
        """Return the name of an actor; "" if there is none."""
        return str(self._actors[key].fields.get("name", "")) if key in self._actors else ""

    def office(self, holder: str, where: str, role: str, body: str, *, body_name: str = "", dates: dict[str, str] | None = None) -> None:
        """Add an office to an actor; `body` is the key of what it is an office of, `body_name` its name where the file has no such actor."""
        of: Any = Ref(ACTOR, body) if self.has(body) else body_name
        made = drop_empty({"role": role, "of": of, **(dates or {})})
        if not self.has(holder):
            said = " · ".join(f"{key} “{self.name(value.key) if isinstance(value, Ref) else value}”" for key, value in made.items())
            self.import_notes.append(ImportNote(where, f"it was left out, since nobody in the file has the id “{holder}”: {said}"))
            return
        fields = self._actors[holder].fields
        if not role:
            if of and not dates and not fields.get("of"):
                fields["of"] = of
                return
            made = {"role": "member", **made}
        offices = fields.setdefault("position", [])
        bare = {"role": role}
        if made != bare and bare in offices:
            # The same office, told without its body and its time elsewhere.
            offices.remove(bare)
        if made not in offices:
            offices.append(made)

    def result(self, title: str = "") -> ImportResult:
        """Return what the file comes to."""
        return ImportResult(title, (*self._actors.values(), *self.others), import_notes=tuple(self.import_notes))
