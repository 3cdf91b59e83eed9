"""The front page and the lists: what leads, what comes next, what was corrected, and people by surname."""

import pytest

from builder import linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import actors, front_page, site_pages


def site_of(**files):
    documents = [
        parse(f"content/explainers/{slug}.md", f"---\ntitle: {slug.title()}\n{text}---\nA text.\n".encode()) for slug, text in files.items()
    ]
    return linking.link(Settings(), language.load("en"), documents, drafts=False)[0]


def home_of(**files):
    site = site_of(**files)
    return next(front_page.home(site)).of(site).view


@pytest.mark.parametrize("key, lead, start", [("", "Late", False), ("lead: yes\n", "Early", True)])
def test_the_lead_is_the_authors_choice_or_the_newest(key, lead, start):
    page = home_of(early=f"published: 2024-03-01\n{key}", late="published: 2024-03-08\n")
    assert (page.lead.title, page.start) == (lead, start)
    assert [explainer.title for explainer in page.explainers] == [{"Early": "Late", "Late": "Early"}[lead]]


def test_next_counts_from_the_newest_day_of_an_account():
    page = home_of(
        early="published: 2024-03-01\ntimeline:\n  - {id: a, when: 2024-03-04, title: Past, status: planned}\n",
        late="published: 2024-03-08\ntimeline:\n  - {id: b, when: 2024-03-09, title: Vote}\n",
    )
    assert [(event.to.doubt, event.to.name, event.with_it) for event in page.coming] == [
        ("planned", "Vote", ("9 March 2024", "1 day later"))
    ]
    assert page.as_of.words == "8 March 2024"


def test_corrections_stand_with_the_newest_first():
    log = "corrections:\n  - {on: 2024-03-02, text: One}\n  - {on: 2024-03-05, text: Three}\n"
    page = home_of(early=f"published: 2024-03-01\n{log}", late="published: 2024-03-01\ncorrections: [{on: 2024-03-03, text: Two}]\n")
    assert [correction.text.html for correction in page.corrections] == ["Three", "Two", "One"]


@pytest.mark.parametrize("text, shown", [("It sank. It rose.", "It sank."), ("It *sank*. It rose.", "It <em>sank</em>. It rose.")])
def test_a_correction_is_its_first_sentence(text, shown):
    page = home_of(one=f"published: 2024-03-01\ncorrections: [{{on: 2024-03-03, text: '{text}'}}]\n")
    assert [correction.text.html for correction in page.corrections] == [shown]


def test_without_an_explainer_nothing_leads():
    page = home_of()
    assert (page.lead, page.strip, page.coming, page.explainers) == (None, None, (), ())


def test_people_stand_by_surname_and_all_others_by_name():
    site = site_of(
        one="published: 2024-03-01\nactors:\n  zoe: {name: Zoe Adams}\n  ann: {name: Ann Young}\n  cher: {name: Maris}\n"
        "  bank: {type: Organization, name: New Bank}\nquotes:\n  - {id: q, speaker: zoe, text: one, in_body: no}\n"
    )
    people, bodies = next(actors.index_pages(site)).of(site).view.kinds
    assert [(actor.before, actor.surname, actor.quotes) for actor in people.actors] == [
        ("Zoe", "Adams", 1),
        ("", "Maris", 0),
        ("Ann", "Young", 0),
    ]
    assert [actor.surname for actor in bodies.actors] == ["New Bank"]


def test_a_topic_has_the_strip_of_all_its_explainers():
    site = site_of(
        **{
            slug: f"published: 2024-03-08\ntopics: [Ferry]\ntimeline:\n  - {{id: {slug}, when: 2024-03-0{n}, title: {slug}, status: occurred}}\n"
            for n, slug in enumerate(("a", "b", "c"), 1)
        }
    )
    listed, topic = (page.of(site).view for page in site_pages.topics(site))
    assert [mark.words for mark in topic.strip.marks] == ["a", "b", "c"]
    assert [explainer.name for explainer in listed.topics[0].newest] == ["A", "B", "C"]
