"""What the benchmark stands on: the same corpus on every machine, and one that is ours to build without a word."""

import pytest

from builder.build.pipeline import Options, build
from builder.render import confinement, jinja_env, rewriting
from tests.bench import corpus, costs, edits
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


def test_what_two_safeguards_cost_is_told_by_calls_and_in_per_cent(monkeypatch):
    assert costs.counted_calls(lambda: [abs(n) for n in range(50)])[1] > costs.counted_calls(lambda: [abs(n) for n in range(10)])[1] + 30
    assert costs.row("cold", [2.0, 4.0, 1.0], [2.2, 4.4, 1.1], "s") == ["cold, s", "2.00", "2.20", "+10.0 %"]
    for module, name in ((confinement, "problems"), (rewriting, "rewritten")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(jinja_env.TemplateCode, "counts_steps", jinja_env.TemplateCode.counts_steps)
    costs.unconfined()
    made = jinja_env.Environment(autoescape=True)
    monkeypatch.setattr(jinja_env.Environment, "is_confined", lambda *_: True)
    assert ".counted(" not in made.compile("{{ page }}", raw=True)
    assert not confinement.problems(made.parse("{{ page.__class__ }}"), "", "404.html")
