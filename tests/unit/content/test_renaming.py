"""Another id for a record, in every file that names it."""

import pytest

from builder.content import renaming, settings
from builder.content.editing import Refused, applied
from builder.content.parse import parse

FERRY = """---
title: The ferry
published: 2024-03-08
sources:
  s1: {publisher: ann-lee, title: Q, published: 2024-03-01, cites: [s2]}
  s2: {publisher: "The Lantern", title: R, published: 2024-02-01}
actors:
  ann-lee: Ann Lee, Mayor  # ann-lee stays here
  bob:
    name: Bob
    of: ann-lee
    position: [{role: Aide, of: 'ann-lee'}]
unnamed: {clerk: a clerk}
quotes:
  defaults: {via: s1, to: ann-lee}
  list:
  - ann-lee: It is sound.
    about: sale
  - {id: q2, speaker: [bob, ann-lee], text: no, denies: it-is-sound, via: [s2, s1], in_body: no}
timeline:
- sale
- {id: vote, when: {says: Friday, as_of: s1, is: 2024-03-01}, title: A vote, by: ann-lee, actors: [ann-lee, bob], sources: s1, history: [{status: planned, on: 2024-02-01, by: ann-lee, source: s1}], text: "By [[ann-lee]]."}
- 2024-03-02: Another
  status: alleged
  by: ann-lee
---
“It is sound”, said Ann Lee. See [[ann-lee]], [[actor:ann-lee|her]], [the mayor](/actors/ann-lee/#x), [file](../actors/ann-lee.md), `[[ann-lee]]`, [on Friday]{event=vote}, [[#q2]].

![[timeline actor=ann-lee status=planned]]

![[actor:ann-lee]]

[[quote:it-is-sound]] and [[s1]] and [[sale]] and [[lamp#q1]]
"""
LAMP = """---
title: The lamp
published: 2024-03-08
sources: [s1]
actors: [ann-lee, {clerk: a clerk}]
quotes:
- {id: q1, speaker: ann-lee, text: yes, answers: "ferry#it-is-sound", in_body: no}
timeline: []
---
[[ferry#it-is-sound]], [[quote:ferry#q2]], [[explainer:ferry]], [[The ferry]].
"""
SITE = "title: S\nnav: [{title: Ann, path: /actors/ann-lee/}]\nproblems:\n- {code: date-open, severity: off, files: [content/actors/ann-lee.md, content/x.md], why: x}\n"
SALE = "---\ntitle: The sale\nwhen: 2024-03-03\nid: sale\nactors: ann-lee\n---\nOf [[ann-lee]].\n"
SHARED = "---\nname: Ann Lee\n---\nShe is ann-lee.\n"


def site(**more):
    files = {
        "content/actors/ann-lee.md": SHARED,
        "content/events/sale.md": SALE,
        "content/explainers/ferry.md": FERRY,
        "content/explainers/lamp.md": LAMP,
        "content/site.yaml": SITE,
        **more,
    }
    return {path: text.encode() for path, text in files.items() if text is not None}


def documents_of(files):
    return {path: parse(path, data) for path, data in files.items() if path != settings.PATH}


def renamed(files, given, new):
    documents = documents_of(files)
    (found,) = renaming.kinds_of(documents, given)
    kind, key, slug = found
    changes = renaming.plan(files, documents, kind, key, new, slug)
    if isinstance(changes, Refused):
        return changes
    after = dict(files)
    for change in changes:
        del after[change.path]
        after[change.to or change.path] = applied(files[change.path], change)
    return {path: data.decode() for path, data in after.items()}


def test_an_actor_is_renamed_wherever_it_is_named():
    made = renamed(site(), "ann-lee", "ann-cole")
    assert made["content/actors/ann-cole.md"] == "---\nname: Ann Lee\nformer_ids: ann-lee\n---\nShe is ann-lee.\n"
    assert "content/actors/ann-lee.md" not in made
    kept = {"# ann-lee stays here": "1", "`[[ann-lee]]`": "2"}
    ferry = FERRY
    for words, mark in kept.items():
        ferry = ferry.replace(words, mark)
    ferry = ferry.replace("ann-lee", "ann-cole")
    for words, mark in {"# ann-lee stays here": "1", "`[[ann-lee]]`": "2"}.items():
        ferry = ferry.replace(f"  {mark}\n" if mark == "1" else f", {mark},", f"  {words}\n" if mark == "1" else f", {words},")
    assert made["content/explainers/ferry.md"] == ferry
    assert made["content/explainers/lamp.md"] == LAMP.replace("ann-lee", "ann-cole")
    assert made["content/events/sale.md"] == SALE.replace("ann-lee", "ann-cole")
    assert made["content/site.yaml"] == SITE.replace("ann-lee", "ann-cole")


def test_an_actor_of_explainers_alone_keeps_the_old_id_in_the_first():
    files = site(**{"content/actors/ann-lee.md": None})
    made = renamed(files, "actor:ann-lee", "ann-cole")
    assert (
        "  ann-cole: {name: Ann Lee, position: Mayor, former_ids: ann-lee}  # ann-lee stays here\n" in made["content/explainers/ferry.md"]
    )
    assert made["content/explainers/lamp.md"] == LAMP.replace("ann-lee", "ann-cole")


def test_the_old_id_of_a_source_without_a_name_is_not_kept():
    made = renamed(site(), "clerk", "official")
    assert "unnamed: {official: a clerk}" in made["content/explainers/ferry.md"]
    assert not any("former_ids" in text or "clerk:" in text for text in made.values())


def test_an_event_is_renamed_with_its_file_and_its_marks():
    made = renamed(site(), "sale", "the-sale")
    assert made["content/events/the-sale.md"] == SALE.replace("id: sale", "id: the-sale").replace(
        "actors: ann-lee", "actors: ann-lee\nformer_ids: sale"
    )
    assert made["content/explainers/ferry.md"] == FERRY.replace("about: sale", "about: the-sale").replace("- sale", "- the-sale").replace(
        "[[sale]]", "[[the-sale]]"
    )
    made = renamed(site(), "vote", "first-vote")
    ferry = made["content/explainers/ferry.md"]
    assert "{event=first-vote}" in ferry
    assert "{id: first-vote, when:" in ferry
    assert "former_ids: vote}" in ferry


def test_a_record_without_an_id_of_its_own_gets_one():
    made = renamed(site(), "another-2024-03-02", "second")
    assert (
        "- 2024-03-02: Another\n  status: alleged\n  by: ann-lee\n  id: second\n  former_ids: another-2024-03-02\n"
        in made["content/explainers/ferry.md"]
    )


def test_a_source_is_renamed_with_its_kept_text():
    files = site(**{"content/sources/s1.yaml": "title: Q", "content/sources/s1.txt": "Words of s1."})
    made = renamed(files, "s1", "wire")
    assert made["content/sources/wire.yaml"] == "title: Q\nformer_ids: s1"
    assert made["content/sources/wire.txt"] == "Words of s1."
    ferry = made["content/explainers/ferry.md"]
    assert "s1" not in ferry.replace("ss1", "")
    assert ferry == FERRY.replace("s1", "wire")


@pytest.mark.parametrize("given", ["ferry#it-is-sound", "quote:it-is-sound"])
def test_a_quote_is_renamed_in_every_explainer(given):
    made = renamed(site(), given, "sound")
    ferry = FERRY.replace("denies: it-is-sound", "denies: sound").replace("[[quote:it-is-sound]]", "[[quote:sound]]")
    assert made["content/explainers/ferry.md"] == ferry.replace("    about: sale\n", "    about: sale\n    id: sound\n")
    assert made["content/explainers/lamp.md"] == LAMP.replace("ferry#it-is-sound", "ferry#sound")


def test_an_explainer_is_renamed_and_its_address_leads_on():
    made = renamed(site(), "ferry", "boat")
    assert made["content/explainers/boat.md"] == FERRY.replace("---\n“It", "aliases: [/explainers/ferry/]\n---\n“It")
    assert made["content/explainers/lamp.md"] == LAMP.replace("ferry#", "boat#").replace("explainer:ferry", "explainer:boat")
    files = site(
        **{
            "content/explainers/ferry.md": None,
            "content/explainers/x/index.md": FERRY.replace("title: The", "slug: ferry\naliases: /old/\ntitle: The"),
        }
    )
    made = renamed(files, "ferry", "boat")["content/explainers/x/index.md"]
    assert "slug: boat\naliases: [/old/, /explainers/ferry/]\n" in made


def test_a_link_gets_its_kind_where_another_record_has_the_new_id():
    made = renamed(site(), "ann-lee", "vote")
    assert "See [[actor:vote]], [[actor:vote|her]]" in made["content/explainers/ferry.md"]
    assert "{id: vote, when:" in made["content/explainers/ferry.md"]


def test_an_id_of_several_records_names_them_all():
    documents = documents_of(site(**{"content/events/ann-lee.md": "---\ntitle: A\nwhen: 2024\n---\n"}))
    assert renaming.kinds_of(documents, "ann-lee") == (("actor", "ann-lee", ""), ("event", "ann-lee", ""))
    assert renaming.kinds_of(documents, "event:ann-lee") == (("event", "ann-lee", ""),)
    assert renaming.kinds_of(documents, "nobody") == ()


@pytest.mark.parametrize(
    "given, new, said",
    [
        ("ann-lee", "bob", "Another actor has the id “bob”."),
        ("ferry#q2", "it-is-sound", "Another quote has the id “it-is-sound”."),
        ("ann-lee", "Ann Cole", "cannot be an id: small letters, digits and hyphens: ann-cole."),
        ("bob", "lantern", "“lantern” stands there, and would mean this actor from now on."),
        ("bob", "ada", "“ada” was the id of another actor, whose old address leads on."),
    ],
)
def test_an_id_that_would_clash_is_refused(given, new, said):
    files = site(
        **{
            "content/sources/s3.md": "---\ntitle: Q\npublisher: lantern\n---\n",
            "content/actors/cy.md": "---\nname: Cy\nformer_ids: [ada]\n---\n",
        }
    )
    assert said in renamed(files, given, new).message


@pytest.mark.parametrize(
    "broken", ["---\nactors: [ann-lee\n---\n", "---\nactors: &a [ann-lee]\nx_a: *a\nquotes: [{speaker: &b ann-lee, text: x}]\n---\n"]
)
def test_a_file_that_cannot_be_changed_with_certainty_stops_all(broken):
    made = renamed(site(**{"content/explainers/z.md": broken}), "ann-lee", "ann-cole")
    assert isinstance(made, Refused)
    assert made.path == "content/explainers/z.md"


MARKED = """---
format: 2
title: The ferry
published: 2024-03-08
sources:
  s1: ann-lee, Q, 2024-03-01
actors:
- Ann Lee, Mayor, of council
- Bob Cox
timeline: []
---
“It is sound,”{by=ann-lee source=s1} she said. “Go.”{by=ann-lee,bob-cox id=go answers=it-is-sound about=vote} [It was voted]{event=vote on=2024-03-01 by=ann-lee}. {source=s1}

Then [it sank]{on=2024-03-02 actors=ann-lee}. “No.”{by=bob-cox source="council, Minutes, 2024-03-03"}
"""


def marked(given, new):
    made = renamed({"content/explainers/ferry.md": MARKED.encode(), "content/site.yaml": SITE.encode()}, given, new)
    return made if isinstance(made, Refused) else made["content/explainers/ferry.md"]


@pytest.mark.parametrize(
    "given, new, changed",
    [
        (
            "source:s1",
            "wire",
            {
                "  s1: ann-lee, Q, 2024-03-01": "  wire: {publisher: ann-lee, title: Q, published: 2024-03-01, former_ids: s1}",
                "source=s1": "source=wire",
            },
        ),
        ("quote:go", "off", {"id=go": "id=off"}),
        (
            "quote:it-is-sound",
            "sound",
            {"{by=ann-lee source=s1}": "{by=ann-lee source=s1 id=sound}", "answers=it-is-sound": "answers=sound"},
        ),
        (
            "event:vote",
            "poll",
            {"about=vote": "about=poll", "{event=vote on=2024-03-01 by=ann-lee}": "{event=poll on=2024-03-01 by=ann-lee former_ids=vote}"},
        ),
        ("event:it-sank-2024-03-02", "sank", {"actors=ann-lee}": "actors=ann-lee event=sank former_ids=it-sank-2024-03-02}"}),
        (
            "actor:ann-lee",
            "ann-cole",
            {
                "- Ann Lee, Mayor, of council": "- {ann-cole: {name: Ann Lee, position: {role: Mayor, of: council}, former_ids: ann-lee}}",
                "ann-lee": "ann-cole",
                "former_ids: ann-cole": "former_ids: ann-lee",
            },
        ),
    ],
)
def test_a_record_is_renamed_in_the_marks_of_a_text(given, new, changed):
    expected = MARKED
    for old, words in changed.items():
        expected = expected.replace(old, words)
    made = marked(given, new)
    assert made == expected
    assert [problem.code for problem in parse("content/explainers/ferry.md", made.encode()).diagnostics] == []


def test_a_source_that_stands_in_a_mark_is_not_renamed():
    assert marked("source:council-2024-03-03", "minutes").reason == "layout"


def test_an_id_that_stays_the_same_is_told_so():
    assert "is the id that this actor has" in renaming.plan({}, {}, "actor", "ann", "ann").message
