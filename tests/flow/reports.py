"""A workspace in which a neighbour reports Arvenia's gifts under references of its own, one a pair."""

from datetime import date, timedelta
from pathlib import Path

from tests.flow.workspaces import workspace

HEAD = "package,party,day,kind,amount,currency,stage,title"


LAST, MONTH = date(2031, 1, 12), timedelta(days=30)


def told_twice(folder: Path, count: int = 12, *, hidden: int = 0, title: str = "Shelter for winter") -> Path:
    """Packages of growing amounts, two months apart, each told by Arvenia (P-1, …) and by Corland (X-1, …).

    hidden: so many of Corland's reports, the largest, stand in a file that only Corland (and whom it names)
    may read; Belmark (BE), another partner, may not.
    """
    own = [
        f"P-{n},AR,{LAST - 2 * MONTH * (count - n)},humanitarian,{n}00.00,EUR,committed,{title}"
        for n in _upto(count)
    ]
    workspace(folder, packages=(HEAD, *own), lines=(), movements=(), receipts=(), offers=())
    told = [row.replace("P-", "X-", 1) for row in own]
    for name, rows in (("open", told[: count - hidden]), ("closed", told[count - hidden :])):
        desk = folder / "submissions" / "CO" / name
        desk.mkdir(parents=True)
        if rows:
            (desk / "packages.csv").write_text("\n".join((HEAD, *rows)) + "\n")
    with (folder / "konvoi.toml").open("a") as settings:
        settings.write('\n[markings]\n"CO/closed/packages.csv" = "own"\n[groups]\nnear = ["BE"]\n')
    return folder


def _upto(count: int) -> range:
    return range(1, count + 1)
