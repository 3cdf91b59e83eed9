"""Every key of the format with every wrong kind of value: told, or read for what it says; never raised."""

import pytest

from builder import checks, linking
from builder.content import schema, settings
from builder.content.parse import parse
from builder.i18n import language
from builder.model import Settings
from builder.pages import list_pages

VALUES = {
    "list": "[a, b]",
    "list-of-lists": "[[a], [b, [c]]]",
    "empty-list": "[]",
    "record": "{a: b}",
    "empty-record": "{}",
    "records-in-records": "{a: {b: {c: d}}}",
    "nan": ".nan",
    "infinite": "-.inf",
    "huge": "9" * 400,
    "exponent": "1e999",
    "negative": "-1",
    "yes": "yes",
    "null": "null",
    "empty-text": '""',
    "blank": '" \\t "',
    "control": '"\\x07\\x1b[31m"',
    "right-to-left": '"\\u202e\\u2066"',
    "long": "a" * 10_000,
    "date-that-is-none": "2022-02-30",
    "block": "|\n    one\n    two",
}
FRONT = {
    "actor": "actors: {a: {name: A, %s}}",
    "source": "sources: {a: {title: A, %s}}",
    "quote": "quotes: [{text: x, in_body: no, %s}]",
    "event": "timeline: [{title: A, when: 2022-01-01, %s}]",
}
FRONT["position"] = FRONT["actor"] % "position: {role: R, %s}"
FRONT["translation"] = FRONT["quote"] % "translation: {text: T, %s}"
FRONT["status"] = FRONT["event"] % "history: [{%s}]"
FRONT["relative_date"] = FRONT["event"].replace("when: 2022-01-01", "when: {says: Friday, %s}").replace("}, %s}", "}}")
FRONT["correction"] = "corrections: [{%s}]"
FRONT["image"] = "image: {%s}"
FRONT["in_short"] = "in_short: {%s}"
FRONT["update"] = "updates: [{%s}]"
FRONT["explainer"] = FRONT["page"] = "%s"
SETTINGS = {
    "site": "%s\n",
    "nav": "title: T\nnav: [{%s}]\n",
    "override": "title: T\nproblems: [{%s}]\n",
    "style": "%s\n",
    "style_rule": "title: T\nstyle: [{%s}]\n",
    "target": "title: T\npublish: {live: {%s}}\n",
}


@pytest.mark.parametrize(
    "record, key",
    [(record, key) for record, table in schema.RECORDS_OF_FORMAT.items() for key in table],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_value_of_the_wrong_kind_is_told(record, key):
    told = {}
    for name, value in VALUES.items():
        if record in SETTINGS:
            read = settings.read_style if record == "style" else settings.read
            rules, problems = read((SETTINGS[record] % f"{key.name}: {value}").encode())
            made = rules if isinstance(rules, Settings) else Settings(style=rules)
            documents = []
        else:
            folder = "pages" if record == "page" else "explainers"
            text = f"---\nx_: y\n{FRONT[record] % f'{key.name}: {value}'}\n---\nBody.\n"
            documents = [parse(f"content/{folder}/a.md", text.encode())]
            made, problems = Settings(), documents[0].diagnostics
        site, found = linking.link(made, language.load("en"), documents, drafts=True)
        assert list_pages(site)
        told[name] = {problem.code for problem in (*problems, *found, *checks.check(site))}
        assert all(problem.message for problem in problems)
    # Whatever a key takes, a record of records is no value of it.
    assert told["records-in-records"], f"{record}.{key.name}"
    assert told["list-of-lists"], f"{record}.{key.name}"
