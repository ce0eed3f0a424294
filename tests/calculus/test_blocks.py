"""Work shared out among threads."""

import os

import pytest
import torch

from lib.calculus import blocks
from lib.calculus.blocks import in_blocks


@pytest.fixture(params=[1, 3])
def _threads(request, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 100)
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield
    assert torch.get_num_threads() == request.param
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_threads")
@pytest.mark.parametrize("n", [1, 100, 101, 1234])
def test_each_point_is_worked_on_once_in_blocks_as_large_as_each_other(n):
    rows, sizes = torch.zeros(2, 1, n), []

    def work(x, part):
        sizes.append(len(x))
        part += x

    in_blocks(work, torch.arange(n), rows)
    assert torch.equal(rows, torch.arange(n).expand(2, 1, n).float())
    assert max(sizes) <= 100
    assert max(sizes) - min(sizes) <= len(sizes)


@pytest.mark.usefixtures("_threads")
@pytest.mark.parametrize("where", [5, 500, 999])
def test_an_error_in_a_block_is_raised_by_the_whole(where):
    def work(x, rows):
        if where in x:
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        in_blocks(work, torch.arange(1000), torch.empty(1, 1000))


@pytest.mark.usefixtures("_threads")
@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system moves threads as it likes")
def test_only_the_threads_of_blocks_stay_on_a_core_each():
    before, cores = os.sched_getaffinity(0), []

    def work(x, rows):
        cores.append(os.sched_getaffinity(0))

    in_blocks(work, torch.arange(1000), torch.empty(1, 1000))
    assert os.sched_getaffinity(0) == before
    assert all(each == before if torch.get_num_threads() == 1 else len(each) == 1 for each in cores)
