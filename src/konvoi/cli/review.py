"""konvoi review: decide on duplicate candidates, at the terminal, in a workbook, or one pair."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import code, follow, said, speak
from konvoi.cli.output import json_option
from konvoi.cli.view import as_of_option, chosen_view
from konvoi.cli.workspace_argument import folder_option, workbook
from konvoi.flow.view import CELL, View
from konvoi.model.markings import OWN

if TYPE_CHECKING:
    from konvoi.cli.output import Watch
    from konvoi.flow.matching.review import Review

_FILE = click.Path(dir_okay=False, path_type=Path)
_WORKBOOK = 5000


@click.command("review")
@click.argument("left", required=False)
@click.argument("right", required=False)
@click.option("--list", "listed", is_flag=True, help="List the undecided pairs with their effect.")
@click.option("--verdict", type=click.Choice(["same", "different", "unsure"]), help="The decision on a pair.")
@click.option("--relation", default="", help="Default: the relation that is proposed.")
@click.option("--reason", default="", help="Why.")
@folder_option
@click.option("--by", default="", help="Who decides.")
@click.option(
    "--for",
    "--as",
    "party",
    default="",
    metavar="READER",
    help="Only what this reader may see: a party's id, coalition or public; default: all.",
)
@click.option("--out", type=_FILE, metavar="FILE.xlsx", help="Write the next pairs as a workbook.")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1), help="How many pairs.")
@click.option("--over", is_flag=True, help="Let FILE.xlsx replace a file that is there.")
@click.option(
    "--in",
    "back",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help="Import the decisions of a returned workbook.",
)
@click.option(
    "--lang", default="", type=click.Choice(["", "en", "de", "uk"]), help="Language of the workbook."
)
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    left: str | None,
    right: str | None,
    listed: bool,
    verdict: str | None,
    relation: str,
    reason: str,
    folder: Path,
    by: str,
    party: str,
    out: Path | None,
    most: int,
    over: bool,
    back: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Decide on duplicate candidates, the largest effect first.

    Without arguments pairs are shown one after the other; one key decides each. One pair in ten is drawn at
    random: the error rate is estimated from these. Each decision is a new row of judgements.csv; a later
    decision on the same pair replaces the earlier one. With --for, pairs of which the reader may not see both
    records are left out. In a pipe, use --json, --list, --out or --in.

    LEFT RIGHT: two records, by their ids, or two listings of sanctions lists: decide on this pair.

    \b
    Example:
      konvoi review --by "A. Nowak"
      konvoi review --list
      konvoi review e12ab e34cd --verdict same --by "M. Example" --reason "same waybill"
      konvoi review --for PL --out pairs.xlsx --most 40
      konvoi review --for PL --in pairs.xlsx --by "A. Nowak"
    """
    from konvoi.cli.output import Watch

    speak(lang)
    follow([folder])
    if out is not None and most > _WORKBOOK:
        raise click.UsageError(f"a workbook takes at most {_WORKBOOK} pairs")
    if out is not None and back is not None:
        raise click.UsageError("--out writes a workbook, --in takes one back; name one of the two")
    if _one_pair(left, right, verdict, alone=not (listed or out or back)):
        from konvoi.cli.review_pair import decide_pair

        decide_pair(
            folder,
            (str(left), str(right)),
            _view(party),
            verdict=verdict,
            relation=relation,
            by=by,
            reason=reason,
            as_json=as_json,
        )
        return
    if listed:
        from konvoi.cli.review_pair import list_pairs

        list_pairs(folder, _view(party), most=most, as_json=as_json)
        return
    watch = Watch(quiet=as_json)
    if back is not None:
        _take(ctx, _opened(folder, party, watch), workbook(back), by=_name(by), as_json=as_json)
    elif out is not None:
        _write(_opened(folder, party, watch), workbook(out), most=most, over=over, as_json=as_json)
    elif as_json:
        _list(_opened(folder, party, watch), most=most)
    else:
        _ask(folder, party, by, watch)


def _one_pair(left: str | None, right: str | None, verdict: str | None, *, alone: bool) -> bool:
    """Return whether one pair is to be decided; refuse half a pair and what does not go with one."""
    if (left is None) != (right is None):
        raise click.UsageError("a pair is two records; name both")
    if left is None and verdict is not None:
        raise click.UsageError("--verdict decides on one pair; name its two records")
    if left is not None and not alone:
        raise click.UsageError("--list, --out and --in are for all pairs; leave out the pair or the option")
    return left is not None


def _view(party: str) -> View:
    """Return the view that --as-of and --for choose."""
    if party == OWN:
        raise click.UsageError("--for takes cell, coalition, public, or a party's id")
    return replace(chosen_view(), reader=party or CELL)


def _opened(folder: Path, party: str, watch: "Watch") -> "Review":
    """The review of a workspace as a party, or the cell, may see it."""
    from konvoi.flow.matching.review import review
    from konvoi.flow.workspace import viewed, workspace

    desk = review(viewed(workspace(folder), chosen_view()), party=party, stop=watch)
    watch.close()
    return desk


def _name(by: str) -> str:
    if not by.strip():
        raise click.UsageError("a decision bears the name of who decides: --by NAME")
    return by.strip()


def _ask(folder: Path, party: str, by: str, watch: "Watch") -> None:
    """Pair by pair at the terminal."""
    import sys

    from konvoi.cli.reviewing import Sitting

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "konvoi review asks by single keys and needs a terminal; elsewhere use --out FILE.xlsx and --in, "
            "or --json for what waits"
        )
    Sitting(_opened(folder, party, watch), by=_name(by)).run()


def _list(desk: "Review", *, most: int) -> None:
    from konvoi.cli.output import answer
    from konvoi.flow.matching.review_workbook import as_dict
    from konvoi.reconcile.error import LEAST

    answer(
        {
            "as": desk.party,
            "waiting": desk.counts(),
            "unsure": desk.unsure,
            "decided": desk.asked,
            "pairs": [as_dict(desk, pair) for pair in desk.queue()[:most]],
            "stated_error": {"least": LEAST, "groups": desk.error().to_dicts()},
        }
    )


def _write(desk: "Review", path: Path, *, most: int, over: bool, as_json: bool) -> None:
    from konvoi.cli.output import answer
    from konvoi.flow.matching.review_workbook import review_workbook
    from konvoi.gateways.files import write

    pairs = desk.batch(most)
    if not pairs:
        told = said("No pairs to review.")
    else:
        write(path, review_workbook(desk, pairs, code()), over=over)
        one = "{count} pair written to {file}; import decisions with konvoi review --in {file} --by NAME."
        many = "{count} pairs written to {file}; import decisions with konvoi review --in {file} --by NAME."
        told = said(one, many, len(pairs), file=path)
    if as_json:
        answer({"out": str(path) if pairs else None, "pairs": len(pairs), "waiting": desk.counts()})
    else:
        click.echo(told)


def _take(ctx: click.Context, desk: "Review", path: Path, *, by: str, as_json: bool) -> None:
    from datetime import UTC, datetime

    from konvoi.cli.output import answer, exit_code, tell
    from konvoi.flow.matching.review_workbook import take

    at = datetime.now(UTC).isoformat(timespec="microseconds")
    taken = take(desk, path, by=by, at=at)
    if as_json:
        answer(taken.as_dict())
    else:
        told = "{taken} taken, {unchanged} as before, {empty} left open, {refused} not taken."
        click.echo(said(told, **taken.counts()))
        tell(taken.findings)
    ctx.exit(exit_code(taken.findings, refused=taken.unread))
