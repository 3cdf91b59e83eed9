"""From the words of an author to a record: by id, then by name, then by alias; and a clear word where there is none."""

from collections.abc import Iterable, Mapping

from builder.diagnostics import Diagnostic, Place, did_you_mean
from builder.model import UNNAMED, Actor, Event, Explainer, PlainPage, Source, Target

KINDS = ("actor", "event", "source", "explainer", "page")
"""In the order in which a bare id is looked up."""

Spots = tuple[tuple[str, int, int], ...]


class Lookup:
    """All ids and names of a site, while it is being joined. Gathers the problems of references that lead nowhere."""

    def __init__(self, spots: Mapping[str, Spots]) -> None:
        self.problems: list[Diagnostic] = []
        self._spots = spots
        self._by_id: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        self._by_name: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
        self._by_alias: dict[str, list[str]] = {}
        self.quotes: set[str] = set()

    def add(
        self,
        actors: Mapping[str, Actor],
        events: Mapping[str, Event],
        sources: Mapping[str, Source],
        explainers: Iterable[Explainer],
        pages: Iterable[PlainPage],
    ) -> None:
        """Take in all records; quotes are known as `slug#id`."""
        for page in pages:
            self._enter("page", page.slug, page.title)
        for key, actor in actors.items():
            self._enter("actor", key, actor.title)
            for alias in (*actor.alias, *actor.weak_alias):
                owners = self._by_alias.setdefault(_fold(alias), [])
                if key not in owners:
                    owners.append(key)
        for key, event in events.items():
            self._enter("event", key, event.title)
        for key, source in sources.items():
            self._enter("source", key, source.label)
        for explainer in explainers:
            self._enter("explainer", explainer.slug, explainer.title)
            self.quotes.update(f"{explainer.slug}#{quote.id}" for quote in explainer.quotes)

    def _enter(self, kind: str, key: str, name: str) -> None:
        self._by_id[kind][key] = name
        self._by_name[kind].setdefault(_fold(name), []).append(key)

    def knows(self, kind: str, key: str) -> bool:
        """Say whether there is a record of this kind and id."""
        return key in self._by_id[kind]

    # --- front matter ------------------------------------------------

    def spot(self, place: Place, word: str) -> Place:
        """Return where `word` stands in the record that begins at about `place`: the caret belongs under it."""
        best = None
        for value, line, column in self._spots.get(place.path, ()):
            if value == word and (best is None or abs(line - place.line) < abs(best[0] - place.line)):
                best = (line, column)
        return Place(place.path, best[0], best[1], max(1, len(word))) if best is not None else place

    def tell_unknown(self, kind: str, key: str, place: Place) -> None:
        """Note that nothing of this kind has this id."""
        others = [other for other in KINDS if other != kind and key in self._by_id[other]]
        hint = did_you_mean(key, self._by_id[kind])
        if not hint and others:
            hint = f"“{key}” is the id of {_article(others[0])}; {_article(kind)} is needed here."
        folder = {"actor": "actors", "event": "timeline", "source": "sources"}.get(kind, "")
        hint = hint or (
            f"Add it under “{folder}:”" + (f", or as content/{'events' if kind == 'event' else folder}/{key}.md." if folder else ".")
        )
        self.problems.append(Diagnostic("reference-unknown", f"No {kind} has the id “{key}”.", self.spot(place, key), help=hint))

    def tell_unknown_quote(self, key: str, slug: str, place: Place) -> None:
        """Note that there is no such quote in the explainer `slug`, or in the one that `key` names."""
        near = did_you_mean(key, [known.removeprefix(f"{slug}#") for known in self.quotes])
        hint = near or "Name a quote of this explainer by its id, or one of another as slug#id."
        self.problems.append(Diagnostic("reference-unknown", f"No other quote has the id “{key}”.", self.spot(place, key), help=hint))

    def ids(self, kind: str, wanted: Iterable[str], place: Place) -> tuple[str, ...]:
        """Return those of the ids that lead to a record, and tell of the others."""
        kept = []
        for key in wanted:
            if key in self._by_id[kind]:
                kept.append(key)
            else:
                self.tell_unknown(kind, key, place)
        return tuple(dict.fromkeys(kept))

    def name(self, kind: str, words: str, place: Place) -> str:
        """Return the id that `words` mean, or the words themselves where they are plain words."""
        if not words or words in self._by_id[kind]:
            return words
        owners = self._by_name[kind].get(_fold(words)) or (self._by_alias.get(_fold(words)) if kind == "actor" else None) or []
        if len(owners) == 1:
            return owners[0]
        # Plain words are welcome here; something with hyphens and no spaces was meant as an id.
        if "-" in words and " " not in words and words == words.lower():
            self.tell_unknown(kind, words, place)
        return words

    # --- links in the body ------------------------------------------------

    def target(self, words: str, kind: str, slug: str, quotes: frozenset[str]) -> tuple[Target | None, list[Target]]:
        """Resolve `[[words]]` or `[[kind:words]]` in the explainer `slug`, whose quotes have the ids `quotes`.

        Returns what it leads to, or None and the candidates where several are meant equally.
        """
        if kind == "quote" or (not kind and "#" in words):
            key = words if "#" in words else f"{slug}#{words}"
            return (("quote", key) if key in self.quotes else None), []
        kinds = (kind,) if kind else KINDS
        for candidates in (
            [
                *([("quote", f"{slug}#{words}")] if not kind and words in quotes else []),
                *((k, words) for k in kinds if words in self._by_id.get(k, ())),
            ],
            [(k, key) for k in kinds for key in self._by_name.get(k, {}).get(_fold(words), ())],
            [("actor", key) for key in self._by_alias.get(_fold(words), ())] if "actor" in kinds else [],
        ):
            if len(candidates) == 1:
                return candidates[0], []
            if candidates:
                return None, candidates
        return None, []

    def nearest(self, words: str, kind: str) -> str:
        """Return "Did you mean …?" among all that a link may name."""
        pool = [key for k in ((kind,) if kind in self._by_id else KINDS) for key in self._by_id[k]]
        return did_you_mean(words, [*pool, *(self.quotes if "#" in words else ())])


def names_of(actors: Iterable[Actor]) -> dict[str, str]:
    """Return the names that become links by themselves, each with its actor's id; a name that two of them share is left out."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for actor in actors:
        if actor.type == UNNAMED:
            continue
        for name in (actor.name, *actor.alias):
            if name and found.setdefault(name, actor.id) != actor.id:
                shared.add(name)
    return {name: key for name, key in found.items() if name not in shared}


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
