"""Pelican reads only flat `Key: value` headers: flatten the YAML front matter (tags = actors +
events, category = first topic) and append the quotes, timeline and sources as Markdown.

    convert.py CORPUS/content/explainers OUT_DIR
"""

import pathlib
import sys

import yaml

src, out = map(pathlib.Path, sys.argv[1:3])
out.mkdir(parents=True, exist_ok=True)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for f in src.glob("*.md"):
    _, front, body = f.read_text("utf-8").split("---\n", 2)
    m = yaml.load(front, Loader)
    head = [
        f"Title: {m['title']}",
        f"Slug: {m['slug']}",
        f"Date: {m['date']}",
        f"Modified: {m['lastmod']}",
        f"Category: {m['topics'][0]}",
        f"Tags: {', '.join(m['actors'] + m['events'])}",
        f"Summary: {m['summary']}",
    ]
    tail = ["## Quotes", ""]
    for q in m["quotes"]:
        tail += [f"> {q['text']}", "", f"[{q['speaker']}](/tags/{q['speaker']}/), {q['date']}, {q['source']}", ""]
    tail += ["## Timeline", ""] + [f"1. {e['date']} [{e['title']}](/tags/{e['id']}/)" for e in m["timeline"]]
    tail += ["", "## Sources", ""] + [f"1. [{s['title']}]({s['url']}), {s['publisher']}, {s['date']}" for s in m["sources"]]
    (out / f.name).write_text("\n".join(head) + "\n\n" + body + "\n" + "\n".join(tail) + "\n", "utf-8")
