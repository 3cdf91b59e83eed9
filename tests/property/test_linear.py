"""Twice the text takes twice the work, whatever it is made of: counted in calls of functions, so that no clock is asked."""

import contextlib
import re
import sys

import pytest

from builder.build.load import load_site
from builder.build.run import Options
from builder.cli.commands.fix import find_fixes
from builder.cli.commands.rename import rename
from builder.content import secrets
from builder.drafting import draft_of, explainer, read
from builder.drafting.draft_file import DraftFileOptions
from builder.importing import ImportInput, ImportOptions, find
from builder.importing.importer_types import File, ImportProblem
from builder.linking import advice

HEAD = "---\ntitle: A\nsummary: S\npublished: 2024-01-01\n"


def quote(words, text, actors="z: Z"):
    return f"{HEAD}quotes:\n  - speaker: z\n    text: {words}\nactors: {{{actors}}}\n---\n{text}\n"


def body(part):
    return lambda n: f"{HEAD}---\n{part * n}\n"


KINDS = {
    "equal pieces of a quote": lambda n: quote("[" + ", ".join(['"a b"'] * n) + "]", "a b " * 5 * n),
    "pieces that are marked": lambda n: quote("[" + ", ".join(['"a b"'] * n) + "]", "[a b]{quote=z1} " * n),
    "a name of many words": lambda n: quote("Hello there", "word " * 5 * n, "z: " + " ".join(["word"] * n)),
    "a speaker of many words": lambda n: f'{HEAD}quotes:\n  - speaker: "x{" and " * n}y"\n    text: Text\n---\nText.\n',
    "quotes of the same words": lambda n: f"{HEAD}quotes:\n" + "  - z: a b\n" * n + "actors: {z: Z}\n---\n" + "“a b” " * n,
    "actors": lambda n: f"{HEAD}actors:\n" + "".join(f"  a{m}: Name Number{m}\n" for m in range(n)) + "---\nText.\n",
    "events": lambda n: f"{HEAD}timeline:\n" + "".join(f"  - {1900 + m % 100}-01-01: Thing {m}\n" for m in range(n)) + "---\nText.\n",
    "unknown keys": lambda n: HEAD + "".join(f"k{m}: 1\n" for m in range(3 * n)) + "---\nText.\n",
    "quotation marks": body("“a ” „b“ "),
    "links": body("[a](b) [[c]] <https://example.org/> "),
    "stars": body("*a **b "),
    "notes": body("a[^1] "),
    "headings": body("# a\n\n"),
    "lists": body("- a\n"),
    "spans": body("[a]{quote=no} "),
    "dates": body("on 3 March 2021, "),
    "quotation marks around a value": lambda n: HEAD.replace("summary: S", f"summary: {'”' * 10 * n}") + "---\nText.\n",
    "quotations in a value beside a quote": lambda n: quote("a b", "“a b” " * n).replace("summary: S", f"summary: {'“a b” ' * n}"),
    "brackets that stay open": lambda n: f"{HEAD}topics: {'[' * 10 * n}\n---\nText.\n",
    "marks of other programs": body("<!-- a --> %%b%% {c} "),
}


def work(root, text):
    (root / "content/explainers/a.md").write_text(text, "utf-8")
    return calls(lambda: load_site(Options(root, root / "site", jobs=1, cache=False)))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    (root / "content/explainers").mkdir(parents=True)
    (root / "content/site.yaml").write_text("format: 1\ntitle: T\n")
    return root


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_is_twice_the_work(kind, site):
    make = KINDS[kind]
    nothing = min(work(site, make(1)) for _ in range(2))  # the first time, much is loaded
    once, twice = work(site, make(150)) - nothing, work(site, make(300)) - nothing
    assert twice < 2.5 * once + 1_000


@pytest.mark.parametrize("part", ["“a ” ", "[a]{by=z} ", "{{ a }} ", "on 3 March 2021, ", "a | b\n", "a\n\n"])
@pytest.mark.parametrize("which", ["fixing", "renaming"])
def test_thrice_the_text_is_no_more_than_thrice_the_work(which, part, site):
    options = Options(site, site / "site", jobs=1, cache=False)

    def done(n, action):
        (site / "content/explainers/a.md").write_text(f"{HEAD}actors: {{z: Z}}\n---\n{part * n}\n", "utf-8")
        return calls(action)

    def action():
        return find_fixes(options) if which == "fixing" else rename(options, "z", "y", diff=True)

    for n in (1, 150):  # the first time, much is loaded; of a text, what was found is kept
        done(n, action)
    at = 200 + 10 * (which == "fixing")  # what the other has kept is of another text
    less = done(at, action)
    assert done(3 * at, action) < 4 * less


ARTICLES = {
    "speech": "“It holds,” said Anna Hale. ",
    "quotations": "“a” ",
    "quotations that never end": "“a ",
    "paragraphs of speech": "“a”\n\n",
    "verbs of saying": "said ",
    "days": "on 3 March 2021 ",
    "a name of many words": "de ",
}


def calls(action):
    done = 0

    def count(_frame, event, _arg):
        nonlocal done
        done += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return done


@pytest.mark.parametrize("kind", ARTICLES)
def test_twice_the_article_is_twice_the_work_of_drafting(kind):
    def drafted(n):
        article = read(f"# T\n\n{ARTICLES[kind] * n}\n", name="a.md")
        draft = draft_of(article)
        return calls(lambda: draft_of(article)), calls(lambda: explainer(draft, DraftFileOptions("A")))

    drafted(1)
    for once, twice in zip(drafted(150), drafted(300), strict=True):  # reading it, and writing the file
        assert twice < 2.5 * once + 1_000


def test_twice_the_names_is_twice_the_work_of_drafting():
    def drafted(n):
        names = (f"Ann{chr(97 + m % 26)}{chr(97 + m // 26)} Lee{chr(97 + m // 26)}{chr(97 + m % 26)}" for m in range(n))
        return calls(lambda: draft_of(read(f"# T\n\n{' and '.join(names)} met.\n", name="a.md")))

    drafted(1)
    once, twice = drafted(300), drafted(600)
    assert twice < 2.5 * once + 1_000


UNFINISHED = ["<!--", "<b ", "<a>", "[", "[[", "#tag ", "\t", "\0", "{>>", "{%", "“a” ", "|", "*", "a\n"]
FILES = {
    ".md": "# T\n\n{}",
    ".html": "<html><head><title>t</title></head><body><article><h1>t</h1><p>{}</p></article></body></html>",
    ".csv": "date,headline,text\n2020-01-01,{},x\n",
    ".ris": "TY  - JOUR\nTI  - {}\nER  - \n",
    ".ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20200101\r\nSUMMARY:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
}


@pytest.mark.parametrize("ending", FILES)
def test_twice_the_file_is_twice_the_work_of_importing(ending):
    def imported(sign, n):
        given = ImportInput(f"f{ending}", (File(f"f{ending}", FILES[ending].replace("{}", sign * n).encode()),))
        importer = find(given)
        assert importer is not None

        def read_it():
            with contextlib.suppress(ImportProblem):
                importer.read(given, ImportOptions())

        return calls(read_it)

    for sign in UNFINISHED:
        imported(sign, 1)
        assert imported(sign, 500) < 2.5 * imported(sign, 250) + 2_000, sign


@pytest.mark.parametrize("ending, begins", [(".md", "---\ntitle: "), (".yaml", "events: ")])
def test_brackets_without_end_are_not_read_as_yaml(ending, begins):
    text = begins + "[" * 100_000 + ("\n---\nText" if ending == ".md" else "")
    given = ImportInput(f"f{ending}", (File(f"f{ending}", text.encode()),))
    importer = find(given)
    assert importer is not None
    with contextlib.suppress(ImportProblem):
        importer.read(given, ImportOptions())


@pytest.mark.parametrize("sign", ["<!--", "<b ", "[", "\t", "#tag ", "{>>", "\0"])
def test_no_pattern_of_an_importer_begins_anew_at_every_sign(sign):
    # What a pattern does calls no function. A hundred thousand of these took minutes, and so would time out here.
    text = f"# T\n\n{sign * (100_000 // len(sign))}"
    given = ImportInput("f.md", (File("f.md", text.encode()),))
    importer = find(given)
    assert importer is not None
    assert importer.read(given, ImportOptions()) is not None


@pytest.mark.parametrize("line", ["secret", "secret-", "secret ", "secret: ", "{secret: ", "# ", "a:b@", "https://"])
def test_no_pattern_of_secrets_begins_anew_at_every_sign(line):
    # As above: what is shown of the settings is a line, of any length.
    assert len(secrets.masked(line * (100_000 // len(line)) + "secret")) > 90_000


@pytest.mark.parametrize(
    "name, begins, part, ends",
    [
        ("f.tsv", "date\theadline\ttext\n2020-01-01\t", "<b ", "\tx\n"),
        ("f.csv", "date,headline,text\n2020-01-01,", "<b ", ",x\n"),
        ("f.bib", "@article{a, title={T}, year=2020, author={", "Lee and ", "Voss}}\n"),
        ("f.bib", "@article{a, title={T}, year=2020, author={", " ", "Voss}}\n"),
    ],
)
def test_no_pattern_of_tables_and_references_begins_anew_at_every_sign(name, begins, part, ends):
    # As above.
    given = ImportInput(name, (File(name, (begins + part * (300_000 // len(part)) + ends).encode()),))
    importer = find(given)
    assert importer is not None
    with contextlib.suppress(ImportProblem):
        importer.read(given, ImportOptions())


def test_what_a_pattern_splits_at_begins_with_no_repetition():
    # A pattern that begins with any number of blanks begins anew at each of them.
    parsed = re._parser.parse(advice.SEPARATORS.pattern)
    assert str(parsed[0][0]) not in {"MAX_REPEAT", "MIN_REPEAT"}
    assert advice.several("actor", "anna,  bob and carl") == (
        "Write several in brackets: [anna, bob, carl]; of a quote, “speaker: [anna, bob, carl]” and its words as “text: …”."
    )
