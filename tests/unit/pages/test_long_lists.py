"""Lists that are too long for the page of their record: what the page shows of them, and where all of them is."""

import pytest

from builder import linking
from builder.build.pipeline import Options, build
from builder.content.parse import parse
from builder.i18n import language
from builder.model import LONG_LIST, Settings
from builder.pages import list_pages, long_lists
from builder.pages.long_lists import SHOWN

ACTORS = (
    "actors:\n  - {id: ada, name: Ada Abara, type: Person, here: counts the ferries}\n  - {id: bob, name: Bob Ito, type: Person}\n"
    "  - {id: gazette, name: The Gazette, type: Organization}\nsources:\n  g1: {publisher: gazette, title: A report, published: 2022-01-19}\n"
)


def quote(n, speaker="ada", more=""):
    return f"  - {{id: q{n}, speaker: {speaker}, text: words number {n}, via: [g1], said: 2021-{n // 28 + 1:02}-{n % 28 + 1:02}{more}}}\n"


def event(n):
    return f"  - {{id: e{n}, title: Event {n}, when: 2020-{n // 28 + 1:02}-{n % 28 + 1:02}, actors: [ada], by: [bob], sources: [g1]}}\n"


def story(n, front, body="Ada Abara went on."):
    head = f"---\ntitle: Story {n}\nsummary: Two.\npublished: 2024-03-{n % 28 + 1:02}\n"
    return parse(f"content/explainers/s{n:03}.md", f"{head}{ACTORS}{front}---\n{body}\n".encode())


def site_of(*documents):
    return linking.link(Settings(), language.load("en"), documents, drafts=False)[0]


def pages_of(site):
    return {page.path: page for page in list_pages(site)}


def test_a_list_that_fits_is_whole_and_has_no_pages_of_its_own():
    pages = pages_of(site_of(story(1, "quotes:\n" + "".join(quote(n) for n in range(LONG_LIST)))))
    ada = pages["actors/ada/"].view
    assert len(ada.said) == LONG_LIST
    assert ada.longer == ()
    assert not any(page.template == "entries.html" for page in pages.values())


def test_of_a_longer_one_the_page_has_the_end_and_pages_of_its_own_have_all_of_it(monkeypatch):
    monkeypatch.setattr(long_lists, "PER_PAGE", 40)
    number = LONG_LIST + 1
    pages = pages_of(site_of(story(1, "quotes:\n" + "".join(quote(n) for n in range(number)))))
    ada = pages["actors/ada/"].view
    assert [card.id for card in ada.said] == [f"q{n}" for n in range(number - SHOWN, number)]
    (longer,) = ada.longer
    assert (longer.name, longer.path, longer.shown, longer.all) == (
        "said",
        "actors/ada/quotes/",
        f"The last {SHOWN} of {number}.",
        f"All {number} quotes",
    )
    parts = [pages["actors/ada/quotes/"].view, pages["actors/ada/quotes/page/2/"].view]
    assert [card.id for part in parts for card in part.quotes] == [f"q{n}" for n in range(number)]
    assert ada.titles["said"] == parts[0].title == "Quotes"
    assert [(part.title, part.of.name, part.total, part.section) for part in parts] == [("Quotes", "Ada Abara", number, "actors")] * 2
    assert len({part.summary for part in parts}) == 2
    assert "sources/g1/quotes/" in pages
    assert "actors/bob/quotes/" not in pages


def test_of_explainers_the_newest_are_on_the_page():
    stories = [story(n, "quotes: []\n") for n in range(LONG_LIST + 1)]
    site = site_of(*stories)
    pages = pages_of(site)
    ada = pages["actors/ada/"].view
    newest = [found.slug for found in site.mentions["ada"]]
    assert [found.explainer.path for found in ada.mentions] == [f"explainers/{slug}/" for slug in newest[:SHOWN]]
    assert len(ada.parts) == SHOWN
    assert [link.shown for link in ada.longer] == [f"The first {SHOWN} of {LONG_LIST + 1}."]
    everywhere = pages["actors/ada/explainers/"].view
    assert [found.explainer.path for found in everywhere.mentions] == [f"explainers/{slug}/" for slug in newest]
    assert {part.here for part in everywhere.parts} == {"counts the ferries"}
    # JSON-LD in the head of the page names no more of them than a page may.
    assert [found.explainer.id for found in pages["actors/ada/"].facts.mentions] == newest[:LONG_LIST]


def test_what_others_said_is_cut_where_it_is_too_much_and_says_so():
    timeline = "timeline:\n" + event(1) + event(2) + event(3)
    about = "".join(quote(n, "bob", f", about: [e{1 if n < 20 else 2 if n < 40 else 3}]") for n in range(LONG_LIST + 20))
    ada = pages_of(site_of(story(1, timeline + "quotes:\n" + about)))["actors/ada/"].view
    assert [(saying.event.name, len(saying.quotes), saying.cut) for saying in ada.about] == [
        ("Event 1", 0, True),
        ("Event 2", 20, False),
        ("Event 3", 40, False),
    ]


@pytest.mark.parametrize(
    "path, kind", [("actors/ada/events/", "events"), ("actors/bob/accounts/", "events"), ("sources/g1/events/", "events")]
)
def test_events_that_involve_somebody_that_rest_on_their_word_and_that_a_source_reports(path, kind):
    number = LONG_LIST + 3
    pages = pages_of(site_of(story(1, "timeline:\n" + "".join(event(n) for n in range(number)))))
    assert len(getattr(pages[path].view, kind)) == number
    assert pages[path].view.groups, "so many events stand under months"


def test_what_is_said_to_a_newspaper_is_what_it_publishes():
    number = LONG_LIST + 1
    pages = pages_of(site_of(story(1, "quotes:\n" + "".join(quote(n, "bob", ", to: [ada, gazette]") for n in range(number)))))
    assert len(pages["actors/ada/heard/"].view.quotes) == number
    assert "actors/gazette/heard/" not in pages


def test_every_list_of_every_record_is_known_to_the_site():
    """A list that is shown in part, but that no record is known to have, would have an end that leads nowhere."""
    number = LONG_LIST + 1
    many = "timeline:\n" + "".join(event(n) for n in range(number))
    many += "quotes:\n" + "".join(quote(n, "ada", ", to: [bob], about: [e1]") for n in range(number))
    sources = "".join(
        f"---\ntitle: Report {n}\npublisher: gazette\npublished: 2022-01-02\ncites: [g1]\n---\n" for n in range(number)
    ).split("---\n---\n")
    records = [parse(f"content/sources/r{n}.md", ("---\n" + text.strip("-\n") + "\n---\n").encode()) for n, text in enumerate(sources)]
    members = [parse(f"content/actors/m{n}.md", f"---\nname: Member {n}\nof: gazette\n---\n".encode()) for n in range(number)]
    stories = [story(n, "timeline: [e1]\nquotes: []\n", "Ada Abara and Bob Ito. [[event:e1]]") for n in range(1, number + 1)]
    pages = pages_of(site_of(story(0, many), *stories, *records, *members))
    led = {link.path for page in pages.values() if page.kind in {"actor", "event", "source"} for link in getattr(page.view, "longer", ())}
    assert led <= pages.keys()
    assert led == {page.path for page in pages.values() if page.template == "entries.html" and "/page/" not in page.path}
    assert {path.split("/", 2)[0] + " " + path.split("/", 2)[2] for path in led} == {
        f"{record}s {list_.path}" for record, lists in long_lists.RECORD_LISTS.items() for list_ in lists
    }


def test_the_page_and_those_of_its_list_lead_to_each_other(tmp_path):
    content = tmp_path / "content"
    (content / "explainers").mkdir(parents=True)
    (content / "site.yaml").write_text("title: A site\nbase_url: https://example.org/\n", "utf-8")
    front = "quotes:\n" + "".join(quote(n, more=", in_body: no") for n in range(LONG_LIST + 1))
    text = f"---\ntitle: One\nsummary: Two.\npublished: 2024-03-08\nas_of: 2024-03-08\n{ACTORS}{front}---\nAda Abara went on.\n"
    (content / "explainers" / "one.md").write_text(text, "utf-8")
    report = build(Options(tmp_path, tmp_path / "site", jobs=1))
    assert report.plan is not None, report.diagnostics
    page = (tmp_path / "site/actors/ada/index.html").read_text("utf-8")
    assert f'The last {SHOWN} of {LONG_LIST + 1}. <a href="../../actors/ada/quotes/">All {LONG_LIST + 1} quotes</a>' in page
    whole = (tmp_path / "site/actors/ada/quotes/index.html").read_text("utf-8")
    assert "<title>Ada Abara: Quotes · A site</title>" in whole
    assert 'href="../../../actors/ada/">Ada Abara</a></p>' in whole
    assert whole.count('class="quote-brief') == LONG_LIST + 1
    assert "https://example.org/actors/ada/quotes/" in (tmp_path / "site/sitemap.xml").read_text("utf-8")
