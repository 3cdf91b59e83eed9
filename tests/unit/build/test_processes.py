"""Processes of this machine for a share of the work."""

import multiprocessing
import time

import pytest

from builder.build.processes import Pool


def stop_amid_work_without_end():
    with Pool(2) as pool:
        endless = [pool.submit(time.sleep, 3_600) for _ in range(4)]
        while not endless[0].running():
            time.sleep(0.01)
        raise KeyboardInterrupt


def test_work_without_end_does_not_hold_up_who_stops():
    with pytest.raises(KeyboardInterrupt):
        stop_amid_work_without_end()
    assert multiprocessing.active_children() == []


def test_work_that_is_done_is_returned():
    with Pool(2) as pool:
        assert [future.result() for future in [pool.submit(abs, -n) for n in range(5)]] == [0, 1, 2, 3, 4]
