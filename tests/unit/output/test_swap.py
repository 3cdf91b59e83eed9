"""The lock of an output folder on Windows, and which paths stay in the folder there."""

import threading
from pathlib import PureWindowsPath

import pytest

from builder.output import OutputProblem, is_inside, swap


@pytest.mark.parametrize(
    "path", ["", "/a", "//host/share/a", "../a", "a/../../b", "a//b", "a\\b", "..\\a", "c:a", "C:/a", "a/c:/b", "\\\\?\\c:\\a", "a/./b"]
)
def test_a_path_that_leads_out_is_refused(path):
    assert not is_inside(path)


@pytest.mark.parametrize("path", ["a", "a/index.html", "at 12:30/a.txt", "...", "a/.well-known"])
def test_a_path_that_is_taken_stays_in_the_folder_on_windows(path):
    assert is_inside(path)
    folder = PureWindowsPath("c:/site")
    assert (folder / path).parts[:2] == folder.parts


def test_the_lock_of_the_library_waits_for_the_one_before_and_says_so_once(tmp_path):
    path = tmp_path / "lock"
    first = swap.lock_with_library(path, pytest.fail)
    told, taken = threading.Event(), threading.Event()
    times = []

    def wait():
        times.append(1)
        told.set()

    def other():
        swap.lock_with_library(path, wait)()
        taken.set()

    thread = threading.Thread(target=other)
    thread.start()
    assert told.wait(60)
    assert not taken.is_set()
    first()
    thread.join(60)
    assert taken.is_set()
    assert times == [1]


def test_a_lock_that_cannot_be_made_is_told_and_a_link_is_not_followed(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    with pytest.raises(OutputProblem, match="link could not be locked"):
        swap.lock_with_library(tmp_path / "link", pytest.fail)
    assert not (tmp_path / "victim").exists()
