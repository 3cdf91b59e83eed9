"""Links of a site that lead to nothing."""

from builder.build.load import load_site
from builder.build.run import Options
from builder.checks.published_site import paths
from builder.pages.page import NO_RECORD, PageEntry


def test_a_mark_in_round_brackets_is_told_to_stand_in_braces(tmp_path):
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "content/pages/a.md").write_text("---\ntitle: A\n---\n[It sailed](on=2025-03-11) and [so](/no/).\n", "utf-8")
    found = [problem.help for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if problem.code == "link-dead"]
    assert found[0] == "What says who or when stands in braces: [words]{on=2025-03-11}"
    assert found[1].startswith("Write the path of a page")


def test_files_whose_names_are_nearly_the_same_are_one_problem(tmp_path):
    decomposed = "cafe\u0301"
    page = "---\ntitle: {0}\nsummary: s\npublished: 2025-10-01\n{1}---\nx\n"
    for name in ("Ferry.md", "ferry.md", f"{decomposed}.md", "alias.md"):
        path = tmp_path / "content/explainers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.format(name, "aliases: [/index.html]\n" if name == "alias.md" else ""), "utf-8")
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    found = load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).diagnostics
    assert [(problem.code, problem.location.path.rpartition("/")[2]) for problem in found] == [
        ("path-twice", "alias.md"),
        ("path-twice", "ferry.md"),
    ]
    assert "an old address, of “aliases” or “former_ids”" in found[0].message


def test_sizes_of_pictures_that_clash_are_not_told_beside_the_pictures():
    pages = [PageEntry(f"explainers/a/{name}-png-1w.webp", "picture", "picture", NO_RECORD) for name in ("up", "UP")]
    clashes = list(paths(pages, {f"explainers/a/{name}.png": f"content/explainers/a/{name}.png" for name in ("up", "UP")}))
    assert [(clash.first, clash.second) for clash in clashes] == [("explainers/a/up.png", "explainers/a/UP.png")]
