"""What a memory holds comes back from its files as it was, is read only where it is looked at, and whatever is not whole is told."""

import msgspec
import pytest
from hypothesis import given, strategies as st

from builder.incremental.memo import DERIVED, Cabinet, Filing, Memory, Shelf, Torn, revised
from builder.incremental.memo.packs import encode


def filed(write, after=0):
    """Return the bytes of a file."""
    made = bytearray()
    filing = Filing(made.extend, after)
    write(filing)
    filing.end()
    return bytes(made)


def of(values):
    return lambda filing: filing.all("ages", values, map(encode, values.values()))


AGES = {"ada": 31, "bruno": 52, "mina": 7}


def test_a_mapping_comes_back_in_its_order():
    shelf = Cabinet([filed(of(AGES))]).shelf("ages", str, int)
    assert dict(shelf) == AGES
    assert list(shelf) == list(AGES)
    assert "zoe" not in shelf
    assert shelf.get("zoe", 1) == 1


def test_one_value_alone_comes_back():
    cabinet = Cabinet([filed(lambda filing: filing.one("title", ("A site", 3)))])
    assert cabinet.one("title", tuple[str, int]) == ("A site", 3)
    assert not cabinet.is_mapping("title")
    for kind in (int, tuple[int, int]):
        with pytest.raises(Torn):
            cabinet.one("title", kind)
    with pytest.raises(Torn):
        cabinet.one("nothing", str)


def test_a_value_is_unpacked_when_it_is_looked_at():
    data = bytearray(filed(of({"ada": "Ada Abara", "bruno": "Bruno Ito"})))
    at = data.index(b"Bruno")
    data[at] ^= 1
    shelf = Cabinet([bytes(data)]).shelf("ages", str, str)
    assert shelf["ada"] == "Ada Abara"
    with pytest.raises(Torn):
        shelf["bruno"]


mapping = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 99), max_size=8)


@given(mapping, st.lists(mapping, max_size=5))
def test_files_that_add_to_each_other_are_seen_as_the_last(first, later):
    pieces = [filed(of(first))]
    now = first
    for values in later:
        cabinet = Cabinet(pieces)
        fresh = {key: encode(value) for key, value in values.items() if now.get(key) != value}
        known = {key: n for n, key in enumerate(values)}
        order = values if list(values) != list(now) else None
        pieces.append(filed(lambda filing, o=order, f=fresh, k=known: filing.some("ages", o, f, k), cabinet.last))
        now = values
    shelf = Cabinet(pieces).shelf("ages", str, int)
    assert list(shelf.items()) == list(now.items())


def test_a_file_that_adds_to_another_one_is_not_taken_up():
    first, other = filed(of(AGES)), filed(of({"ada": 1}))
    second = filed(lambda filing: filing.some("ages", None, {"ada": encode(32)}, {"ada": 0}), Cabinet([first]).last)
    assert Cabinet([first, second]).shelf("ages", str, int)["ada"] == 32
    for files in ([other, second], [second], [first, second, second]):
        with pytest.raises(Torn):
            Cabinet(files)


@pytest.mark.parametrize("cut", [0, 1, 10, 40, -1, -8, -20])
def test_a_file_that_is_cut_is_not_taken_up(cut):
    whole = filed(of(AGES))
    with pytest.raises(Torn):
        Cabinet([whole[:cut]])


@given(st.data())
def test_a_file_in_which_anything_is_changed_is_noticed(data):
    whole = bytearray(filed(of(AGES)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Torn):
        dict(Cabinet([bytes(whole)]).shelf("ages", str, int))


def test_what_holds_some_bytes_is_found_without_unpacking():
    asked = {"a": (("id", "nato"),), "b": (("id", "eu"), ("name", "nato")), "c": ()}
    cabinet = Cabinet([filed(lambda filing: filing.all("asked", asked, map(encode, asked.values())))])
    assert cabinet.holding("asked", str, [encode(("id", "nato"))]) == {"a"}
    assert cabinet.holding("asked", str, [encode(("id", "eu")), encode(("id", "nato"))]) == {"a", "b"}
    assert cabinet.holding("asked", str, [encode(("id", "who"))]) == set()


# --- shelves ------------------------------------------------


def test_a_shelf_makes_a_value_once_and_only_if_it_is_asked_for():
    made = []

    def make(key):
        made.append(key)
        return key.upper()

    shelf = Shelf({"a": 0, "b": 1}, make)
    assert (shelf["b"], shelf["b"], made) == ("B", "B", ["b"])
    later = revised(shelf, {"c": 0, "b": 1, "a": 2}, {"c": "x"})
    assert list(later) == ["c", "b", "a"]
    assert (later["c"], later["b"], made) == ("x", "B", ["b"])
    with pytest.raises(KeyError):
        shelf["zoe"]


@given(mapping, mapping)
def test_a_revised_shelf_is_the_revised_dictionary(before, now):
    fresh = {key: value for key, value in now.items() if before.get(key, -1) != value}
    shelf = revised(Shelf(before, before.__getitem__), now, fresh)
    assert list(shelf.items()) == list(revised(before, now, fresh).items()) == list(now.items())
    assert shelf == now
    assert (now == before) <= (shelf == Shelf(before, before.__getitem__))


# --- a whole memory, from one process to the next ------------------------------------------------


class Person(msgspec.Struct, frozen=True):
    name: str
    likes: tuple[str, ...] = ()


def run(memory, people, calls):
    """Walk a road of every kind of step, and return what it leads to."""

    def counted(make):
        def made(one):
            calls.append(one)
            return make(one)

        return made

    names = memory.each("names", people, counted(lambda person: person.name), str)
    likes = memory.each("likes", people, lambda person: tuple((like, person.name) for like in person.likes), DERIVED)
    liked = memory.turned("liked", likes, tuple, str)
    order = memory.whole("order", names, lambda given: tuple(sorted(given, key=given.__getitem__)), tuple[str, ...])
    ordered = memory.picked("ordered", order, order, people)
    pairs = memory.paired("pairs", names, people, lambda name, person: (name, len(person.likes)))
    merged = memory.merged("merged", {"name": names, "pair": pairs})
    spread = memory.spread(
        "spread",
        memory.each("each like", people, lambda person: tuple(((person.name, like), like) for like in person.likes), DERIVED),
        str,
        tuple[str, str],
    )
    return [
        dict(names),
        {key: dict.fromkeys(value) for key, value in liked.items()},
        list(ordered.items()),
        dict(pairs),
        dict(merged),
        dict(spread),
    ]


def begun(memory, people, before):
    former = Shelf(before, before.__getitem__) if before is not None and memory.is_taken_up else None
    fresh = {key: person for key, person in people.items() if before is None or before.get(key) != person}
    return memory.begin("people", revised(former, people, fresh) if former is not None else people, former)


def kept_after(memory, cabinet, pieces):
    more = cabinet is not None
    data = filed(lambda filing: memory.file(filing, more=more), cabinet.last if more else 0)
    return [*pieces, data] if more else [data]


people = st.dictionaries(
    st.sampled_from("abcde"),
    st.builds(Person, st.sampled_from(("Ada", "Bruno", "Mina")), st.lists(st.sampled_from("xyz"), unique=True).map(tuple)),
    max_size=5,
).map(lambda found: {key: msgspec.structs.replace(person, name=f"{person.name} {key}") for key, person in sorted(found.items())})


@given(st.lists(people, min_size=1, max_size=5))
def test_a_memory_from_the_disk_changes_nothing_but_the_time(history):
    pieces, before = [], None
    for now in history:
        cabinet = Cabinet(pieces) if pieces else None
        memory = Memory(cabinet)
        assert run(memory, begun(memory, now, before), []) == run(Memory(), now, [])
        pieces, before = kept_after(memory, cabinet, pieces), now


def test_a_memory_from_the_disk_asks_only_who_has_changed():
    first = {key: Person(f"Person {key}", ("x",)) for key in "abcde"}
    memory = Memory()
    run(memory, begun(memory, first, None), [])
    pieces = kept_after(memory, None, [])
    now = {**first, "c": Person("Somebody", ("y",))}
    again, calls = Memory(Cabinet(pieces)), []
    run(again, begun(again, now, first), calls)
    assert calls == [now["c"]]
    third = Cabinet(kept_after(again, Cabinet(pieces), pieces))
    assert dict(third.shelf("names", str, str)) == {key: person.name for key, person in now.items()}
