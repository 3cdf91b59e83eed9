"""Resolve references to records by id, name or alias, and report those that fail.

The look-ups of each record and text are recorded with their results, so that a run with the same answers can reuse these.
"""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from builder import urls
from builder.content.markup.plain_words import titled
from builder.content.schema import placeholders
from builder.diagnostics import Advice, Diagnostic, Location, advice, nearest
from builder.i18n.language import Language
from builder.incremental.dependencies import Read, ReadLog, WatchedRecords, read_hash
from builder.incremental.ledger import Dependents, Trace
from builder.incremental.memo import Memory, changed_keys, updated
from builder.linking import lookup_changes, near_names, record_names, surnames
from builder.linking.advice import article, as_id, called, instead, said_by, several, unknown
from builder.linking.joined_records import JoinedRecords
from builder.linking.value_locations import ValueLocations
from builder.model import Actor, Document, Event, QuoteKey, Reference, Source, Target, quote_key, quote_reference

RECORD_KINDS = ("actor", "event", "source", "explainer", "page")
"""Kinds of records, in the order in which a bare id is looked up."""

_BARE = {"actor": ("actors", "{}: Name, office"), "event": ("events", "2022-01-21: what happened"), "source": ("sources", "{}: https://…")}
"""Kind → folder of its files, and the form of one in a line."""

_MOST_HINTS = 200
"""Different ids that lead nowhere for which something near is looked for; of a site with more, something else is wrong."""

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){1,2}")

_Key = TypeVar("_Key")
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Lookup:
    """All ids and names of a site while it is linked. Collects the problems of references that lead nowhere."""

    def __init__(self, memory: Memory, documents: Mapping[str, Document], records: JoinedRecords) -> None:
        """`documents` by path; `memory` has the results of the last run."""
        explainers, actors, events, sources, pages = records
        self.problems: list[Diagnostic] = []
        self.actors: WatchedRecords[str, Actor]
        self.events: WatchedRecords[str, Event]
        self.sources: WatchedRecords[str, Source]
        self.memory = memory
        self._documents = documents
        self._log = ReadLog()
        self._by_id: dict[str, Mapping[str, str]] = {
            "actor": memory.map_values("titles of actors", actors, attrgetter("title"), str),
            "event": memory.map_values("titles of events", events, attrgetter("title"), str),
            "source": memory.map_values("labels of sources", sources, attrgetter("label"), str),
            "explainer": memory.map_values("titles of explainers", explainers, attrgetter("title"), str),
            "page": memory.compute("titles of pages", pages, record_names.titles_by_slug, str),
        }
        self._by_name = {kind: self._names(f"names of {kind}s", titles, record_names.by_title) for kind, titles in self._by_id.items()}
        self._by_file = memory.compute("files of pages", pages, record_names.pages_by_file, tuple[str, ...])
        self._by_alias = self._names("aliases", actors, record_names.aliases)
        self._by_frame = self._names("frames of names", actors, near_names.frames)
        self._by_word = self._names("words of names", actors, surnames.words_of_actor)
        self._by_place = self._names("words of places", events, surnames.words_of_place)
        self._publishers = self._names("publishers", sources, record_names.publisher)
        each = memory.map_values("keys of quotes to look up", explainers, record_names.quotes, tuple[QuoteKey, ...])
        self.quotes: Mapping[QuoteKey, bool] = memory.compute("all keys of quotes", each, record_names.all_quotes, bool, QuoteKey)
        # An id may be missing at a thousand places; the suggestion is computed once.
        self._hint = functools.cache(self._hint_of)
        self._meant = functools.cache(self._meant_by)
        self.nearest = functools.cache(self._nearest)
        self._value_locations = ValueLocations(documents)
        self._hints = 0
        self._knows_news = False
        self._news: set[Read] = self._changes()

    def _names(self, step: str, records: Mapping[str, Any], names: Callable[[Any], tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """Return name → sorted ids."""
        each = self.memory.map_values(f"{step}, folded", records, names, tuple[str, ...])
        return self.memory.compute(step, each, record_names.inverted, tuple[str, ...])

    # --- what has changed since the last run ------------------------------------------------

    def _changes(self) -> set[Read]:
        now: dict[str, Mapping[Any, Any]] = {f"id {kind}": records for kind, records in self._by_id.items()}
        now |= {f"name {kind}": names for kind, names in self._by_name.items()}
        now |= {"file": self._by_file, "alias": self._by_alias, "frame": self._by_frame, "word": self._by_word}
        now |= {"place": self._by_place, "publisher": self._publishers, "quote": self.quotes}
        before = self.memory.previous_inputs("what can be asked", now)
        self._knows_news = before is not None
        return lookup_changes.differences(before, now, lookup_changes.differ) if before is not None else set()

    def set_resolved(self, records: JoinedRecords, language: Language) -> None:
        """Add the actors, events and sources with their own references resolved, and the language of the interface."""
        _, actors, events, sources, _ = records
        self._language = language
        # The language can only change between the runs of a preview; it is part of the key of a cache on disk.
        spoken = self.memory.previous_inputs("language", tag := {"language": {"": language.tag}})
        if spoken is not None:
            self._news |= lookup_changes.differences(spoken, tag, lookup_changes.differ)
        before = self.memory.previous_inputs("records", now := {"record actor": actors, "record event": events, "record source": sources})
        self._knows_news &= before is not None
        if before is not None:
            self._news |= lookup_changes.differences(before, now, lookup_changes.differ_in_substance)
        self.actors, self.events, self.sources = (
            WatchedRecords("record actor", actors, self._log),
            WatchedRecords("record event", events, self._log),
            WatchedRecords("record source", sources, self._log),
        )

    def each(
        self, step: str, given: Mapping[_Key, _Given], make: Callable[[_Given], _Made], kind: Any, keys: Any = str
    ) -> Mapping[_Key, _Made]:
        """Apply `make` to each value of `given`, recording its look-ups; values whose look-ups have the same answers as in the last run are not made again.

        `step` is a unique name, `kind` the type of the results, `keys` that of the keys, for a memory on disk.
        """
        # If the changes are unknown, recorded look-ups may have other answers now.
        old = self.memory.previous_values(step, kind, keys) if self._knows_news else None
        (old_given,), old_made = old or (({},), {})
        relied: Dependents[_Key, Trace] = Dependents(self.memory, f"what {step} look up", keys, Trace, is_current=old is not None)
        # Values with problems are always made again: their hints may depend on look-ups that are not recorded.
        with_problems = f"{step} with problems"
        again = dict.fromkeys(key for key in (self.memory.load(with_problems, list[keys]) or () if old is not None else ()) if key in given)
        again.update((key, None) for key in changed_keys(given, old_given) if key not in old_given or given[key] != old_given[key])
        stale = relied.relying({read_hash(read) for read in self._news})
        again.update((key, None) for key, _ in stale if key in given and key in old_given)
        made: dict[_Key, _Made] = {}
        keys_with_problems = []
        for key in again:
            gathered, self.problems = self.problems, []
            self._log.begin()
            found = make(given[key])
            if key not in old_made or found != old_made[key]:
                made[key] = found
            relied.new[key] = Trace("", self._log.hashes_of(self._log.now))
            if self.problems:
                keys_with_problems.append(key)
            self.problems = gathered + self.problems
        now = updated(old_made, given, made)
        relied.store(given)
        self.memory.store(with_problems, keys_with_problems, list[keys])
        self.memory.store_values(step, (given,), now, kind, keys)
        return now

    # --- ids ------------------------------------------------

    def knows(self, kind: str, record_id: str) -> bool:
        """Return whether there is a record of this kind and id."""
        self._log.read(f"id {kind}", record_id)
        return record_id in self._by_id[kind]

    def knows_quote(self, key: QuoteKey) -> bool:
        """Return whether there is a quote with this key."""
        self._log.read("quote", key)
        return key in self.quotes

    # --- front matter ------------------------------------------------

    def locate(self, location: Location, word: str) -> Location:
        """Return the place of `word` in the record that begins at about `location`, for the caret of a message."""
        return self._value_locations.locate(location, word)

    def report_unknown(self, kind: str, record_id: str, location: Location) -> None:
        """Record that nothing of this kind has this id."""
        made = as_id(record_id)
        is_written = made != record_id and self.knows(kind, made)
        hint = Advice(f"Write {made}.", made) if is_written else self._hint(kind, record_id)
        self.problems.append(
            unknown(kind, record_id, self.locate(location, record_id), f"No {kind} has the id “{record_id}”.", hint, is_certain=is_written)
        )

    def _hint_of(self, kind: str, record_id: str) -> Advice:
        """Return what to do about an id that leads to nothing."""
        others = [other for other in RECORD_KINDS if other != kind and record_id in self._by_id[other]]
        named = self._called(kind, record_id)
        if hint := several(kind, record_id, lambda part: (self._called(kind, part) or ("",))[0]):
            return Advice(hint)
        self._hints += 1
        if self._hints > _MOST_HINTS:
            return Advice()
        near = called(record_id, kind, self._by_name) or advice(record_id, named or self._by_id[kind], alike=0.0 if named else 0.6)
        if near:
            return near
        if others:
            return Advice(f"“{record_id}” is the id of {article(others[0])}; {article(kind)} is needed here.")
        folder = {"actor": "actors", "event": "timeline", "source": "sources"}.get(kind, "")
        if folder:
            made = record_id if urls.is_id(record_id) else urls.slug(record_id)
            begin = "Add it" if made == record_id else f"An id has small letters, digits and hyphens: write {made} here, and add it"
            return Advice(f"{begin} under “{folder}:”, or as content/{'events' if kind == 'event' else folder}/{made or 'a-name'}.md.")
        return Advice()

    def _called(self, kind: str, record_id: str) -> tuple[str, ...]:
        """Return the ids of the records whose name is that of an id: `zoe-kim` is the name Zoe Kim, whatever her id is now."""
        names = self._by_name.get(kind, {})
        return names.get(record_names.fold(record_id), ()) or names.get(record_names.fold(record_id.replace("-", " ")), ())

    def report_bare(self, kind: str, item: Reference) -> None:
        """Report that a listed id has no value and no record."""
        named = self._called(kind, item.id)
        near = advice(item.id, named or self._by_id[kind], alike=0.0 if named else 0.6)
        if kind == "event" and _DAY.fullmatch(item.id):
            hint = Advice(f"Write it: “{item.id}: what happened”.")
            self.problems.append(unknown(kind, item.id, item.location, f"The event of {item.id} has no title.", hint))
            return
        folder, written = _BARE[kind]
        hint = near or Advice(f"Write it here, “{written.format(item.id)}”, or make content/{folder}/{item.id}.md.")
        problem = unknown(kind, item.id, item.location, f"No file has a record of the {kind} “{item.id}”.", hint)
        self.problems.append(msgspec.structs.replace(problem, listed=True))

    def report_unknown_quote(self, reference: str, slug: str, location: Location) -> None:
        """Report that the explainer `slug`, or the one that the reference `slug#id` names, has no such quote."""
        explainer = self._documents[location.path].explainer if location.path in self._documents else None
        made = as_id(reference)
        is_written = made != reference and self.knows_quote(quote_key(made, slug))
        near = Advice(f"Write {made}.", made) if is_written else said_by(reference, explainer)
        near = near or advice(reference, [quote_reference(key, slug) for key in self.quotes])
        near = near or Advice("Name a quote of this explainer by its id, or one of another as slug#id.")
        message = f"No other quote has the id “{reference}”."
        self.problems.append(unknown("quote", reference, self.locate(location, reference), message, near, is_certain=is_written))

    def resolve_ids(self, kind: str, wanted: Iterable[str], location: Location) -> tuple[str, ...]:
        """Return the ids that have a record, without duplicates, and report the others."""
        kept = []
        for key in wanted:
            if self.knows(kind, key):
                kept.append(key)
            else:
                self.report_unknown(kind, key, location)
        return tuple(dict.fromkeys(kept))

    def resolve_name(self, kind: str, words: str, location: Location, as_words: Collection[str]) -> str:
        """Return the id of the record that `words` name, or the words themselves if they are plain words. Words in `as_words` are certainly plain."""
        if not words or self.knows(kind, words):
            return words
        owners = self._named(kind, words) or (self._aliased(words) if kind == "actor" else ())
        if len(owners) == 1:
            return owners[0]
        if owners:
            self._report("words-like-name", near_names.ambiguous_name_message(words, owners), location, words)
        elif ids := self._ids_in(kind, words, is_quoted=words in as_words):
            self._report("words-like-id", near_names.ids_within_message(words, ids), location, words)
        elif placeholders.is_link_syntax(words) or placeholders.has_no_letters(words) or words not in {*as_words, *near_names.HEARERS}:
            self._report_words(kind, words, location)
        return words

    def report_ids(self, words: Iterable[str], location: Location, as_words: Collection[str]) -> None:
        """Report words that readers see and that are exactly an actor's id, or link syntax."""
        for word in words:
            # “mayor” is a word as well; “harbour-master” in small letters with a hyphen is an id, unless it is quoted.
            is_id = "-" in word and word not in as_words and self.knows("actor", word)
            if ids := self._ids_in("actor", word, is_quoted=word in as_words):
                self._report("words-like-id", near_names.ids_within_message(word, ids), location, word)
            elif is_id or (placeholders.is_link_syntax(word) and not word.startswith("@")):
                self._report("words-like-id", near_names.visible_id_message(word, is_id=is_id), location, word)

    def _ids_in(self, kind: str, words: str, *, is_quoted: bool) -> tuple[str, ...]:
        """Return the ids among words, if these were certainly meant as ids; of words in quotation marks, two ids at least."""
        found = tuple(
            record_id for record_id in near_names.like_ids(words) if self.knows("actor", record_id) or self.knows(kind, record_id)
        )
        sure = sum(near_names.is_no_word(candidate, self._by_id["actor"].get(candidate, "")) for candidate in found)
        return found if near_names.are_ids(words, found) or sure > is_quoted else ()

    def _report_words(self, kind: str, words: str, location: Location) -> None:
        """Report plain words that were more likely meant as an id, or as the name of an actor."""
        key = urls.slug(words)
        if placeholders.is_placeholder(words):
            self._report("words-like-id", near_names.placeholder_message(words), location, words)
        elif placeholders.is_link_syntax(words):
            bare = near_names.link_target(words)
            self._report(
                "words-like-id",
                near_names.link_message(words, Advice() if self.knows(kind, bare) else self._meant(kind, bare)),
                location,
                words,
            )
        elif " " not in words and key != words and self.knows(kind, key):
            # A name in small letters, or with a capital, may be meant as a word; one with a hyphen or an underscore is not.
            self._report(
                "words-like-id", near_names.id_message(words, key), location, words, as_id(words) == key and bool({"-", "_"} & set(words))
            )
        elif urls.looks_like_id(words):
            self._report("words-like-id", near_names.unknown_id_message(kind, words, self._meant(kind, words)), location, words)
        elif near := self._frame(words):
            self._report("words-like-name", near_names.near_name_message(words, *near), location, words)

    def _report(self, code: str, report: tuple[str, Advice], location: Location, words: str, is_certain: bool = False) -> None:  # noqa: FBT001, FBT002 – private: named where it is given
        spot = self.locate(location, words)
        edits = instead(spot, words, report[1].suggestion) if is_certain else ()
        self.problems.append(Diagnostic(code, report[0], spot, report[1].help, subject=words, suggestion=report[1].suggestion, edits=edits))

    def _meant_by(self, kind: str, words: str) -> Advice:
        """Return what words that look like an id may have been meant as, among ids and then among names."""
        named = {**self._by_name["actor"], **self._by_name.get(kind, {})}
        found = advice(words, (*self._by_id["actor"], *self._by_id[kind]))
        if not found and (name := nearest(words, named)):
            found = Advice(f"Did you mean “{named[name][0]}”?", named[name][0])
        return found or self._hint(kind, words)

    def _frame(self, words: str) -> tuple[str, str] | None:
        """Return the id and the name of an actor with nearly this name; None if there is none."""
        frame, looks = near_names.frame(words), near_names.looks(words)
        self._log.read("frame", frame)
        self._log.read("frame", looks)
        alike, near = self._by_frame.get(looks, ()), self._by_frame.get(frame, ())
        named = ((key, self.title_of(Target("actor", key))) for key in (*alike, *near))
        return next(((key, name) for key, name in named if key in alike or near_names.is_nearly(words, name)), None)

    def publisher(self, words: str) -> str:
        """Return the publisher of a source with this publisher, ignoring capitals; "" if there is none."""
        folded = record_names.fold(words)
        self._log.read("publisher", folded)
        keys = self._publishers.get(folded, ())
        return self.sources[keys[0]].publisher if keys else ""

    def _named(self, kind: str, words: str) -> tuple[str, ...]:
        folded = record_names.fold(words)
        self._log.read(f"name {kind}", folded)
        return self._by_name[kind].get(folded, ())

    def _aliased(self, words: str) -> tuple[str, ...]:
        folded = record_names.fold(words)
        self._log.read("alias", folded)
        return self._by_alias.get(folded, ())

    @property
    def language(self) -> Language:
        """The language of the interface."""
        self._log.read("language", "")
        return self._language

    def surname_of(self, actor: Actor, *, alone: bool = True) -> str:
        """Return the surname of a person; `alone` if it is in the name of no other actor and no place; "" if there is none."""
        if not (surname := surnames.surname_of(actor, self.language)) or not alone:
            return surname
        folded = record_names.fold(surname.rpartition(" ")[2])
        self._log.read("word", folded)
        self._log.read("place", folded)
        return surname if surnames.is_unshared(surname, actor.id, self._by_word, self._by_place) else ""

    def _in_file(self, words: str) -> tuple[str, ...]:
        """Return the plain pages whose file has this name: `Cold War.md`, `notes/Cold War.md`."""
        asked = "/".join(map(urls.slug, words.removesuffix(".md").split("/")))
        self._log.read("file", asked)
        return self._by_file.get(asked, ())

    def resolve_link(self, words: str, kind: str, slug: str, quotes: frozenset[str]) -> tuple[Target | None, list[Target]]:
        """Resolve `[[words]]` or `[[kind:words]]` in the explainer `slug`, whose quotes have the ids `quotes`.

        Returns the target, or None and the candidates if it is ambiguous.
        """
        if kind == "quote" or (not kind and "#" in words):
            of, name = quote_key(words, slug)
            return (Target("quote", name, of) if self.knows_quote((of, name)) else None), []
        kinds = tuple(k for k in ((kind,) if kind else RECORD_KINDS) if k in self._by_id)
        own: list[Target] = [Target("quote", words, slug)] if not kind and words in quotes else []
        # By id, then by name, then by alias: the first that finds anything decides.
        found = [*own, *(Target(k, words) for k in kinds if self.knows(k, words))]
        found = found or [Target(k, key) for k in kinds for key in self._named(k, words)]
        found = found or [Target("actor", key) for key in (self._aliased(words) if "actor" in kinds else ())]
        found = found or [Target("page", key) for key in (self._in_file(words) if "page" in kinds else ())]
        return (found[0], []) if len(found) == 1 else (None, found)

    def title_of(self, target: Target) -> str:
        """Return the title of a record, for a text that links to it without words; for a quote, that of its explainer."""
        kind, key = ("explainer", target.slug) if target.kind == "quote" else (target.kind, target.id)
        if kind == "source":
            source = self.sources[key]
            return source.title or (self.actors[source.publisher].title if source.publisher in self.actors else source.label)
        if kind == "event":
            return titled(self.language, self.events[key])
        self._log.read(f"id {kind}", key)
        return self._by_id[kind][key]

    def _nearest(self, words: str, kind: str) -> Advice:
        """Return "Did you mean …?" among all that a link may name."""
        pool = [key for k in ((kind,) if kind in self._by_id else RECORD_KINDS) for key in self._by_id[k]]
        return advice(words, [*pool, *(map(quote_reference, self.quotes) if "#" in words else ())])
