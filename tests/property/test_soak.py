"""The tool of `make soak STEPS=…`: it goes on where it was stopped, and finds a site that is not what a clean build makes."""

import json

import pytest

from tests import soak


def step(folder):
    return json.loads((folder / "state.json").read_text())["step"]


def test_stopped_by_hand_it_says_how_to_go_on(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(soak, "change", stopped)
    monkeypatch.setattr("sys.argv", ["soak", "--folder", str(tmp_path / "kept")])
    assert "Run it again to go on from there.\nstep 1 of seed 0" in soak.main()


def test_it_goes_on_where_it_was_and_finds_another_byte(tmp_path, monkeypatch):
    soak.begin(tmp_path)
    monkeypatch.setattr(soak, "OF_SITES", {"actor": soak.OF_SITES["actor"]})
    monkeypatch.setattr(soak, "OURS", {"toolchain": soak.set_toolchain})
    soak.run(tmp_path, 1, lambda _: None)
    assert step(tmp_path) == 1
    monkeypatch.setattr(soak, "EVERY", 2)
    assert sum(soak.run(tmp_path, 2, lambda _: None).values()) == 2  # one step: what it was, and how it was built
    assert step(tmp_path) == 2

    def careless(folder, *_, **__):
        with (folder / "out/index.html").open("a") as stream:
            stream.write("\n")
        return "here"

    monkeypatch.setattr(soak, "EVERY", 3)
    monkeypatch.setattr(soak, "build_somehow", careless)
    with pytest.raises(AssertionError, match="not as in a clean build: ") as told:
        soak.run(tmp_path, 3, lambda _: None)
    assert "step 3 of seed 0" in told.value.__notes__[0]
    assert step(tmp_path) == 2
