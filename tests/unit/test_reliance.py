"""What a page relies on: every look at the Site is noted, and a page is made anew where one of them would see something else."""

import contextlib
import itertools

import msgspec
import pytest

from builder import crossref, language, reliance
from builder.files import ledger as file
from builder.model import Settings
from builder.parse import parse
from builder.reliance import ALL, Ledger, Notes, Noticed, Values, Writing, known
from builder.views import cards
from builder.views.cards import noting, once_a_site

ADA = ("content/actors/ada.md", "name: Ada Abara")
BRUNO = ("content/actors/bruno.md", "name: Bruno Ito")
TALKS = ("content/events/talks.md", "title: The talks\nwhen: 2022-01-18\nactors: [ada]")


def site(*files):
    documents = [parse(path, f"---\n{text}\n---\n".encode()) for path, text in files]
    return crossref.crossref(Settings(title="A site"), language.load("en"), documents)[0]


LOOKS = {
    "an entry": (lambda site: site.actors["ada"], {("actors", "ada")}),
    "one that may be there": (lambda site: site.said_by.get("ada", ()), {("said_by", "ada")}),
    "whether it is there": (lambda site: "mina" in site.actors, {("actors", "mina")}),
    "the keys": (lambda site: list(site.actors), {("actors", ALL)}),
    "the keys by name": (lambda site: set(site.actors.keys()), {("actors", ALL)}),
    "the entries": (lambda site: list(site.actors.items()), {("actors", ALL)}),
    "the values": (lambda site: list(site.actors.values()), {("actors", ALL)}),
    "the number": (lambda site: len(site.actors), {("actors", ALL)}),
    "a copy": (lambda site: dict(site.actors), {("actors", ALL), ("actors", "ada"), ("actors", "bruno")}),
    "a list": (lambda site: [*site.explainers], {("explainers", ALL)}),
    "a part of a list": (lambda site: site.explainers[:3], {("explainers", ALL)}),
    "the length of a list": (lambda site: len(site.explainers), {("explainers", ALL)}),
    "nothing": (lambda site: site.settings.title, set()),
}


def looks(notes, numbers):
    return {notes.looks[number] for number in numbers}


def step(notes, name):
    return looks(notes, notes.steps[notes.number((name, ()))][0])


@pytest.mark.parametrize("way", LOOKS)
def test_every_look_is_noted(way):
    look, expected = LOOKS[way]
    notes = Notes()
    seen = reliance.watched(site(ADA, BRUNO), notes)
    assert look(seen) == look(site(ADA, BRUNO))
    assert looks(notes, notes.now) == expected


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
    notes = Notes()
    seen = noting(site(ADA, BRUNO), notes)
    for _ in range(2):
        notes.now = set()
        assert one(seen, "ada") == "Ada Abara"
        assert looks(notes, notes.now) == {("actors", "ada")}


def test_a_look_at_the_whole_is_noted_as_the_step_that_took_it():
    notes = Notes()
    seen = noting(site(ADA, BRUNO), notes)
    shown(seen)
    name = f"{__name__}."
    assert looks(notes, notes.now) == {(f"{name}shown", ())}
    assert step(notes, f"{name}shown") == {(f"{name}number", ()), ("actors", "ada")}
    assert step(notes, f"{name}number") == {("actors", ALL)}


def values(of):
    notes = Notes()
    watched = noting(of, notes)

    def ask(name, given):
        with contextlib.suppress(KeyError):  # of what is gone
            cards.STEPS[name](watched, *given)

    return Values(of, ask, notes), notes


def built(of, *pages, before=Ledger(), kept=()):  # noqa: B008 - it is frozen
    """Return the ledger of a build that makes some pages, each by a function of the Site."""
    notes = Notes()
    watched = noting(of, notes)
    noticed = Noticed(notes)
    for path, make in pages:
        notes.now = set()
        noticed.page(path, "asked", str(make(watched)))
    found, asked = values(of)
    still = {path: relied for path, relied in known(before, of, found).items() if path in kept}
    writing = Writing(of, found, before, still, asked)
    writing.add(noticed.seen())
    return writing.ledger()


def still(before, of):
    found, _ = values(of)
    return set(known(before, of, found))


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
    before = built(site(ADA, BRUNO, TALKS), *PAGES)
    assert still(before, site(*files)) == unchanged


def test_other_settings_let_nothing_stand():
    before = built(site(ADA), *PAGES[:1])
    other = msgspec.structs.replace(site(ADA), settings=Settings(title="Another site"))
    assert still(before, other) == set()


def test_a_step_that_came_out_the_same_is_known_by_what_it_looks_at_now():
    """It may have looked at other things than before: those count from then on."""

    @once_a_site
    def last_letter(site):
        return site.actors[next(iter(site.actors))].title[-1:]

    page = (("last_letter", last_letter),)
    before = built(site(ADA), *page)
    abel = ("content/actors/abel.md", "name: Abel Ada")  # comes first now, and ends with the same letter
    again = built(site(ADA, abel), before=before, kept=("last_letter",))
    assert set(again.pages) == {"last_letter"}
    assert ("actors", "abel") in again.looks
    assert still(again, site(ADA, ("content/actors/abel.md", "name: Abel Ida"))) == {"last_letter"}
    assert still(again, site(ADA, ("content/actors/abel.md", "name: Abel Ado"))) == set()


def test_a_ledger_is_mended_and_written_anew_when_half_of_it_is_of_no_use():
    made = built(site(ADA, BRUNO, ("content/actors/other.md", "name: Other")), *PAGES)
    sizes = []
    for n in range(12):
        other = (f"content/actors/other-{n}.md", "name: Other")
        page = ("other", lambda site, key=f"other-{n}": one(site, key))
        made = built(site(ADA, BRUNO, other), page, before=made, kept=("shown", "talks"))
        assert still(made, site(ADA, BRUNO, other)) == {"other", "shown", "talks"}
        assert still(made, site((ADA[0], "name: Ada Okafor"), BRUNO, other)) == {"other", "talks"}
        assert still(made, site(ADA, BRUNO, (other[0], "name: Another"))) == {"shown", "talks"}
        sizes.append(len(made.looks))
    assert max(sizes) <= 2 * min(sizes) + len(PAGES)
    assert any(later < earlier for earlier, later in itertools.pairwise(sizes))


def test_the_first_build_after_a_clean_one_mends():
    first = built(site(ADA, BRUNO, TALKS), *PAGES)
    assert first.used == len(first.looks)
    changed = site((ADA[0], "name: Ada Okafor"), BRUNO, TALKS)
    second = built(changed, *PAGES[:1], PAGES[2], before=first, kept=("number", "talks"))
    assert second.used == first.used
    assert second.looks[: len(first.looks)] == first.looks


def test_what_is_kept_and_written_anew_is_known_alike():
    """A ledger that was mended says no more and no less than one of all pages made anew."""
    changed = (ADA[0], "name: Ada Okafor"), BRUNO, TALKS
    before = built(site(ADA, BRUNO, TALKS), *PAGES)
    mended = built(site(*changed), *[page for page in PAGES if page[0] in {"ada", "shown"}], before=before, kept=("number", "talks"))
    anew = built(site(*changed), *PAGES)
    for files in (changed, (ADA, BRUNO, TALKS), (changed[0], BRUNO), (changed[0], TALKS), changed[1:], ()):
        assert still(mended, site(*files)) == still(anew, site(*files)), files


def test_a_ledger_comes_back_from_the_disk_as_it_was(tmp_path):
    of = site(ADA, BRUNO, TALKS)
    made = built(of, *PAGES, ("a quote", lambda site: site.quotes.get(("talks", "q1"))))
    file.write_ledger(tmp_path, made)
    found = file.read_ledger(tmp_path)
    assert found == made
    assert still(found, of) == set(made.pages)


def test_a_ledger_that_is_cut_torn_or_another_version_s_is_none(tmp_path, monkeypatch):
    file.write_ledger(tmp_path, built(site(ADA), *PAGES[:1]))
    (pack,) = (tmp_path / ".backstory/relied").iterdir()
    whole = pack.read_bytes()
    for broken in (b"", whole[:-1], whole[:20], b"x" + whole[1:], whole + b"x"):
        pack.write_bytes(broken)
        assert file.read_ledger(tmp_path) == Ledger()
    pack.write_bytes(whole)
    assert file.read_ledger(tmp_path) != Ledger()
    monkeypatch.setattr(file, "version", lambda: "another")
    assert file.read_ledger(tmp_path) == Ledger()
    file.write_ledger(tmp_path, Ledger())
    assert [left.name for left in (tmp_path / ".backstory/relied").iterdir()] == ["another.pack"]


def test_places_that_lead_nowhere_are_no_ledger(tmp_path):
    made = built(site(ADA), *PAGES[:1])
    relied = {path: msgspec.structs.replace(one, looks=(99,)) for path, one in made.pages.items()}
    file.write_ledger(tmp_path, msgspec.structs.replace(made, pages=relied))
    assert file.read_ledger(tmp_path) == Ledger()
