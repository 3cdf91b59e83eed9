"""Our templates are compiled once, and what is kept of that is never taken for what it is not."""

import os
import shutil
import subprocess
import sys

import pytest

from builder.build import pipeline
from builder.content import reading
from builder.i18n import language
from builder.incremental import toolchain
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer

pytestmark = pytest.mark.slow

ENGLISH = language.load("en")
NAME = "explainer.html"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where compiled code goes, which is nowhere near our own."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


def kept(folder):
    return {path.name: path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def ready(*folders, name=NAME, words=ENGLISH):
    """Get a template ready, with all that it extends."""
    return Renderer(TemplateSources((*folders, reading.DEFAULT_TEMPLATES)), words).environment.get_template(name)


@pytest.fixture
def compilations(monkeypatch):
    """Names of templates that were really compiled, by Jinja or as plain code."""
    import jinja2

    from builder.render import compiled_templates

    done = []
    original, written = jinja2.Environment._generate, compiled_templates.written

    def generate(self, source, name, filename, defer_init=False):
        done.append(name)
        return original(self, source, name, filename, defer_init)

    monkeypatch.setattr(jinja2.Environment, "_generate", generate)
    monkeypatch.setattr(compiled_templates, "written", lambda tree: done.append("plain") or written(tree))
    return done


def test_a_template_of_ours_is_compiled_once(folder, compilations):
    ready()
    assert compilations == [NAME]
    ready()
    assert compilations == [NAME]
    assert list(kept(folder)) == [f"{NAME}.en"]


def test_plain_code_of_a_template_and_of_all_that_it_draws_in_is_made_once(folder, compilations):
    def drawn():
        return Renderer(TemplateSources((reading.DEFAULT_TEMPLATES,)), ENGLISH).compiled.page("source.html")

    assert drawn() is not None
    assert set(compilations) == {"plain"}
    assert {"source.html.compiled-en", "parts.ref.html.compiled-en"} < set(kept(folder))
    compilations.clear()
    assert drawn() is not None
    assert compilations == []


def test_a_language_has_code_of_its_own(folder, compilations):
    ready()
    ready(words=language.load("de"))
    assert compilations == [NAME, NAME]
    assert set(kept(folder)) == {f"{NAME}.en", f"{NAME}.de"}


def test_a_template_of_a_site_is_never_kept(folder, compilations, tmp_path):
    own = tmp_path / "templates"
    own.mkdir()
    (own / NAME).write_text((reading.DEFAULT_TEMPLATES / NAME).read_text(encoding="utf-8") + "{# ours #}", encoding="utf-8")
    for _ in range(2):
        ready(own)
    assert compilations == [NAME, NAME]
    assert not kept(folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: bytes(len(data)),
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: data[:16],
    ],
    ids=["empty", "cut", "zeros", "a bit", "head alone"],
)
def test_what_is_torn_is_compiled_again_and_mended(folder, compilations, spoil):
    ready()
    (file,) = kept(folder).values()
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    ready()
    assert compilations == [NAME, NAME]
    assert file.read_bytes() == whole


@pytest.mark.parametrize("other", ["toolchain", "source"])
def test_code_of_another_toolchain_or_source_is_not_taken(folder, compilations, monkeypatch, other):
    ready()
    if other == "toolchain":
        monkeypatch.setattr(toolchain, "digest", lambda: "another")
    else:
        monkeypatch.setattr(TemplateSources, "text", lambda self, name: "another source")
    ready()
    assert compilations == [NAME, NAME]


def test_it_is_not_written_where_python_writes_none(folder, compilations, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    ready()
    assert not kept(folder)


def test_a_folder_that_refuses_costs_time_alone(folder, compilations):
    folder.write_text("a file where the folder should be")
    ready()
    ready()
    assert compilations == [NAME, NAME]


def test_a_build_with_kept_code_writes_the_same(folder, compilations, tmp_path):
    shutil.copytree(reading.STARTER / "content", tmp_path / "site/content")

    def built(name):
        output = tmp_path / name
        report = pipeline.build(pipeline.Options(root=tmp_path / "site", output=output, jobs=1, cache=False))
        assert report.plan is not None
        return {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}

    first = built("first")
    assert len(compilations) > 10
    compilations.clear()
    assert built("second") == first
    assert compilations == []


def test_it_lies_with_what_python_keeps_of_our_modules(tmp_path):
    program = "from builder.content.reading import DEFAULT_TEMPLATES; from builder.i18n import language; from builder.render.template_sources import TemplateSources; from builder.render.templates import Renderer; "
    program += "Renderer(TemplateSources((DEFAULT_TEMPLATES,)), language.load('en')).environment.get_template('base.html')"
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=120)
    (code,) = tmp_path.rglob("base.html.en")
    assert list(code.parent.parent.glob("templates.*.pyc"))
