"""Who speaks: a part of the bar for each voice, and a table of who speaks about what, in which who denies is never shown as who claims."""

from builder.pages import quotes
from tests.unit.pages.test_in_short import site_of, view_of

CAST = "actors:\n  mina: {name: Mina}\n  otto: {name: Otto}\n  town: {type: PublicBody, name: The Town}\nunnamed:\n  clerk: a clerk\n"
EVENTS = (
    "timeline:\n  - {id: sale, when: 2024-03-01, title: The sale, status: denied, by: town, actors: [town, otto]}\n"
    "  - {id: vote, when: 2024-03-02, title: The vote, status: occurred, actors: [otto]}\n"
)
QUOTES = (
    "quotes:\n  - {id: a, speaker: mina, text: it is sold, in_body: no, about: [sale, vote]}\n"
    "  - {id: b, speaker: town, text: it is not, in_body: no, about: [sale]}\n"
    "  - {id: c, speaker: clerk, text: perhaps, mode: indirect, in_body: no, about: [vote]}\n"
    "  - {id: d, speaker: otto, text: no, in_body: no, denies: [a]}\n"
)


def test_the_bar_has_a_part_for_each_voice_and_says_how_many_are_named():
    voices = view_of(CAST + QUOTES + EVENTS).voices
    assert (voices.sentence, voices.paraphrased) == ("2 named · 1 institution · 1 unnamed", "1 only paraphrased")
    assert [(segment.kind, [part.direct for part in segment.parts]) for segment in voices.segments] == [
        ("named", [True, True]),
        ("institution", [True]),
        ("unnamed", [False]),
    ]
    parts = [part for segment in voices.segments for part in segment.parts]
    assert [part.at for part in parts] == [0, 250, 500, 750]
    assert sum(part.width for part in parts) == 1000


def test_the_table_tells_who_says_denies_or_is_only_named():
    voices = view_of(CAST + QUOTES + EVENTS).voices
    assert [column.title for column in voices.columns] == ["The sale", "The vote"]
    assert {row.voice.name: row.cells for row in voices.rows} == {
        "Mina": ("says", "says"),
        "Otto": ("denies", "denies"),
        "The Town": ("denies", ""),
        "a clerk": ("", "says"),
    }


def test_of_one_event_there_is_no_table_and_of_no_quote_no_voices():
    assert view_of(CAST + QUOTES.replace(", vote", "").replace("about: [vote]", "note: n") + EVENTS).voices.columns == ()
    assert view_of(CAST + EVENTS).voices is None


def test_cards_counts_and_voices_group_speakers_by_the_same_kinds():
    front = CAST + QUOTES + "  - {id: e, text: who knows, in_body: no}\n" + EVENTS
    site = site_of(front)
    statements = next(quotes.statements(site)).of(site).view
    assert {quote.id: quote.basis.speaks for quote in statements.quotes} == {
        "a": "named",
        "b": "institution",
        "c": "unnamed",
        "d": "named",
        "e": "unknown",
    }
    assert [segment.kind for segment in view_of(front).voices.segments] == ["named", "institution", "unnamed", "unknown"]
    assert [(count.line, count.number, count.paraphrases) for count in statements.counts] == [
        ("", 2, 0),
        ("", 1, 0),
        ("dashed", 0, 1),
        ("dotted", 1, 0),
    ]
