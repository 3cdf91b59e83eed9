"""Whatever an author writes stays text: no key of the format, and no place of a body, puts an element, an attribute or a script into any output."""

import re
from xml.etree import ElementTree as ET

import pytest
import yaml
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from builder.build.pipeline import Options, build
from builder.content import markup, schema
from builder.model import Href, Html
from tests.behaviour.test_every_key import EXPLAINER, PAGE, SITE

# Each ends what it might stand in: an attribute of either quote, a tag, a script, a comment, CDATA, a title, a template.
HOSTILE = (
    '"><script>alert(1)</script><b onclick=alert(2) x="',
    "'><img src=x onerror=alert(1)><b x='",
    "</script></style></title></textarea></template></noscript><svg onload=alert(1)>",
    "-->]]><![CDATA[<u>x</u>]]>",
    "{{ 7 * 7 }}{% raw %}&lt;u&gt;alert(1)&#60;i&#62;",
    '" onmouseover=alert(1) style=x:expression(1) x="',
    "javascript:alert(1)",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "%6Aavascript:alert(1)",
    "data:text/html,alert(1)",
    "vbscript:alert(1)",
    "//evil.example/",
    "/%09/evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
)
FREE = {schema.TEXT, schema.TEXTS, schema.MARKDOWN, schema.NAME, schema.NAMES}
CHECKED = {"aliases", "former_ids", "same_as", "as_of", "path", "says", "count", "file"}
"""Keys of free words that are held to a form of their own, with tests of their own."""

BODY = """

## {0}

{0}

![{0}](/x.svg "{0}")

Words [{0}](/explainers/ "{0}") and [[actor:town|{0}]].

``` {0}
{0}
```

| {0} | b |
| --- | --- |
| {0} | `{0}` |

Word[^a].

[^a]: {0}

- {0}

Term {0}
: {0}
"""


def filled(value, record, words):
    """Return a record of the example with `words` in every value that may be any."""
    table = schema.BY_NAME[record]
    made = {}
    for name, inner in value.items():
        key = table.get(name)
        if key is None:
            made[name] = f"{inner} {words}" if name.startswith("x_") else inner
        elif key.takes in {schema.RECORD, schema.RECORDS}:
            made[name] = records(inner, key.record, words)
        elif isinstance(inner, dict):  # a relative date
            made[name] = filled(inner, "relative_date", words)
        elif key.takes in FREE and name not in CHECKED:
            made[name] = [_with(item, words) for item in inner] if isinstance(inner, list) else _with(inner, words)
        else:
            made[name] = inner
    if record == "quote":
        made["in_body"] = "no"
        made.pop("prefix", None)  # says where in the body
    return made


def _with(text, words):
    # An id among other words is an error of its own.
    is_id = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text) is not None
    return f"{'A' if is_id else text} {words}"


def records(value, record, words):
    if isinstance(value, list):
        return [records(item, record, words) for item in value]
    if set(value) <= set(schema.BY_NAME[record]):
        return filled(value, record, words)
    return {name: filled(item, record, words) for name, item in value.items()}


def site(root, words, body):
    front, page = (yaml.load(text.split("---")[1], Loader=yaml.BaseLoader) for text in (EXPLAINER, PAGE))
    settings = yaml.load(SITE, Loader=yaml.BaseLoader)

    def block(value, record):
        return f"---\n{yaml.safe_dump(filled(value, record, words), allow_unicode=True, width=10_000)}---\n"

    for path, text in {
        "site.yaml": yaml.safe_dump(filled(settings, "site", words), allow_unicode=True, width=10_000),
        "pages/about.md": block(page, "page") + body,
        "explainers/ferry-file.md": block(front, "explainer") + body + "\n![[timeline]]\n\n![[who]]\n",
        "static/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "explainers/quist.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text, "utf-8")
    Image.new("RGB", (8, 6), "navy").save(root / "content/explainers/boat.png")
    report = build(Options(root, root / "out", jobs=1))
    assert report.plan is not None, report.diagnostics
    return {
        path.relative_to(root / "out").as_posix(): path.read_text("utf-8")
        for path in (root / "out").rglob("*")
        if path.suffix in {".html", ".xml"}
    }


def html_of(text):
    """Yield every element of a page with its attributes."""
    for node in LexborHTMLParser(text).root.traverse(include_text=False):
        yield node.tag, node.attributes, node


def shapes(outputs):
    """Return which elements with which attributes the outputs have."""
    found = set()
    for path, text in outputs.items():
        if path.endswith(".html"):
            found |= {(tag, name) for tag, attributes, _ in html_of(text) for name in ("", *attributes)}
        else:
            for element in ET.fromstring(text).iter():
                found |= {(element.tag, name) for name in ("", *element.attrib)}
                if element.get("type") in {"html", "xhtml"}:
                    found |= {(f"feed {tag}", name) for tag, attributes, _ in html_of(element.text or "") for name in ("", *attributes)}
    return found


def addresses_of(outputs):
    for path, text in outputs.items():
        if path.endswith(".html"):
            for _, attributes, _ in html_of(text):
                yield from (str(attributes[name]) for name in ("href", "src", "action", "srcset", "poster", "data") if name in attributes)
        else:
            yield from (str(element.get("href")) for element in ET.fromstring(text).iter() if element.get("href") is not None)


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return site(tmp_path_factory.mktemp("clean"), "words", BODY.format("words"))


def test_the_example_has_something_to_fill_in_every_record():
    front = yaml.load(EXPLAINER.split("---")[1], Loader=yaml.BaseLoader)
    text = yaml.safe_dump(filled(front, "explainer", "FILLED"))
    assert text.count("FILLED") > 25


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_every_key_stay_words(words, clean, tmp_path):
    outputs = site(tmp_path, words, BODY.format(words.replace("|", "\\|")))
    assert len(outputs) >= len(clean) - 1
    assert not shapes(outputs) - shapes(clean)
    assert not [address for address in addresses_of(outputs) if not is_harmless(address)]
    page = LexborHTMLParser(outputs["explainers/ferry/index.html"])
    assert words in page.css_first("h1").text()
    assert words in page.css_first("title").text()
    for path, text in outputs.items():
        if path.endswith(".html"):
            assert not [
                node
                for node in LexborHTMLParser(text).css("script")
                if node.text(strip=True) and "json" not in str(node.attributes.get("type"))
            ]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("form", ["[a](<{}>)", "[a]\n\n[a]: <{}>", "![a](<{}>)"])
def test_hostile_addresses_are_no_address_of_a_link(form, address):
    body, problems = markup.read(form.format(address), path="content/pages/a.md")
    assert "unsafe-url" in {problem.code for problem in problems}
    assert not any(isinstance(segment, Html) and ("href" in segment.html or "src" in segment.html) for segment in body.segments)
    assert not any(isinstance(segment, Href) for segment in body.segments)


def is_harmless(address):
    squeezed = re.sub(r"[\x00-\x20\\]", "", address)
    return re.match(r"(https?://(?!evil)|mailto:|tel:|[a-z.#]?[^:]*$)", squeezed) is not None and not squeezed.startswith(("//", "/%09/"))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", " java\tscript:x", "data:,x"])
def test_the_test_knows_an_address_that_harms(address):
    assert not is_harmless(address)
