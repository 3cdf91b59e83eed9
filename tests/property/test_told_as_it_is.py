"""Whatever its status, its date and who says so: no format for machines has as a bare fact what has not happened."""

import json

from hypothesis import given, strategies as st

from builder import linking
from builder.content.parse import parse
from builder.formats import calendar, followthemoney, json_ld, timelinejs
from builder.formats.parts import Named, Publication
from builder.formats.published_data import EntitiesData, EventData, SiteData
from builder.i18n import language
from builder.model import FACTS, STATUSES, Settings
from builder.pages import event_records

DATES = (
    "2024-03-05",
    "2024-03",
    "2024",
    "2024-03-05T14:30Z",
    "2024-03-05/2024-03-07",
    "[2024-03-05..2024-03-07]",
    "[2024-03-05,2024-03-06]",
    "{2024-03-05,2024-03-07}",
    "2024-03-05~",
    "2024-03-05?",
    "2024-03-XX",
    "2024-21",
    "2024-03-05/..",
    "../2024-03-05",
    "[..2024-03-05]",
    "unknown",
)
SPANS = {"2024-03-05/2024-03-07"}

events = st.fixed_dictionaries(
    {"status": st.sampled_from((*STATUSES, "")), "when": st.sampled_from(DATES), "by": st.booleans(), "said": st.booleans()}
)


@given(events, st.sampled_from(("en", "de")))
def test_no_format_has_as_a_fact_what_has_not_happened(event, tongue):
    front = (
        "---\ntitle: T\npublished: 2024-03-06\nactors: {mina: {name: Mina}}\n"
        + ("quotes:\n  - {id: q, speaker: mina, text: so, in_body: no, about: e, said: 2024-03-05}\n" if event["said"] else "")
        + f"timeline:\n  - {{id: e, title: It goes, when: '{event['when']}', actors: mina"
        + (f", status: {event['status']}" if event["status"] else "")
        + (", by: mina" if event["by"] else "")
        + "}\n---\nText.\n"
    )
    site, _ = linking.link(Settings(), language.load(tongue), (parse("content/explainers/t.md", front.encode()),), drafts=False)
    record = event_records.event(site, "e")
    publication = Publication("T", tongue, "https://example.org/")
    is_fact = record.status in FACTS
    is_sure = is_fact and not event["by"] and bool(event["status"])

    head = json.loads(json_ld.encode(EventData(1, publication, record), "../../"))
    assert is_fact or head["name"] != record.title
    assert is_fact or head["@type"] == "Claim" or head["eventStatus"]
    assert head["@type"] == "Event" or not {"startDate", "endDate", "about"} & set(head)
    assert is_sure or record.standing in head["description"]
    assert "endDate" not in head or event["when"] in SPANS | {"../2024-03-05"}

    entry = calendar.encode(EventData(1, publication, record)).decode().replace("\r\n ", "")
    assert "BEGIN:VEVENT" not in entry or is_fact or "SUMMARY:It goes (" in entry
    assert ("STATUS:CONFIRMED" in entry) <= is_sure
    assert "VEVENT" not in entry or not record.spoken

    slides = json.loads(timelinejs.encode(SiteData(1, publication, events=(record,))))["events"]
    assert all(slide["text"]["headline"] == record.headline for slide in slides)
    assert all("end_date" not in slide or event["when"] in SPANS for slide in slides)

    assert is_fact or not followthemoney.encode(EntitiesData(publication, events=(record,)))
    assert (record.label == "") == is_fact
    assert ("status" in record.derived) == (not event["status"])
    assert Named("Mina").name in record.standing or not event["by"]
