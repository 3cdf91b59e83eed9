"""What the benchmark stands on: the same corpus on every machine, and one that is ours to build without a word."""

import pytest

from builder.build.pipeline import Options, build
from tests.bench import corpus, edits
from tests.bench.generators import ALL


@pytest.mark.parametrize(
    "dialect,digest",
    [
        ("plain", "b1d983758b4d4296205bc9f410aa87bbb7dbbbeba1986c774d4648d087346c73"),
        ("backstory", "a120f4169da6f7b49a0ad44a42047290abb0dfb5db27ee6259d0c8919b1fc3f1"),
    ],
)
def test_the_corpus_is_the_same_everywhere(dialect, digest, tmp_path):
    corpus.write(3, tmp_path / "made", dialect)
    assert corpus.digest(tmp_path / "made") == digest


def test_our_corpus_builds_without_problems_and_shows_every_edit(tmp_path):
    ours, site = ALL["backstory"], tmp_path / "ours"
    corpus.write(3, tmp_path / "plain")
    corpus.write(3, site, "backstory")
    on = edits.targets(tmp_path / "plain")
    for phase in ("cold", "body", "title", "quote", "rename"):
        made = edits.edit(phase, ours, site, on, f"Changed{phase}") if phase != "cold" else None
        if made is not None:
            before = made.file.read_text("utf-8")
            made.file.write_text(made.text, "utf-8")
        report = build(Options(site, site / ours.output, jobs=1))
        assert not report.diagnostics, phase
        if made is not None:
            assert not edits.unshown(ours, site, made), phase
            made.file.write_text(before, "utf-8")
