"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import ongedeeld

MODULES = sorted(module.name for module in walk_packages(ongedeeld.__path__, "ongedeeld."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert not doctest.testmod(import_module(name)).failed
