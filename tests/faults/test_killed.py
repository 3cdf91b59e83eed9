"""A build that is killed leaves the whole old folder or the whole new one, and the next build sets right what it left lying."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import STRIDE

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "way, fewest",
    [
        ("each", 100),
        ("each-in-two-steps", 60),
        ("each-laid-as-made", 100),
        ("each-on-the-former", 80),
        ("each-laid-on-the-former", 80),
        ("each-by-what-is-known", 80),
        ("each-laid-by-what-is-known", 80),
        ("random", 60),
    ],
)
def test_killed_at_any_moment(tmp_path, way, fewest):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", tmp_path, way],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *wrong, killed = done.stdout.splitlines()
    assert not wrong
    assert int(killed) >= (fewest if way == "random" else fewest // STRIDE)
