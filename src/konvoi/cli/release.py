"""konvoi release: figures in which confidential contributions count, released to other readers."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from konvoi.cli.i18n import figure, follow, said
from konvoi.cli.output import json_option
from konvoi.cli.total_rows import FURTHER, ends_text, figure_text
from konvoi.cli.view import chosen_view, view_options
from konvoi.cli.workspace_argument import folder_argument

if TYPE_CHECKING:
    from konvoi.flow.ledger.figure_release import Draft, Inference, Wish
    from konvoi.ledger.release import Release

_SHOWN = 40


@click.command("release")
@folder_argument
@click.option("--stage", default="pledged", show_default=True, help="The stage, `delivered`, or `fulfilled`.")
@click.option(
    "--rule", default="", help="Rule for `delivered`, such as `at hub`; default: that of konvoi.toml."
)
@click.option("--what", default="amount", type=click.Choice(["amount", "quantity"]), show_default=True)
@click.option("--good", default="", help="The good, with --what quantity.")
@click.option("--by", "rows", default="", help="Rows by group, kind, good or month, beside the total.")
@click.option(
    "--only", multiple=True, metavar="ROW", help="Release this row alone, without the total; repeatable."
)
@click.option("--exact", is_flag=True, help="Leave out contributions that are `band only`.")
@click.option("--currency", default="", help="Currency (ISO 4217); default: that of the documents.")
@view_options(reader="")
@click.option("--author", default="", metavar="NAME", help="Who releases it.")
@click.option("--reason", default="", help="Why.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what readers could infer, and release nothing.")
@click.option("--list", "listing", is_flag=True, help="List what was released; with --for to one reader.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, /, *, folder: Path, dry: bool, listing: bool, as_json: bool, **asked: Any
) -> None:
    """Release a total of confidential contributions.

    Counted are the de-duplicated amounts of packages and line items that the reader may not see and whose
    owner set the count mode `in total, not named` or `band only`. The reader (--for, default: public) sees
    them as a separate row without a range. A figure with a `band only` contribution is released as a band.

    The release is refused (exit code 3) if fewer than three contributors besides the reader contribute to a
    figure, if the largest of them dominate it, or if any reader could infer a contribution too closely from
    this and all earlier figures. The thresholds are under `[release]` in konvoi.toml. A release cannot be
    revoked.

    \b
    Example:
      konvoi release --dry-run
      konvoi release --for coalition --stage committed --by kind
      konvoi release --list --for PL
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell
    from konvoi.flow.ledger.figure_release import release_figures

    follow([folder])
    if listing:
        _list(folder, as_json=as_json)
        return
    wish = _wish(asked)
    watch = Watch(quiet=as_json)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    draft = release_figures(folder, wish, dry=dry, at=now, stop=watch)
    watch.close()
    if as_json:
        answer({**draft.as_dict(), "released": not dry and not draft.refused})
    else:
        _tell(draft, dry=dry)
        tell(draft.findings, most=_SHOWN)
    ctx.exit(exit_code(draft.findings, refused=draft.refused))


def _wish(asked: dict[str, Any]) -> "Wish":
    """The question and the reader that the options name; what cannot be released is wrong usage."""
    from konvoi.flow import name_lookup as known
    from konvoi.flow.ledger.figure_release import ROWS, Wish
    from konvoi.ledger.question import STAGES, Question
    from konvoi.model.markings import PUBLIC
    from konvoi.model.stages import RULES

    view = chosen_view(PUBLIC)
    if view.is_cell:
        raise click.UsageError("--for cell: the coordination cell sees every row; name another reader")
    quantity = asked["what"] == "quantity"
    if quantity != bool(asked["good"]):
        raise click.UsageError("--what quantity and --good go together: quantities are those of one good")
    question = Question(
        stage=known.word("--stage", asked["stage"], STAGES),
        rule=known.word("--rule", asked["rule"], RULES),
        what=asked["what"],
        good=asked["good"],
        by=known.word("--by", asked["rows"], tuple(one for one in ROWS if one)),
        currency=known.currency("--currency", asked["currency"]),
        mix=True,
    )
    only = tuple(asked["only"])
    exact = asked["exact"]
    if only and not question.by:
        raise click.UsageError("--only names rows of --by")
    return Wish(question, view.reader, only, not exact, view.as_of, asked["author"], asked["reason"])


def _list(folder: Path, *, as_json: bool) -> None:
    """Print the releases to the reader who is named or to all."""
    from konvoi.cli.output import answer, table
    from konvoi.cli.workspace_argument import opened
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.ledger.released_figures import seen_releases

    work = opened([folder])
    found = seen_releases(work, work.view if work.view.is_cell else loaded(work).view)
    if as_json:
        answer({"releases": [one.as_dict() for one in found]})
        return
    if not found:
        click.echo(said("Nothing was released."))
        return
    rows = [
        [
            one.day.isoformat(),
            said(one.reader),
            _about(one),
            each.key,
            figure_text(each),
            one.as_of.isoformat(),
        ]
        for one in found
        for each in one.figures
    ]
    heads = ("Released on", "Reader", "What", "Row", FURTHER, "As of")
    table([said(head) for head in heads], rows)


def _about(release: "Release") -> str:
    """The stage, and the good of quantities."""
    stage = said(release.question.stage)
    return f"{release.question.good}, {stage}" if release.question.good else stage


def _tell(draft: "Draft", *, dry: bool) -> None:
    """Print the figures that are released, and the inferences that readers could draw, the closest first."""
    from konvoi.cli.output import cut, table

    release = draft.release
    for one in release.figures:
        text = "{title}, {what}, as of {day}: {value}"
        told = {"title": said(FURTHER), "what": _about(release), "day": release.as_of}
        row = f" ({one.key})" if one.key else ""
        click.echo(f"{said(text, **told, value=figure_text(one))}{row}")
    if draft.inferences:
        click.echo(said("Closest inference for each contribution:"))
        heads = ("contribution", "amount", "reader", "before", "with this release")
        rows = [_inference(one) for one in draft.closest[:_SHOWN]]
        table([said(head) for head in heads], rows, right=(1, 3, 4))
        cut(len(rows), len(draft.closest))
    reader = said(release.reader)
    if draft.refused:
        click.echo(said("Refused: nothing is released to {reader}.", reader=reader))
    elif dry:
        click.echo(said("Nothing forbids this release to {reader}; nothing was released.", reader=reader))
    else:
        click.echo(said("Released to {reader}, from {day} on.", reader=reader, day=release.day))


def _inference(one: "Inference") -> list[str]:
    """One row: the amount, who could know the most of it, and its interval before and after."""
    from konvoi.ledger.release import plain

    subject = one.exposure
    name = said(_SUBJECTS[subject.subject], name=subject.name)
    before = one.before.ends if one.before else (Decimal(0), None)
    amount = f"{figure(plain(subject.value, subject.places))} {subject.unit}"
    return [name, amount, said(one.reader), ends_text(before), ends_text(subject.ends)]


_SUBJECTS = {"record": "{name}", "party": "{name}, together", "change": "{name}, change"}
