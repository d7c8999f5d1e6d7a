"""A visible package less its visible line items gives the amount of the hidden one."""

from pathlib import Path

import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.ledger.inferable_lines import CODE
from konvoi.flow.load_workspace import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import opened, viewed


def told(
    folder: Path, *, package: str = "public", rest: str = "40", reader: str = "cell"
) -> list[tuple[str, str, str]]:
    """Findings on a package of 100 with a public line of 60 and one that is the partner's own."""
    packages = (
        "package,party,day,kind,amount,currency,stage,marking",
        f"P-1,AR,2031-01-10,humanitarian,100,EUR,committed,{package}",
    )
    lines = (
        "line,package,good,quantity,route,amount,currency,marking",
        "L-1,P-1,tent,10,from stock,60,EUR,public",
        f"L-2,P-1,tent,5,from stock,{rest},EUR,own",
    )
    path = workspace(folder, packages=packages, lines=lines, movements=(), receipts=(), offers=(), needs=())
    whole = gathering(viewed(opened([path]), View(None, reader)))
    return [
        (one.values["lines"], one.values["reader"], one.read) for one in whole.findings if one.code == CODE
    ]


def test_a_hidden_line_that_the_visible_amounts_give_is_told_to_the_cell(tmp_path: Path) -> None:
    assert told(tmp_path / "a") == [("L-2", "public", "40.00 EUR")]
    assert told(tmp_path / "b", package="coalition") == [("L-2", "coalition", "40.00 EUR")]


@pytest.mark.parametrize(
    "changed", [{"package": "own"}, {"rest": "30"}, {"reader": "public"}, {"reader": "AR"}], ids=str
)
def test_other_amounts_and_other_readers_give_no_finding(changed: dict[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, **changed) == []
