"""What several files say of one id is one record: what adds up, what is filled in, and what may not differ."""

import pytest

from builder import checks, dates, linking
from builder.content.parse import parse
from builder.i18n import language
from builder.model import STATUSES, Settings


def joined(*explainers, **shared):
    """Return the Site of explainers, by their front matter, and of shared records, by folder and id, with the problems of joining them."""
    files = {f"content/explainers/e{n}.md": f"title: E{n}\n{front}" for n, front in enumerate(explainers, 1)}
    files |= {f"content/{name.replace('_', '/')}.md": front for name, front in shared.items()}
    documents = [parse(path, f"---\n{front}\n---\nText.\n".encode()) for path, front in files.items()]
    assert not [problem for document in documents for problem in document.diagnostics]
    return linking.link(Settings(), language.load("en"), documents)


def disagreeing(problems):
    return [(problem.code, problem.message.split("“")[2].partition("”")[0], problem.location.path) for problem in problems]


DAY = "published: 2024-03-08\n"


def test_what_one_file_leaves_out_another_gives():
    site, problems = joined(
        f"{DAY}actors: {{mina: {{name: Mina Quist, here: wants it, alias: Quist}}}}\ntimeline: [{{id: vote, when: 2024, title: A vote}}]",
        f"{DAY}actors: {{mina: {{same_as: wd:Q1, here: fears it}}}}\ntimeline: [{{id: vote, place: Saltholm, text: It was late., title: A vote}}]",
    )
    assert not problems
    mina, vote = site.actors["mina"], site.events["vote"]
    assert (mina.name, mina.alias, mina.same_as, mina.here) == ("Mina Quist", ("Quist",), ("wd:Q1",), "")
    assert [site.cast[slug][0].here for slug in ("e1", "e2")] == ["wants it", "fears it"]
    assert (vote.when.date.edtf, vote.where, vote.summary.text) == ("2024", "Saltholm", "It was late.")


def test_lists_add_up():
    actors = "actors: {bo: Bo Ek, ann: Ann Lee}\n"
    site, problems = joined(
        f"{DAY}{actors}sources: {{log: {{title: L, cites: [one]}}, one: {{title: O}}, two: {{title: T}}}}\ntimeline: [{{id: vote, when: 2024, title: V, actors: bo, sources: one}}]",
        f"{DAY}{actors}sources: {{log: {{cites: [one, two]}}}}\ntimeline: [{{id: vote, title: V, actors: [bo, ann], sources: two}}]",
        actors_bo="alias: [B]\nweak_alias: [Clerk]\nsame_as: wd:Q1",
        actors_ann="alias: [A]",
    )
    assert not problems
    assert (site.sources["log"].cites, site.events["vote"].actors, site.events["vote"].sources) == (
        ("one", "two"),
        ("bo", "ann"),
        ("one", "two"),
    )


@pytest.mark.parametrize(
    "kind, one, other, key",
    [
        ("actors", "name: Mina", "name: Mina", ""),
        ("actors", "name: Mina", "name: Nina", "name"),
        ("actors", "name: Mina, position: {role: Mayor, from: 2020}", "position: {role: Mayor, from: 2020}", ""),
        ("actors", "name: Mina, position: {role: Mayor, from: 2020}", "position: {role: Mayor, from: 2021}", "position"),
        ("actors", "name: Mina, alias: M", "alias: N", ""),
        ("actors", "name: Mina, same_as: wd:Q1", "same_as: wd:Q2", ""),
        ("actors", "name: Mina, here: wants it", "here: fears it", ""),
        ("sources", "title: L, published: 2024-03", "title: L, published: 2024-03", ""),
        ("sources", "title: L, published: 2024-03", "published: 2024-03-01", "published"),
        ("sources", "title: L, published: 2024-03", "published: unknown", "published"),
        ("events", "title: V, when: 2024", "title: V, when: 2023", "when"),
        ("events", "title: V, when: {says: Friday, is: 2024-03-08}", "title: V, when: {says: today, is: 2024-03-08}", ""),
        ("events", "title: V, when: {says: Friday, is: 2024-03-08}", "title: V, when: 2024-03-08", ""),
        ("events", "title: V, when: {says: Friday}", "title: V, when: {says: today}", "when"),
        ("events", "title: V, place: Saltholm", "title: V, place: Farholm", "place"),
        ("events", "title: V, text: Late.", "title: V, text: Early.", "text"),
        ("events", "title: V, by: bo", "title: V, by: ann", ""),
    ],
)
def test_two_files_agree_on_what_can_have_one_value_alone(kind, one, other, key):
    def listed(given):
        people = "actors: {bo: Bo Ek, ann: Ann Lee}\n" if kind == "events" else ""
        return f"{DAY}{people}" + (f"timeline: [{{id: it, {given}}}]" if kind == "events" else f"{kind}:\n  it: {{{given}}}")

    _, problems = joined(listed(one), listed(other))
    assert disagreeing(problems) == ([("records-disagree", key, "content/explainers/e2.md")] if key else [])


def test_the_words_of_a_date_stay_where_all_stories_have_the_same():
    vote = "timeline: [{{id: vote, title: A vote, when: {}}}]"
    friday, today, plain = "{says: Friday, is: 2024-03-08}", "{says: today, is: 2024-03-08}", "2024-03-08"
    for whens, says in (((friday, friday), "Friday"), ((friday, today), None), ((friday, plain), None)):
        site, problems = joined(*(DAY + vote.format(when) for when in whens))
        assert not problems
        relative = site.events["vote"].when.relative
        assert (relative.says if relative is not None else None) == says


# --- how sure an event is ------------------------------------------------

BEFORE = {"planned": 0, "expected": 0, "conditional": 0, "alleged": 0, "ongoing": 1, "postponed": 1, "disputed": 1}
"""What may come before what; all else is an end."""


@pytest.mark.parametrize("now", STATUSES)
@pytest.mark.parametrize("then", STATUSES)
def test_a_shared_file_goes_on_from_what_an_explainer_told_and_not_back(now, then):
    said = "by: bo" if {now, then} & {"alleged", "denied", "expected"} else "place: Saltholm"
    site, problems = joined(
        f"{DAY}actors: {{bo: Bo Ek}}\ntimeline: [{{id: vote, title: A vote, status: {then}, by: bo}}]",
        events_vote=f"title: A vote\nwhen: 2024-03-01\nstatus: {now}\n{said}",
    )
    fits = now == then or BEFORE.get(then, 2) < BEFORE.get(now, 2)
    assert disagreeing(problems) == ([] if fits else [("records-disagree", "status", "content/explainers/e1.md")])
    assert site.events["vote"].status == now
    assert [step.status for step in site.events["vote"].history] == ([then] if fits and now != then else [])


@pytest.mark.parametrize(
    "first, second, told, status, history",
    [
        ("published: 2024-03-08", "published: 2024-03-09", [], "occurred", [("planned", "2024-03-08")]),
        ("published: 2024-03-09\nas_of: 2024-03-07", "published: 2024-03-08", [], "occurred", [("planned", "2024-03-07")]),
        ("published: 2024-03-08", "published: 2024-03-08", ["records-disagree"], "occurred", []),
        ("published: unknown", "published: unknown", ["records-disagree"], "occurred", []),
        ("published: unknown", "published: 2024-03-08", ["records-disagree"], "occurred", []),
        ("published: 2024-03-08", "published: unknown", ["records-disagree"], "planned", []),
    ],
)
def test_the_story_that_tells_the_latest_state_counts_and_two_of_one_day_agree(first, second, told, status, history):
    vote = "\ntimeline: [{{id: vote, title: A vote, when: 2024-03-01, status: {}}}]"
    site, problems = joined(first + vote.format("planned"), second + vote.format("occurred"))
    assert [problem.code for problem in problems] == told
    assert site.events["vote"].status == status
    assert [(step.status, step.on.date.edtf) for step in site.events["vote"].history] == history


@pytest.mark.parametrize(
    "days, status, planned",
    [
        (["2024-03-10"], "occurred", ""),
        (["2024-03-01"], "planned", ""),
        (["2024-03-10", "2024-03-01"], "occurred", "2024-03-01"),
        (["2024-03-02", "2024-03-10", "2024-03-01"], "occurred", "2024-03-01"),
        (["2024-03-01", "2024-03-10", "2024-03-02"], "occurred", "2024-03-01"),
        (["2024-03-02", "2024-03-01"], "planned", ""),
        (["unknown", "2024-03-01"], "planned", ""),
        (["2024-03-01", "unknown"], "planned", ""),
        (["unknown"], "occurred", ""),
    ],
)
def test_what_nobody_calls_sure_or_planned_follows_from_the_days_that_are_told(days, status, planned):
    site, problems = joined(*(f"published: {day}\ntimeline: [{{id: vote, title: A vote, when: 2024-03-05}}]" for day in days))
    assert not problems
    event = site.events["vote"]
    assert (event.status, event.derived) == (status, ("status",))
    assert [(step.status, dates.iso(step.on.date.lower)) for step in event.history] == ([("planned", planned)] if planned else [])


# --- what a quote leaves out ------------------------------------------------

ONE = "sources: {log: {title: A log, publisher: Gazette}}"
TWO = "sources: {log: {title: A log, publisher: Gazette}, blog: {title: A blog}}"
COPY = "sources: {log: {title: A log, publisher: Gazette, published: 2024-03-01}, copy: {publisher: bo, "
NONE = "sources: {blog: {title: A blog}}"


@pytest.mark.parametrize(
    "sources, given, via, to, derived",
    [
        (ONE, "", ("log",), (), ("via",)),
        (TWO, "", (), (), ()),
        (NONE, "", ("blog",), (), ("via",)),
        (TWO, "via: log", ("log",), (), ()),
        (ONE, "to: unknown", ("log",), (), ("via",)),
        (ONE, "to: [ann, bo]", ("log",), ("ann", "bo"), ("via",)),
        (ONE, "to: gazette", ("log",), ("gazette",), ("via",)),
        # The publisher of a source need not be an actor to be meant.
        ("sources: {log: {title: A log, publisher: Harbour Post}}", "to: harbour-post", ("log",), ("Harbour Post",), ("via",)),
        (ONE, "to: Somebody", ("log",), ("Somebody",), ("via",)),
        ("sources: {log: {title: A log, publisher: İstanbul Işık}}", "to: istanbul-ışık", ("log",), ("İstanbul Işık",), ("via",)),
        # A source that another file describes is one of the sources too.
        ("sources: [shared]", "", ("shared",), (), ("via",)),
        ("sources: {log: {title: A log}, shared: }", "", (), (), ()),
        # Who publishes an interview led it; who publishes other words need not have heard them.
        (ONE, "medium: interview", ("log",), ("gazette",), ("via", "to")),
        (TWO, "medium: interview, via: [log, blog]", ("log",), ("gazette",), ("to",)),
        (TWO, "medium: interview, via: [blog, log]", ("blog",), (), ()),
        (ONE, "medium: press-conference", ("log",), (), ("via",)),
        (ONE, "medium: statement", ("log",), (), ("via",)),
        (ONE, "medium: interview, to: unknown", ("log",), (), ("via",)),
        (ONE, "medium: interview, to: ann", ("log",), ("ann",), ("via",)),
        (NONE, "medium: interview", ("blog",), (), ("via",)),
        # A copy asked nobody, nor did anybody where it is not clear who is first.
        (COPY + "cites: log, title: C}}", "medium: interview, via: [copy, log]", ("copy",), ("gazette",), ("to",)),
        (COPY + "cites: log, title: C}}", "medium: interview, via: [log, copy]", ("log",), ("gazette",), ("to",)),
        (COPY + "cites: log, title: C}}", "medium: interview, via: copy", ("copy",), (), ()),
        (COPY + "cites: [log, shared], title: C}}", "medium: interview, via: [copy, log]", ("copy",), (), ()),
        (COPY + "published: 2024-03-02}}", "medium: interview, via: [copy, log]", ("copy",), (), ()),
        ("sources: {log: {title: A log, publisher: Gazette, authors: [Mina Quist]}}", "medium: interview", ("log",), (), ("via",)),
        # Who publishes their own words, or those of their own people, said them to nobody that this tells of.
        ("sources: {log: {title: A log, publisher: Mina Quist}}", "medium: interview", ("log",), (), ("via",)),
        ("sources: {log: {title: A log, publisher: port}}", "medium: interview", ("log",), (), ("via",)),
        ("sources: {log: {title: A log, publisher: Saltholm}}", "medium: interview", ("log",), (), ("via",)),
        ("sources: {log: {title: A log, publisher: rowing club}}", "medium: interview", ("log",), (), ("via",)),
    ],
)
def test_the_way_of_a_quote_follows_from_its_only_source_and_its_addressee_from_an_interview(sources, given, via, to, derived):
    mina = "{name: Mina Quist, of: Rowing Club, position: {role: Head, of: port}}"
    actors = f"actors: {{mina: {mina}, ann: Ann Lee, bo: Bo Ek, gazette: {{type: Organization, name: Gazette}}, port: {{type: PublicBody, name: The Port, of: saltholm}}, saltholm: {{type: Country, name: Saltholm}}}}"
    quotes = f"quotes: [{{speaker: mina, text: words, said: 2024, mode: partial, in_body: no{', ' if given else ''}{given}}}]"
    site, problems = joined(f"{DAY}{sources}\n{actors}\n{quotes}", sources_shared="title: S")
    assert not problems
    (quote,) = site.quotes.values()
    assert (quote.via[:1], quote.to, quote.derived) == (via[:1], to, derived)


def test_a_body_that_speaks_is_not_told_to_have_been_asked_by_a_part_of_it():
    actors = "actors: {port: {type: PublicBody, name: The Port}, post: {type: Organization, name: Port Post, of: port}}"
    sources = "sources: {log: {title: A log, publisher: post}}"
    site, _ = joined(f"{DAY}{sources}\n{actors}\nquotes: [{{speaker: port, text: words, medium: interview, in_body: no}}]")
    assert [quote.to for quote in site.quotes.values()] == [()]


@pytest.mark.parametrize("speaker", ["mina", "clerk", "[mina, clerk]", "unknown"])
def test_on_what_terms_somebody_spoke_follows_from_nothing(speaker):
    people = "actors: {mina: Mina Quist}\nunnamed: {clerk: a clerk}"
    site, problems = joined(f"{DAY}{people}\nquotes: [{{speaker: {speaker}, text: words, mode: partial, said: 2024, in_body: no}}]")
    assert not problems
    (quote,) = site.quotes.values()
    assert (quote.rules, quote.derived) == ("", ())


@pytest.mark.parametrize(
    "words, mode",
    [
        ("It runs.", "direct"),
        ("It runs!)", "direct"),
        ("“It runs”", "partial"),
        ("It runs", "partial"),
        ("it runs.", "partial"),
        ("We have all the money now", "direct"),
        ("We have all the money", "partial"),
        ("2024 was a year of ships and of storms", "partial"),
        ("2024 was late.", "direct"),
        ("… It runs.", "partial"),
        ("渡し船は動く。", "direct"),
    ],
)
def test_a_whole_sentence_is_quoted_directly_and_less_in_part(words, mode):
    site, _ = joined(f"{DAY}quotes: [{{speaker: unknown, text: '{words}', said: 2024, in_body: no}}]")
    (quote,) = site.quotes.values()
    assert (quote.mode, quote.derived) == (mode, ("mode",))


def test_a_quote_in_pieces_is_direct_where_each_is_a_sentence():
    for pieces, mode in (("['It runs.', 'We pay.']", "direct"), ("['It runs.', 'and we pay']", "partial")):
        site, _ = joined(f"{DAY}quotes: [{{speaker: unknown, text: {pieces}, said: 2024, in_body: no}}]")
        assert [quote.mode for quote in site.quotes.values()] == [mode]


def test_paraphrases_are_known_without_looking_at_the_quotes():
    quotes = ", ".join(
        f"{{id: q{n}, speaker: mina, text: w, said: 2024, in_body: no{mode}}}"
        for n, mode in enumerate(("", ", mode: indirect", ", mode: direct"))
    )
    site, _ = joined(f"{DAY}actors: {{mina: Mina Quist}}\nquotes: [{quotes}]")
    assert list(site.paraphrases) == [next(key for key in site.quotes if key[1] == "q1")]


def test_what_leads_nowhere_is_told_and_not_told_again_as_missing():
    front = f"{DAY}quotes: [{{id: a, speaker: nobody, via: nothing, text: words, in_body: no, answers: [nil, a, e2#b]}}]"
    site, problems = joined(front, f"{DAY}quotes: [{{id: b, speaker: unknown, said: 2024, text: words, in_body: no}}]")
    assert sorted(problem.message for problem in problems) == [
        "No actor has the id “nobody”.",
        "No other quote has the id “nil”.",
        "No source has the id “nothing”.",
        "This quote answers itself.",
    ]
    quote = site.quotes["e1", "a"]
    assert (quote.unresolved, quote.relations) == (("speaker", "via"), (("answers", ("e2", "b")),))
    assert [problem.location.path for problem in checks.check(site)] == ["content/explainers/e2.md"]
