"""Notes and posts of other programs: each key and mark is in what is made of them, or told with its line."""

import pytest

from builder import cli
from builder.importing import ExistingRecords, ImportInput, ImportOptions, Question, find, layout
from builder.importing.importer_types import File


def made(*files, beside=None, folder=None):
    given = ImportInput(
        files[0][0] if len(files) == 1 else "vault",
        tuple(File(name, text.encode() if isinstance(text, str) else text) for name, text in files),
        is_folder=len(files) > 1 if folder is None else folder,
        beside=(beside or {}).get,
    )
    found = find(given)
    assert found is not None
    assert found.name == "notes"
    laid = layout(found.read(given, ImportOptions(today="2026-01-02")), ExistingRecords(), ImportOptions(today="2026-01-02"))
    return {path.removeprefix("content/explainers/"): data for path, data in laid.files.items()}, [str(note) for note in laid.import_notes]


def body(text, **more):
    files, told = made(("note.md", text), **more)
    whole = next(data for name, data in files.items() if name.endswith(".md")).decode()
    return whole.split("---\n", 2)[2], told


JEKYLL = """---
layout: post
title: Ferry
description: A boat
date: 2024-03-08 13:58:00 +0100
categories: News Harbour
tags: [ferry, council]
author: A. Clerk
permalink: /ferry/
redirect_from: [/old/ferry.html]
lang: de
last_modified_at: 2024-03-09
image: boat.jpg
published: false
---
The boat sails.
"""

HUGO = """+++
title = "Ferry"
date = 2024-03-08T00:00:00Z
lastmod = 2024-03-09
tags = ["ferry", "council"]
categories = ["News"]
authors = ["A. Clerk"]
summary = "A boat"
draft = true
slug = "the-ferry"
aliases = ["/old/ferry/"]
weight = 3
+++
The boat sails.
"""


def test_every_key_of_jekyll_is_taken_or_told():
    files, told = made(("2020-01-02-boat.md", JEKYLL))
    assert files["boat.md"].decode() == (
        '---\ntitle: "Ferry"\nsummary: "A boat"\npublished: "2024-03-08"\ntopics: ["News", "Harbour", "ferry", "council"]\nauthors: ["A. Clerk"]\n'
        'lang: "de"\nupdated: "2024-03-09"\naliases: ["/ferry/", "/old/ferry.html"]\nstatus: draft                     # delete this line to publish\n---\nThe boat sails.\n'
    )
    assert told == [
        "line 2: “layout” was left out: “post”",
        "line 5: “date”: of “2024-03-08 13:58:00 +0100” only the day was kept",
        "line 13: “image” was left out: “boat.jpg”",
    ]


def test_every_key_of_hugo_is_taken_or_told():
    files, told = made(("content/posts/ferry/index.md", HUGO), ("a.txt", "x"))
    assert files["the-ferry.md"].decode() == (
        '---\ntitle: "Ferry"\npublished: "2024-03-08"\nupdated: "2024-03-09"\ntopics: ["ferry", "council", "News"]\nauthors: ["A. Clerk"]\nsummary: "A boat"\n'
        'aliases: ["/old/ferry/"]\nstatus: draft                     # delete this line to publish\n---\nThe boat sails.\n'
    )
    assert told == ["a.txt: it was left out, since it is no Markdown", "content/posts/ferry/index.md, line 12: “weight” was left out: “3”"]


@pytest.mark.parametrize(
    "head, told",
    [
        ("title: Ferry: the end\nnonsense\n", ["line 3: a line of its front matter was left out, since it is no YAML: “nonsense”"]),
        ("a: &x 1\nb: *x\n", ["line 1: its front matter was left out, since values in it refer to others: “a: &x 1 b: *x”"]),
        ("date: 2018\n", ["line 2: “date” was left out, since it is not one day: “2018”"]),
        ("date: some day\nlast_modified_at: never\n", ["line 2: “date” was left out", "line 3: “last_modified_at” was left out"]),
        ("permalink: /:title/\n", ["line 2: “permalink” was left out, since it is no address on the site: “/:title/”"]),
        ("aliases: [The long peace]\n", ["line 2: “aliases”: “The long peace” is no address"]),
        ("nested: {a: [1, 2]}\n", ['line 2: “nested” was left out: “{"a": ["1", "2"]}”']),
    ],
)
def test_what_front_matter_says_otherwise_is_told(head, told):
    _, found = made(("note.md", f"---\n{head}---\nText.\n"))
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True)), found


@pytest.mark.parametrize(
    "text, shown, told",
    [
        ("A %%ring the lawyer%% b", "A b", "line 1: a comment was left out: “ring the lawyer”"),
        ("A\n\n%%\nprivate\n%%\n\nB", "A\n\nB", "line 3: a comment was left out: “private”"),
        ("A <!-- private --> b", "A b", "line 1: a comment was left out: “private”"),
        ("A %% private\nto the end", "A", "line 1: a comment that never ends was left out: “private to the end”"),
        ("Up 50%% now", "Up 50\\%\\% now", ""),
        ("`%% code %%` and\n\n```\n%% {{ x }} [[y]]\n```", "`%% code %%` and\n\n```\n%% {{ x }} [[y]]\n```", ""),
        ("{{ site.title }} tells", "tells", "line 1: a tag of a template or shortcode was left out: “{{ site.title }}”"),
        ("{{< youtube abc >}}", "", "line 1: a tag of a template or shortcode was left out: “{{< youtube abc >}}”"),
        ("Words\n{: .lead}", "Words", "line 2: an attribute was left out: “{: .lead}”"),
        ("## Head {#id}", "## Head", "line 1: an attribute was left out: “{#id}”"),
        ("start-date:: 1972-03-24", "", "line 1: a field was left out: “start-date:: 1972-03-24”"),
        ("> [!note] Beware\n> of it", "> **Beware.**\n>\n> of it", ""),
        ("- [ ] a\n- [x] b", "- ☐ a\n- ☑ b", ""),
        ("==marked== word", "**marked** word", "line 1: what is highlighted is in strong emphasis: “==marked==”"),
        ("Words ^block-1", "Words", "line 1: the name of a block was left out: “^block-1”"),
        ("A^[note] b", "A[^inline-1] b\n\n[^inline-1]: note", ""),
        (":::tip\nx\n:::", "x", "line 1: the mark of a container was left out: “:::tip”"),
        ("A <b>b</b> <a href='https://example.org/'>c</a><br>d", "A **b** [c](https://example.org/)\\\nd", ""),
        ("<script>x()</script>A", "A", "line 1: HTML was left out: “<script>x()</script>”"),
        ("<div class=x>A</div>", "A", "line 1: the tag “<div class=x>” of HTML was left out, and others of its name; the words in it stay"),
        ("[a](zotero://x) b", "a b", "line 1: the link to “zotero://x” was left out, which is no address of the web"),
        ("[a](gone.md) b", "a b", "line 1: the link to “gone.md” was left out, which leads to nothing that comes in"),
        ("[a][r] b\n\n[r]: https://example.org/", "[a][r] b\n\n[r]: https://example.org/", ""),
        ("[a](https://www.google.com/url?q=https://example.org/r&sa=D)", "[a](https://example.org/r)", ""),
        ("![Alt](none.png)", "Alt", "line 1: the picture “none.png” was not found, and was left out"),
        (
            '![Alt](none.png "At sea"){width=50%}',
            "Alt",
            "line 1: the picture “none.png” was not found, and was left out, with its caption “At sea”",
        ),
        (
            "![Alt|200x90](https://example.org/a.png)",
            "![Alt](https://example.org/a.png)",
            "line 1: the size of a picture was left out: “![Alt|200x90](https://example.org/a.png)”",
        ),
        (
            '[a](https://example.org/ "hover") b',
            "[a](https://example.org/) b",
            "line 1: what a link shows below the pointer was left out: “hover”",
        ),
        ('{{< highlight go "linenos=table" >}}\n{{ x }} %%y%%\n{{< /highlight >}}\nB', "```go\n{{ x }} %%y%%\n```\nB", ""),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}\nB", "```ruby\nputs 1\n```\nB", ""),
        ("{% highlight ruby %}\nB", "B", "line 1: a tag of a template or shortcode was left out: “{% highlight ruby %}”"),
        ("{% raw %}{{ kept }}{% endraw %} B", "\\{\\{ kept \\}\\} B", ""),
        ("A\n\n* TOC\n{:toc}\n\nB", "A\n\nB", "line 4: an attribute was left out: “{:toc}”"),
        ("A[^1]\n\n[^1]: note", "A[^1]\n\n[^1]: note", ""),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |", ""),
    ],
)
def test_each_mark_becomes_ours_or_is_told(text, shown, told):
    found, all_told = body(text)
    assert found.strip() == shown
    assert all_told[:1] == ([told] if told else [])


def test_notes_without_words_are_told_and_left_out():
    files, told = made(("blank.md", ""), ("a.md", "<details><summary>More</summary>hidden words</details>"))
    assert files.keys() == {"a.md"}
    assert told[0] == "blank.md: it was left out, since it is empty"
    assert "More\n\nhidden words" in files["a.md"].decode()


def test_pictures_are_copied_with_their_alternative_texts():
    text = '![[boat.png|300]] ![The boat](../img/boat.png "A caption") {{< figure src="/img/boat.png" alt="Boat" caption="C" class="x" >}} ![x]({{ site.baseurl }}/img/boat.png) <img src="/img/boat.png" alt="B">'
    files, told = made(("notes/a.md", text), ("img/boat.png", b"PNG"))
    assert files["a/boat.png"] == b"PNG"
    assert (
        files["a/index.md"].decode().split("---\n")[2]
        == '![](boat.png) ![The boat](boat.png "A caption") ![Boat](boat.png "C") ![x](boat.png) ![B](boat.png)\n'
    )
    assert [message for message in told if "class=“x”" in message]
    assert [message for message in told if "the size of a picture was left out: “![[boat.png|300]]”" in message]
    alone, _ = made(("a.md", "![The boat](img/boat.png)"), beside={"img/boat.png": b"PNG"})
    assert alone["a/boat.png"] == b"PNG"


def test_links_between_notes_work_and_tags_are_topics():
    files, told = made(
        (
            "Cold War.md",
            "---\naliases: [The long peace]\n---\n[[Berlin Wall|the wall]], [[Berlin Wall#The fall]], [x](2020-01-02-post.md), [y](#Later), [[Berlin Wall#None]] #source/secondary\n\n## Later\n",
        ),
        ("sub/Berlin Wall.md", "[[The long peace]] ![[Cold War]] [z]({% post_url 2020-01-02-post %})\n\n## The fall\n\nA.\n"),
        ("2020-01-02-post.md", "---\ntags: Source/Secondary\n---\n[back](sub/Berlin%20Wall.md)\n"),
    )
    war = files["cold-war.md"].decode()
    for words in (
        "[the wall](berlin-wall.md)",
        "[Berlin Wall – The fall](berlin-wall.md#the-fall)",
        "[x](post.md)",
        "[y](#later)",
        "[Berlin Wall – None](berlin-wall.md)",
        'topics: ["source/secondary"]',
    ):
        assert words in war, words
    wall = files["berlin-wall.md"].decode()
    assert wall.count("(cold-war.md)") == 2
    assert "[z](post.md)" in wall
    assert 'published: "2020-01-02"\n' in files["post.md"].decode()
    assert [message for message in told if "the heading “None” was not found in sub/Berlin Wall.md" in message]
    assert [message for message in told if "puts another text in here" in message]
    assert [message for message in told if "“Source/Secondary” is written “source/secondary”" in message]


def test_a_vault_comes_in_and_the_site_builds(tmp_path, capsys):
    root, vault = tmp_path / "site", tmp_path / "vault"
    (root / "content/pages").mkdir(parents=True)
    (root / "content/site.yaml").write_text("title: T\n")
    (root / "content/pages/about.md").write_text("---\ntitle: About\n---\nA.\n")
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian/app.md").write_text("hidden")
    (vault / "a b.md").write_text("---\npermalink: /about/\n---\n[[c]] %%private%% {{ x }} <i>i</i>\n")
    (vault / "c.md").write_text("---\npermalink: /c/\n---\n[[a b]] <file:///x> [x](http://example.org/)\n")
    assert cli.main(["import", str(vault), "--root", str(root)]) == cli.FINE
    said = capsys.readouterr().out
    assert "a b.md: the old address “/about/” was left out, since a page of the site has it" in said
    assert "a b.md, line 4: a comment was left out: “private”" in said
    assert sorted(path.name for path in (root / "content/explainers").iterdir()) == ["a-b.md", "c.md"]
    assert "private" not in (root / "content/explainers/a-b.md").read_text()
    assert cli.main(["build", "--drafts", "--root", str(root), "--jobs", "1"]) == cli.FINE
    assert cli.main(["import", str(vault), "--root", str(root), "--dry-run"]) == cli.USAGE
    assert "content/explainers/a-b.md is there already" in capsys.readouterr().err
    (vault / "d.md").write_text("D\n")
    assert cli.main(["import", str(vault), "--root", str(root), "--dry-run"]) == cli.FINE
    assert "its address is “a-b-2”, since there is another “a-b”" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text, kept, words",
    [
        ("a {% comment %}secret\nwords{% endcomment %}b", "a b\n", "a comment was left out: “secret words”"),
        ("a\n{%- comment -%}\nsecret", "a\n", "a comment was left out: “secret”"),
        ("a {>>secret<<}", "a\n", "a comment was left out: “secret”"),
        ("a {--secret--}b", "a b\n", "deleted text was left out: “secret”"),
        ("a {++new++}", "a new\n", "inserted text stays, as if the change were accepted: “new”"),
        ("a {~~secret~>new~~}", "a new\n", "deleted text was left out: “secret”"),
        ("a\n\n[//]: # (secret)\n", "a\n", "a comment was left out: “secret”"),
        ("a <del>secret</del>", "a\n", "“<del>secret</del>”"),
        ("`{--a--}`", "`{--a--}`\n", ""),
    ],
)
def test_remarks_and_deleted_words_of_a_note_are_told(text, kept, words):
    found, told = body(text)
    assert (found, [words in message for message in told]) == (kept, [True] if words else [])


# --- days that may be read in two ways ------------------------------------------------


def test_a_day_of_a_note_is_asked_about_unless_another_note_proves_the_order():
    def days(*texts, **wishes):
        vault = ImportInput(
            "vault",
            tuple(File(f"n{n}.md", f"---\ndate: {text}\n---\nWords.\n".encode()) for n, text in enumerate(texts)),
            is_folder=True,
        )
        return [article.fields["published"] for article in find(vault).read(vault, ImportOptions(**wishes)).articles]

    assert days("03/04/2021", "13/04/2021") == ["2021-04-03", "2021-04-13"]
    assert days("03/04/2021", dates="mdy") == ["2021-03-04"]
    with pytest.raises(Question, match=r"the date “03/04/2021” of n0\.md, line 2"):
        days("03/04/2021")


def test_figures_of_a_note_that_are_raised_or_lowered_stay_so():
    assert body("10<sup>6</sup> of H<sub>2</sub>O") == ("10⁶ of H₂O\n", [])


def test_what_is_no_note_in_a_folder_is_told():
    names = ("board.canvas", "_data/timeline.yml", "_config.yml", "style.css", "note.md")
    vault = ImportInput("vault", tuple(File(name, b"words\n") for name in names), is_folder=True)
    told = [str(told) for told in find(vault).read(vault, ImportOptions(today="2026-01-02")).import_notes]
    assert told == [
        "board.canvas: it was left out, since it is no Markdown",
        "_data/timeline.yml: it was left out, since it is no Markdown; import it alone",
    ]


def test_of_a_vault_that_comes_in_again_only_what_is_new_is_made(tmp_path, capsys):
    vault, root = tmp_path / "vault", tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "content" / "site.yaml").write_text("title: T\n")
    vault.mkdir()
    (vault / "One.md").write_text("# One\n\nWords.\n")
    (vault / "Two.md").write_text("# Two\n\nWords.\n")
    command = ["import", str(vault), "--root", str(root)]
    assert cli.main(command) == cli.FINE
    (vault / "Two.md").write_text("# Two\n\nOther words.\n")
    (vault / "Three.md").write_text("# Three\n\nSee [[One]].\n")
    assert cli.main(command) == cli.FINE
    assert "One.md: “one” is there already, letter by letter" in capsys.readouterr().out
    texts = root / "content" / "explainers"
    assert sorted(path.name for path in texts.iterdir()) == ["one.md", "three.md", "two-2.md", "two.md"]
    assert (texts / "three.md").read_text().endswith("See [One](one.md).\n")


def test_templates_drawings_and_fields_of_obsidian_are_told_and_never_published():
    text, told = body("Born [place:: Gullhaven] and (year:: 1970). <%* tR += 'x'\n %>Std::vector, [a](b.md). See std:: here.\n")
    assert text == "Born and. Std::vector, a. See std:: here.\n"
    assert [message for message in told if "field" in message or "template" in message] == [
        "line 1: a field was left out: “[place:: Gullhaven]”",
        "line 1: a field was left out: “(year:: 1970)”",
        "line 1: a tag of a template or shortcode was left out: “<%* tR += 'x' %>”",
    ]
    files, told = made(
        ("Templates/Daily.md", "# {{date}}\n"),
        ("Templates/About.md", "Words.\n"),
        ("map.excalidraw.md", "---\nexcalidraw-plugin: parsed\n---\n# Data\n"),
    )
    assert [*files] == ["about.md"]
    assert told == [
        "Templates/Daily.md: it was left out, since it is a template, or a part of one",
        "map.excalidraw.md: it was left out, since it is a drawing",
    ]


def test_front_matter_of_hugo_may_be_json():
    files, told = made(("j.md", '{\n "title": "Ferry", "date": "2024-01-02", "odd": 1\n}\n\nThe boat.\n'))
    assert files["j.md"].decode().startswith('---\ntitle: "Ferry"\npublished: "2024-01-02"\nstatus: draft')
    assert files["j.md"].endswith(b"---\nThe boat.\n")
    assert told == ["line 1: “odd” was left out: “1”"]


def test_a_link_to_the_address_of_a_post_leads_to_it():
    files, _ = made(
        ("_posts/2024-03-08-one.md", "---\ntitle: One\npermalink: /2024/one.html\n---\nWords.\n"),
        ("_posts/2024-03-09-two.md", "---\ntitle: Two\n---\n[one]({{ site.url }}/2024/one.html)\n"),
    )
    assert files["two.md"].endswith(b"---\n[one](one.md)\n")


def test_a_citation_of_zettlr_is_words_and_told():
    text, told = body("One.\n\nSo it is [see @hale2024, p. 3], a@example.org says.\n")
    assert "hale2024, p. 3" in text
    assert told == ["line 3: a citation stays as words: “[see @hale2024, p. 3]”"]


@pytest.mark.parametrize(
    "head, told",
    [
        ("title: {a: b}", 'line 2: “title” was left out: “{"a": "b"}”'),
        ("title: [One, Two]", "line 2: of “title” only the first was kept, not “Two”"),
        ("resources: [{src: p.png}]", 'line 2: “resources” was left out: “[{"src": "p.png"}]”'),
        ("author: {name: Ann, email: a@example.org}", 'line 2: of “author” it was left out: “{"email": "a@example.org"}”'),
        ("date: [2020-01-02, 2021-01-02]", "line 2: of “date” only the first was kept, not “2021-01-02”"),
    ],
)
def test_lists_and_mappings_in_front_matter_are_taken_or_told(head, told):
    given = ImportInput("a.md", (File("a.md", f"---\n{head}\n---\nText.\n".encode()),))
    assert told in [str(note) for note in find(given).read(given, ImportOptions()).import_notes]


def test_notes_that_come_in_again_unchanged_are_said_to_be_there(tmp_path, capsys):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: Site\n")
    posts = tmp_path / "_posts"
    posts.mkdir()
    (posts / "2020-01-02-a.md").write_text("---\ntitle: A\npermalink: /old/a.html\n---\nText.\n")
    (posts / "2020-01-03-b.md").write_text("---\ntitle: B\n---\nText.\n")
    assert cli.main(["import", str(posts), "--root", str(tmp_path)]) == cli.FINE
    capsys.readouterr()
    assert cli.main(["import", str(posts), "--root", str(tmp_path)]) == cli.USAGE
    assert "is on the site already, letter by letter. Nothing was written." in capsys.readouterr().err
