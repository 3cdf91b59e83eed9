"""The command as a person meets it: run for real, in a process of its own."""

import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder import __version__, cli
from tests import forking

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[3]


def backstory(*arguments, cwd=None, **environment):
    """Run the command. What tells Python how to start does so only where it starts anew."""
    done = (forking.started_anew if environment else forking.backstory)(*arguments, cwd=cwd, **environment)
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


@pytest.fixture
def site(tmp_path):
    assert backstory("init", tmp_path / "my site").returncode == cli.FINE
    return tmp_path / "my site"


def test_the_version_is_told():
    assert backstory("--version").stdout == f"Backstory {__version__}\n"


def test_without_a_command_it_helps():
    done = backstory()
    assert done.returncode == cli.FINE
    assert "backstory init my-site" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["bild"], ["build", "--jobs", "0"], ["build", "--jobs", "many"], ["new", "planet", "X"], ["build", "--bogus"]]
)
def test_wrong_usage_is_exit_code_2(arguments):
    done = backstory(*arguments)
    assert done.returncode == cli.USAGE
    assert "Traceback" not in done.stderr


def test_files_may_stand_behind_an_option(site):
    done = backstory("export", "csv", "-o", "out", next(site.glob("content/explainers/*.md")), cwd=site)
    assert done.returncode == cli.FINE, done.stderr
    assert backstory("clean", "ferry.md", cwd=site).returncode == cli.USAGE


def test_check_looks_at_drafts_and_says_that_they_stop_nothing(site):
    draft = site / "content/explainers/draft.md"
    draft.write_text("---\ntitle: D\nsummary: S.\npublished: 2024-03-08\nstatus: draft\n---\n\nA [dead link](/nowhere/).\n")
    done = backstory("check", cwd=site)
    assert done.returncode == cli.FINE
    assert "“/nowhere/” leads to nothing" in done.stdout
    assert "Only a draft has this, so it does not stop the site." in done.stdout
    assert re.search(
        r"^No problems in the \d+ files of the site\.\n1 error in 1 draft, which the site leaves out\.$", done.stdout, re.MULTILINE
    )
    data = json.loads(backstory("check", "--json", cwd=site).stdout)
    assert (data["fine"], data["counts"]["errors"], data["counts_of_drafts"]["errors"]) == (True, 0, 1)
    assert [problem["draft"] for problem in data["problems"]] == [True]
    assert backstory("check", "--format", "github", cwd=site).stdout.startswith("::notice ")
    with_drafts = backstory("check", "--drafts", cwd=site)
    assert with_drafts.returncode == cli.PROBLEMS
    assert "Only a draft" not in with_drafts.stdout


def test_a_new_site_builds_at_once(site):
    done = backstory("build", cwd=site)
    assert (done.returncode, done.stderr) == (cli.FINE, "")
    assert (site / "site/index.html").exists()
    again = backstory("build", cwd=site / "content/explainers")
    assert "0 written" in again.stdout


def test_a_site_is_never_begun_over_files_that_are_there(site):
    done = backstory("init", site)
    assert done.returncode == cli.USAGE
    assert "not empty" in done.stderr


@pytest.mark.parametrize("kind", cli.NEW_KINDS)
def test_new_begins_a_file_that_builds_and_overwrites_nothing(site, kind):
    title = 'Who said "no": 50 % & <b>more</b>?'
    done = backstory("new", kind, title, cwd=site)
    assert done.returncode == cli.FINE, done.stderr
    built = backstory("build", "--drafts", cwd=site)
    assert built.returncode == cli.FINE, built.stderr
    again = backstory("new", kind, title, cwd=site)
    assert again.returncode == cli.USAGE
    assert "is there already" in again.stderr


def test_outside_of_a_site_it_says_what_to_do(tmp_path):
    done = backstory("build", cwd=tmp_path)
    assert done.returncode == cli.USAGE
    assert "backstory init" in done.stderr


def test_problems_are_told_and_nothing_is_written(site):
    (site / "content/explainers/broken.md").write_text("---\ntitle: Broken\nsumary: x\npublished: 2024-03-08\n---\nText.\n")
    done = backstory("build", "--root", site)
    assert done.returncode == cli.PROBLEMS
    assert "content/explainers/broken.md:3:1" in done.stderr
    assert "Did you mean “summary”?" in done.stderr
    assert not (site / "site").exists()


def test_json_tells_the_same_to_a_program(site):
    (site / "content/explainers/broken.md").write_text("---\ntitle: Broken\nsumary: x\npublished: 2024-03-08\n---\nText.\n")
    told = json.loads(backstory("build", "--json", "--root", site).stdout)
    assert told["built"] is False
    assert [(problem["code"], problem["line"]) for problem in told["problems"]] == [("key-unknown", 3)]


def shown(site):
    """Return all files but those of the memo, which a person need not know of."""
    return sorted(path for path in site.rglob("*") if ".backstory" not in path.parts)


def test_check_tells_what_build_would_and_publishes_nothing(site):
    fine = backstory("check", "--root", site)
    assert (fine.returncode, fine.stderr) == (cli.FINE, "")
    assert re.fullmatch(r"No problems in \d+ files\.\n.* \[sample-published\]\n", fine.stdout)
    (site / "content/explainers/broken.md").write_text("---\ntitle: Broken\nsumary: x\npublished: 2024-03-08\n---\nText.\n")
    before = shown(site)
    done = backstory("check", cwd=site)
    built = backstory("build", cwd=site)
    assert done.returncode == cli.PROBLEMS
    assert done.stderr == ""
    assert done.stdout.rpartition("\n\n")[0] == built.stderr.rpartition("\n\n")[0]
    assert done.stdout.endswith("files. Fix the errors and check again. What a code means: backstory guide key-unknown\n")
    assert shown(site) == before


def test_check_takes_the_options_of_build(site):
    (site / "content/pages/lonely.md").write_text("---\ntitle: Lonely\nstatus: draft\n---\nText.\n")
    assert backstory("check", "--strict", "--jobs", "2", cwd=site).returncode == cli.FINE
    assert backstory("check", "--drafts", cwd=site).returncode == cli.FINE
    strict = backstory("check", "--drafts", "--strict", cwd=site)
    assert strict.returncode == cli.PROBLEMS
    assert re.search(r"\n1 warning in \d+ files\. Warnings count as errors here \(--strict\)\.\n$", strict.stdout)
    for wrong in ("nowhere", "https://[example.org/", "https://example.org:port/", "https://example.org:99999/"):
        assert backstory("check", "--base-url", wrong, cwd=site).returncode == cli.USAGE, wrong
    assert backstory("check", "--base-url", "http://[::1]:8000/", cwd=site).returncode == cli.FINE


@pytest.mark.parametrize("asked", [("check", "--format", "json"), ("check", "--format", "sarif"), ("schema", "explainer")], ids=" ".join)
def test_programs_read_the_same_under_every_locale(site, asked):
    (site / "content/explainers/größe.md").write_text("---\ntitle: Größe\nsumary: x\npublished: 2024-03-08\n---\n", "utf-8")
    told = {name: json.loads(backstory(*asked, cwd=site, PYTHONIOENCODING=name).stdout) for name in ("utf-8", "latin-1", "ascii")}
    assert told["utf-8"] == told["latin-1"] == told["ascii"]


@pytest.mark.parametrize("command", ["check", "build"])
def test_every_format_tells_the_same_problems(site, command):
    (site / "content/explainers/broken.md").write_text("---\ntitle: Broken\nsumary: x\npublished: 2024-03-08\n---\n[a](/b/)\n")
    told = {format_: backstory(command, "--format", format_, "--root", site, cwd=site.parent) for format_ in cli.FORMATS}
    assert {done.returncode for done in told.values()} == {cli.PROBLEMS}
    whole = json.loads(told["json"].stdout)
    assert whole["command"] == command
    assert whole["fine"] is False
    assert whole == json.loads(backstory(command, "--json", "--root", site).stdout)
    spots = [(problem["path"], problem["line"], problem["column"]) for problem in whole["problems"]]
    text = told["text"].stdout + told["text"].stderr
    assert spots == [(path, int(at), int(column)) for path, at, column in re.findall(r"^(content/\S+?):(\d+):(\d+): ", text, re.MULTILINE)]
    commands = re.findall(r"^::error file=my site/(\S+?),line=(\d+),endLine=\d+,col=(\d+),", told["github"].stdout, re.MULTILINE)
    assert spots == [(path, int(at), int(column)) for path, at, column in commands]
    places = [result["locations"][0]["physicalLocation"] for result in json.loads(told["sarif"].stdout)["runs"][0]["results"]]
    assert spots == [
        (place["artifactLocation"]["uri"].removeprefix("my%20site/"), place["region"]["startLine"], place["region"]["startColumn"])
        for place in places
    ]
    assert len(spots) == 2


def test_a_build_tells_programs_what_was_written(site):
    told = json.loads(backstory("build", "--json", cwd=site).stdout)
    assert told["built"] is told["fine"] is True
    assert {step["path"] for step in told["written"]} >= {"index.html"}
    assert "Built site/" in backstory("build", "--format", "github", cwd=site).stdout
    assert json.loads(backstory("build", "--format", "sarif", cwd=site).stdout)["runs"][0]["results"] == []


@pytest.mark.parametrize("command", ["build", "check", "new"])
def test_a_folder_that_is_no_site_is_wrong_usage(tmp_path, command):
    (tmp_path / "content").mkdir()
    more = ["actor", "X"] if command == "new" else []
    done = backstory(command, "--root", tmp_path, *more)
    assert done.returncode == cli.USAGE
    assert "has no content/site.yaml" in done.stderr
    assert "has no folder content/" in backstory(command, "--root", tmp_path / "content", *more).stderr


def test_the_schema_is_written(tmp_path):
    made = backstory("schema", "--output", tmp_path / "to/schema")
    assert made.returncode == cli.FINE, made.stderr
    files = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "to/schema").iterdir()}
    assert set(files) == {f"{kind}.schema.json" for kind in cli.SCHEMA_KINDS}
    assert json.loads(backstory("schema", "site").stdout) == files["site.schema.json"]
    assert backstory("schema").returncode == cli.USAGE
    assert backstory("schema", "--output", tmp_path / "to/schema/site.schema.json").returncode == cli.PROBLEMS


def test_strict_lets_warnings_stop_the_build(site):
    (site / "content/pages/lonely.md").write_text("---\ntitle: Lonely\n---\nText.\n")
    assert backstory("build", "--root", site).returncode == cli.FINE
    (site / "site").rename(site / "elsewhere")
    done = backstory("build", "--strict", "--root", site)
    assert done.returncode == cli.PROBLEMS
    assert not (site / "site").exists()


def test_drafts_are_shown_only_when_asked_for(site):
    backstory("new", "explainer", "A secret plan", cwd=site)
    backstory("build", cwd=site)
    published = b"".join(path.read_bytes() for path in (site / "site").rglob("*") if path.is_file())
    assert b"secret plan" not in published.lower()
    backstory("build", "--drafts", cwd=site)
    assert (site / "site/explainers/a-secret-plan/index.html").exists()


def test_explain_says_why_each_page_was_written(site):
    assert "index.html: it is new" in backstory("build", "--explain", cwd=site).stdout


def test_the_number_of_processes_changes_no_byte(site):
    trees = []
    for jobs in ("1", "2", "3"):
        backstory("build", "--jobs", jobs, "--output", site / jobs, cwd=site, PYTHONHASHSEED=jobs)
        trees.append({path.relative_to(site / jobs): path.read_bytes() for path in (site / jobs).rglob("*") if path.is_file()})
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) > 10


def test_a_file_that_others_put_into_the_output_is_never_replaced(site):
    assert backstory("build", cwd=site).returncode == cli.FINE
    (site / "site/CNAME").write_text("by hand")
    (site / "content/static/CNAME").write_text("of the site")
    for page in (site / "content/explainers").iterdir():
        page.write_text(page.read_text().replace("title: ", "title: All ", 1))
    done = backstory("build", cwd=site)
    assert done.returncode == cli.PROBLEMS
    assert f"{site}/site/CNAME was not made by Backstory" in done.stderr
    assert (site / "site/CNAME").read_text() == "by hand"
    (site / "site/CNAME").unlink()
    assert backstory("build", cwd=site).returncode == cli.FINE
    assert (site / "site/CNAME").read_text() == "of the site"


def test_a_file_of_ours_may_become_a_folder_and_a_folder_a_file(site):
    place = site / "content/static/notes"
    place.write_text("a file")
    assert backstory("build", cwd=site).returncode == cli.FINE
    place.unlink()
    place.mkdir()
    (place / "a.txt").write_text("in a folder")
    assert backstory("build", cwd=site).returncode == cli.FINE
    assert (site / "site/notes/a.txt").read_text() == "in a folder"
    (place / "a.txt").unlink()
    place.rmdir()
    place.write_text("a file")
    assert backstory("build", cwd=site).returncode == cli.FINE
    assert (site / "site/notes").read_text() == "a file"


@pytest.mark.parametrize("command", ["build", "clean"])
def test_the_output_can_never_be_what_is_the_sites_own(site, command):
    (site / "link").symlink_to("content/static")
    (site / "top").symlink_to("..")
    before = sorted(site.rglob("*"))
    for output in (
        ".",
        "content/site",
        "..",
        "../my site",
        "../my site/content/static/out",
        "content/../content",
        "templates",
        "templates/x",
        "link/out",
        "top",
    ):
        done = backstory(command, "--output", site / output, cwd=site)
        assert done.returncode == cli.USAGE, output
        assert "holds the site’s own files" in done.stderr, output
        assert sorted(site.rglob("*")) == before, output
    if command == "build":
        done = backstory(command, "--output", site / "../repository/.git/hooks", cwd=site)
        assert (done.returncode, "lies in .git/" in done.stderr) == (cli.USAGE, True)


def test_a_cluster_that_is_no_address_is_told_even_where_nothing_has_changed(site):
    for _ in range(2):
        done = backstory("build", "--cluster", "foo", cwd=site)
        assert done.returncode == cli.USAGE
        assert "--cluster takes the address" in done.stderr
        assert backstory("build", cwd=site).returncode == cli.FINE


def test_the_shell_is_given_a_completion():
    done = backstory("completion", "bash")
    assert done.returncode == cli.FINE
    assert "--base-url" in done.stdout


def test_a_bug_of_ours_says_so(monkeypatch, capsys):
    def broken(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "run_command", broken)
    assert cli.main(["build"]) == cli.BUG
    assert "bug in Backstory" in capsys.readouterr().err


def through_a_shell(line, cwd):
    command = f'backstory() {{ {shlex.quote(sys.executable)} -m builder "$@"; }}; {line}'
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(["bash", "-c", command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("stream", ["2>&1", "2> /dev/null", "--json 2>&1"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_stops_reading_changes_nothing_of_what_came_of_it(site, stream, unbuffered):
    for n in range(400):  # more than a pipe holds
        (site / f"content/explainers/e{n}.md").write_text("---\ntitle: [\n---\n")
    line = f"export PYTHONUNBUFFERED={unbuffered}; backstory check {stream} | {{ read -r one; exec <&-; }}; exit ${{PIPESTATUS[0]}}"
    done = through_a_shell(line, site)
    assert (done.returncode, done.stderr) == (cli.PROBLEMS, "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_output_that_is_closed_or_full_is_no_bug_of_ours(site):
    for line in ("backstory check >&-", "backstory check 2>&-", "backstory check >&- 2>&-", "backstory build >&- 2>&-"):
        done = through_a_shell(line, site)
        assert (done.returncode, done.stderr) == (cli.FINE, ""), line
    if Path("/dev/full").exists():
        done = through_a_shell("backstory check > /dev/full", site)
        assert done.returncode == cli.PROBLEMS
        assert done.stderr == "backstory: the output could not be written: no space left on device.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there, no folder goes that somebody is in")
def test_the_folder_that_one_is_in_may_go_with_a_build(site):
    assert backstory("build", cwd=site).returncode == cli.FINE
    for page in (site / "content/explainers").iterdir():  # more than a single file, which would go into the same folder
        page.write_text(page.read_text().replace("title: ", "title: All ", 1))
    done = through_a_shell("cd site; backstory build --no-cache", site)
    assert (done.returncode, done.stderr) == (cli.FINE, "")
    assert done.stdout.startswith(f"Built {site}/site/ in ")
    for line in (
        "backstory check",
        "backstory build --root .",
        "backstory build --root {} --output out",
        "backstory clean --root {} --output out",
    ):
        done = through_a_shell(f"mkdir x; cd x; rmdir ../x; {line.format(shlex.quote(str(site)))}", site)
        assert done.returncode == cli.USAGE, line
        assert "Traceback" not in done.stderr
    assert "is gone" in done.stderr
    for line in ("check", "check --format github", "build", "clean"):
        done = through_a_shell(f"mkdir x; cd x; rmdir ../x; backstory {line} --root {shlex.quote(str(site))}", site)
        assert (done.returncode, done.stderr) == (cli.FINE, ""), line


@pytest.fixture
def at_work(site):
    """A build of many files, once the processes that read them have started; with them."""
    for n in range(1500):
        (site / f"content/explainers/e{n}.md").write_text(
            f"---\ntitle: E{n}\npublished: 2024-01-01\n---\n" + "Words and more words. " * 400
        )
    child = subprocess.Popen(
        [sys.executable, "-m", "builder", "build", "--jobs", "2", "--root", str(site)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    children = Path(f"/proc/{child.pid}/task/{child.pid}/children")
    until = time.monotonic() + 60
    while not children.read_text().split() and child.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    started = [int(number) for number in children.read_text().split()]
    assert started
    yield child, started
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    child.stderr.close()


# At its very start too, when a process has not yet been told what to leave to the first one.
@pytest.mark.parametrize("after", [0, 0.02, 0.3])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_is_told_and_leaves_nothing(site, at_work, after, how):
    child, _ = at_work
    time.sleep(after)
    os.killpg(child.pid, how)
    _, told = child.communicate(timeout=60)
    assert child.returncode == cli.INTERRUPTED, told
    assert "Traceback" not in told
    assert not (site / "site").exists()


def test_no_process_outlives_a_build_that_is_killed(at_work):
    child, started = at_work
    child.kill()
    child.wait(timeout=60)
    until = time.monotonic() + 60
    while any(_is_alive(process) for process in started) and time.monotonic() < until:
        time.sleep(0.02)
    assert not [process for process in started if _is_alive(process)]


def _is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
