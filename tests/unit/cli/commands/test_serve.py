"""`backstory serve` as a person starts and ends it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from builder import cli
from builder.build.pipeline import Options
from builder.cli.commands import serve as serving_command
from builder.content import reading

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[4]


@pytest.fixture
def site(tmp_path):
    return Path(shutil.copytree(reading.STARTER, tmp_path / "it"))


@pytest.fixture
def serving(site):
    started = []

    def start(*arguments):
        child = subprocess.Popen(
            [sys.executable, "-m", "builder", "serve", "--root", str(site), *arguments],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "EDITOR": "", "VISUAL": "", "TERM_PROGRAM": ""},
            text=True,
        )
        started.append(child)
        said = ""
        while "http://" not in said:
            line = child.stdout.readline()
            assert line, child.stderr.read()
            said += line
        return child, re.search(r"http://[^ ]+", said)[0], said

    yield start
    for child in started:
        child.kill()
        child.wait()
        child.stdout.close()
        child.stderr.close()


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def test_begun_with_nohup_it_outlives_its_terminal(serving):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what `nohup` does; a child takes it on
    try:
        child, url, _ = serving()
    finally:
        signal.signal(signal.SIGHUP, before)
    child.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(1)
    assert fetch(url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_says_where_it_is_and_ends_when_told(number, serving, site):
    child, url, _ = serving()
    assert b"__backstory/client.js" in fetch(url)
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    assert child.returncode == cli.FINE, err
    assert out.endswith("Preview ended.\n")
    assert not err
    assert not (site / "site").exists()
    assert not list((site / "content").glob(".*"))


def test_a_port_in_use_is_said_and_another_offered(serving, site):
    _, url, _ = serving()
    port = int(re.search(r":(\d+)/", url)[1])
    second = subprocess.run(
        [sys.executable, "-m", "builder", "serve", "--root", str(site), "--port", str(port)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == cli.PROBLEMS
    free = re.search(rf"port {port} is in use. Port (\d+) is free: backstory serve --port (\d+)", second.stderr)
    assert free, second.stderr
    assert free[1] == free[2]


def test_two_previews_and_a_build_beside_them(serving, site):
    _, first, _ = serving()
    _, second, _ = serving()
    assert first != second
    built = subprocess.run([sys.executable, "-m", "builder", "build", "--root", str(site)], cwd=REPOSITORY, timeout=120, check=False)
    assert built.returncode == cli.FINE
    assert b"__backstory" in fetch(first)
    assert b"__backstory" in fetch(second)
    assert not any(b"__backstory" in page.read_bytes() for page in (site / "site").rglob("*.html"))


def test_a_save_is_told_with_what_is_wrong(serving, site):
    child, _, _ = serving()
    file = next((site / "content/explainers").glob("*.md"))
    file.write_text(file.read_text("utf-8") + "\n[[nobody-at-all]]\n", "utf-8")
    said = ""
    while " saved. 1 error in all." not in said:
        line = child.stdout.readline()
        assert line, said
        said += line
    assert f"content/explainers/{file.name}:" in said
    assert "leads to nothing" in said


def test_it_goes_on_where_nobody_takes_its_words_any_more(serving, site):
    child, url, _ = serving()
    child.stdout.close()
    file = site / "content/explainers/lighthouse.md"
    for words in ("Saved once.", "Saved twice.", "Saved three times."):
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")
        until = time.monotonic() + 60
        while words.encode() not in fetch(f"{url}explainers/lighthouse/"):
            assert time.monotonic() < until, words
            time.sleep(0.05)


def test_an_error_of_ours_that_nobody_can_be_told_of_ends_no_preview(monkeypatch):
    class Closed:
        def write(self, _words):
            raise BrokenPipeError

        flush = write

    def look(names):
        seen.append(names)
        raise RuntimeError

    seen = []
    monkeypatch.setattr(sys, "stdout", Closed())
    monkeypatch.setattr(sys, "stderr", Closed())
    guarded = serving_command.reporting_bugs(look, serving_command.Terminal(Options(Path(), Path())))
    guarded(["a"])
    guarded(["b"])
    assert seen == [["a"], ["b"]]


def test_open_to_others_it_warns_and_asks_for_a_token(serving):
    _, url, said = serving("--host", "0.0.0.0")
    assert "token" in said or "token=" in url
    with pytest.raises(urllib.error.HTTPError):
        fetch(re.sub(r"\?.*", "", url).replace(re.search(r"//([^:/]+)", url)[1], "127.0.0.1"))
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(url.replace(re.search(r"//([^:/]+)", url)[1], "127.0.0.1"), timeout=60) as answer:
        assert b"</html>" in answer.read()


@pytest.mark.parametrize(
    "arguments", [("--port", "0"), ("--port", "x"), ("--editor", "no-such-editor"), ("--editor", "javascript:alert({path})")]
)
def test_a_wrong_wish_is_a_clear_error(arguments, site, capsys):
    assert cli.main(["serve", "--root", str(site), *arguments]) == cli.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_whoever_ends_it_while_it_reads_need_not_wait(site, monkeypatch, capsys):
    from builder.preview import engine

    class Reading:
        def __init__(self, *_args, **_more):
            os.kill(os.getpid(), signal.SIGINT)
            raise AssertionError("read on")

    monkeypatch.setattr(engine, "PreviewEngine", Reading)
    assert cli.main(["serve", "--root", str(site)]) == cli.INTERRUPTED
    assert capsys.readouterr().err == "\nInterrupted.\n"
