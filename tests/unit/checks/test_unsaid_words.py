"""Quoted words of which the text says that nobody said them are told."""

import pytest

from builder import checks
from tests.unit.checks.test_checks import site_of

HEAD = "title: T\npublished: 2024-03-08\nsources: {log: {title: A, published: 2024}}\n"
CAST = "actors: {bob-cox: {name: Bob Cox, type: Person}}\n"


def told(text):
    site = site_of(explainers_one=f"---\n{HEAD}{CAST}---\n{text}\n")
    return [problem.message for problem in checks.check(site) if problem.code == "quote-not-said"]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Cox did not say “it runs”{by=bob-cox}.",
        "Bob Cox didn’t say: “It runs.”{by=bob-cox}",
        "Bob Cox never said the words “it runs”{by=bob-cox}.",
        "Bob Cox denied saying “it runs”{by=bob-cox}.",
        "Bob Cox denies ever having said “it runs”{by=bob-cox}.",
        "Bob Cox refused to say “it runs”{by=bob-cox}.",
        "Never did Bob Cox say “it runs”{by=bob-cox}.",
        "Bob Cox did not say that “it runs”{by=bob-cox}.",
        "“It runs,”{by=bob-cox} Bob Cox did not say.",
        "“It runs”{by=bob-cox} was never said.",
        "Bob Cox sagte nie: „Sie läuft.“{by=bob-cox}",
        "„Sie läuft“{by=bob-cox} hat Bob Cox nicht gesagt.",
        "Bob Cox n’a jamais dit « il marche »{by=bob-cox}.",
        "Bob Cox nunca dijo «funciona»{by=bob-cox}.",
        "Bob Cox никогда не говорил «оно идёт»{by=bob-cox}.",
    ],
)
def test_words_that_the_text_says_nobody_said_are_told(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Bob Cox said “it does not run”{by=bob-cox}.",
        "Bob Cox did say “it runs”{by=bob-cox}.",
        "Bob Cox did not say why. “It runs,”{by=bob-cox} he said.",
        "“Never,”{by=bob-cox} said Bob Cox.",
        "Bob Cox denied it: “It runs.”{by=bob-cox}",
        "“It runs,”{by=bob-cox} said Bob Cox. She did not say more.",
        "“No. It runs,”{by=bob-cox} said Bob Cox, who never said much.",
        "Bob Cox never said “it runs”{quote=no}.",
        "Bob Cox did not only say “it runs”{by=bob-cox}.",
        "Bob Cox does not deny saying “it runs”{by=bob-cox}.",
        "Bob Cox never stopped saying “it runs”{by=bob-cox}.",
        "He called it “a wreck”{by=bob-cox} but did not say why.",
        "He called it “a wreck”{by=bob-cox} though the port did not tell police.",
        "Bob Cox did not say “it runs”.",
        "Nicht nur das: „Sie läuft“{by=bob-cox}, sagte Bob Cox.",
    ],
)
def test_words_beside_another_negation_are_not(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text, number",
    [
        ("Bob Cox denied that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox did not say that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox never claimed that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox bestritt, dass [das Schiff fährt]{by=bob-cox}.", 1),
        ("Bob Cox [denied that the boat runs]{by=bob-cox}.", 0),
        ("Bob Cox said that [the boat does not run]{by=bob-cox}.", 0),
        ("Bob Cox did not deny that [the boat runs]{by=bob-cox}.", 0),
        ("Bob Cox denied it. [The boat runs]{by=bob-cox}.", 0),
        ("Bob Cox disputed that [the boat runs]{by=bob-cox}.", 1),
        ("Bob Cox denied reports that [the boat runs]{by=bob-cox}.", 1),
        ("The port denied his claim that [the boat runs]{by=bob-cox}.", 0),
        ("Bob Cox a démenti que [le bateau est vendu]{by=bob-cox}.", 1),
        ("Bob Cox no niega que [el barco navega]{by=bob-cox}.", 0),
        ("Bob Cox не отрицает, что [судно идёт]{by=bob-cox}.", 0),
        ("Bob Cox retracted his claim that [the boat runs]{by=bob-cox}.", 0),
    ],
)
def test_a_paraphrase_of_what_is_denied_is_told(text, number):
    assert len(told(text)) == number


def told_in(language, text):
    site = site_of(explainers_one=f"---\n{HEAD}lang: {language}\n{CAST}---\n{text}\n")
    return [one.message for one in checks.check(site) if one.code == "quote-not-said"]


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "Bob Cox is misquoted as saying “it runs”{by=bob-cox}."),
        ("sv", "Bob Cox sade aldrig: “it runs”{by=bob-cox}."),
        ("da", "Bob Cox sagde aldrig: “it runs”{by=bob-cox}."),
        ("nb", "Bob Cox sa aldri: “it runs”{by=bob-cox}."),
        ("en", "Bob Cox was wrongly quoted as saying: “it runs”{by=bob-cox}."),
        ("en", "Bob Cox was falsely reported to have said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} is not what Bob Cox said."),
        ("en", "“it runs”{by=bob-cox} was not what Cox wrote."),
        ("en", "What Cox said is not “it runs”{by=bob-cox}."),
        ("en", "What she said was not “it runs”{by=bob-cox}."),
        ("en", "It is a lie to say that Bob Cox said “it runs”{by=bob-cox}."),
        ("en", "It is not true that Cox said “it runs”{by=bob-cox}."),
        ("en", "There is no truth in the report that Cox said “it runs”{by=bob-cox}."),
        ("en", "The Gazette withdrew its report that Cox had said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} were not his words."),
        ("en", "“it runs”{by=bob-cox} is a misquotation."),
        ("en", "“it runs”{by=bob-cox} is a quote that Cox never used."),
        ("en", "Nobody said “it runs”{by=bob-cox}."),
        ("en", "No one ever said: “it runs”{by=bob-cox}."),
        ("en", "There is no record of Cox saying “it runs”{by=bob-cox}."),
        ("en", "Cox never uttered the words “it runs”{by=bob-cox}."),
        ("en", "Cox did not actually say “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} was made up."),
        ("en", "Cox could not have said “it runs”{by=bob-cox}."),
        ("en", "The paper put words in Cox’s mouth: “it runs”{by=bob-cox}."),
        ("en", "His words were not “it runs”{by=bob-cox}."),
        ("de", "Bob Cox hat nie gesagt: „it runs“{by=bob-cox}."),
        ("de", "Bob Cox bestreitet, gesagt zu haben: „it runs“{by=bob-cox}."),
        ("de", "Cox wird falsch zitiert: „it runs“{by=bob-cox}."),
        ("de", "„it runs“{by=bob-cox} ist nicht, was Cox gesagt hat."),
        ("de", "Bob Cox hat nicht gesagt, dass „it runs“{by=bob-cox}."),
        ("de", "„it runs“{by=bob-cox} hat Cox so nicht gesagt."),
        ("de", "„it runs“{by=bob-cox} ist frei erfunden."),
        ("fr", "Cox n’a jamais déclaré : « it runs »{by=bob-cox}."),
        ("fr", "« it runs »{by=bob-cox} n’est pas ce que Cox a dit."),
        ("fr", "Cox nie avoir dit « it runs »{by=bob-cox}."),
        ("fr", "« it runs »{by=bob-cox}, n’a jamais dit Cox."),
        ("fr", "Personne n’a dit « it runs »{by=bob-cox}."),
        ("es", "Cox no ha dicho «it runs»{by=bob-cox}."),
        ("es", "«it runs»{by=bob-cox} no es lo que dijo Cox."),
        ("es", "Cox niega haber dicho «it runs»{by=bob-cox}."),
        ("es", "Nadie dijo «it runs»{by=bob-cox}."),
        ("ru", "Кокс не говорил «it runs»{by=bob-cox}."),
        ("ru", "Кокс отрицает, что говорил: «it runs»{by=bob-cox}."),
        ("ru", "«it runs»{by=bob-cox} — не то, что сказал Кокс."),
        ("ru", "«it runs»{by=bob-cox}, — Кокс этого не говорил."),
        ("uk", "Кокс ніколи не казав: «it runs»{by=bob-cox}."),
        ("it", "Cox non ha mai detto «it runs»{by=bob-cox}."),
        ("it", "Cox nega di aver detto «it runs»{by=bob-cox}."),
        ("pt", "Cox nunca disse «it runs»{by=bob-cox}."),
        ("pt", "Cox nega ter dito «it runs»{by=bob-cox}."),
        ("nl", "Cox heeft nooit gezegd: “it runs”{by=bob-cox}."),
        ("pl", "Cox nigdy nie powiedział „it runs”{by=bob-cox}."),
        ("sv", "Cox har aldrig sagt ”it runs”{by=bob-cox}."),
        ("zh", "王明从未说过：“船很好”{by=bob-cox}。"),
        ("zh", "王明并未说“船很好”{by=bob-cox}。"),
        ("zh", "王明否认曾说过“船很好”{by=bob-cox}。"),
        ("zh", "王明没有说：“船很好”{by=bob-cox}。"),
        ("zh", "“船很好”{by=bob-cox}不是王明说的。"),
        ("zh", "“船很好”{by=bob-cox}，王明从未说过。"),
        ("ja", "「船は大丈夫だ」{by=bob-cox}とは言っていない。"),
        ("ja", "「船は大丈夫だ」{by=bob-cox}と述べたことを否定した。"),
        ("ko", "“배는 괜찮다”{by=bob-cox}라고 말하지 않았다."),
        ("ko", "“배는 괜찮다”{by=bob-cox}라고 말한 적이 없다."),
    ],
)
def test_other_wordings_by_which_nobody_said_the_words_are_told(language, text):
    assert len(told_in(language, text)) == 1


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "Bob Cox said “it runs”{by=bob-cox}."),
        ("en", "It is true that Cox said “it runs”{by=bob-cox}."),
        ("en", "Cox, never one to say little, said “it runs”{by=bob-cox}."),
        ("en", "What Cox said is “it runs”{by=bob-cox}."),
        ("en", "Cox did not hesitate to say “it runs”{by=bob-cox}."),
        ("en", "Nobody listened when Cox said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} is what Cox said."),
        ("en", "“it runs”{by=bob-cox} was not a threat."),
        ("en", "Cox denied it, saying “it runs”{by=bob-cox}."),
        ("en", "Cox wrongly said “it runs”{by=bob-cox}."),
        ("en", "Cox falsely claimed “it runs”{by=bob-cox}."),
        ("en", "Cox withdrew from the race and said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} said Cox, who never wrote to her."),
        ("en", "The clerk did not reply. Cox said “it runs”{by=bob-cox}."),
        ("en", "Cox retracted his claim that “it runs”{by=bob-cox}."),
        ("en", "It is not clear when Cox said “it runs”{by=bob-cox}."),
        ("en", "It is not known whether Cox meant “it runs”{by=bob-cox}."),
        ("en", "Not everyone agrees: Cox said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} is a lie, she said."),
        ("en", "“it runs”{by=bob-cox} was wrong, she said."),
        ("en", "Cox did not deny saying “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} are words that Cox never forgot."),
        ("en", "“it runs”{by=bob-cox} Cox did not add why."),
        ("en", "There is no doubt that Cox said “it runs”{by=bob-cox}."),
        ("en", "He did say that it was no good, and said “it runs”{by=bob-cox}."),
        ("en", "“it runs”{by=bob-cox} Cox said. It was not what she said."),
        ("de", "Bob Cox sagte: „it runs“{by=bob-cox}."),
        ("de", "Nicht Cox, sondern Hale sagte: „it runs“{by=bob-cox}."),
        ("de", "„it runs“{by=bob-cox}, sagte Cox, der nicht mehr schrieb."),
        ("de", "Es ist falsch, sagte Cox: „it runs“{by=bob-cox}."),
        ("fr", "Cox a dit « it runs »{by=bob-cox}."),
        ("fr", "Cox n’a pas hésité à dire « it runs »{by=bob-cox}."),
        ("es", "Cox dijo «it runs»{by=bob-cox}."),
        ("es", "No, dijo Cox: «it runs»{by=bob-cox}."),
        ("ru", "Кокс сказал: «it runs»{by=bob-cox}."),
        ("ru", "Кокс не отрицает, что сказал: «it runs»{by=bob-cox}."),
        ("zh", "王明说：“船很好”{by=bob-cox}。"),
        ("zh", "王明没有回答，说：“船很好”{by=bob-cox}。"),
        ("ja", "「船は大丈夫だ」{by=bob-cox}と述べた。"),
        ("ko", "“배는 괜찮다”{by=bob-cox}라고 말했다."),
        ("ja", "「船は大丈夫だ」{by=bob-cox}とは限らないと述べた。"),
    ],
)
def test_like_wordings_by_which_somebody_did_are_not(language, text):
    assert told_in(language, text) == []
