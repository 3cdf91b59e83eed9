"""What all tests share: how hard Hypothesis looks, and that no test is skipped in silence."""

import gc
import os
import signal
import sys

import hypothesis
import pytest

from tests.effort import SOAK

# Slow examples are no failures: the machine may be busy. The same examples run every time, but in `make soak`, which looks for new ones.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True, print_blob=True, max_examples=60)
hypothesis.settings.register_profile("soak", deadline=None, print_blob=True, max_examples=1000)
hypothesis.settings.load_profile("soak" if SOAK else "same")

# A shell starts what runs in the background deaf to Ctrl-C, and so would be every program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Containers often ask Python to write no bytecode. Without it, each process that a test starts compiles our modules and our templates anew,
# which was half the time of all tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The collected tests and the imported modules live as long as the run: going through them again and again was a tenth of its time.
gc.set_threshold(20_000, 20, 20)

MAY_SKIP = "BACKSTORY_TESTS_MAY_SKIP"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped: what is skipped on every machine is tested on none."""
    if skipped(session.config) and not os.environ.get(MAY_SKIP) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = len(skipped(config))
    if count and not os.environ.get(MAY_SKIP):
        terminalreporter.write_line(f"{count} skipped, so the run has failed. {MAY_SKIP}=1 lets it pass.", red=True)


def skipped(config: pytest.Config) -> list[object]:
    # The workers of pytest-xdist have no terminal; the run that started them hears of their skips.
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter is not None else []
