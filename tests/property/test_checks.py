"""What is true of the editorial rules for every input: what nobody knows contradicts nothing, and what is mended is told no more."""

import re

from hypothesis import assume, given, strategies as st

from builder import checks, dates, linking
from builder.checks.chronology import is_before
from builder.content import settings
from builder.content.parse import parse
from builder.dates import DateProblem
from builder.i18n import language
from builder.model import When
from tests.property.test_dates import texts

ORDER = {
    "date-order",
    "event-after-as-of",
    "event-after-update",
    "event-passed",
    "office-not-held",
    "quote-too-late",
    "reply-too-early",
}

SITE = """---
title: T
published: {published}
updated: {updated}
as_of: {as_of}
sources: {{gazette: {{title: Ferry in doubt, published: {out}, accessed: {accessed}}}}}
actors: {{mina: {{name: Mina Quist, position: {{role: Mayor, from: {since}, to: {until}}}}}}}
quotes:
  - {{id: run, speaker: mina, text: the ferry runs, said: {said}}}
  - {{speaker: mina, text: it does, said: {again}, answers: run}}
timeline:
  - {{when: {vote}, title: A vote, status: {status}, actors: mina}}
corrections: [{{on: {corrected}, text: Two engines.}}]
---
They say that the ferry runs; it does.
"""
DATES = sorted(set(re.findall(r"\{([a-z_]+)\}", SITE.replace("{{", "").replace("}}", ""))) - {"status"})
DAYS = {"published", "updated", "as_of"}


def read(text):
    try:
        return dates.parse(text)
    except DateProblem:
        return None


days = st.dates().map(lambda day: day.isoformat())
quoted = texts.filter(lambda text: read(text) is not None).map(lambda text: f'"{text}"')
statuses = st.sampled_from(("occurred", "ongoing", "planned", "expected"))


def told(**given_):
    document = parse("content/explainers/one.md", SITE.format(**given_).encode())
    # A run whose later date stands first, as in “[1990..0000]”, is reported where it is read, and then read the right way round.
    assert {problem.code for problem in document.diagnostics} <= {"date-order"}
    site, problems = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    assert not problems
    return {problem.code for problem in checks.check(site)} & ORDER


whole = st.fixed_dictionaries({name: days if name in DAYS else quoted for name in DATES} | {"status": statuses})


@given(whole)
def test_unknown_dates_contradict_nothing(chosen):
    days_alone = {name: chosen["published"] if name in DAYS else "unknown" for name in DATES}
    assert told(**chosen | days_alone) == set()


@given(st.sets(st.sampled_from([name for name in DATES if name not in DAYS])), whole)
def test_to_know_less_never_adds_a_contradiction(left_out, chosen):
    assert told(**chosen | dict.fromkeys(left_out, "unknown")) <= told(**chosen)


@given(days, statuses)
def test_one_day_for_everything_contradicts_nothing(day, status):
    assert told(**dict.fromkeys(DATES, day), status=status) == set()


@given(texts, texts)
def test_before_is_what_comparing_says(first, second):
    a, b = read(first), read(second)
    assume(a is not None and b is not None)
    before = is_before(When(a), When(b))
    assert before == (dates.compare(a, b) == -1)
    assert not (before and is_before(When(b), When(a)))
    assert not is_before(When(a), When())
    assert not is_before(When(), When(a))


described = st.text(max_size=60) | st.lists(
    st.sampled_from(
        (
            "a",
            "an",
            "one",
            "two",
            "several",
            "officials",
            "official",
            "in",
            "of",
            "the",
            "ministry",
            "and",
            "who",
            ",",
            "others",
            "-",
            "people",
        )
    )
).map(" ".join)
UNNAMED = """---
title: T
published: 2024-03-08
unnamed: {{clerk: {{described_as: {words}, count: {count}, knows_because: {words}, anonymity_reason: {words}}}}}
quotes: [{{speaker: clerk, text: it is late, said: 2024-03-08}}]
---
They say that it is late.
"""


def of_unnamed(words, count):
    quoted_words = "'" + words.replace("'", "''") + "'"
    document = parse("content/explainers/one.md", UNNAMED.format(words=quoted_words, count=count).encode("utf-8", "replace"))
    site, _ = linking.link(settings.read(b"title: T")[0], language.load("en"), [document])
    return {problem.code for problem in checks.check(site)}


@given(described)
def test_no_description_is_of_one_and_of_several(words):
    one, several = of_unnamed(words, 1), of_unnamed(words, 2)
    assert not ("unnamed-count" in one and "unnamed-count" in several)
    assert "unnamed-count" not in of_unnamed(words, "unknown")


names = st.from_regex(r"[A-ZÄÉŽИ][a-zäéžи]{1,8}( [A-ZÄÉŽИ][a-zäéžи]{1,8}){0,2}", fullmatch=True)


@given(names, st.sampled_from((" ", "\n", ", ", "“", "(")), st.sampled_from((" ", ".", "’s", "\n\nNext", "”")))
def test_a_name_in_the_text_is_told_until_it_is_listed(name, before, after):
    actor = parse("content/actors/somebody.md", f"---\nname: {name}\n---\n".encode())
    codes = []
    for listed in ("", "somebody"):
        text = f"---\ntitle: T\npublished: 2024-03-08\nactors: [{listed}]\n---\nThen{before}{name}{after} and so on.\n"
        site, _ = linking.link(
            settings.read(b"title: T")[0], language.load("en"), [actor, parse("content/explainers/one.md", text.encode())]
        )
        codes.append({problem.code for problem in checks.check(site)} & {"actor-unlisted"})
    assert codes == [{"actor-unlisted"}, set()]
