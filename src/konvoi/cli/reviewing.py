"""Pair after pair at the terminal: both records beside each other, one key a decision."""

import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, said
from konvoi.cli.output import colour

if TYPE_CHECKING:
    from konvoi.flow.matching.review import Pair, Review
    from konvoi.report.page import Value

_WIDEST = 140
_NARROW = 72
_SLIVER = 24
_LONG = 200
_VERDICTS = {"s": "same", "d": "different", "u": "unsure"}
# The keys at the same places of a Ukrainian keyboard, for whoever has not switched it; then space, the ends.
_PLACES = dict(zip("івглцяй", "sdukwzq", strict=True)) | {" ": "k"} | dict.fromkeys("\x04\x1a\x1b", "q")


class Sitting:
    """One person at a terminal with the pairs that wait."""

    def __init__(self, desk: "Review", *, by: str) -> None:
        from konvoi.flow.submissions.origins import Origins
        from konvoi.report.language import Language
        from konvoi.report.names import Names

        self.desk = desk
        self.by = by
        self._decided = 0
        self._language = Language(code())
        self._names = Names(desk.case)
        self._origins = Origins(desk.work, desk.gathered, desk.entries)

    def run(self) -> None:
        """Ask until nothing waits or the person leaves; then say what was decided and what the total is."""
        self._greet()
        while (pair := self._next()) and self._put(pair):
            pass
        self._leave()

    def _greet(self) -> None:
        counts = self.desk.counts()
        told = {"amounts": counts["amount"], "goods": counts["quantity"], "others": counts["nothing"]}
        one = (
            "{count} pair is open: {amounts} change the total, {goods} only that of a good, {others} neither."
        )
        many = (
            "{count} pairs are open: {amounts} change the total, {goods} only that of a good, "
            "{others} neither."
        )
        click.echo(said(one, many, sum(counts.values()), **told))

    def _next(self) -> "Pair | None":
        pair = self.desk.next()
        if pair is None and self.desk.skipped:
            one = "{count} postponed pair is shown again."
            many = "{count} postponed pairs are shown again."
            click.echo(said(one, many, len(self.desk.skipped)))
            self.desk.skipped.clear()
            pair = self.desk.next()
        return pair

    def _put(self, pair: "Pair") -> bool:
        """Show a pair and do what the next key says; False where the person leaves."""
        self._show(pair)
        _forget()
        while True:
            key = _key()
            if key in _VERDICTS:
                self._decide(pair, _VERDICTS[key])
                return True
            if key in ("k", "z"):
                self._put_off(pair) if key == "k" else self._undo()
                return True
            if key == "q":
                return False
            click.echo(self._why(pair) if key == "w" else self._keys(pair))

    def _decide(self, pair: "Pair", verdict: str) -> None:
        self.desk.decide(pair, verdict, by=self.by, at=_now())
        self._decided += 1
        click.echo("→ " + self._words(pair)[verdict])

    def _put_off(self, pair: "Pair") -> None:
        self.desk.skipped.add(pair.key)
        click.echo(said("Put off."))

    def _undo(self) -> None:
        row = self.desk.undo(by=self.by, at=_now())
        if row is None:
            click.echo(said("Nothing of yours is left to undo."))
            return
        self._decided = max(0, self._decided - 1)
        self.desk.skipped.clear()
        told = {name: _safe(row[name]) for name in ("left", "right")}
        click.echo(said("Decision withdrawn: {left} and {right} are as before.", **told))

    def _leave(self) -> None:
        """Print the decisions made, the number still waiting, and the present bounds of the total."""
        waiting = sum(self.desk.counts().values())
        told = {"waiting": waiting, "file": self.desk.folder / "judgements.csv"}
        one = "{count} decision in {file}; {waiting} still open."
        click.echo(said(one, "{count} decisions in {file}; {waiting} still open.", self._decided, **told))
        lowest, highest = self.desk.weighing.bounds(self.desk.relations)
        money = {"lowest": lowest, "highest": highest, "currency": self.desk.weighing.currency}
        click.echo(said("Total (pledged), range: {lowest} to {highest} {currency}.", **money))
        if self._decided:
            click.echo(said("Run konvoi run to update figures and brief."))

    def _show(self, pair: "Pair") -> None:
        from konvoi.report.matching.sides import holds, sides

        waiting = sum(self.desk.counts().values())
        width = min(_WIDEST, max(_SLIVER, shutil.get_terminal_size().columns))
        click.echo("\n" + "─" * width)
        click.echo(said("Pair {number}; {waiting} open.", number=self._decided + 1, waiting=waiting))
        click.secho(self._text(holds(pair.relation)[0]), bold=colour() or None)
        click.echo(self._effect(pair))
        rows = [
            (self._text(label), self._text(one), self._text(other))
            for label, one, other in sides(
                self._names, self.desk.entry(pair.left), self.desk.entry(pair.right)
            )
        ]
        rows += self._sources(pair)
        if width < _NARROW:
            self._stacked(rows)
        else:
            self._beside(rows, width)
        click.echo(self._keys(pair))

    def _sources(self, pair: "Pair") -> list[tuple[str, str, str]]:
        """Return the places of both records, and the text of that row as it was submitted."""
        from konvoi.report.matching.sides import quoted, where

        found = [self._origins.of(entry) for entry in (pair.left, pair.right)]
        one, other = (self._text(where(origin.place)) for origin in found)
        words, others = (quoted(origin.cells) for origin in found)
        rows = [(said("source"), one, other), (said("as submitted"), words, others)]
        return [row for row in rows if any(row[1:])]

    def _beside(self, rows: list[tuple[str, str, str]], width: int) -> None:
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold", expand=True)
        table.add_column("", overflow="fold", ratio=2)
        table.add_column(said("one"), overflow="fold", ratio=5)
        table.add_column(said("the other"), overflow="fold", ratio=5)
        for label, one, other in rows:
            mark = "" if one == other else "≠ "
            table.add_row(escape(mark + label), escape(one), escape(other))
        Console(width=width, no_color=not colour(), highlight=False, file=sys.stdout).print(table)

    def _stacked(self, rows: list[tuple[str, str, str]]) -> None:
        """Print one record below the other, for a narrow terminal."""
        for at, title in ((1, said("one")), (2, said("the other"))):
            click.echo(f"[{title}]")
            for row in rows:
                if row[at]:
                    click.echo(f"  {row[0]}: {row[at]}".replace("\n", "\n    "))

    def _effect(self, pair: "Pair") -> str:
        """Return the effect of a decision, in words; of a pair drawn at random nothing that could bias a
        person.
        """
        from konvoi.report.matching.sides import CHANCE

        return self._text(CHANCE if pair.random else self.desk.effect(pair))

    def _why(self, pair: "Pair") -> str:
        """Return the evidence; of a pair drawn at random not its probability, so that nobody is biased."""
        from konvoi.report.matching.reasons import weighed
        from konvoi.report.page import Chance

        told = self._text(weighed(pair.evidence)).replace("; ", "\n  ")
        reasons = f"  {told}" if told else said("No supporting evidence.")
        if pair.random:
            after = said("The match probability is recorded in judgements.csv after the decision.")
            return f"{reasons}\n{after}"
        return reasons if pair.probability is None else f"{reasons}\n{self._text(Chance(pair.probability))}"

    def _keys(self, pair: "Pair") -> str:
        words = self._words(pair)
        keys = [f"s {words['same']}", f"d {words['different']}", f"u {words['unsure']}", f"w {said('why')}"]
        return "  ".join([*keys, f"k {said('skip')}", f"z {said('undo')}", f"q {said('quit')}"])

    def _words(self, pair: "Pair") -> Mapping[str, str]:
        """Return the name of each verdict for this relation."""
        from konvoi.report.matching.sides import holds

        _, same, different = holds(pair.relation)
        return {"same": self._text(same), "different": self._text(different), "unsure": said("unsure")}

    def _text(self, value: "Value") -> str:
        return self._language.text(value)


def _key() -> str:
    """The next key that is pressed, as one of ours; empty for a key that is none, such as an arrow."""
    try:
        pressed = click.getchar()
    except EOFError:
        return "q"
    first = pressed[:1].lower() if len(pressed) == 1 or pressed[:1].isprintable() else ""
    return _PLACES.get(first, first)


def _forget() -> None:
    """Forget what was typed before the pair was there to be seen."""
    with suppress(ImportError, OSError, ValueError):
        import termios

        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _safe(text: str) -> str:
    from konvoi.kit.text import shown

    return shown(text, _LONG)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
