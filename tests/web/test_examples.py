"""The examples in the notes of the web's modules, which are tried once an instance is there."""

import doctest
import importlib
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "konvoi" / "web"
NAMED = sorted(
    ".".join(path.relative_to(WEB.parents[1]).with_suffix("").parts)
    for path in WEB.rglob("*.py")
    if ">>>" in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", NAMED)
def test_the_examples_of_a_module_hold(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(name))
    assert (tried.failed, tried.attempted > 0) == (0, True)
