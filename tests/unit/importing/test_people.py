"""People, bodies and annotations: each value of a file is in what is made of it, or told with its place."""

import json

import pytest

from builder import cli
from builder.importing import ExistingRecords, ImportInput, ImportOptions, ImportProblem, LayoutOptions, find, layout
from builder.importing.importer_types import File
from builder.importing.people.wikidata import edtf_time


def made(name, data, reader):
    data = data if isinstance(data, str) else json.dumps(data)
    given = ImportInput(name, (File(name, data.encode()),))
    found = find(given)
    assert found is not None
    assert found.name == reader
    return found.read(given, ImportOptions(today="2026-01-02"))


def texts(found):
    laid = layout(found, ExistingRecords(), ImportOptions(today="2026-01-02"), LayoutOptions(name="file"))
    return {path.removeprefix("content/"): data.decode() for path, data in laid.files.items()}, [str(one) for one in laid.import_notes]


FTM = "\n".join(
    json.dumps(entity)
    for entity in (
        {
            "id": "p1",
            "schema": "Person",
            "caption": "Anna Hale",
            "datasets": ["x"],
            "odd": 1,
            "properties": {
                "name": ["Anna Hale", "A. Hale"],
                "alias": ["Hale"],
                "wikidataId": ["Q42"],
                "position": ["Clerk"],
                "country": ["gb"],
                "summary": ["She sails."],
                "hairColor": ["red"],
            },
        },
        {"id": "o1", "schema": "Company", "properties": {"name": ["Patience Line"], "website": ["https://example.org/line"]}},
        {
            "id": "m1",
            "schema": "Directorship",
            "properties": {"director": ["p1"], "organization": ["o1"], "role": ["Captain"], "startDate": ["2011"], "endDate": ["2020-05"]},
        },
        {"id": "m2", "schema": "Membership", "properties": {"member": ["nobody"], "organization": ["o1"]}},
        {
            "id": "e1",
            "schema": "Event",
            "properties": {
                "name": ["The vote"],
                "startDate": ["2024-03-08"],
                "endDate": ["2024-03-09"],
                "involved": ["p1"],
                "location": ["Hall"],
                "proof": ["d1"],
            },
        },
        {
            "id": "d1",
            "schema": "Article",
            "properties": {
                "title": ["Ferry"],
                "publisher": ["Gazette"],
                "sourceUrl": ["https://example.org/f"],
                "publishedAt": ["2024-03-08"],
                "author": ["A. Clerk"],
            },
        },
        {"id": "v1", "schema": "Vessel", "properties": {"name": ["Patience"]}},
    )
)


def test_every_property_of_followthemoney_is_taken_or_told():
    files, told = texts(made("entities.ftm.json", FTM + "\nbroken\n", "followthemoney"))
    text = files["explainers/file.md"]
    assert files["actors/anna-hale.md"] == (
        '---\ntype: Person\nname: "Anna Hale"\nalias: ["A. Hale", "Hale"]\nsame_as: ["wd:Q42"]\nx_country: "gb"\nposition:\n'
        '  - role: "Clerk"\n  - role: "Captain"\n    of: patience-line\n    from: "2011"\n    to: "2020-05"\n---\nShe sails\\.\n'
    )
    for words in (
        "actors:\n  - anna-hale\n",
        'type: Organization\n    name: "Patience Line"\n    same_as: ["https://example.org/line"]',
        'title: "The vote"\n    when: "2024-03-08/2024-03-09"\n    actors: [anna-hale]\n    place: "Hall"\n    sources: [ferry]',
        'title: "Ferry"\n    publisher: "Gazette"\n    authors: ["A. Clerk"]\n    url: "https://example.org/f"\n    published: "2024-03-08"',
    ):
        assert words in text, words
    for words in (
        "line 1: “odd” was left out: “1”",
        "line 1 (Person): “hairColor” was left out: “red”",
        "line 4: it was left out, since nobody in the file has the id “nobody”",
        "line 7 (Vessel): it was left out",
        "line 8: it was left out, since it is no JSON",
    ):
        assert any(message.startswith(words) for message in told), (words, told)


POPOLO = {
    "persons": [
        {
            "id": "p1",
            "name": "Anna Hale",
            "other_names": [{"name": "Hale"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}, {"scheme": "parl", "identifier": "7"}],
            "links": [{"url": "https://example.org/hale"}],
            "birth_date": "1970-01-01",
            "email": "a@example.org",
            "gender": "female",
            "eye": "blue",
        }
    ],
    "organizations": [
        {"id": "o1", "name": "Assembly", "classification": "legislature"},
        {"id": "o2", "name": "Harbour party", "classification": "party"},
    ],
    "posts": [{"id": "s1", "label": "Speaker", "organization_id": "o1"}],
    "memberships": [
        {
            "person_id": "p1",
            "organization_id": "o1",
            "on_behalf_of_id": "o2",
            "role": "member",
            "start_date": "2011-05-01",
            "end_date": "2015",
            "legislative_period_id": "t1",
        },
        {"person_id": "p1", "post_id": "s1", "start_date": "2014"},
        {"person_id": "p9", "organization_id": "o1", "role": "member"},
    ],
    "events": [{"id": "t1", "name": "Term 1", "classification": "legislative period", "start_date": "2011"}],
    "meta": {"x": 1},
}


def test_every_value_of_popolo_is_taken_or_told():
    files, told = texts(made("popolo.json", POPOLO, "popolo"))
    assert files["actors/anna-hale.md"] == (
        '---\ntype: Person\nname: "Anna Hale"\nalias: ["Hale"]\nsame_as: ["wd:Q42", "https://example.org/hale"]\nx_parl: "7"\nx_birth_date: "1970-01-01"\nx_gender: "female"\nposition:\n'
        '  - role: "member"\n    of: assembly\n    from: "2011-05-01"\n    to: "2015"\n  - role: "member"\n    of: harbour-party\n    from: "2011-05-01"\n    to: "2015"\n'
        '  - role: "Speaker"\n    of: assembly\n    from: "2014"\n---\n'
    )
    assert "type: PublicBody" in files["actors/assembly.md"]
    for words in (
        "person 1: “email” was left out: “a@example.org”",
        "person 1: “eye” was left out",
        "membership 1: “legislative_period_id” was left out",
        "membership 3: it was left out, since nobody",
        "event 1: it was left out, since it is a term",
    ):
        assert any(message.startswith(words) for message in told), (words, told)
    assert len(told) == 5


LITTLESIS = {
    "data": [
        {
            "type": "entities",
            "id": 1,
            "attributes": {
                "id": 1,
                "name": "Anna Hale",
                "blurb": "Captain",
                "summary": "She sails.",
                "aliases": ["Anna Hale", "Hale"],
                "types": ["Person"],
                "primary_ext": "Person",
                "website": None,
                "net_worth": 5,
            },
            "links": {"self": "https://littlesis.org/entities/1-Anna_Hale"},
        },
        {"type": "entities", "id": 2, "attributes": {"id": 2, "name": "Patience Line", "types": ["Organization"]}},
        {
            "type": "relationships",
            "id": 3,
            "attributes": {
                "id": 3,
                "entity1_id": 1,
                "entity2_id": 2,
                "category_id": 1,
                "description1": "Captain",
                "start_date": "2011-00-00",
                "is_current": False,
            },
        },
        {
            "type": "relationships",
            "id": 4,
            "attributes": {"id": 4, "entity1_id": 1, "entity2_id": 2, "category_id": 5, "description1": "donor", "amount": 7},
        },
    ]
}


def test_every_value_of_littlesis_is_taken_or_told():
    files, told = texts(made("littlesis.json", LITTLESIS, "littlesis"))
    assert files["actors/anna-hale.md"] == (
        '---\ntype: Person\nname: "Anna Hale"\nalias: ["Hale"]\nsame_as: ["https://littlesis.org/entities/1-Anna_Hale"]\nx_blurb: "Captain"\nposition:\n'
        '  - role: "Captain"\n    of: patience-line\n    from: "2011"\n    to: "unknown"\n---\nShe sails\\.\n'
    )
    for words in (
        "entry 1: “net_worth” was left out: “5”",
        "entry 4: it was left out, since it is no office: Anna Hale – donor – Patience Line",
        "entry 4: “amount” was left out: “7”",
    ):
        assert words in told


def item(key):
    return {"datavalue": {"value": {"id": key}}}


def time(text, precision):
    return {"datavalue": {"value": {"time": text, "precision": precision}}}


WIKIDATA = {
    "entities": {
        "Q42": {
            "id": "Q42",
            "type": "item",
            "labels": {"en": {"value": "Anna Hale"}, "ru": {"value": "Анна Хейл"}, "de": {"value": "Anna Hale"}},
            "aliases": {"en": [{"value": "Hale"}]},
            "descriptions": {"en": {"value": "captain"}, "de": {"value": "Kapitänin"}},
            "claims": {
                "P31": [{"mainsnak": item("Q5")}],
                "P39": [
                    {
                        "mainsnak": item("Q900"),
                        "qualifiers": {
                            "P580": [time("+2011-05-01T00:00:00Z", 11)],
                            "P582": [time("+2015-00-00T00:00:00Z", 9)],
                            "P642": [item("Q901")],
                            "P1365": [item("Q7")],
                        },
                    },
                    {"mainsnak": item("Q902"), "qualifiers": {"P580": [time("-0044-03-00T00:00:00Z", 10)]}},
                    {"mainsnak": item("Q903"), "rank": "deprecated"},
                ],
                "P69": [{"mainsnak": item("Q1")}],
            },
            "sitelinks": {},
        },
        "Q900": {"id": "Q900", "labels": {"en": {"value": "Mayor"}}, "claims": {}},
        "Q901": {"id": "Q901", "labels": {"en": {"value": "Gullhaven"}}},
    }
}


def test_every_statement_of_wikidata_is_taken_or_told():
    files, told = texts(made("Q42.json", WIKIDATA, "wikidata"))
    assert files == {
        "actors/anna-hale.md": '---\ntype: Person\nname: "Anna Hale"\nalias: ["Анна Хейл"]\nweak_alias: ["Hale"]\nsame_as: ["wd:Q42"]\nx_description: "captain"\nposition:\n'
        '  - role: "Mayor"\n    of: "Gullhaven"\n    from: "2011-05-01"\n    to: "2015"\n  - role: "Q902"\n    from: "-0043-03"\n---\n'
    }
    for words in (
        "P69 was left out: “Q1”",
        "descriptions in other languages were left out: Kapitänin",
        "the file has no name for Q902",
        "is deprecated: “Q903”",
        "what else is said of “Mayor” was left out: P1365",
    ):
        assert any(words in message for message in told), (words, told)
    assert len(told) == 5


ANNOTATIONS = {
    "total": 4,
    "rows": [
        {
            "id": "a1",
            "uri": "https://example.org/p",
            "user": "acct:anna@hypothes.is",
            "created": "2024-03-08T10:00:00Z",
            "text": "Is it?",
            "tags": ["ferry"],
            "permissions": {"read": ["group:__world__"]},
            "target": [
                {
                    "source": "https://example.org/p",
                    "selector": [
                        {"type": "RangeSelector"},
                        {"type": "TextQuoteSelector", "exact": "the boat is sound", "prefix": "says ", "suffix": ", she"},
                    ],
                }
            ],
            "document": {"title": ["A page"]},
            "odd": 1,
        },
        {
            "uri": "https://example.org/p",
            "text": "secret",
            "permissions": {"read": ["acct:anna@hypothes.is"]},
            "target": [{"source": "https://example.org/p", "selector": [{"type": "TextQuoteSelector", "exact": "private words"}]}],
        },
        {"uri": "https://example.org/p", "text": "a page note", "target": [{"source": "https://example.org/p"}]},
        {"uri": "https://example.org/p", "text": "a reply", "references": ["a1"], "target": []},
    ],
}
W3C = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "Annotation",
    "id": "https://example.org/anno/1",
    "body": {"type": "TextualBody", "value": "Is it?"},
    "target": {"source": "https://example.org/p", "selector": {"type": "TextQuoteSelector", "exact": "the boat is sound"}},
    "creator": {"name": "Anna"},
}


def test_every_value_of_annotations_is_taken_or_told():
    files, told = texts(made("annotations.json", ANNOTATIONS, "annotations"))
    (text,) = files.values()
    assert (
        'speaker: unknown\n    text: "the boat is sound"\n    via: [a-page]\n    in_body: no\n    note: "Is it?"\n    x_tags: "ferry"\n    x_annotated_by: "anna"\n    x_annotated: "2024-03-08T10:00:00Z"\n'
        '    x_prefix: "says"\n    x_suffix: ", she"\n    x_annotation: "a1"\n'
    ) in text
    assert 'title: "A page"\n    url: "https://example.org/p"' in text
    assert "private words" not in text
    for words in (
        "annotation 1: “odd” was left out",
        "annotation 2: it was left out, since it is not for everybody: “private words”",
        "annotation 3: it was left out, since it marks no words: “a page note”",
        "annotation 4: it was left out, since it answers another",
    ):
        assert any(message.startswith(words) for message in told), (words, told)
    (quote,) = [record.fields for record in made("anno.json", W3C, "annotations").records if record.kind == "quote"]
    assert (quote["text"], quote["note"], quote["x_annotated_by"]) == ("the boat is sound", "Is it?", "Anna")


def test_an_entity_that_does_not_say_what_it_is_has_no_type():
    entity = {"labels": {"en": {"value": "X"}}, "claims": {"P31": [{"mainsnak": {"snaktype": "novalue"}}]}, "id": "Q1"}
    (actor,) = made("w.json", {"entities": {"Q1": entity}}, "wikidata").records
    assert "type" not in actor.fields


def test_a_membership_of_an_unknown_body_is_told():
    whole = {"persons": [{"id": "p", "name": "Ann"}], "memberships": [{"person_id": "p", "organization_id": "o9", "role": "Chair"}]}
    assert any("the id “o9”" in str(note) for note in made("p.json", whole, "popolo").import_notes)


@pytest.mark.parametrize(
    "said, comes_in",
    [
        ({}, True),
        ({"group": "__world__"}, True),
        ({"group": "abc"}, False),
        ({"group": "abc", "permissions": {"read": ["group:__world__"]}}, True),
        ({"permissions": {"read": ["group:abc"]}}, False),
        ({"permissions": {"read": []}}, False),
        ({"permissions": {}}, False),
        ({"permissions": "private"}, False),
        ({"permissions": None}, False),
        ({"permissions": ["group:__world__"]}, False),
    ],
)
def test_an_annotation_comes_in_only_if_everybody_may_read_it(said, comes_in):
    found = made("a.json", {**W3C, **said}, "annotations")
    assert [record.kind for record in found.records] == (["source", "quote"] if comes_in else [])
    assert any("not for everybody: “the boat is sound”" in str(note) for note in found.import_notes) is not comes_in


def test_the_page_of_an_annotation_is_that_of_the_marked_words():
    target = ["https://example.org/first", {"source": "https://example.org/second"}, W3C["target"]]
    found = made("a.json", {**W3C, "target": target}, "annotations")
    assert [ref.key for ref in found.records[-1].fields["via"]] == ["https://example.org/p"]


@pytest.mark.parametrize(
    "data, reader",
    [
        ('{"schema": "Person", "properties": 1}', "followthemoney"),
        ("[" * 100_000 + '"TextQuoteSelector"', "annotations"),
    ],
)
def test_what_is_broken_is_refused_or_told(data, reader):
    with pytest.raises(ImportProblem, match=r"^it "):
        made("a.json", data, reader)


def test_these_come_in_and_the_site_builds(tmp_path):
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\n")
    for name, data in (
        ("f.json", FTM),
        ("p.json", json.dumps(POPOLO)),
        ("l.json", json.dumps(LITTLESIS)),
        ("w.json", json.dumps(WIKIDATA)),
        ("a.json", json.dumps(ANNOTATIONS)),
    ):
        (tmp_path / name).write_text(data)
        assert cli.main(["import", str(tmp_path / name), "--same", "join", "--root", str(root)]) == cli.FINE
    assert cli.main(["build", "--drafts", "--root", str(root), "--jobs", "1"]) == cli.FINE


def test_posts_and_areas_that_nobody_holds_are_told():
    data = b'{"persons": [{"id": "p", "name": "Ann"}], "organizations": [], "memberships": [{"person_id": "p", "post_id": "a", "area_id": "n"}],'
    data += b'"posts": [{"id": "a", "label": "Speaker"}, {"id": "b", "label": "Clerk"}], "areas": [{"id": "n", "name": "North"}, {"id": "s", "name": "South"}]}'
    given = ImportInput("popolo.json", (File("popolo.json", data),))
    told = [str(note) for note in find(given).read(given, ImportOptions()).import_notes]
    assert "post 2: it was left out, since nobody holds it: “Clerk”" in told
    assert "the whole file: the area “South” was left out, since nobody holds an office there" in told
    assert not [message for message in told if "Speaker" in message]


def test_no_office_of_followthemoney_is_made_up():
    entities = [
        {"id": "1", "schema": "Person", "properties": {"name": ["Ann Lee"], "sourceUrl": ["https://example.org/list"]}},
        {"id": "2", "schema": "Company", "properties": {"name": ["Acme"]}},
        {"id": "3", "schema": "Occupancy", "properties": {"holder": ["1"], "post": ["77"], "startDate": ["2020"]}},
        {"id": "4", "schema": "UnknownLink", "properties": {"subject": ["1"], "object": ["2"], "startDate": ["2021"]}},
        {"id": "5", "schema": "Membership", "properties": {"member": ["1"], "organization": ["2"], "startDate": ["2022"]}},
    ]
    found = made("a.ftm.json", "\n".join(map(json.dumps, entities)), "followthemoney")
    fields = found.records[0].fields
    assert [(position["role"], position["from"]) for position in fields["position"]] == [("member", "2022")]
    assert (fields.get("same_as"), fields["x_source_url"]) == (None, "https://example.org/list")
    assert sorted(map(str, found.import_notes)) == [
        "line 3 (Occupancy): “post” was left out, since nothing in the file has the id “77”",
        "line 3: it was left out, since it does not say which office or link it is: Ann Lee · from “2020”",
        "line 4: it was left out, since it does not say which office or link it is: Ann Lee · Acme · from “2021”",
    ]


@pytest.mark.parametrize(
    "ends, office, said",
    [
        ([{"snaktype": "novalue"}], {"role": "Mayor"}, ""),
        ([{"snaktype": "somevalue"}], {"role": "Mayor", "to": "unknown"}, ""),
        (
            [
                {
                    "datavalue": {
                        "value": {
                            "time": "+1600-03-01T00:00:00Z",
                            "precision": 11,
                            "calendarmodel": "http://www.wikidata.org/entity/Q1985786",
                        }
                    }
                }
            ],
            {"role": "Mayor", "to": "1600-03-01"},
            "P582 is a day of the Julian calendar, and stands as it is: “1600-03-01”",
        ),
        (
            [{"datavalue": {"value": {"time": f"+{year}-00-00T00:00:00Z", "precision": 9}}} for year in (1999, 2001)],
            {"role": "Mayor", "to": "1999"},
            "what else is said of “Mayor” was left out: P582 “2001”",
        ),
    ],
)
def test_an_office_of_wikidata_ends_as_it_is_said_to(ends, office, said):
    statement = {"mainsnak": {"datavalue": {"value": {"id": "Q2"}}}, "qualifiers": {"P582": ends}, "rank": "normal"}
    entities = {
        "Q1": {"id": "Q1", "labels": {"en": {"value": "Ann"}}, "claims": {"P39": [statement]}},
        "Q2": {"id": "Q2", "labels": {"en": {"value": "Mayor"}}},
    }
    found = made("q.json", {"entities": entities}, "wikidata")
    assert found.records[0].fields["position"] == [office]
    assert said in " ".join(map(str, found.import_notes))


def test_bodies_in_html_further_pages_and_names_of_pages_of_annotations_are_read_or_told():
    selector = {"type": "TextQuoteSelector", "exact": "The quay is closed"}
    bodies = [{"type": "TextualBody", "value": "<p>see <b>this</b></p>", "format": "text/html"}, "https://example.org/body"]
    items = [
        {
            "type": "Annotation",
            "body": bodies,
            "target": {"source": {"id": "https://example.org/a", "title": "Page A"}, "selector": selector},
        },
        {"type": "Annotation", "id": "a2", "target": {"source": "https://example.org/b"}},
    ]
    whole = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "next": "https://example.org/2", "items": items}
    found = made("a.json", whole, "annotations")
    source, quote = found.records
    assert (source.fields["title"], quote.fields["note"]) == ("Page A", "see this")
    assert list(map(str, found.import_notes)) == [
        "the whole file: it goes on in another file, which was left out: “https://example.org/2”",
        "annotation 1: “body” was left out: “https://example.org/body”",
        "annotation 2: it was left out, since it marks no words: “https://example.org/b”",
    ]


def test_kin_hold_no_office_and_other_entities_are_told_in_one_line():
    entities = [
        {"id": "1", "schema": "Person", "properties": {"name": ["Ann Lee"]}},
        {"id": "2", "schema": "Person", "properties": {"name": ["Bo Lee"]}},
        {"id": "3", "schema": "Family", "properties": {"person": ["1"], "relative": ["2"], "relationship": ["sister"]}},
        {"id": "4", "schema": "Associate", "properties": {"person": ["1"], "associate": ["2"]}},
        {"id": "5", "schema": "Sanction", "properties": {"entity": ["1"], "authority": ["The Union"], "reason": ["It says so"]}},
    ]
    found = made("a.ftm.json", "\n".join(map(json.dumps, entities)), "followthemoney")
    assert not any("position" in record.fields for record in found.records)
    assert list(map(str, found.import_notes)) == [
        "line 3 (Family): it was left out, since it is no office: Ann Lee – sister – Bo Lee",
        "line 4 (Associate): it was left out, since it is no office: Ann Lee – associate – Bo Lee",
        "line 5 (Sanction): it was left out, since it is no actor, source, event or office: entity “1” · authority “The Union” · reason “It says so”",
    ]


def test_a_membership_of_popolo_without_dates_has_those_of_its_term():
    whole = {
        "persons": [{"id": "p1", "name": "Anna Hale"}],
        "organizations": [{"id": "o1", "name": "Assembly", "classification": "legislature"}],
        "events": [
            {"id": "t5", "name": "5th Assembly", "classification": "legislative period", "start_date": "2014-01-01", "end_date": "2018"}
        ],
        "memberships": [{"person_id": "p1", "organization_id": "o1", "legislative_period_id": "t5", "role": "member"}],
    }
    found = made("a.json", whole, "popolo")
    (office,) = next(record.fields["position"] for record in found.records if record.fields["name"] == "Anna Hale")
    assert (office["from"], office["to"]) == ("2014-01-01", "2018")
    assert "membership 1: it has no dates, so those of “5th Assembly” stand for them" in map(str, found.import_notes)


def test_what_popolo_says_of_names_links_and_posts_is_taken_or_told():
    person = {
        "id": "p1",
        "name": "Anna Hale",
        "other_names": [{"name": "A. Hale", "note": "short"}],
        "contact_details": [{"type": "phone", "value": "12"}],
        "links": [{"url": "https://example.org/a", "note": "her page"}],
    }
    whole = {
        "persons": [person],
        "organizations": [{"id": "o1", "name": "Assembly", "classification": "club"}],
        "posts": [{"id": "t1", "label": "Seat 1", "organization_id": "o1"}],
        "memberships": [{"person_id": "p1", "role": "Whip", "post_id": "t1"}],
    }
    found = made("a.json", whole, "popolo")
    assert found.records[0].fields["x_classification"] == "club"
    told = " ".join(map(str, found.import_notes))
    assert all(word in told for word in ("short", "12", "her page", "Whip"))


@pytest.mark.parametrize(
    "time, precision, edtf",
    [
        ("+1900-00-00T00:00:00Z", 7, "18XX"),
        ("+1850-00-00T00:00:00Z", 7, "18XX"),
        ("+1990-00-00T00:00:00Z", 8, "199X"),
        ("-0044-03-15T00:00:00Z", 11, "-0043-03-15"),
        ("-0500-00-00T00:00:00Z", 7, ""),
    ],
)
def test_times_of_wikidata_are_as_exact_as_there(time, precision, edtf):
    assert edtf_time({"time": time, "precision": precision}) == edtf


def test_a_list_of_entities_is_read_and_what_may_be_a_person_gets_no_type():
    data = [{"id": "a", "schema": "LegalEntity", "properties": {"name": ["Bob Cox"]}}]
    files, told = texts(made("entities.json", data, "followthemoney"))
    assert files == {"actors/bob-cox.md": '---\nname: "Bob Cox"\n---\n'}
    assert told == ["line 1 (LegalEntity): it has no type, since a LegalEntity may be a person or a body"]


def test_an_entity_of_wikidata_is_a_body_only_if_it_is_certainly_one():
    def entity(kind):
        claims = {"P31": [{"mainsnak": {"datavalue": {"value": {"id": kind}}}}]}
        return {"entities": {"Q77": {"id": "Q77", "labels": {"de": {"value": "Möwenhafen"}}, "claims": claims}}}

    files, told = texts(made("a.json", entity("Q515"), "wikidata"))
    assert "type:" not in files["actors/mowenhafen.md"]
    assert told == ["entity Q77: it has no type, since it is none of the kinds that are known here: Q515"]
    files, _ = texts(made("a.json", entity("Q7278"), "wikidata"))
    assert "type: Organization" in files["actors/mowenhafen.md"]


def test_a_collection_of_annotations_keeps_its_name_and_tags():
    body = [{"type": "TextualBody", "value": "see"}, {"type": "TextualBody", "value": "sea", "purpose": "tagging"}]
    target = {"source": "https://example.org/a", "selector": {"type": "TextQuoteSelector", "exact": "It sails"}}
    page = {"type": "AnnotationPage", "items": [{"type": "Annotation", "body": body, "target": target}]}
    found = made("a.jsonld", {"@context": "http://www.w3.org/ns/anno.jsonld", "label": "Ferry", "first": page}, "annotations")
    quote = found.records[-1].fields
    assert (found.title, quote["note"], quote["x_tags"], found.import_notes) == ("Ferry", "see", "sea", ())


PERSON = {
    "id": "p1",
    "given_name": "Anna",
    "family_name": "Hale",
    "sort_name": "Hale, A.",
    "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}],
    "memberships": [
        {
            "role": "Speaker",
            "organization": {"name": "Assembly", "classification": "legislature"},
            "area": {"name": "North"},
            "start_date": "2014",
        }
    ],
}
ANNA = '---\ntype: Person\nname: "Anna Hale"\nsame_as: ["wd:Q42"]\nx_sort_name: "Hale, A."\nposition:\n  - role: "Speaker"\n    of: assembly\n    from: "2014"\n---\n'


@pytest.mark.parametrize(
    "data",
    [
        PERSON,
        [PERSON],
        {"result": PERSON},
        {"results": [PERSON]},
        {
            "persons": [{**PERSON, "memberships": []}],
            "memberships": [{**PERSON["memberships"][0], "person": {"id": "p1", "name": "Anna Hale"}}],
        },
    ],
)
def test_popolo_comes_in_as_one_person_as_a_list_and_with_objects_within_others(data):
    files, told = texts(made("p.json", data, "popolo"))
    assert files == {"actors/anna-hale.md": ANNA, "actors/assembly.md": '---\ntype: PublicBody\nname: "Assembly"\n---\n'}
    assert told == ["membership 1: the area was left out: “North”"]


def test_popolo_may_be_one_body():
    files, told = texts(made("o.json", {"id": "o1", "name": "Assembly", "classification": "chamber", "founding_date": "1900"}, "popolo"))
    assert files == {"actors/assembly.md": '---\ntype: PublicBody\nname: "Assembly"\nx_founding_date: "1900"\n---\n'}
    assert told == []


@pytest.mark.parametrize(
    "said, when",
    [
        ({"startDate": ["2011"]}, '"2011"'),
        ({"endDate": ["2012-05"]}, '"../2012-05"'),
        ({"startDate": ["2011"], "endDate": ["2012"]}, '"2011/2012"'),
        ({"startDate": ["2011"], "keywords": ["ongoing"]}, '"2011/.."'),
    ],
)
def test_an_event_of_followthemoney_may_be_open_at_either_end(said, when):
    entity = {"id": "e", "schema": "Event", "properties": {"name": ["The fair"], **said}}
    files, told = texts(made("e.ftm.json", entity, "followthemoney"))
    assert f"when: {when}\n" in files["explainers/file.md"]
    assert not any("Event" in message for message in told)


def test_an_event_of_followthemoney_without_a_date_is_told():
    _, told = texts(made("e.ftm.json", {"id": "e", "schema": "Event", "properties": {"name": ["The fair"]}}, "followthemoney"))
    assert "line 1 (Event): it has no date" in told


def test_a_body_of_wikidata_beside_a_person_is_an_actor():
    body = {"id": "Q9", "labels": {"en": {"value": "City Council"}}, "claims": {"P31": [{"mainsnak": item("Q43229")}]}}
    anna = {
        "id": "Q42",
        "labels": {"en": {"value": "Anna Hale"}},
        "claims": {"P31": [{"mainsnak": item("Q5")}], "P463": [{"mainsnak": item("Q9")}]},
    }
    files, told = texts(made("x.json", [anna, body], "wikidata"))
    assert 'role: "member"\n    of: city-council\n' in files["actors/anna-hale.md"]
    assert files["actors/city-council.md"].startswith("---\ntype: Organization\n")
    assert told == []


def test_the_status_in_words_that_an_export_writes_is_no_text():
    said = {"name": ["The fair"], "keywords": ["occurred", "inferred"], "summary": ["happened (inferred). It was large."]}
    files, _ = texts(made("e.ftm.json", {"id": "event-fair", "schema": "Event", "properties": said}, "followthemoney"))
    assert 'text: "It was large\\\\."\n' in files["explainers/file.md"]
    assert "status: occurred" not in files["explainers/file.md"]
