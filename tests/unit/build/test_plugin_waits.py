"""Code of plugins that does not return is named while it is waited for."""

import logging
import os
import threading

import pytest

from builder import cli
from builder.build import guarded_plugins, plugin_waits
from builder.build.plugin_waits import WAITS, Waits
from builder.model import Plugin

LONG = 60
"""Seconds after which a test gives up."""


@pytest.fixture
def told():
    """What is told, as a list that grows, and an event for when it does."""
    lines, arrived = [], threading.Event()

    class Taken(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())
            arrived.set()

    taken = Taken()
    WAITS.addHandler(taken)
    yield lines, arrived
    WAITS.removeHandler(taken)


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "plugin waits"]


def test_a_call_that_does_not_return_is_named_and_one_that_has_is_not(told):
    lines, arrived = told
    waits = Waits(patience=0.02)
    with waits.during("the plugin “quick”"):
        pass
    with waits.during("the plugin “slow”, check “rule”"):
        assert arrived.wait(LONG)
    waits.end()
    assert lines[0].startswith("Waiting for the plugin “slow”, check “rule”, for ")
    assert lines[0].endswith("Ctrl-C ends the command.")
    assert all("quick" not in line for line in lines)


def test_it_is_written_to_standard_error_while_a_plugin_imports(tmp_path, capsys):
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n")
    (tmp_path / "a.csv").write_text("date,headline\n2020-01-01,x\n")
    assert cli.main(["import", str(tmp_path / "a.csv"), "--root", str(tmp_path)]) == cli.FINE
    capsys.readouterr()
    WAITS.warning("Waiting for the plugin “slow”")
    logging.getLogger("a library").error("of a library")
    assert capsys.readouterr().err == "Waiting for the plugin “slow”\n"


def test_one_thread_looks_at_all_calls_and_ends_before_a_process_is_copied():
    before = len(threads())
    waits = Waits()
    for _ in range(20):
        with waits.during("a"), waits.during("b"):
            assert len(threads()) == before + 1
    waits.end()
    assert len(threads()) == before
    waits.begin_anew()
    with waits.during("a"):
        assert len(threads()) == before + 1
    waits.end()


def test_a_call_that_copies_the_process_and_waits_for_the_copy_is_named(told):
    lines, arrived = told
    before = len(threads())
    waits = Waits(patience=0.02)
    with waits.during("the plugin “forks”"):
        waits.end()
        waits.go_on()
        assert arrived.wait(LONG)
    waits.end()
    waits.go_on()
    assert len(threads()) == before, "nothing is waited for"
    assert lines[0].startswith("Waiting for the plugin “forks”, for ")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows copies no process")
def test_the_thread_goes_on_in_the_parent_of_a_copied_process():
    before = len(threads())
    with plugin_waits.PLUGIN_WAITS.during("a"):
        copy = os.fork()
        if not copy:
            os._exit(len(threads()))
        assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
        assert len(threads()) == before + 1
    plugin_waits.PLUGIN_WAITS.end()


def test_the_check_of_a_plugin_is_named_with_its_record(told, monkeypatch):
    lines, arrived = told
    monkeypatch.setattr(guarded_plugins, "PLUGIN_WAITS", waits := Waits(patience=0.02))

    def rule(_site, _id):
        assert arrived.wait(LONG)
        return ()

    plugin = Plugin("house-checks", "*")
    assert [*guarded_plugins.rule_of(plugin, "explainers", rule)(None, "ferry")] == []
    waits.end()
    assert lines[0].startswith("Waiting for the plugin “house-checks”, check “rule” of explainers “ferry”, for ")
    assert plugin_waits.PATIENCE >= 10, "most plugins are never named"
