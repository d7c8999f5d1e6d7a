"""konvoi funding projects: reconstruction projects with their conditions, met or unknown."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import chosen, code, figure, said
from konvoi.cli.output import json_option
from konvoi.cli.view import view_options
from konvoi.cli.workspace_argument import dir_option, opened, with_dir
from konvoi.flow.view import CELL
from konvoi.model.markings import PUBLIC

if TYPE_CHECKING:
    from konvoi.flow.funding.projects import Projects
    from konvoi.flow.workspace import Workspace

_SHOWN = 40
_MILLION = Decimal(1_000_000)
Row = dict[str, object]


@click.command("projects")
@click.argument("names", nargs=-1, metavar="[ID] [PATH]...")
@dir_option
@click.option("--of", default="", metavar="PARTY", help="Only those that a party owns or pays for.")
@click.option("--oblast", default="", metavar="OBLAST", help="Only those in one oblast, by its code or name.")
@click.option(
    "--oc4ids",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all projects as OC4IDS 0.9 to this file.",
)
@click.option("--over", is_flag=True, help="Let FILE replace a file that is there.")
@view_options(reader="")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    names: tuple[str, ...],
    of: str,
    oblast: str,
    oc4ids: Path | None,
    over: bool,
    as_json: bool,
) -> None:
    """List reconstruction projects, the most urgent first.

    ID: the reference of a project, to show it in full. Unknown conditions come first and never count as met.

    PATH: files, folders or a workspace; default: this folder.

    \b
    Example:
      konvoi funding projects
      konvoi funding projects P-3
      konvoi funding projects --oblast UA63 --json
      konvoi funding projects --oc4ids projects.json --for coalition
    """
    from konvoi.cli.output import Watch, answer, exit_code, tell_errors
    from konvoi.flow.funding.projects import Asked, projects, published

    project, paths = _parted(names)
    paths = with_dir(paths)
    work = opened(paths, reader=CELL if oc4ids is None else PUBLIC)
    watch = Watch(quiet=as_json)
    asked = Asked(of, oblast, project)
    found = projects(work, asked, stop=watch)
    watch.close()
    if oc4ids is not None:
        _write(oc4ids, published(found.gathered, work), work, over=over)
    told = found.gathered.findings
    if as_json:
        answer(found.as_dict())
    else:
        (_print_one if project else _print)(found)
        tell_errors(told, found.gathered.readings)
    ctx.exit(exit_code(told, refused=bool(found.gathered.refused)))


def _parted(names: tuple[str, ...]) -> tuple[str, tuple[Path, ...]]:
    """The one name that is no path, which is a project's, and the paths."""
    others = [name for name in names if not Path(name).exists()]
    if len(others) > 1:
        raise click.UsageError(f"{others[1]}: no such file or folder; one ID can be named, {others[0]}")
    return "".join(others), tuple(Path(name) for name in names if Path(name).exists())


def _write(target: Path, content: bytes, work: "Workspace", *, over: bool) -> None:
    from konvoi.cli.output import say
    from konvoi.gateways.files import write

    write(target, content, over=over)
    say(said("{file}: written as OC4IDS 0.9.", file=target))
    if not work.settings.oc4ids:
        say(said("Its projects have no registered prefix: set `oc4ids` under [coalition] in konvoi.toml."))


def _print(found: "Projects") -> None:
    from konvoi.cli.output import cut, table

    _unknown(found)
    one = "As of {day}: {count} project."
    many = "As of {day}: {count} projects."
    click.echo(said(one, many, found.rows.height, day=found.day))
    if found.rows.is_empty():
        return
    click.echo(said("Amounts in millions. Priority: what is not known counted as nothing, and as all."))
    heads = ("project", "stage", "oblast", "currency", "committed", "contracted", "paid", "left")
    rows = [
        [
            str(row["project"]),
            chosen("stage", str(row["stage"])) if row["stage"] else "–",
            str(row["oblasts"] or "–"),
            str(row["currency"] or "–"),
            *(_millions(row, name) for name in ("committed", "contracted", "paid", "left")),
            _answers(row),
            _priority(row),
        ]
        for row in found.rows.head(_SHOWN).iter_rows(named=True)
    ]
    table(
        [*(said(head) for head in heads), said("met, not, unknown"), said("priority")],
        rows,
        right=(4, 5, 6, 7, 8, 9),
    )
    cut(len(rows), found.rows.height)
    _twice(found)


def _unknown(found: "Projects") -> None:
    """The share of answers that nobody knows: before anything else."""
    if found.unknown is None:
        click.echo(said("No principle is asked of any of these projects."))
        return
    counts = found.counts()
    values = {"met": counts["met"], "not_met": counts["not met"], "of": found.answers.height}
    click.echo(
        said(
            "Unknown: {share} of {of} answers; {met} met, {not_met} not met.",
            share=_percent(found.unknown),
            **values,
        )
    )


def _twice(found: "Projects") -> None:
    from konvoi.cli.output import table

    if found.twice.is_empty():
        return
    one = "{count} pair may be one place or building:"
    many = "{count} pairs may be one place or building:"
    click.echo()
    click.echo(said(one, many, found.twice.height))
    rows = [
        [
            *(str(row[side]) for side in ("left", "right")),
            _percent(Decimal(str(row["probability"]))),
            _both(row),
            said(str(row["verdict"])) if row["verdict"] else "–",
        ]
        for row in found.twice.iter_rows(named=True)
    ]
    heads = ("project", "other project", "likely", "perhaps twice", "decided")
    table([said(head) for head in heads], rows, right=(2, 3))
    click.echo(said("Decide with: konvoi review PROJECT OTHER --verdict same or different --by NAME"))


def _both(row: Row) -> str:
    return "–" if row["amount"] is None else _money(row, "amount")


def _print_one(found: "Projects") -> None:
    """One project whole: where it stands, its money, what each principle answers and why."""
    from konvoi.cli.output import table

    row = found.rows.row(0, named=True)
    _unknown(found)
    click.echo(f"{row['project']}: {row['title']}")
    rows = [[said(name), value] for name, value in _told(row) if value]
    table([said("what"), said("value")], rows)
    answers = [
        [
            said(str(one["principle"])),
            said(str(one["verdict"])),
            said(str(one["reason"]), value=one["value"]),
            _threshold(one),
            str(one["adopted_by"]),
            f"{one['party'] or ''} {one['day'] or ''}".strip(),
        ]
        for one in found.answers.iter_rows(named=True)
    ]
    if answers:
        click.echo()
        heads = ("principle", "answer", "because", "threshold", "adopted by", "attested by")
        table([said(head) for head in heads], answers)
    _twice(found)


def _told(row: Row) -> list[tuple[str, str]]:
    damage = said("not assessed")
    if row["damage_day"]:
        amount = _money({"amount": row["damage"], "currency": row["damage_currency"]}, "amount")
        damage = f"{amount}, {row['damage_method']}, {row['damage_day']}"
    money = [(name, _money(row, name)) for name in ("cost", "committed", "contracted", "paid", "left")]
    parts = [(name, _part(row[name])) for name in ("need", "readiness", "money")]
    return [
        ("stage", chosen("stage", str(row["stage"])) if row["stage"] else said("not known")),
        ("owner", str(row["owner"] or said("not known"))),
        ("communities", str(row["communities"] or said("not known"))),
        ("oblast", str(row["oblasts"] or said("not known"))),
        ("building", str(row["building"] or said("not known"))),
        ("completion", str(row["ends"] or said("not known"))),
        ("damage", damage),
        *money,
        ("priority", _priority(row)),
        *parts,
    ]


def _threshold(row: Row) -> str:
    if not isinstance(row["threshold"], Decimal) or not row["sense"]:
        return ""
    unit = said(str(row["unit"])) if row["unit"] else ""
    return f"{said(str(row['sense']))} {figure(row['threshold'].normalize())} {unit}".strip()


def _answers(row: Row) -> str:
    counts = [int(str(row[name])) for name in ("met", "not_met", "unknown")]
    return ", ".join(figure(count) for count in counts) if sum(counts) else "–"


def _priority(row: Row) -> str:
    if not isinstance(row["priority"], Decimal) or not isinstance(row["highest"], Decimal):
        return "–"
    low = _part(row["priority"])
    high = _part(row["highest"])
    return low if low == high else f"{low} – {high}"


def _part(value: object) -> str:
    return _percent(value) if isinstance(value, Decimal) else said("not known")


def _percent(value: Decimal) -> str:
    from konvoi.report.language import Language

    return Language(code()).percent(value)


def _money(row: Row, name: str) -> str:
    if row[name] is None:
        return said("not known")
    return said("{amount} m {currency}", amount=_millions(row, name), currency=row["currency"])


def _millions(row: Row, name: str) -> str:
    """An amount in millions; a dash where it is not known."""
    from konvoi.kit.money import to_major

    minor = row[name]
    if not isinstance(minor, int):
        return "–"
    return figure((to_major(minor, str(row["currency"])) / _MILLION).normalize())
