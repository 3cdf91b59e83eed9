import pytest

from builder.content import reading, unused_files


@pytest.mark.parametrize(
    "path, hint",
    [
        ("content/note.md", "Move it into one of: "),
        ("content/quatsch/a.md", "Its folders are: "),
        ("content/explainer/a.md", "Did you mean “explainers”? Its folders are: "),
        ("content/Actors/a.md", "Did you mean “actors”? "),
        ("content/people/a.md", "Did you mean “actors”? "),
        ("content/images/a.png", "Did you mean “static”? "),
        ("content/theme.css", "Move it to templates/assets/theme.css, beside content/."),
        ("content/explainers/a.markdown", "Call it a.md."),
        ("content/actors/a.txt", "Call it a.md, with a line “---” above its keys and one below them."),
        ("content/pages/a.docx", "Save it as plain text, in UTF-8, and call it a.md."),
        ("content/events/a.zip", "Put pictures into content/static/"),
    ],
)
def test_an_unused_file_is_reported_with_what_was_meant(path, hint):
    found = unused_files.report(path)
    assert (found.code, found.location.path) == ("file-unused", path)
    assert found.help.startswith(hint)


def test_what_lies_beside_a_text_needs_no_other_name():
    assert not unused_files.right_name("explainers", "content/explainers/ferry/data.csv.txt")


@pytest.mark.parametrize(
    "name, told",
    [
        (".e.md", True),
        (".e.MD", True),
        (".long name.markdown", True),
        (".md", False),
        (".#e.md", False),
        ("._e.md", False),
        ("e.md~", False),
        ("#e.md#", False),
        (".e.md.swp", False),
        ("e.md.bak", False),
        (".gitignore", False),
        ("e.md", False),
    ],
)
def test_markdown_behind_a_dot_is_told_and_what_editors_leave_is_not(tmp_path, name, told):
    folder = tmp_path / "content" / "explainers"
    folder.mkdir(parents=True)
    (folder / name).write_text("---\ntitle: E\n---\n", "utf-8")
    messages = [problem.message for problem in reading.read(tmp_path).diagnostics]
    assert messages == ([f"“explainers/{name}” is not read, since its name begins with a dot."] if told else [])
