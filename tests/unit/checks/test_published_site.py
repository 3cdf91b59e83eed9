"""Links of a site that lead to nothing."""

from builder.build.load import load_site
from builder.build.run import Options


def test_a_mark_in_round_brackets_is_told_to_stand_in_braces(tmp_path):
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "content/pages/a.md").write_text("---\ntitle: A\n---\n[It sailed](on=2025-03-11) and [so](/no/).\n", "utf-8")
    found = [one.help for one in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if one.code == "link-dead"]
    assert found[0] == "What says who or when stands in braces: [words]{on=2025-03-11}"
    assert found[1].startswith("Write the path of a page")
