"""What a memory holds comes back from its files as it was, is read only where it is looked at, and whatever is not whole is told."""

import msgspec
import pytest
from hypothesis import given, strategies as st

from builder.incremental.memo import DERIVED, CacheFile, CacheWriter, CorruptCache, LazyMap, Memory, updated
from builder.incremental.memo.packs import encode


def filed(write, after=0):
    """Return the bytes of a file."""
    made = bytearray()
    writer = CacheWriter(made.extend, after)
    write(writer)
    writer.end()
    return bytes(made)


def of(values):
    return lambda writer: writer.write_mapping("ages", values, map(encode, values.values()))


AGES = {"ada": 31, "bruno": 52, "mina": 7}


def test_a_mapping_comes_back_in_its_order():
    lazy_map = CacheFile([filed(of(AGES))]).lazy_map("ages", str, int)
    assert dict(lazy_map) == AGES
    assert list(lazy_map) == list(AGES)
    assert "zoe" not in lazy_map
    assert lazy_map.get("zoe", 1) == 1


def test_one_value_alone_comes_back():
    cache_file = CacheFile([filed(lambda writer: writer.write_value("title", encode(("A site", 3))))])
    assert cache_file.value("title", tuple[str, int]) == ("A site", 3)
    assert not cache_file.is_mapping("title")
    for kind in (int, tuple[int, int]):
        with pytest.raises(CorruptCache):
            cache_file.value("title", kind)
    with pytest.raises(CorruptCache):
        cache_file.value("nothing", str)


def test_a_value_is_unpacked_when_it_is_looked_at():
    data = bytearray(filed(of({"ada": "Ada Abara", "bruno": "Bruno Ito"})))
    at = data.index(b"Bruno")
    data[at] ^= 1
    lazy_map = CacheFile([bytes(data)]).lazy_map("ages", str, str)
    assert lazy_map["ada"] == "Ada Abara"
    with pytest.raises(CorruptCache):
        lazy_map["bruno"]


mapping = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 99), max_size=8)


@given(mapping, st.lists(mapping, max_size=5))
def test_files_that_add_to_each_other_are_seen_as_the_last(first, later):
    pieces = [filed(of(first))]
    now = first
    for values in later:
        cache_file = CacheFile(pieces)
        fresh = {key: encode(value) for key, value in values.items() if now.get(key) != value}
        known = {key: n for n, key in enumerate(values)}
        order = values if list(values) != list(now) else None
        pieces.append(filed(lambda writer, o=order, f=fresh, k=known: writer.write_changes("ages", o, f, k), cache_file.last))
        now = values
    lazy_map = CacheFile(pieces).lazy_map("ages", str, int)
    assert list(lazy_map.items()) == list(now.items())


def test_a_file_that_adds_to_another_one_is_not_taken_up():
    first, other = filed(of(AGES)), filed(of({"ada": 1}))
    second = filed(lambda writer: writer.write_changes("ages", None, {"ada": encode(32)}, {"ada": 0}), CacheFile([first]).last)
    assert CacheFile([first, second]).lazy_map("ages", str, int)["ada"] == 32
    for files in ([other, second], [second], [first, second, second]):
        with pytest.raises(CorruptCache):
            CacheFile(files)


@pytest.mark.parametrize("cut", [0, 1, 10, 40, -1, -8, -20])
def test_a_file_that_is_cut_is_not_taken_up(cut):
    whole = filed(of(AGES))
    with pytest.raises(CorruptCache):
        CacheFile([whole[:cut]])


@given(st.data())
def test_a_file_in_which_anything_is_changed_is_noticed(data):
    whole = bytearray(filed(of(AGES)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CorruptCache):
        dict(CacheFile([bytes(whole)]).lazy_map("ages", str, int))


def test_what_holds_some_bytes_is_found_without_unpacking():
    asked = {"a": (("id", "nato"),), "b": (("id", "eu"), ("name", "nato")), "c": ()}
    cache_file = CacheFile([filed(lambda writer: writer.write_mapping("asked", asked, map(encode, asked.values())))])
    assert cache_file.holding("asked", str, [encode(("id", "nato"))]) == {"a"}
    assert cache_file.holding("asked", str, [encode(("id", "eu")), encode(("id", "nato"))]) == {"a", "b"}
    assert cache_file.holding("asked", str, [encode(("id", "who"))]) == set()


# --- shelves ------------------------------------------------


def test_a_shelf_makes_a_value_once_and_only_if_it_is_asked_for():
    made = []

    def make(key):
        made.append(key)
        return key.upper()

    lazy_map = LazyMap({"a": 0, "b": 1}, make)
    assert (lazy_map["b"], lazy_map["b"], made) == ("B", "B", ["b"])
    later = updated(lazy_map, {"c": 0, "b": 1, "a": 2}, {"c": "x"})
    assert list(later) == ["c", "b", "a"]
    assert (later["c"], later["b"], made) == ("x", "B", ["b"])
    with pytest.raises(KeyError):
        lazy_map["zoe"]


@given(mapping, mapping)
def test_a_revised_shelf_is_the_revised_dictionary(before, now):
    fresh = {key: value for key, value in now.items() if before.get(key, -1) != value}
    lazy_map = updated(LazyMap(before, before.__getitem__), now, fresh)
    assert list(lazy_map.items()) == list(updated(before, now, fresh).items()) == list(now.items())
    assert lazy_map == now
    assert (now == before) <= (lazy_map == LazyMap(before, before.__getitem__))


# --- a whole memory, from one process to the next ------------------------------------------------


class Person(msgspec.Struct, frozen=True):
    name: str
    likes: tuple[str, ...] = ()


def run(memory, people, calls):
    """Walk a road of every kind of step, and return what it leads to."""

    def counted(make):
        def made(key):
            calls.append(key)
            return make(key)

        return made

    names = memory.map_values("names", people, counted(lambda person: person.name), str)
    likes = memory.map_values("likes", people, lambda person: tuple((like, person.name) for like in person.likes), DERIVED)
    liked = memory.invert("liked", likes, tuple, str)
    order = memory.compute("order", names, lambda given: tuple(sorted(given, key=given.__getitem__)), tuple[str, ...])
    ordered = memory.select("ordered", order, order, people)
    pairs = memory.map_pairs("pairs", names, people, lambda name, person: (name, len(person.likes)))
    merged = memory.union("merged", {"name": names, "pair": pairs})
    spread = memory.flat_map(
        "spread",
        memory.map_values("each like", people, lambda person: tuple(((person.name, like), like) for like in person.likes), DERIVED),
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
    former = LazyMap(before, before.__getitem__) if before is not None and memory.is_taken_up else None
    fresh = {key: person for key, person in people.items() if before is None or before.get(key) != person}
    return memory.begin("people", updated(former, people, fresh) if former is not None else people, former)


def kept_after(memory, cache_file, pieces):
    more = cache_file is not None
    data = filed(lambda writer: memory.write_cache(writer, more=more), cache_file.last if more else 0)
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
        cache_file = CacheFile(pieces) if pieces else None
        memory = Memory(cache_file)
        assert run(memory, begun(memory, now, before), []) == run(Memory(), now, [])
        pieces, before = kept_after(memory, cache_file, pieces), now


def test_a_memory_from_the_disk_asks_only_who_has_changed():
    first = {key: Person(f"Person {key}", ("x",)) for key in "abcde"}
    memory = Memory()
    run(memory, begun(memory, first, None), [])
    pieces = kept_after(memory, None, [])
    now = {**first, "c": Person("Somebody", ("y",))}
    again, calls = Memory(CacheFile(pieces)), []
    run(again, begun(again, now, first), calls)
    assert calls == [now["c"]]
    third = CacheFile(kept_after(again, CacheFile(pieces), pieces))
    assert dict(third.lazy_map("names", str, str)) == {key: person.name for key, person in now.items()}
