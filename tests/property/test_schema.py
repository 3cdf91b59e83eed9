"""The schema and the parser are of one mind: what the one takes, the other takes, as far as JSON Schema can tell."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings as trying, strategies as st
from jsonschema import Draft202012Validator

from builder.content import schema as keys, settings
from builder.content.json_schema import FILE_KINDS, schema
from builder.content.parse import parse
from builder.diagnostics import CODES
from tests.effort import effort

ROOT = Path(__file__).parents[2]
FOLDERS = {"explainers": "explainer", "actors": "actor", "events": "event", "sources": "source", "pages": "page"}
VALIDATORS = {kind: Draft202012Validator(schema(kind)) for kind in FILE_KINDS}

TOLD_BY_BOTH = {
    "date-wrong",
    "id-wrong",
    "key-missing",
    "key-unknown",
    "not-a-record",
    "unnamed-identity",
    "url-wrong",
    "value-empty",
    "value-unknown",
    "value-wrong",
}
"""Codes of what a schema can see. What is in no file, or in none alone, it cannot."""


class Yaml12(yaml.SafeLoader):
    """Types values as editors do, by YAML 1.2: `no` is a text, and so is a date."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 – the library asks for it so.


for tag, pattern, first in (
    ("null", r"(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"(?:true|false)$", list("tf")),
    ("int", r"[-+]?[0-9]+$", list("-+0123456789")),
):
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def refusals(kind, data):
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in VALIDATORS[kind].iter_errors(data)]


# --- what is written is accepted ---------------------------------------------------------------------------------


def accepted():
    roots = [ROOT / "content", ROOT / "builder/defaults/starter/content"]
    roots += [case / "content" for case in sorted((ROOT / "tests/cases").iterdir()) if (case / "content").is_dir()]
    for root in roots:
        for path in sorted(root.rglob("*")):
            folder = path.relative_to(root).parts[0]
            if path.suffix == ".md" and folder in FOLDERS:
                yield pytest.param(path, FOLDERS[folder], id=path.relative_to(ROOT).as_posix())
            elif path.name == "site.yaml":
                yield pytest.param(path, "site", id=path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("path, kind", list(accepted()))
def test_content_has_the_same_verdict_from_both(path, kind):
    text = path.read_text("utf-8")
    if kind == "site":
        problems, front = settings.read(text.encode())[1], text
    else:
        name = next(folder for folder, record_kind in FOLDERS.items() if record_kind == kind)
        problems = parse(f"content/{name}/{path.name}", text.encode()).diagnostics
        front = text.split("---\n")[1] if text.startswith("---\n") and text.count("---\n") > 1 else ""
    told = {problem.code for problem in problems}
    if any(code.startswith(("yaml", "front-matter", "key-twice")) for code in told):
        return
    wrong = refusals(kind, yaml.load(front, Loader=Yaml12) or {})
    # That there is no 31 February is beyond a schema.
    assert bool(wrong) == bool(told & TOLD_BY_BOTH) or told & TOLD_BY_BOTH == {"date-wrong"}, wrong or problems


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_one(kind):
    assert Draft202012Validator.META_SCHEMA["$id"] == schema(kind)["$schema"]
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_every_key_has_its_description(kind):
    made = schema(kind)
    for name, record in made["$defs"].items():
        for key, value in record.get("properties", {}).items():
            assert value["description"] == keys.BY_NAME[name.removesuffix("_entry").removesuffix("_defaults")][key].about


def test_the_schema_reaches_every_record():
    reached = set().union(*(schema(kind)["$defs"] for kind in FILE_KINDS))
    assert reached >= set(keys.RECORDS_OF_FORMAT)
    assert set(keys.SHORT_FORMS) == {key.record for table in keys.RECORDS_OF_FORMAT.values() for key in table if key.record}


# --- what is made up has one verdict ---------------------------------------------------------------------------------

RIGHT = {
    keys.TEXT: ["words", 5, True, "a: b"],
    keys.MARKDOWN: ["some *words*"],
    keys.TEXTS: ["words", ["one", 2]],
    keys.ID: ["some-id", "año-1", 7],
    keys.IDS: ["some-id", ["some-id", "other"]],
    keys.NAME: ["Some Name", "some-id"],
    keys.NAMES: ["Some Name", ["some-id", "Other Name"]],
    keys.DATE: [
        "2022-01-19",
        2022,
        "2022-01-18~",
        "?2004-06-~11",
        "%2004",
        "156X-12-25",
        "Y3388E2S3",
        "[1667,1668,1670..1672]",
        ["..1984"],
        {"1667": None, "1670..1672": None},
        "/..",
        "2021-03-29T04:30Z~",
        "2021-03-23T07:40/09:00",
        {"says": "Friday", "is": "2022-01-21"},
        ["2021", "2022"],
        {"1667": None, "1668": None},
        "unknown",
    ],
    keys.URL: ["https://example.org/a?b=c"],
    keys.LANGUAGE: ["en", "pt-BR"],
    keys.YES_NO: [True, False, "no", "Yes"],
    keys.NUMBER: [1, -3, "12"],
    keys.COORDINATES: [[50.45, 30.52], [-90, "180"]],
    keys.VERSIONS: [{"house-checks": ">=1.2,<2"}, {"other": "*"}],
    keys.CODE: sorted(CODES)[:3],
    keys.PROPOSALS: [[{"id": "p1"}]],
}
SPECIAL = {
    "endpoint": ["https://example.org/dav/"],
    "same_as": ["wd:Q30", ["https://example.org/"]],
    "path": ["/events/"],
    "aliases": ["/old/"],
    "former_ids": ["old-id", ["old-id", "older-id"]],
    "host": ["example.org", "desk@example.org"],
    "remote": ["git@example.org:desk/site.git"],
    "branch": ["gh-pages"],
    "bucket": ["explainers", "$web"],
    "file": ["boat.jpg", "pictures/boat.webp"],
    "cname": ["explained.example.org"],
}
"""Keys of texts that the parser looks into more closely than the table says."""

WRONG = [{"aa": "b"}, [["y"]], "", "   ", "???", True, None, [], {}, ["z"], 5]


@st.composite
def values(draw, key, depth):
    kind = draw(st.integers(0, 11))
    if kind == 0:
        return draw(st.sampled_from([value for value in WRONG if key.name not in SPECIAL or value in ({"aa": "b"}, [["y"]], "", None)]))
    if key.name in SPECIAL:
        return draw(st.sampled_from(SPECIAL[key.name]))
    if key.takes == keys.CHOICE:
        return draw(st.sampled_from(key.options))
    if key.takes not in {keys.RECORD, keys.RECORDS}:
        return draw(st.sampled_from(RIGHT[key.takes]))
    if depth > 2:
        return None
    form = keys.SHORT_FORMS[key.record]
    record = records(key.record, depth + 1)
    if key.takes == keys.RECORD:
        return draw(st.one_of(record, st.just("words")))
    ways = [st.lists(record, max_size=2)] if form.listed else []
    if form.alone:
        ways.append(record)
    if form.bare:
        ways.append(st.lists(st.sampled_from(["some-id", "https://example.org/a", "Two Words", 5, ""]), min_size=1, max_size=2))
    if form.by_id:
        named = st.sampled_from(["some-id", "Wrong Id", "2022-01-21", "other"])
        # An id inside is the one that counts, and then nobody looks at the key.
        nameless = record.map(lambda made: {key: value for key, value in made.items() if key != "id"})
        after = st.one_of(nameless, st.sampled_from(["words", "https://example.org/a", None, ["a", "b"], ""]))
        ways.append(st.dictionaries(named, after, min_size=1, max_size=2))
        if form.listed:
            ways.append(st.lists(st.dictionaries(named, after, min_size=1, max_size=1), max_size=2))
    if form.defaults:
        # Records in defaults are read with the entries that take them over, and so not at all where there is none.
        held = {inner.name for inner in keys.RECORDS_OF_FORMAT[key.record] if inner.record}
        plain = records(key.record, depth + 1, needed=False).map(lambda made: {name: made[name] for name in made if name not in held})
        ways.append(st.fixed_dictionaries({"defaults": plain, "list": st.lists(record, max_size=2)}))
    return draw(st.one_of(ways))


@st.composite
def records(draw, name, depth=0, *, needed=True):
    made = {}
    for key in keys.RECORDS_OF_FORMAT[name]:
        if depth == 0 and key.name == "id":
            continue  # a shared record is called as its file
        if draw(st.integers(0, 9)) < (9 if key.required and needed else 2):
            made[key.name] = draw(values(key, depth))
    extra = draw(st.integers(0, 19))
    if extra == 0:
        made["titel"] = draw(st.sampled_from(["words", {"aa": "b"}, None]))
    elif extra == 1:
        made["x_mine"] = draw(st.sampled_from(["words", ["a"], {"a": {"b": "c"}}]))
    return made


def written(value, indent=0):
    """Write data as YAML, in blocks; a value that is nothing is left out after its key."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        lines = []
        for key, inner in value.items():
            name = json.dumps(key, ensure_ascii=False)
            lines.append(f"{pad}{name}:{after(inner, indent)}")
        return "".join(lines)
    assert isinstance(value, list)
    assert value
    return "".join(f"{pad}-{after(inner, indent)}" for inner in value)


def after(value, indent):
    if value is None:
        return "\n"
    if isinstance(value, (dict, list)) and value:
        return "\n" + written(value, indent + 1)
    return f" {json.dumps(value, ensure_ascii=False)}\n"


def agree(kind, record):
    text = written(record) if record else ""
    if kind in {"site", "style"}:
        problems = (settings.read if kind == "site" else settings.read_style)(text.encode())[1]
    else:
        folder = next(folder for folder, record_kind in FOLDERS.items() if record_kind == kind)
        problems = parse(f"content/{folder}/a.md", f"---\n{text}---\nText.\n".encode()).diagnostics
    told = [problem for problem in problems if problem.code in TOLD_BY_BOTH]
    assert not [problem for problem in problems if problem.code.startswith("yaml")], text
    wrong = refusals(kind, record)
    if wrong and any(problem.code == "id-missing" for problem in problems):
        return True  # A record without an id is not read further.
    assert bool(wrong) == bool(told), (text, wrong, told)
    return bool(wrong)


@pytest.mark.parametrize("kind", FILE_KINDS)
@trying(max_examples=effort(20, 240))
@given(data=st.data())
def test_the_parser_and_the_schema_agree(kind, data):
    agree(kind, data.draw(records(kind)))


# Record → where it stands, and what it needs there.
INSIDE = {
    "actor": ("explainer", lambda made: {"title": "T", "actors": {"some-id": made}}, {}),
    "position": ("actor", lambda made: {"name": "N", "position": [made]}, {"role": "Mayor"}),
    "source": ("explainer", lambda made: {"title": "T", "sources": [{"some-id": made}]}, {}),
    "quote": ("explainer", lambda made: {"title": "T", "quotes": [made]}, {"text": "words"}),
    "translation": ("explainer", lambda made: {"title": "T", "quotes": [{"text": "words", "translation": made}]}, {"text": "words"}),
    "event": ("explainer", lambda made: {"title": "T", "timeline": [made]}, {"title": "The vote"}),
    "status": ("event", lambda made: {"title": "T", "history": made}, {"status": "planned"}),
    "relative_date": ("event", lambda made: {"title": "T", "when": made}, {"says": "Friday"}),
    "update": ("explainer", lambda made: {"title": "T", "updates": [made]}, {"on": "2022-01-19", "text": "words"}),
    "correction": ("explainer", lambda made: {"title": "T", "corrections": [made]}, {"on": "2022-01-19", "text": "words"}),
    "image": ("explainer", lambda made: {"title": "T", "image": made}, {"file": "boat.jpg", "alt": "A boat", "credit": "A. Clerk"}),
    "in_short": ("explainer", lambda made: {"title": "T", "in_short": made}, {}),
    "nav": ("site", lambda made: {"title": "T", "nav": [made]}, {"title": "T", "path": "/events/"}),
    "override": ("site", lambda made: {"title": "T", "problems": [made]}, {"code": "raw-html", "severity": "off", "why": "w"}),
    "style_rule": ("site", lambda made: {"title": "T", "style": [made]}, {"what": "so-called"}),
    "style": (None, lambda made: made, {"style": [{"what": "so-called"}]}),
    "target": ("site", lambda made: {"title": "T", "publish": {"live": made}}, {"to": "folder", "path": "out"}),
    **dict.fromkeys(("explainer", "page", "site"), (None, lambda made: made, {"title": "T"})),
}

# One of each kind, with what it must say.
TARGETS = [{"to": to, **{key: SPECIAL.get(key, ["some-name"])[0] for key in must}} for to, (must, _) in keys.KEYS_OF_TARGET.items()]


def one_value_each():
    for record, table in keys.RECORDS_OF_FORMAT.items():
        for key in table:
            right = SPECIAL.get(key.name) or RIGHT.get(key.takes) or list(key.options)
            wrong = [value for value in WRONG if key.name not in SPECIAL or value in ({"aa": "b"}, [["y"]], "", None)]
            yield pytest.param(record, key, [*right, *wrong], id=f"{record}-{key.name}")


def test_the_table_has_every_record():
    assert sorted(INSIDE) == sorted(keys.RECORDS_OF_FORMAT)


@pytest.mark.parametrize("record, key, tried", list(one_value_each()))
def test_the_parser_and_the_schema_agree_on_every_value_of_a_key(record, key, tried):
    kind, inside, needed = INSIDE[record]
    if record == "target" and key.name not in needed | {"for": ""}:
        needed = next(target for target in TARGETS if key.name in {*target, *keys.KEYS_OF_TARGET[target["to"]][1]})
    verdicts = {agree(kind or record, inside(needed | {key.name: value})) for value in tried}
    assert False in verdicts, "what is right is taken"
    assert True in verdicts, "what is wrong is refused"


@pytest.mark.parametrize("record", sorted(INSIDE))
def test_the_parser_and_the_schema_agree_on_keys(record):
    kind, inside, needed = INSIDE[record]
    assert not agree(kind or record, inside(needed))
    assert agree(kind or record, inside({**needed, "titel": {"aa": "b"}}))
    assert agree(kind or record, inside({**needed, "x_mine": ["a"]})) == (record not in keys.WITH_OWN_KEYS)
    for missing in needed:
        rest = {key: value for key, value in needed.items() if key != missing}
        assert agree(kind or record, inside(rest | {"x_mine": "a"} if record in keys.WITH_OWN_KEYS else rest))
