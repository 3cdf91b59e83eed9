"""The files of `init --ci`, by which other machines publish a site."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builder import cli


@pytest.fixture(scope="module")
def with_ci(tmp_path_factory):
    root = tmp_path_factory.mktemp("ci") / "site"
    assert cli.main(["init", "--ci", str(root)]) == cli.FINE
    return root


@pytest.mark.parametrize("place, schema", [(".github/workflows/publish.yml", "github-workflows"), (".gitlab-ci.yml", "gitlab-ci")])
def test_the_files_for_ci_keep_to_their_schemas(with_ci, place, schema):
    from importlib import resources

    import check_jsonschema.builtin_schemas
    import jsonschema
    import yaml

    text = resources.files(check_jsonschema.builtin_schemas).joinpath(f"vendor/{schema}.json").read_text("utf-8")
    loaded = yaml.safe_load((with_ci / place).read_text("utf-8"))
    loaded = {("on" if key is True else key): value for key, value in loaded.items()}  # YAML 1.1 reads “on” as true
    validator = jsonschema.validators.validator_for(json.loads(text))(json.loads(text))
    assert [error.message for error in validator.iter_errors(loaded)] == []
    assert list(validator.iter_errors({**loaded, "jobs": 1, "image": [1]}))
    assert "@BACKSTORY@" not in (with_ci / place).read_text("utf-8")


def steps_of(place, text):
    """Return what one of the files has a shell run, in turn."""
    import yaml

    if place == "Dockerfile":
        return [line.removeprefix("RUN ") for line in text.splitlines() if line.startswith("RUN ")]
    loaded = yaml.safe_load(text)
    if place == ".gitlab-ci.yml":
        return loaded[".build"]["script"]
    return [step["run"] for step in loaded["jobs"]["build"]["steps"] if "run" in step]


@pytest.mark.parametrize(
    "place, told",
    [(".github/workflows/publish.yml", "Set the variable"), (".gitlab-ci.yml", "Set the variable"), ("Dockerfile", "Name the place")],
)
def test_the_steps_for_other_machines_run_as_they_stand_in_a_fresh_clone(with_ci, tmp_path, place, told):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=N", "-c", "user.email=n@example.org", *words], cwd=with_ci, check=True, capture_output=True)

    if not (with_ci / ".git").exists():
        git("init", "-q")
        git("add", "-A")
        git("commit", "-qm", "begin")
    git("clone", "-q", ".", tmp_path / "clone")
    programs = tmp_path / "bin"
    programs.mkdir()
    # pip is not asked for what is installed here already.
    for name, does in (("python", 'echo "$@" >> "$0.asked"'), ("backstory", f'exec "{sys.executable}" -m builder "$@" --jobs 1')):
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    script = "set -e\n" + "\n".join(steps_of(place, (tmp_path / "clone" / place).read_text("utf-8")))
    asked = {"cwd": tmp_path / "clone", "capture_output": True, "text": True}
    paths = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(Path(cli.__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], check=False, env={**paths, "BACKSTORY": ""}, **asked)
    assert (done.returncode, told in done.stdout + done.stderr) == (1, True)
    done = subprocess.run(["sh", "-c", script], check=False, env={**paths, "BACKSTORY": "./our wheel.whl"}, **asked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "./our wheel.whl" in (programs / "python.asked").read_text()
    assert (tmp_path / "clone/public/index.html").exists()


def test_ci_installs_what_this_backstory_was_installed_from(monkeypatch):
    from builder.cli.commands import init

    class Installed:
        def read_text(self, _):
            return json.dumps({"url": "https://example.org/a/b.git", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}})

    monkeypatch.setattr(init.importlib.metadata, "distribution", lambda _: Installed())
    assert init.installed_from() == f"git+https://example.org/a/b.git@{'a' * 40}"
    monkeypatch.setattr(
        Installed,
        "read_text",
        lambda *_: json.dumps({"url": "https://example.org/'; rm -rf", "vcs_info": {"vcs": "git", "commit_id": "a" * 40}}),
    )
    assert init.installed_from() == ""
    monkeypatch.setattr(Installed, "read_text", lambda *_: json.dumps({"url": "file:///somewhere", "dir_info": {}}))
    assert init.installed_from() == ""
