"""Narrowing what is long: the timeline by actor and status; what is new by the day of the last visit."""

import pytest
from playwright.sync_api import expect

from builder.build.pipeline import Options, build

MANY = 2_000


def shown(page):
    return page.locator(".entry").evaluate_all("(all) => all.filter((one) => !one.hidden).length")


def test_the_timeline_is_narrowed_and_the_address_says_how(new_page, site):
    page = new_page()
    page.goto(f"{site.url}events/")
    everything = shown(page)
    page.select_option("select[name=actor]", label="CIA")
    few = shown(page)
    assert 0 < few < everything
    assert all("CIA" in text for text in page.locator(".entry:not([hidden])").all_text_contents())
    expect(page.locator(".filter output")).to_have_text(f"{few} of {everything} events")
    page.select_option("select[name=status]", label="denied")
    assert page.url == f"{site.url}events/?actor=cia&status=denied"
    assert shown(page) == 1
    page.reload()
    assert shown(page) == 1
    assert page.locator(".span:visible").count() == 1
    page.select_option("select[name=actor]", "")
    page.select_option("select[name=status]", "")
    assert page.url == f"{site.url}events/"
    assert shown(page) == everything


def test_an_address_that_asks_for_nobody_shows_all(new_page, site):
    page = new_page()
    page.goto(f"{site.url}events/?actor=%22%3E%3Cscript%3E&status=x")
    assert shown(page) == page.locator(".entry").count()


def test_without_a_script_the_list_is_whole_and_has_no_dead_controls(new_page, site):
    page = new_page(java_script_enabled=False)
    for path, control in (("events/?actor=cia", ".filter"), ("changes/?since=2999-01-01", ".since")):
        page.goto(site.url + path)
        assert not page.locator(control).is_visible()
        assert all(element.is_visible() for element in page.locator(".entry, .day").all())


def test_what_was_certain_and_what_was_not_look_different(new_page, site):
    page = new_page()
    page.goto(f"{site.url}events/")
    looks = {
        status: page.locator(f".entry.{status} .title a").first.evaluate(
            "(one) => getComputedStyle(one).fontStyle + getComputedStyle(one).fontWeight"
        )
        for status in ("occurred", "planned", "alleged", "denied")
    }
    assert len(set(looks.values())) == 2, looks
    for status in ("planned", "alleged", "denied"):
        assert page.locator(f".entry.{status} .title .doubt").first.inner_text().strip().lower() == status
        assert page.locator(f".entry.{status} .title .doubt").first.evaluate("(one) => getComputedStyle(one).textTransform") == "uppercase"
    assert page.locator(".entry.occurred .title .doubt").count() == 0


@pytest.fixture(scope="session")
def long_timeline(tmp_path_factory):
    root = tmp_path_factory.mktemp("long")
    (root / "content/explainers").mkdir(parents=True)
    days = (f"{2000 + n // 100}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(MANY))
    entries = "".join(
        f"  - {{id: e{n}, title: Event {n}, when: {day}, status: occurred, actors: [a{n % 7}]}}\n" for n, day in enumerate(days)
    )
    cast = "".join(f"  a{n}: {{name: Actor {n}}}\n" for n in range(7))
    text = f"---\ntitle: Long\nsummary: Long.\npublished: 2024-01-01\nas_of: 2024-01-01\nactors:\n{cast}timeline:\n{entries}---\nText.\n"
    (root / "content/explainers/long.md").write_text(text, "utf-8")
    report = build(Options(root, root / "site", jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    return root / "site"


def test_of_a_long_timeline_only_what_is_seen_is_laid_out(new_page, served, long_timeline):
    site = served(long_timeline)
    page = new_page()
    page.goto(f"{site.url}events/")
    spans = page.locator(".span")
    assert spans.count() > 12
    page.wait_for_function("""() => {
        const all = [...document.querySelectorAll(".span")];
        return all.filter((one) => !one.querySelector(".entry").checkVisibility({contentVisibilityAuto: true})).length > all.length / 2;
    }""")
    page.select_option("select[name=actor]", label="Actor 3")
    assert shown(page) == sum(n % 7 == 3 for n in range(MANY))


def test_a_page_tells_what_is_new_on_it_since_the_last_visit(new_page, site):
    page = new_page()
    where = f"{site.url}explainers/is-diplomacy-over/"
    page.clock.set_fixed_time("2022-01-19T12:00:00")
    page.goto(where)
    days, lead = page.locator("[data-on]"), page.locator(".whats-new")
    assert days.count() >= 2
    expect(lead).to_have_text("Updates")
    page.clock.set_fixed_time("2026-11-24T12:00:00")
    page.goto(where)
    assert page.input_value("[name=since]") == "2022-01-19"
    fresh = page.locator("[data-on]:not([hidden]) .changes > li").count()
    assert fresh > 0
    expect(lead).to_have_text(f"Updates: {fresh} new since your last visit")
    lead.click()
    expect(days.first).to_be_visible()
    assert [day.is_visible() for day in days.all()] == [day.get_attribute("data-on") >= "2022-01-19" for day in days.all()]
    expect(days.last).not_to_be_visible()
    page.click(".since button")
    expect(days.last).to_be_visible()
    # Another page has a last visit of its own; a few days are seen at a glance, and need no choice.
    page.goto(f"{site.url}actors/antony-blinken/")
    expect(page.locator(".whats-new")).to_have_text("Updates")
    assert page.locator("[name=since]").count() == 0
    page.click(".whats-new")
    assert all(day.is_visible() for day in page.locator("[data-on]").all())


def test_without_a_script_a_page_has_the_dated_list_of_what_is_new(new_page, site):
    page = new_page(java_script_enabled=False)
    for path in ("explainers/is-diplomacy-over/", "actors/antony-blinken/"):
        page.goto(site.url + path)
        page.click(".whats-new")
        part = page.locator("section, .fold", has=page.locator("#part--new"))
        if part.locator("summary").count():
            part.locator("summary").click()
        assert part.locator("[data-on] :is(.when, h2)").count() >= 2
        assert part.locator("[data-on] .changes li").count() >= 2
        assert not part.locator("form").is_visible()


def test_a_long_timeline_of_a_story_stands_by_year_or_month(new_page, site):
    page = new_page()
    page.goto(f"{site.url}explainers/how-thin-is-the-evidence/")
    page.locator("summary", has=page.locator("#part--timeline")).click()
    groups = page.locator(".group")
    titles = groups.locator("h3").all_inner_texts()
    assert len(titles) >= 2
    assert titles[0] == "2014"
    # Only a long timeline can be narrowed.
    page.goto(f"{site.url}actors/russia/")
    groups_of_actor = page.locator(".group").count()
    page.select_option("select[name=status]", label="alleged")
    assert 0 < page.locator(".group:visible").count() < groups_of_actor


def test_what_is_new_counts_from_the_last_visit(new_page, site):
    page = new_page()
    page.clock.set_fixed_time("2026-11-20T12:00:00")
    page.goto(f"{site.url}changes/")
    days = page.locator(".day")
    assert days.count() >= 3
    assert all(day.is_visible() for day in days.all())
    page.clock.set_fixed_time("2026-11-24T12:00:00")
    for _ in range(2):  # The second look on the same day shows the same.
        page.goto(f"{site.url}changes/")
        assert page.input_value("[name=since]") == "2026-11-20"
        assert [day.is_visible() for day in days.all()] == [day.get_attribute("data-on") >= "2026-11-20" for day in days.all()]
        expect(days.first).to_be_visible()
        expect(days.last).not_to_be_visible()
    page.fill("[name=since]", "2026-12-01")
    expect(page.locator(".since output")).to_have_text("No updates since then.")
    page.click(".since button")
    expect(days.last).to_be_visible()
    page.goto(f"{site.url}changes/?since=2022-01-19")
    expect(days.last).not_to_be_visible()
    expect(days.nth(1)).to_be_visible()
