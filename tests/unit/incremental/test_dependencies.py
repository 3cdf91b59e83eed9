"""What a page relies on: every look at the Site is noted, and a page is made anew where one of them would see something else."""

import msgspec
import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.incremental import dependencies
from builder.incremental.dependencies import ALL, KEYS, ReadLog, changed_reads
from builder.incremental.ledger import Ledger, ReadCollector, Trace, read_hash, relying
from builder.incremental.memo import Memory
from builder.model import Settings
from builder.pages import cards
from builder.pages.cards import once_a_site, recording

ADA = ("content/actors/ada.md", "name: Ada Abara")
BRUNO = ("content/actors/bruno.md", "name: Bruno Ito")
TALKS = ("content/events/talks.md", "title: The talks\nwhen: 2022-01-18\nactors: [ada]")


def site(*files, memory=None):
    documents = [parse(path, f"---\n{text}\n---\n".encode()) for path, text in files]
    return linking.link(Settings(title="A site"), language.load("en"), documents, memory=memory)[0]


LOOKS = {
    "an entry": (lambda site: site.actors["ada"], {("actors", "ada")}),
    "one that may be there": (lambda site: site.said_by.get("ada", ()), {("said_by", "ada")}),
    "whether it is there": (lambda site: "mina" in site.actors, {("actors", "mina")}),
    "the keys": (lambda site: list(site.actors), {("actors", KEYS)}),
    "the keys by name": (lambda site: set(site.actors.keys()), {("actors", KEYS)}),
    "the entries": (lambda site: list(site.actors.items()), {("actors", ALL)}),
    "the values": (lambda site: list(site.actors.values()), {("actors", ALL)}),
    "the number": (lambda site: len(site.actors), {("actors", KEYS)}),
    "a copy": (lambda site: dict(site.actors), {("actors", KEYS), ("actors", "ada"), ("actors", "bruno")}),
    "a list": (lambda site: [*site.pages], {("pages", ALL)}),
    "a part of a list": (lambda site: site.pages[:3], {("pages", ALL)}),
    "the length of a list": (lambda site: len(site.pages), {("pages", ALL)}),
    "nothing": (lambda site: site.settings.title, set()),
}


def reads(log, numbers):
    return {log.reads[number] for number in numbers}


def step(log, name):
    return reads(log, log.steps[log.number((name, ()))][0])


@pytest.mark.parametrize("way", LOOKS)
def test_every_look_is_noted(way):
    look, expected = LOOKS[way]
    log = ReadLog()
    seen = dependencies.watched(site(ADA, BRUNO), log)
    assert look(seen) == look(site(ADA, BRUNO))
    assert reads(log, log.current()) == expected


@once_a_site
def one(site, key):
    return site.actors[key].title


@once_a_site
def number(site):
    return len(site.actors)


@once_a_site
def shown(site):
    return f"{number(site)} actors, {one(site, 'ada')} first"


def test_what_is_kept_of_a_site_has_looked_at_what_it_looked_at_first():
    log = ReadLog()
    seen = recording(site(ADA, BRUNO), log)
    for _ in range(2):
        log.begin()
        assert one(seen, "ada") == "Ada Abara"
        assert reads(log, log.current()) == {("actors", "ada")}


def test_a_look_at_the_whole_is_noted_as_the_step_that_took_it():
    log = ReadLog()
    seen = recording(site(ADA, BRUNO), log)
    shown(seen)
    name = f"{__name__}."
    assert reads(log, log.current()) == {(f"{name}shown", ())}
    assert step(log, f"{name}shown") == {(f"{name}number", ()), ("actors", "ada")}
    assert step(log, f"{name}number") == {("actors", KEYS)}


UNTRACKED = "the same"


def built(of, *pages):
    """Return the memory after a build that makes some pages, each by a function of the Site."""
    log, memory = ReadLog(), Memory()
    watched = recording(of, log)
    collector = ReadCollector(log)
    for path, make in pages:
        log.begin()
        make(watched)
        collector.result("pages", path, "asked")
    ledger = Ledger(memory, "these", {"pages": str}, UNTRACKED, None)
    ledger.add(collector.reads())
    ledger.store({"pages": None}, UNTRACKED)
    memory.begin_run()
    return memory


def opened(memory, reads, of, untracked=UNTRACKED):
    """Return the ledger that a build left in a memory, what is stale in it, and its log."""
    log = ReadLog()
    watched = recording(of, log)
    ledger = Ledger(memory, "these", {"pages": str}, untracked, reads)
    return ledger, ledger.stale(log, lambda name, given: cards.TRACKED_FUNCTIONS[name](watched, *given))["pages"], log


def changed(before, now):
    """Return a site, the same after an edit, and in what it differs, as a memory tells it."""
    memory = Memory()
    first = site(*before, memory=memory)
    memory.changed_fields("site", first)
    memory.begin_run()
    second = site(*now, memory=memory)
    return first, second, memory.changed_fields("site", second)


PAGES = (("ada", lambda site: one(site, "ada")), ("number", number), ("shown", shown), ("talks", lambda site: site.events.get("talks")))


@pytest.mark.parametrize(
    "files, unchanged",
    [
        ((ADA, BRUNO, TALKS), {"ada", "number", "shown", "talks"}),
        ((ADA, (BRUNO[0], "name: Bruno Sato"), TALKS), {"ada", "number", "shown", "talks"}),  # the number is as it was
        (((ADA[0], "name: Ada Okafor"), BRUNO, TALKS), {"number", "talks"}),
        ((ADA, TALKS), {"ada", "talks"}),
        ((ADA, BRUNO), {"ada", "number", "shown"}),
        ((ADA, BRUNO, (TALKS[0], TALKS[1].replace("18", "19"))), {"ada", "number", "shown"}),
    ],
    ids=["nothing", "who-is-only-counted", "who-is-named", "one-less", "an-event-gone", "an-event-moved"],
)
def test_a_page_stands_where_all_that_it_looked_at_does(files, unchanged):
    before, now, changes = changed((ADA, BRUNO, TALKS), files)
    ledger, found, _ = opened(built(before, *PAGES), changed_reads(changes), now)
    assert set(ledger.before("pages")) - found == unchanged


@pytest.mark.parametrize(
    "reads, untracked", [(None, UNTRACKED), (set(), "another")], ids=["nobody-knows-what-changed", "another-untracked"]
)
def test_a_ledger_that_does_not_stand_knows_nothing(reads, untracked):
    ledger, _, _ = opened(built(site(ADA), *PAGES[:1]), reads, site(ADA), untracked)
    assert not ledger.is_current
    assert not ledger.before("pages")


def test_of_other_settings_nobody_knows_what_they_change():
    memory = Memory()
    of = site(ADA)
    memory.changed_fields("site", of)
    memory.begin_run()
    assert changed_reads(memory.changed_fields("site", msgspec.structs.replace(of, settings=Settings(title="Another site")))) is None


def test_who_looked_at_all_of_a_field_is_asked_again_whatever_changed_in_it():
    before, now, changes = changed((ADA, BRUNO), (ADA, (BRUNO[0], "name: Bruno Sato")))
    memory = built(before, ("names", lambda site: [actor.name for actor in site.actors.values()]), ("keys", lambda site: list(site.actors)))
    assert opened(memory, changed_reads(changes), now)[1] == {"names"}


def test_the_ground_of_all_pages_is_settings_language_and_day_and_no_record():
    of = site(ADA, BRUNO)
    others = [
        msgspec.structs.replace(of, settings=Settings(title="Another site")),
        msgspec.structs.replace(of, language=language.load("de")),
        msgspec.structs.replace(of, day=7),
    ]
    assert len({dependencies.untracked_digest(path) for path in (of, *others)}) == 4
    assert dependencies.untracked_digest(of) == dependencies.untracked_digest(site(ADA, TALKS))


def test_a_step_that_came_out_the_same_is_told_of():
    """It may have looked at other things than before: those count from then on."""

    @once_a_site
    def last_letter(site):
        return site.actors[next(iter(site.actors))].title[-1:]

    abel = ("content/actors/abel.md", "name: Abel Ada")  # comes first then, and ends with the same letter
    before, now, changes = changed((ADA,), (ADA, abel))
    memory = built(before, ("last_letter", last_letter))
    ledger, found, _ = opened(memory, changed_reads(changes), now)
    assert not found
    ledger.store({"pages": None}, UNTRACKED)
    memory.begin_run()
    (step,) = memory.load("what steps of these rely on", None).values()
    assert read_hash(("actors", "abel")) in step.reads


def test_a_step_is_told_once_however_many_rely_on_it():
    of = site(ADA, BRUNO)
    log, told = ReadLog(), set()
    watched = recording(of, log)
    first, second = ReadCollector(log, told), ReadCollector(log, told)
    for collector in (first, second):
        log.begin()
        number(watched)
        collector.result("pages", "number", "asked")
    assert len(first.reads().steps) == 1
    assert not second.reads().steps
    assert first.reads().results == second.reads().results


def test_signs_are_looked_for_at_their_places_alone():
    reads = [("actors", f"a{n}") for n in range(40)]
    relied = {"page": Trace("asked", b"".join(map(read_hash, reads)))}
    across = relied["page"].reads[2:6]
    assert not relying(relied, {across}, None)
    assert [key for key, _ in relying(relied, {read_hash(reads[7])}, None)] == ["page"]
    assert not relying(relied, {read_hash(reads[7])}, [])
