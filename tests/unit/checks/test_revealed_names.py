"""Nobody is named who is to have no name, and no link has the name of another than it leads to."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"
CAST = "actors: {ann-lee: {name: Ann Lee, alias: Lee}, bob-cox: {name: Bob Cox, alias: Captain Cox}, bea-lee: Bea Lee, town: {type: PublicBody, name: Town}}\n"
CODES = {"quote-names-source", "unnamed-named", "link-other-name"}


def told(text, more="unnamed: {clerk: a clerk}\n", **files):
    site = site_of(explainers_one=f"---\n{HEAD}{CAST}{more}---\n{text}\n", **files)
    return [(problem.code, problem.message) for problem in checks.check(site) if problem.code in CODES]


@pytest.mark.parametrize(
    "words",
    [
        "[[clerk|Sam Reed]] said no.",
        "[[clerk|A clerk called Sam Reed]] said no.",
        "[[clerk|A clerk]] called Sam Reed said no.",
        "[[clerk|A clerk]], Sam Reed, said no.",
        "[[clerk|A clerk]] (named Sam) said no.",
        "A clerk called Sam Reed said no.",
        "So said the clerk, whose name is Sam Reed.",
        "[[clerk|Bob Cox]] said no.",
        "[[clerk|Ein Mitarbeiter namens Sam Reed]] sagte nein.",
        "[[clerk|Un empleado llamado Sam Reed]] dijo que no.",
        "[[clerk|Чиновник по имени Семён Рид]] сказал нет.",
    ],
)
def test_the_name_of_an_unnamed_source_is_told(words):
    cast = "unnamed: {clerk: a clerk}\nquotes: [{speaker: clerk, text: the end, said: 2024-03-08, mode: indirect}]\n"
    ((code, message),) = told(f"{words} It was the end.", cast)
    assert code == "unnamed-named"
    assert "“clerk”, an unnamed source" in message


@pytest.mark.parametrize(
    "words",
    [
        "[[clerk|A clerk]] said no.",
        "[[clerk|A clerk]], who feared for the job, said no.",
        "[[clerk|A clerk]], an aide to Bob Cox, said no.",
        "[[clerk|A Town Clerk]] said no.",
        "[[clerk|A clerk]] called it off.",
        "A ship called Aurora left, said a clerk.",
        "[[clerk]] said no.",
    ],
)
def test_a_description_that_names_nobody_is_let_through(words):
    assert told(words) == []


@pytest.mark.parametrize(
    "record, number",
    [
        ("sam-reed: a clerk", 1),
        ("bob-cox-2: a clerk", 0),
        ("clerk: {described_as: a clerk, former_ids: [sam-reed]}", 1),
        ("clerk: {described_as: a clerk called Sam Reed}", 1),
        ("clerk: {described_as: a clerk, knows_because: 'was told by a colleague called Sam Reed'}", 1),
        ("grant-officer: a grant officer", 0),
        ("mark-maker: somebody who makes marks", 0),
        ("frank-aide: an aide who spoke frankly", 0),
        ("senior-official: an official", 0),
        ("will-reader: somebody who read the will", 0),
        ("mary-ann-reed: a clerk", 1),
    ],
)
def test_the_id_of_an_unnamed_source_is_no_name(record, number):
    assert [code for code, _ in told("Text.", f"unnamed: {{{record}}}\n")] == ["unnamed-named"] * number


@pytest.mark.parametrize(
    "speaker, rules, number",
    [
        ("ann-lee", "background", 1),
        ("ann-lee", "deep-background", 1),
        ("ann-lee", "on-record", 0),
        ("ann-lee", "", 0),
        ("clerk", "background", 0),
        ("town", "background", 0),
        ("[clerk, ann-lee]", "background", 1),
    ],
)
def test_who_speaks_on_background_is_not_named(speaker, rules, number):
    said = f"quotes: [{{speaker: {speaker}, text: no boat, said: 2024-03-08{', rules: ' + rules if rules else ''}}}]\n"
    found = told("There is “no boat”.", f"unnamed: {{clerk: a clerk}}\n{said}")
    assert [code for code, _ in found] == ["quote-names-source"] * number
    assert all("names Ann Lee" in message for _, message in found)


@pytest.mark.parametrize(
    "link, number",
    [
        ("[[ann-lee|Bob Cox]]", 1),
        ("[[ann-lee|captain cox]]", 1),
        ("[[ann-lee|Bob  Cox]]", 1),
        ("[[town|Bob Cox]]", 1),
        ("[[ann-lee|Ann Lee]]", 0),
        ("[[bea-lee|Lee]]", 0),
        ("[[ann-lee|a friend of Bob Cox]]", 0),
        ("[[ann-lee]]", 0),
        ("[[actor:ann-lee|Bob Cox]]", 1),
    ],
)
def test_a_link_by_the_name_of_another_is_told(link, number):
    assert [code for code, _ in told(f"So said {link}.")] == ["link-other-name"] * number


def test_links_in_the_texts_of_records_and_pages_are_told_too():
    body = "\nSo said [[ann-lee|Bob Cox]].\n"
    files = {
        "actors_mia": f"---\nname: Mia\n---{body}",
        "events_fire": f"---\ntitle: A fire\nwhen: 2024-03-01\n---{body}",
        "sources_note": f"---\ntitle: A note\n---{body}",
        "pages_about": f"---\ntitle: About\n---{body}",
    }
    assert [code for code, _ in told("Text.", **files)] == ["link-other-name"] * len(files)
