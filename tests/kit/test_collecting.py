"""The collector's own setting comes back, whatever happens."""

import gc

import pytest

from matxich.kit.collecting import SELDOM, collecting_seldom


def test_the_setting_before_comes_back_even_after_a_fault() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="a fault"), collecting_seldom():
        assert gc.get_threshold() == SELDOM
        raise ValueError("a fault")
    assert gc.get_threshold() == before
