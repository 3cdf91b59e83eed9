"""parse never raises, whatever stands in a file."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from builder import checks, linking
from builder.checks.published_site import texts_with_links
from builder.content import frontmatter, schema, settings
from builder.content.parse import FOLDERS, parse
from builder.i18n import language
from builder.model import Document, Settings
from builder.output import is_inside
from builder.pages import list_pages

ROOT = Path(__file__).parents[2]

yamlish = st.recursive(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ("NaN", ".inf", "1e999", "9" * 400, "2022-13", "&a x", "*a", "!!set", "[[x]]", "{{ 7 }}", "yes", "~", "off-record", "unknown")
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.dictionaries(st.sampled_from(("id", "text", "when", "says", "is", "role", "x_own", "defaults", "list")), inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=6,
)
records = st.sampled_from(FOLDERS)
names = sorted({key.name for table in schema.RECORDS_OF_FORMAT.values() for key in table})


@given(folder=records, fields=st.lists(st.tuples(st.sampled_from(names), yamlish), max_size=6), body=st.text(max_size=80))
def test_any_value_for_any_key_ends_in_a_document(folder, fields, body):
    text = "---\n" + "".join(f"{name}: {value}\n" for name, value in fields) + f"---\n{body}\n"
    document = parse(f"content/{folder}/x.md", text.encode("utf-8", "surrogatepass"))
    assert isinstance(document, Document)


@given(folder=records, data=st.binary(max_size=200))
def test_any_bytes_end_in_a_document(folder, data):
    assert isinstance(parse(f"content/{folder}/x.md", data), Document)
    settings.read(data)


@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,? \n\t~0é"), max_size=60))
def test_any_yaml_gives_a_mapping_and_places_within_the_text(text):
    fields, problems = frontmatter.load(text, path="a.md")
    assert isinstance(fields, frontmatter.MappingNode)
    for problem in problems:
        assert 1 <= problem.location.line <= text.count("\n") + 2


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_document_survives_being_packed(folder):
    import msgspec

    document = parse(f"content/{folder}/x.md", b"---\ntitle: T\nname: N\n---\nA *word*, [[x]] and ![a](b.png).\n\n![[y]]\n")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document) == document


# --- whole sites ------------------------------------------------

ids = st.sampled_from(("a", "b", "talks", "nato", "A", "con", "é"))
values = st.one_of(
    ids,
    yamlish,
    st.sampled_from(
        ("2022-01-19", "Person", "https://example.org/", "unknown", "off-record", "[a, b]", "{a: Ada}", "{says: Friday, is: 2022-01-21}")
    ),
)
texts = st.lists(
    st.sampled_from(
        (
            "Ada spoke. ",
            "“words of it” ",
            "[[a]] ",
            "![[b]]\n\n",
            "[x]{quote=a} ",
            "[^1] ",
            "[^1]: note\n\n",
            "## A\n\n",
            "[l](/b/) ",
            "- ",
            "> ",
            "| ",
        )
    ),
    max_size=8,
).map("".join)


@st.composite
def whole_sites(draw):
    files = {}
    for folder, name in draw(st.lists(st.tuples(records, ids), max_size=4)):
        fields = draw(st.lists(st.tuples(st.sampled_from(names), values), max_size=5, unique_by=lambda pair: pair[0]))
        front = "title: T\npublished: 2022-01-19\nname: N\n" + "".join(f"{key}: {value}\n" for key, value in fields)
        files[f"content/{folder}/{name}.md"] = f"---\n{front}---\n{draw(texts)}\n"
    return files


def walk(files):
    """Take a site the whole road, but for the disk, and return its problems."""
    documents = [parse(path, text.encode("utf-8", "replace")) for path, text in files.items()]
    site, problems = linking.link(Settings(), language.load("en"), documents, drafts=True)
    pages = list_pages(site)
    problems = (
        *problems,
        *checks.check(site),
        *checks.check_published(site, pages, {}, texts_with_links(site)),
        *(problem for made in documents for problem in made.diagnostics),
    )
    return pages, problems


@given(files=whole_sites())
def test_any_files_end_in_pages_and_problems(files):
    pages, problems = walk(files)
    assert "index.html" in {page.output for page in pages}
    assert all(problem.message and problem.location.path for problem in problems)
    assert all(is_inside(page.output) for page in pages)


VALID = (ROOT / "content/explainers/is-diplomacy-over.md").read_text("utf-8")


@given(data=st.data())
def test_an_explainer_that_was_torn_ends_in_pages_and_problems(data):
    lines = VALID.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(("drop", "twice", "swap", "deeper", "cut", "colon"))):
            case "drop":
                lines[at] = ""
            case "twice":
                lines.insert(at, lines[other])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "deeper":
                lines[at] = "  " + lines[at]
            case "cut":
                lines[at] = lines[at][: len(lines[at]) // 2]
            case "colon":
                lines[at] = lines[at].replace(": ", ":", 1)
    pages, _ = walk({"content/explainers/a.md": "\n".join(lines)})
    assert pages
