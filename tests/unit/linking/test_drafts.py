"""What is not published yet shows nowhere: drafts, and explainers whose day has not come."""

import datetime as dt
import json
import re
import struct
import zlib
from pathlib import Path

import pytest

from builder import cli, dates
from builder.build.pipeline import Options, build, load_site
from builder.content import schema
from builder.content.reading import DEFAULT_TEMPLATES
from builder.diagnostics import Diagnostic
from builder.link_checker.outside_links import addresses
from builder.linking import drafts
from builder.model import PublishTarget, When
from builder.preview.engine import PreviewEngine
from builder.publish.upload import gather
from tests import forking

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[3]

TODAY = dt.date(2024, 3, 8).toordinal()


# --- the day ------------------------------------------------


@pytest.mark.parametrize(
    "edtf, waits",
    [
        ("2024-03-08", False),
        ("2024-03-09", True),
        ("2024-03-07~", False),
        ("2024-03", False),
        ("2024-04", True),
        ("2024", False),
        ("2025", True),
        ("2024-03-XX", False),
        ("2024-03-09?", True),
        ("../2030", False),
        ("2024-03-01/2030-01-01", False),
        ("[2024-03-01,2024-03-20]", False),
        ("[2024-03-10,2024-03-20]", True),
        # The same moments, by the clocks of those who wrote them.
        ("2024-03-08T23:59Z", False),
        ("2024-03-09T00:30+01:00", False),
        ("2024-03-08T23:30-01:00", True),
    ],
)
def test_an_explainer_waits_until_the_earliest_day_that_its_date_may_mean(edtf, waits):
    assert drafts.waits(When(dates.parse(edtf)), TODAY) is waits
    assert not drafts.waits(When(dates.parse(edtf)), None)


def test_without_a_date_nothing_waits():
    assert not drafts.waits(When(), TODAY)


def run(root, *arguments, **environment):
    done = forking.backstory(*arguments, "--root", root, **environment)
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


def epoch(day):
    return str(int(dt.datetime.fromisoformat(f"{day}T12:00+00:00").timestamp()))


@pytest.fixture
def site(tmp_path):
    for folder in ("explainers", "pages"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: A site\nbase_url: https://example.org/\n")
    write(tmp_path, "now", "Now", "2024-03-01")
    return tmp_path


def write(root, name, title, published, more="", body="They went on."):
    text = f"---\ntitle: {title}\nsummary: Of talks.\npublished: {published}\n{more}---\n{body}\n"
    (root / f"content/explainers/{name}.md").write_text(text)


def built(root, day, *more):
    done = run(root, "build", *more, SOURCE_DATE_EPOCH=epoch(day))
    assert done.returncode == cli.FINE, done.stderr
    return done.stdout


def test_the_build_of_its_day_publishes_it_and_says_before_that_it_waits(site):
    write(site, "later", "The later one", "2024-03-09")
    write(site, "last", "The last one", "2024-04-01")
    told = built(site, "2024-03-08")
    assert "\n2 explainers are scheduled: “The later one” (2024-03-09), “The last one” (2024-04-01). --future builds them now.\n" in told
    assert not (site / "site/explainers/later").exists()
    assert " 0 written" in built(site, "2024-03-08")
    told = built(site, "2024-03-09")
    assert "\n1 explainer is scheduled: “The last one” (2024-04-01). --future builds it now.\n" in told
    assert (site / "site/explainers/later/index.html").exists()
    assert "its day" not in built(site, "2024-04-01")
    assert (site / "site/explainers/last/index.html").exists()


def test_a_draft_waits_for_more_than_its_day(site):
    write(site, "later", "The later one", "2024-03-09", "status: draft\n")
    assert "scheduled" not in built(site, "2024-03-08")
    assert "scheduled" in built(site, "2024-03-08", "--drafts")
    assert not (site / "site/explainers/later").exists()
    built(site, "2024-03-08", "--drafts", "--future")
    assert (site / "site/explainers/later").exists()
    built(site, "2024-03-10")
    assert not (site / "site/explainers/later").exists()


def test_it_is_built_before_where_that_is_wished_and_is_marked(site):
    write(site, "later", "The later one", "2024-03-09")
    built(site, "2024-03-08", "--future")
    page, home = ((site / "site" / path).read_text() for path in ("explainers/later/index.html", "index.html"))
    assert page.count("Scheduled") == home.count("Scheduled") == 1
    built(site, "2024-03-09", "--future")
    assert "Scheduled" not in (site / "site/explainers/later/index.html").read_text() + (site / "site/index.html").read_text()


def test_a_program_is_told_too(site):
    write(site, "later", "The later one", "2024-03-09")
    told = json.loads(built(site, "2024-03-08", "--json"))
    assert told["waiting"] == [{"path": "content/explainers/later.md", "title": "The later one", "published": "2024-03-09"}]


def test_check_looks_at_what_waits_and_at_what_is_published_now(site):
    write(site, "later", "The later one", "2024-03-09", "sumary: x\n")
    write(site, "now", "Now", "2024-03-01", body="As [[later]] tells.")
    done = run(site, "check", "--json", SOURCE_DATE_EPOCH=epoch("2024-03-08"))
    assert done.returncode == cli.PROBLEMS
    found = [(problem["path"], problem["code"]) for problem in json.loads(done.stdout)["problems"]]
    assert found == [("content/explainers/later.md", "key-unknown"), ("content/explainers/now.md", "link-unknown")]
    done = run(site, "build", "--json", SOURCE_DATE_EPOCH=epoch("2024-03-08"))
    problems = json.loads(done.stdout)["problems"]
    assert [(problem["code"], problem["help"]) for problem in problems] == [
        ("link-unknown", "It is scheduled for 2024-03-09. Take the link out until then, or build with --future.")
    ]


def test_an_override_that_is_needed_until_the_day_of_what_waits_is_not_told(site):
    (site / "content/pages/poster.md").write_text("---\ntitle: Poster\n---\nWords.\n")
    settings = site / "content/site.yaml"
    entry = "{code: page-unlinked, severity: off, files: content/pages/%s, why: It is reached from a poster.}"
    settings.write_text(f"{settings.read_text()}problems:\n  - {entry % 'poster.md'}\n")
    write(site, "later", "The later one", "2024-03-09", body="See the [poster](/poster/).")
    for command in ("build", "check"):
        done = run(site, command, "--strict", SOURCE_DATE_EPOCH=epoch("2024-03-08"))
        assert done.returncode == cli.FINE, done.stdout + done.stderr
    # Then it is, and so is one that is of no use now nor then.
    done = run(site, "check", "--json", SOURCE_DATE_EPOCH=epoch("2024-03-09"))
    assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["override-unused"]
    settings.write_text(f"{settings.read_text()}  - {entry % 'no.md'}\n")
    done = run(site, "check", "--json", SOURCE_DATE_EPOCH=epoch("2024-03-08"))
    assert [problem["line"] for problem in json.loads(done.stdout)["problems"]] == [5]


@pytest.mark.parametrize("day", ["2024-03-08", "2024-03-09"])
def test_links_of_what_waits_are_asked_with_the_others_and_each_once(site, day, monkeypatch):
    times = []

    def ask(of, *_arguments, **_more):
        times.append([address.url for address in addresses(of)])
        return [Diagnostic("link-outside-dead", "It is dead.", address.locations[0]) for address in addresses(of)]

    monkeypatch.setattr("builder.link_checker.check", ask)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch(day))
    write(site, "now", "Now", "2024-03-01", body="[One](https://one.example/now).")
    write(site, "later", "The later one", "2024-03-09", body="[Other](https://other.example/later).")
    assert cli.main(["check", "--links", "--root", str(site), "--jobs", "1"]) == cli.FINE
    assert [sorted(time) for time in times] == [["https://one.example/now", "https://other.example/later"]]


@pytest.mark.parametrize("link", ["later", "explainer:later", "The later one"])
def test_who_links_to_a_draft_is_told_why_it_leads_to_nothing(site, link):
    write(site, "later", "The later one", "2024-03-01", "status: draft\n")
    write(site, "now", "Now", "2024-03-01", body=f"As [[{link}]] tells, and [[nothing]].")
    told = run(site, "build").stderr
    assert told.count("It is a draft, which is not published.") == 1
    assert told.count("leads to nothing") == 2


def test_the_preview_shows_it_marked(site):
    write(site, "later", "The later one", "2024-03-09")
    snapshot = PreviewEngine(Options(site, site / "site", drafts=True, future=True, day=TODAY, jobs=1, cache=False)).current()
    assert "Scheduled" in snapshot.get("explainers/later/index.html").body.decode()
    assert snapshot.scheduled_day("explainers/later/index.html") == "2024-03-09"
    assert not snapshot.draft("explainers/later/index.html"), "nobody called it one"
    assert snapshot.scheduled_day("explainers/now/index.html") == ""
    assert snapshot.scheduled_day("explainers/nowhere/index.html") == ""


@pytest.mark.parametrize("value", ["soon", "1e9", "9" * 30, "-99999999999999"])
def test_a_time_that_is_none_is_wrong_usage(site, value):
    done = run(site, "build", SOURCE_DATE_EPOCH=value)
    assert done.returncode == cli.USAGE
    assert done.stderr.startswith("backstory: SOURCE_DATE_EPOCH takes a number of seconds since 1970")


def test_what_is_begun_today_need_not_wait(site):
    run(site, "new", "explainer", "Begun", SOURCE_DATE_EPOCH=epoch("2024-03-08"))
    assert "published: 2024-03-08" in (site / "content/explainers/begun.md").read_text()


# --- nothing leaks ------------------------------------------------

HELD = """---
title: zqxjtitle and more
summary: zqxjsummary
in_short: {{happened: zqxjhappened, says: zqxjsays, disputed: zqxjdisputed, not_known: zqxjunknown, next: zqxjnext}}
published: {published}
updated: 2024-03-09
as_of: 2024-03-10
authors: [Zqxjauthors Writer]
topics: [zqxjtopics]
status: {status}
slug: zqxjslug
aliases: [/zqxjaliases/]
x_desk: zqxjextra
sources:
  - zqxjreport
  - id: zqxjsources
    title: zqxjsourcetitle
    former_ids: [zqxjformer-source]
    publisher: Zqxjpublisher Gazette
    authors: [Zqxjreporter]
    url: https://example.org/zqxjurl
    archived: https://example.org/zqxjarchived
    published: 2024-03-07
    note: zqxjnote
actors:
  - id: zqxjactors
    type: Person
    name: Zqxjname Quist
    alias: [Zqxjalias]
    former_ids: [zqxjformer-actor]
    weak_alias: [the Zqxjweak]
    position: {{role: Zqxjrole, of: zqxjtown, from: 2021-05}}
    of: zqxjtown
    same_as: [https://example.org/zqxjsame]
    here: zqxjhere
  - {{id: zqxjtown, type: PublicBody, name: Zqxjtown}}
  - id: shared
  - zqxjonly
unnamed:
  zqxjclerk:
    described_as: a zqxjdescribed
    knows_because: zqxjknows
    anonymity_reason: zqxjreason
quotes:
  - id: zqxjquotes
    text: The zqxjtext will run.
    speaker: zqxjactors
    said: 2024-03-06
    via: [zqxjsources]
    about: [zqxjtimeline]
    lang: da
    cert: medium
    resp: zqxjresp
    note: zqxjquotenote
    in_body: no
    as_published: zqxjpublished
    corrected: zqxjcorrected
    translation: {{text: zqxjtranslation, by: Zqxjtranslator}}
  - {{id: zqxjsaid, speaker: shared, said: 2024-03-06, text: the zqxjshared, in_body: no, via: [zqxjsources], to: "zqxjto"}}
timeline:
  - zqxjhappening
  - id: zqxjtimeline
    when: 2024-03-11
    title: zqxjevent
    short: zqxjshort
    status: expected
    by: [zqxjactors]
    actors: [zqxjtown, shared]
    place: Zqxjplace
    sources: [zqxjsources]
    text: zqxjeventtext
corrections: [{{on: 2024-03-09, text: zqxjcorrection}}]
---
The zqxjbody, says [[shared]].[^1]

## Zqxjheading

![zqxjalt](zqxjpicture.png)

[^1]: zqxjremark
"""


@pytest.fixture
def desk(tmp_path):
    """A site in a folder with a telling name; all that must not be published has words that begin with “zqxj”, or with “zxqk” where it never may."""
    root = tmp_path / "zxqkplace"
    for folder in ("explainers/zqxjfolder", "explainers/now", "pages", "actors", "events", "sources", "static/.zxqkgit", "static/pictures"):
        (root / "content" / folder).mkdir(parents=True)
    (root / "templates/assets").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: A site\nbase_url: https://example.org/\nx_secret: kept\n")
    (root / "content/explainers/now/index.md").write_text(
        "---\ntitle: Now\nsummary: Of now.\npublished: 2024-03-01\nactors: [shared]\n---\n[[shared]].\n"
    )
    (root / "content/actors/shared.md").write_text("---\nname: Shared Person\n---\n")
    (root / "content/sources/zxqkwords.yaml").write_text("title: Kept\nurl: https://example.org/kept\n".replace("zxqkwords", ""))
    (root / "content/sources/zxqkwords.yaml").rename(root / "content/sources/kept.yaml")
    (root / "content/sources/kept.txt").write_text("zxqkwords of a source that are kept beside its record\n")
    for path in (
        "static/.zxqkgit/config",
        "static/.zxqkenv",
        "static/notes.txt~",
        "static/#zxqknotes#",
        "static/.zxqknotes.swp",
        "static/zxqk.BAK",
        "static/~$zxqkletter.docx",
        "static/pictures/Thumbs.db",
        "static/pictures/desktop.ini",
        "explainers/now/index.md.orig",
        "explainers/now/.zxqkdraft.md",
    ):
        (root / "content" / path).write_text("zxqkprivate")
    for name in ("own.css~", ".zxqkown.css", "#zxqkown.css#", "own.css.swp"):
        (root / "templates/assets" / name).write_text("zxqkprivate")
    (root / "templates/zxqknotes.txt").write_text("zxqkprivate")
    return root


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PICTURE = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", b"zqxjbytes") + chunk(b"IEND", b"")
)
"""A picture whose data are seen in its bytes; what stands elsewhere in a picture is not published."""


def hold(root, *, status, published):
    (root / "content/explainers/zqxjfolder/index.md").write_text(HELD.format(status=status, published=published))
    (root / "content/explainers/zqxjfolder/zqxjpicture.png").write_bytes(PICTURE)
    for path, text in {
        "actors/zqxjonly.md": "name: Zqxjonlyname",
        "events/zqxjhappening.md": "title: Zqxjhappeningtitle\nwhen: 2024-03-01\nby: zqxjreport",
        "sources/zqxjreport.md": "title: Zqxjreporttitle\npublisher: zqxjonly\npublished: 2024-03-01\nurl: https://example.org/zqxjreporturl",
    }.items():
        (root / "content" / path).write_text(f"---\n{text}\n---\n")
    (root / "content/sources/zqxjreport.txt").write_text("zqxkwords that are kept")
    (root / "content/pages/zqxjpage.md").write_text(
        "---\ntitle: zqxjpagetitle\nsummary: zqxjpagesummary\nstatus: draft\naliases: [/zqxjoldpage/]\n---\nzqxjpagebody\n"
    )


def test_what_serves_only_what_is_held_back_is_no_problem_before_its_day(desk):
    hold(desk, status="published", published="2024-03-09")
    unused = {problem.location.path for problem in load_site(Options(desk, desk / "site", day=TODAY, jobs=1, cache=False)).diagnostics}
    assert unused == {"content/sources/kept.yaml"}
    hold(desk, status="published", published="2024-03-08")
    assert "zqxjonlyname" in words(build_on(desk), rb"zqxj[a-z]*")


def build_on(root):
    report = build(Options(root, root / "site", day=TODAY, jobs=1))
    assert report.plan is not None, report.diagnostics
    return root / "site"


def words(folder, pattern):
    found = set()
    for path in folder.rglob("*"):
        text = path.relative_to(folder).as_posix().encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        found |= {match.decode() for match in re.findall(pattern, text.lower())}
    return found


NEVER = rb"zxqk[a-z]*|" + b"|".join(
    re.escape(word) for word in (b"backstory-marker", b"client.js", b"data-backstory-at", b"thumbs.db", b"desktop.ini")
)


@pytest.mark.parametrize("status, published", [("draft", "2024-03-01"), ("published", "2024-03-09")], ids=["draft", "future"])
def test_nothing_of_what_is_held_back_is_in_any_byte(desk, status, published):
    hold(desk, status=status, published=published)
    marked = {word.decode() for word in re.findall(rb"zqxj[a-z]+", HELD.lower().encode())} | {"zqxjbytes", "zqxjpagetitle", "zqxjpagebody"}
    for _ in range(2):
        report = build(Options(desk, desk / "site", day=TODAY, jobs=1))
        assert report.plan is not None, report.diagnostics
        assert words(desk / "site", rb"zqxj[a-z]*") == set()
        assert words(desk / "site", NEVER) == set()
        sent = gather(desk / "site", report.plan.manifest, PublishTarget("x", "folder", served_by="netlify"), "https://example.org/")
        assert not [path for path, file in sent.files.items() if b"zqxj" in file.read().lower() or "zqxj" in path]
        # The same words, where the site is built with it: so the test would have seen them.
        report = build(Options(desk, desk / "all", drafts=True, future=True, day=TODAY, jobs=1))
        assert report.plan is not None, report.diagnostics
        assert marked - words(desk / "all", rb"zqxj[a-z]*") == set()
        assert words(desk / "all", NEVER) == set()
        # And after a build with it into the same folder.
        build(Options(desk, desk / "site", drafts=True, future=True, day=TODAY, jobs=1))
        assert words(desk / "site", rb"zqxj[a-z]*")


def test_every_key_of_words_has_one_that_would_be_found():
    told = {schema.TEXT, schema.MARKDOWN, schema.TEXTS, schema.NAME, schema.NAMES, schema.URL}
    plain = {"lang", "prefix", "count", "autolink", "rejected"}
    for record in ("explainer", "actor", "source", "quote", "translation", "event", "correction", "position"):
        for key in schema.RECORDS_OF_FORMAT[record]:
            if key.takes in told and key.name not in plain:
                assert re.search(rf"\b{key.name}: [^\n]*zqxj", HELD, re.IGNORECASE), f"{record}: {key.name}"


def test_our_own_templates_bring_nothing_along_that_is_hidden():
    assert not [path for path in (DEFAULT_TEMPLATES / "assets").rglob("*") if path.name.startswith(".") or path.name.endswith("~")]


def test_a_plain_link_to_what_waits_is_told_as_one_in_brackets_is(site):
    write(site, "later", "The later one", "2024-03-09")
    write(site, "now", "Now", "2024-03-01", body="See [this](later.md), [that](/explainers/later/) and [[later]].")
    seen = load_site(Options(site, site / "site", jobs=1, day=TODAY))
    told = "It is scheduled for 2024-03-09. Take the link out until then, or build with --future."
    assert [(problem.code, problem.help) for problem in seen.diagnostics] == [
        ("link-dead", told),
        ("link-dead", told),
        ("link-unknown", told),
    ]


@pytest.mark.parametrize(
    "statuses, published",
    [
        (["draft"], False),
        (["draft", "draft"], False),
        (["draft", "published"], True),
    ],
)
def test_the_pictures_in_a_folder_of_pages_wait_for_the_first_of_them(site, statuses, published):
    (site / "content/pages/guide/pictures").mkdir(parents=True)
    (site / "content/pages/cover.md").write_text("---\ntitle: Cover\n---\n![Plan](others/plan.svg)\n")
    for number, status in enumerate(statuses):
        text = "![Plan](plan.svg) ![Plan](pictures/plan.svg) ![Plan](../others/plan.svg)"
        (site / f"content/pages/guide/p{number}.md").write_text(f"---\ntitle: Page\nstatus: {status}\n---\n{text}\n")
    for path in ("guide/plan.svg", "guide/pictures/plan.svg"):
        (site / "content/pages" / path).write_text("<svg/>")
    (site / "content/pages/others").mkdir()
    (site / "content/pages/others/plan.svg").write_text("<svg/>")
    report = build(Options(site, site / "site", day=TODAY, jobs=1, cache=False))
    assert report.plan is not None, report.diagnostics
    found = {path.relative_to(site / "site").as_posix() for path in (site / "site").rglob("plan.svg")}
    assert found == {"others/plan.svg", *(["guide/plan.svg", "guide/pictures/plan.svg"] if published else [])}
