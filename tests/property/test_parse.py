"""parse never raises, whatever stands in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import frontmatter, keys, settings
from builder.model import Document
from builder.parse import FOLDERS, parse

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
names = sorted({key.name for table in keys.RECORDS_OF_FORMAT.values() for key in table})


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
    assert isinstance(fields, frontmatter.Mapping)
    for problem in problems:
        assert 1 <= problem.place.line <= text.count("\n") + 2


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_document_survives_being_packed(folder):
    import msgspec

    document = parse(f"content/{folder}/x.md", b"---\ntitle: T\nname: N\n---\nA *word*, [[x]] and ![a](b.png).\n\n![[y]]\n")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document) == document
