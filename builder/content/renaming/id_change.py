"""Which references a change of id is about, and what they become."""

from collections.abc import Container, Sequence

import msgspec


class IdChange(msgspec.Struct, frozen=True):
    """A record that gets another id."""

    kind: str
    old: str
    """The id; of a quote, without its explainer."""
    new: str
    slug: str = ""
    """The explainer of a quote."""
    alone: bool = True
    """Whether no record of another kind has the old id, so that a bare link certainly means this one."""
    qualified: bool = False
    """Whether a record of another kind has the new id, so that a bare link needs the kind."""

    def value(self, kinds: Sequence[str], value: str, slug: str) -> str | None:
        """Return what an id in the file of the explainer `slug` becomes, None if it is not that of this record; `kinds` are those that it may name."""
        if "quote" in kinds:
            of, mark, key = value.rpartition("#")
            if self.kind == "explainer":
                return f"{self.new}#{key}" if mark and of == self.old else None
            return f"{of}{mark}{self.new}" if self.kind == "quote" and key == self.old and (of or slug) == self.slug else None
        is_meant = kinds[0] == self.kind or (self.kind in kinds and self.alone)
        return self.new if is_meant and value == self.old else None

    def link(self, kind: str, target: str, slug: str, own: Container[str]) -> str | None:
        """Return what the target of a link in double brackets becomes, with its kind where it is needed; None if it leads elsewhere. `own` are the ids of the explainer’s quotes."""
        if kind == "quote" or (not kind and "#" in target):
            return self.value(("quote",), target, slug)
        if not kind and self.kind == "quote":
            return self.new if self.alone and slug == self.slug and target == self.old else None
        if target != self.old or kind not in {"", self.kind} or (not kind and (not self.alone or target in own)):
            return None
        return f"{self.kind}:{self.new}" if not kind and (self.qualified or self.new in own) else self.new

    def taken(self) -> "IdChange":
        """Return the change that finds what has the new id already."""
        return msgspec.structs.replace(self, old=self.new)
