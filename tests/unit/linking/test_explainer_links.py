"""One explainer's links to the rest of the site: what it rests on, who is in it, and where it tells of whom."""

from collections.abc import Mapping

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.incremental.memo import Memory
from builder.model import Settings, Target

HEAD = "---\ntitle: One\npublished: 2024-03-08\n"


def site_of(front, body="Text."):
    document = parse("content/explainers/one.md", f"{HEAD}{front}---\n{body}\n".encode())
    site, problems = linking.link(Settings(), language.load("en"), (document,))
    assert not document.diagnostics
    assert not problems
    return site


def test_the_reports_are_all_that_lists_quotes_and_events_name_and_what_these_rest_on():
    named = "quotes: [{speaker: unknown, via: quoted, text: words, in_body: no}]\ntimeline: [{when: 2024, title: A vote, sources: told}]\n"
    cites = {"listed": "cites: [origin]", "quoted": "", "told": "", "origin": "cites: [first]", "first": "", "other": ""}
    shared = [parse(f"content/sources/{key}.md", f"---\ntitle: {key}\n{more}\n---\n".encode()) for key, more in cites.items()]
    one = parse("content/explainers/one.md", f"{HEAD}sources: [listed]\n{named}---\nText.\n".encode())
    site, problems = linking.link(Settings(), language.load("en"), (one, *shared))
    assert not problems
    assert site.explainer_sources["one"] == ("listed", "quoted", "told", "origin", "first")
    assert {key: site.explainers_using.get(key, ()) for key in site.sources} == dict.fromkeys(site.explainer_sources["one"], ("one",)) | {
        "other": ()
    }


ACTORS = "actors: {mina: Mina Quist, bo: Bo Ek, ann: Ann Lee, kim: Kim Ro}\n"


def test_the_cast_is_who_is_listed_and_who_speaks_hears_acts_or_vouches():
    shared = [
        parse(f"content/actors/{key}.md", f"---\nname: {key.capitalize()}\n---\n".encode())
        for key in ("says", "hears", "acts", "vouches", "other")
    ]
    front = "actors: {mina: {name: Mina Quist, here: wants the ferry}}\nquotes: [{speaker: says, to: [hears, mina], said: 2024, text: words, in_body: no}]\n"
    front += "timeline: [{when: 2024, title: A vote, actors: acts, by: vouches}]\n"
    one = parse("content/explainers/one.md", f"{HEAD}{front}---\nText of Says. And of [[other|him]].\n".encode())
    site, problems = linking.link(Settings(), language.load("en"), (one, *shared))
    assert not problems
    assert [(part.id, part.here, part.listed) for part in site.cast["one"]] == [
        ("mina", "wants the ferry", True),
        ("says", "", False),
        ("hears", "", False),
        ("acts", "", False),
        ("vouches", "", False),
    ]
    assert site.explainers_of == dict.fromkeys(("mina", "says", "hears", "acts", "vouches"), ("one",))
    assert [mention.sentence for mention in site.mentions["other"]] == ["And of him."], "who is linked is mentioned, and no part of it"
    assert [occurrence.id for occurrence in site.occurrences["one"]] == [], "only names of those who are listed become links"


@pytest.mark.parametrize(
    "body, sentence",
    [
        ("Mina Quist came. [[mina|She]] spoke.", "Mina Quist came."),
        ("[[mina|She]] spoke. Mina Quist came.", "She spoke."),
        ("Nobody came.\n\n[[mina|She]] spoke.", "She spoke."),
        ("Bo Ek came. [[vote|The vote]] was late.", ""),
    ],
)
def test_an_actor_is_mentioned_where_a_name_or_a_link_first_stands(body, sentence):
    site = site_of(f"{ACTORS}timeline: [{{id: vote, when: 2024, title: A vote}}]\n", body)
    assert [mention.sentence for mention in site.mentions["mina"]] == [sentence]
    assert site.mentions.keys() == {"mina", "bo", "ann", "kim"}


def test_an_unnamed_source_is_mentioned_where_its_words_stand():
    front = "unnamed: {clerk: a clerk}\nquotes:\n  - {id: a, speaker: clerk, said: 2024, text: nothing is signed}\n  - {speaker: clerk, said: 2024, text: not yet}\n"
    site = site_of(front, "It is said that “nothing is signed”. And “not yet”.")
    assert [mention.sentence for mention in site.mentions["clerk"]] == ["It is said that “nothing is signed”."]


def test_an_event_is_told_where_it_stands_in_the_timeline_or_the_text_or_a_quote_is_about_it():
    shared = [
        parse(f"content/events/{key}.md", f"---\ntitle: {key.capitalize()}\n---\n".encode())
        for key in ("listed", "about", "linked", "placed", "other")
    ]
    front = "timeline: [listed]\nquotes: [{speaker: unknown, said: 2024, text: words, about: about, in_body: no}]\n"
    one = parse("content/explainers/one.md", f"{HEAD}{front}---\nText. It was [[linked|a day]].\n\n![[placed]]\n".encode())
    site, problems = linking.link(Settings(), language.load("en"), (one, *shared))
    assert not problems
    found = {key: [told.sentence for told in site.event_mentions[key]] for key in site.event_mentions}
    assert found == {"listed": [""], "about": [""], "linked": ["It was a day."], "placed": [""]}
    assert site.timelines["one"] == ("listed",)


def test_each_link_that_leads_nowhere_is_told_once_and_one_that_could_lead_to_two_names_both():
    front = "actors: {mina: Mina Quist, sam: Sam Lind, samuel: Sam Lind}\ntimeline: [{id: vote, when: 2024, title: Sam Lind}]\n"
    text = "[[nobody]], [[nobody|again]], [[event:nobody]], [[noone]], [[Mina Quist]], [[event:mina]], [[Sam Lind]], [[event:Sam Lind]]."
    one = parse("content/explainers/one.md", f"{HEAD}{front}---\n{text}\n".encode())
    site, problems = linking.link(Settings(), language.load("en"), (one,))
    assert sorted((problem.code, problem.message.partition("”")[0].partition("“")[2]) for problem in problems) == [
        ("link-ambiguous", "[[Sam Lind]]"),
        ("link-unknown", "[[event:mina]]"),
        ("link-unknown", "[[event:nobody]]"),
        ("link-unknown", "[[nobody]]"),
        ("link-unknown", "[[noone]]"),
    ]
    assert [problem.help for problem in problems if problem.code == "link-ambiguous"] == [
        "Say which: [[actor:sam]], [[actor:samuel]], [[event:vote]]."
    ]
    assert site.targets["explainer", "one"] == {("", "Mina Quist"): Target("actor", "mina"), ("event", "Sam Lind"): Target("event", "vote")}


# --- what others change ------------------------------------------------

ASKING = {
    "name": ("", "They saw [[Mina Quist|her]]."),
    "alias": ("", "They saw [[Quist]]."),
    "id": ("", "They saw [[vote]]. And [[mina]]."),
    "title": ("", "They saw [[The vote|it]]."),
    "source": ("", "They saw [[log]]."),
    "explainer": ("", "They saw [[Two]]."),
    "cast": ("actors: [mina]\n", "Mina Quist and Nina Quist came, and so did Quist."),
    "publisher": ("quotes: [{speaker: unknown, to: post, said: 2024, text: words, in_body: no}]\n", "Text."),
    "way": ("sources: [log]\nquotes: [{speaker: mina, text: words, in_body: no}]\n", "Text."),
    "answer": ("quotes: [{speaker: unknown, said: 2024, text: words, in_body: no, answers: two#b}]\n", "Text."),
    "hint": ("", "They saw [[mena]]."),
    "timeline": ("timeline: [vote, walk]\n", "Text."),
}
"""Explainers that each ask one thing of others."""

OTHERS = {
    "content/actors/mina.md": "---\nname: Mina Quist\nalias: [Quist]\n---\n",
    "content/events/vote.md": "---\ntitle: The vote\nwhen: 2024-03-01\nby: mina\n---\n",
    "content/events/walk.md": "---\ntitle: A walk\nwhen: 2024-03-02\n---\n",
    "content/explainers/two.md": "---\ntitle: Two\npublished: 2024-03-08\nquotes: [{id: b, speaker: unknown, said: 2024, text: words, in_body: no}]\n---\n",
    "content/sources/log.md": "---\npublisher: Post\ntitle: A log\n---\n",
    "content/sources/old.md": "---\ntitle: An old log\n---\n",
}


@pytest.mark.parametrize(
    "path, old, new",
    [
        ("actors/mina", "name: Mina Quist", "name: Nina Quist"),
        ("actors/mina", "alias: [Quist]", "weak_alias: [Quist]"),
        ("actors/mina", "alias: [Quist]", "alias: [Mina]"),
        ("actors/mina", "name: Mina Quist\nalias: [Quist]", "type: UnnamedSource\ndescribed_as: a clerk"),
        ("events/vote", "title: The vote", "title: A vote"),
        ("events/vote", "when: 2024-03-01", "when: 2024-03-03"),
        ("events/vote", "by: mina", "sources: old"),
        ("explainers/two", "title: Two", "title: Three"),
        ("explainers/two", "id: b", "id: c"),
        ("sources/log", "publisher: Post", "publisher: Other"),
        ("sources/log", "title: A log", "title: Another"),
        ("sources/log", "title: A log", "title: A log\ncites: old"),
        *((path.removeprefix("content/").removesuffix(".md"), "", None) for path in OTHERS),
    ],
)
def test_who_asked_is_asked_again_where_the_answer_is_another(path, old, new):
    """Explainers that have not changed themselves are joined anew where what they name has."""
    file = f"content/{path}.md"
    assert old in OTHERS[file]
    asking = {f"content/explainers/{name}.md": f"{HEAD}{front}---\n{body}\n" for name, (front, body) in ASKING.items()}
    before = {name: parse(name, text.encode()) for name, text in sorted((asking | OTHERS).items())}
    after = dict(before)
    if new is None:
        del after[file]
    else:
        after[file] = parse(file, OTHERS[file].replace(old, new).encode())
    memory = Memory()
    for documents in (before, after, before, after):
        memory.begin_run()
        assert joined(documents, memory) == joined(documents, Memory())
    assert joined(before, Memory()) != joined(after, Memory())


ORDERED = ("explainers", "actors", "events", "sources", "quotes", "topics")


def joined(documents, memory):
    """Return all that a Site says, with the order of what has one, and the problems."""
    site, problems = linking.link(Settings(), language.load("en"), documents, memory=memory)
    fields = {name: getattr(site, name) for name in site.__struct_fields__}
    order = [list(fields[name]) for name in ORDERED]
    return {name: dict(found) if isinstance(found, Mapping) else found for name, found in fields.items()}, order, problems


def test_every_link_is_known_from_its_other_end():
    front = "topics: [Ships, Towns]\nactors: {mina: Mina Quist, bo: Bo Ek}\nsources: {log: {title: A log, publisher: bo}}\n"
    front += "quotes:\n  - {id: late, speaker: mina, to: bo, via: log, about: vote, said: 2024-03-02, text: words, in_body: no}\n"
    front += "  - {id: early, speaker: mina, to: bo, via: log, about: vote, said: 2024-03-01, text: words, in_body: no, denies: late}\n"
    site = site_of(front + "timeline: [{id: vote, when: 2024, title: A vote, actors: bo, by: mina, sources: log}]\n")
    late, early = ("one", "late"), ("one", "early")
    assert site.said_by == {"mina": (early, late)}
    assert site.said_to == {"bo": (early, late)}
    assert site.said_about == {"vote": (early, late)}
    assert site.quotes_by_source == {"log": (early, late)}
    assert site.replies == {late: (("denies", early),)}
    assert (site.events_of, site.events_attributed_to, site.events_from) == ({"bo": ("vote",)}, {"mina": ("vote",)}, {"log": ("vote",)})
    assert (site.publishes, site.topics) == ({"bo": ("log",)}, {"Ships": ("one",), "Towns": ("one",)})


@pytest.mark.parametrize(
    "days, last",
    [
        ("published: 2024-03-08", ("2024-03-08", "2024-03-08")),
        ("published: 2024-03-08\nupdated: 2024-03-10", ("2024-03-10", "2024-03-10")),
        ("published: 2024-03-08T09:00Z\nupdated: 2024-03-10T10:00Z", ("2024-03-10", "2024-03-10")),
        ("published: 2024-03-08\nupdated: unknown", ("2024-03-08", "2024-03-08")),
        ("published: unknown", ("", "")),
    ],
)
def test_an_explainer_was_last_changed_when_it_was_updated_or_published(days, last):
    document = parse("content/explainers/one.md", f"---\ntitle: One\n{days}\n---\nText.\n".encode())
    assert linking.link(Settings(), language.load("en"), (document,))[0].last_changes["one"] == last


def test_explainers_stand_newest_first_and_those_of_one_day_by_their_slug():
    days = {"a": "2024-03-08", "b": "2024-03-09", "c": "unknown", "d": "2024-03-08", "e": "2024-03-07"}
    documents = [parse(f"content/explainers/{slug}.md", f"---\ntitle: T\npublished: {day}\n---\n".encode()) for slug, day in days.items()]
    assert list(linking.link(Settings(), language.load("en"), documents)[0].explainers) == ["b", "a", "d", "e", "c"]
