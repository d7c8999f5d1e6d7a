"""Comparison of sources: a public pledge, a register's row, another stage of it, or money received."""

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

_CAME = "'paid in'"
_WORD = "'pledged'"

SOURCES = Comparison(
    name="sources",
    columns=("stage",),
    levels=(
        Level(
            "money received and a commitment or payment",
            f"(l.stage = {_CAME}) <> (r.stage = {_CAME})",
            0.1,
            0.1,
        ),
        Level("one source, one stage", "l.source = r.source AND l.stage = r.stage", 0.1, 0.1),
        Level("one source, two stages", "l.source = r.source", 0.1, 0.1),
        Level("two commitments", f"l.stage = {_WORD} AND r.stage = {_WORD}", 0.3, 0.3),
        Level("a commitment and its later stage", f"l.stage = {_WORD} OR r.stage = {_WORD}", 0.3, 0.3),
        Level("two registers", OTHERWISE, 0.1, 0.1),
    ),
)
