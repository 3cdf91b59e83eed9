"""What is told of the samples of `backstory init` that are published with a newsroom's own texts."""

import shutil

import pytest

from builder.cli import samples
from builder.content import reading

OWN = "---\ntitle: Ours\n---\nText.\n"


@pytest.fixture
def site(tmp_path):
    shutil.copytree(reading.STARTER / "content", tmp_path / "content")
    return tmp_path


def test_the_settings_of_the_samples_are_told_beside_an_explainer_of_ones_own(site):
    (alone,) = samples.notes(site)
    assert "lighthouse.md and" in alone
    ours, settings = site / "content/explainers/ours.md", site / "content/site.yaml"
    ours.write_text(OWN.replace("title: Ours", "title: Ours\nstatus: draft"), "utf-8")
    assert samples.notes(site) == (alone,)
    ours.write_text(OWN, "utf-8")
    assert samples.notes(site)[1].startswith(
        "content/site.yaml still has the words of “backstory init” under “title”, “tagline”, “description”, “footer”,"
    )
    settings.write_text("title: Saltby Explained\n" + settings.read_text("utf-8").partition("tagline")[0].partition("title:")[0], "utf-8")
    assert samples.notes(site) == (alone,)
