"""Bundles between two workspaces with random markings: equal views for the receiver, nothing beyond them."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.flow.federation.pairs import Pair, pair, submit

from konvoi.flow.load_workspace import gathering
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.model.document import Reading
from konvoi.model.markings import admits

MARKINGS = ("", "public", "coalition", "own", "PL", "FR", "FR;PL")
EXAMPLES = {12: 4, 100: 20}.get(settings().max_examples, 100)
"""Exchanges: few every day, 20 in CI, 100 with KONVOI_SLOW=all: each takes seconds."""
SECRET = "Geheim"
"""Begins the title of each package; the rest is its number."""

marks = st.lists(st.sampled_from(MARKINGS), min_size=2, max_size=6)


def tables(party: str, packages: Sequence[str], lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return packages and line items with these markings; lines are spread over the packages."""
    first = "package,party,day,kind,amount,currency,stage,title,marking"
    rows = [
        f"{party}-{n},{party},2031-01-0{n + 1},energy,{n + 1}.25,EUR,committed,{SECRET} {party}{n},{one}"
        for n, one in enumerate(packages)
    ]
    items = [
        f"{party}-{n % len(packages)}/{n},{party}-{n % len(packages)},tent,{n + 1}.125,{one}"
        for n, one in enumerate(lines)
    ]
    return {"packages": (first, *rows), "lines": ("line,package,good,quantity,marking", *items)}


def seen(folder: Path, reader: str) -> list[pl.DataFrame]:
    """Return what a reader sees, without names of documents and numbers of rows."""
    whole = gathering(viewed(workspace(folder), View(None, reader)))
    frames = [
        whole.ledger.entries,
        *(whole.tables[name] for name in ("packages", "lines") if name in whole.tables),
    ]
    drop = ("submission", "sheet", "row", "_file", "_sheet", "_row", "source")
    return [rows.drop(drop, strict=False).sort(pl.all()) for rows in frames if rows.height]


def titles(readings: Sequence[Reading]) -> set[str]:
    """Return the titles of packages in readings."""
    return {
        title for one in readings if "packages" in one.tables for title in one.tables["packages"]["title"]
    }


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(
    marks,
    marks,
    marks,
    st.sampled_from(("public", "coalition", "own", "PL")),
    st.sampled_from(("coalition", "FR", "public")),
)
def test_the_receiver_sees_the_same_in_both_workspaces_and_nothing_more(
    german: list[str], items: list[str], polish: list[str], document: str, other: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        two: Pair = pair(Path(folder), tables("DE", german, items))
        head = two.sender / "submissions" / "DE" / "konvoi.csv"
        head.write_text(f"day,2031-02-01\nmarking,{document}\n")
        for one in (two.sender, two.receiver):
            submit(one, "PL", tables("PL", polish, polish))
        two.received(two.made().content)
        here, there = (seen(one, "PL") for one in (two.receiver, two.sender))
        assert all(one.equals(same) for one, same in zip(here, there, strict=True))
        held = {n for n, one in enumerate(german) if admits(one or document, ("DE",), "PL")}
        own = {f"{SECRET} PL{n}" for n in range(len(polish))}
        inputs = gathering(workspace(two.receiver)).inputs
        assert inputs is not None
        assert titles(inputs.readings) == own | {f"{SECRET} DE{n}" for n in held}
        # Whom the receiver shows it to is still as the sender has it.
        wide = {f"{SECRET} DE{n}" for n in held if admits(german[n] or document, ("DE",), other)}
        assert {one for one in titles(inputs.sources.cut(View(None, other))) if "DE" in one} == wide
