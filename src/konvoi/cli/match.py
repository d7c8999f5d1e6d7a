"""konvoi match: which records of any tables belong together."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from konvoi.cli.i18n import said
from konvoi.cli.output import json_option

if TYPE_CHECKING:
    from konvoi.flow.matching.match_files import Matched

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_SHOWN = 20


def _size(ctx: click.Context, option: click.Parameter, value: str | None) -> str:
    """A size as the settings have it; a usage error for any other."""
    from konvoi.link.task import MEMORY

    if value and not MEMORY.right(value):
        raise click.BadParameter(said("{value} is no size such as 4GB", value=value))
    return value or ""


@click.command("match")
@click.argument("tables", nargs=-1, required=True, type=_FILE, metavar="TABLE...")
@click.option("--settings", required=True, type=_FILE, help="What is compared, and how: TOML.")
@click.option("--weights", type=_FILE, help="Use the weights of an earlier run as they are.")
@click.option("--labels", type=_FILE, help="Decided pairs or true clusters, which refine the weights.")
@click.option("--out", type=_FOLDER, help="Write pairs, clusters, blocks, weights and settings here.")
@click.option("--parquet", is_flag=True, help="Write tables as Parquet instead of CSV.")
@click.option("--memory", metavar="SIZE", callback=_size, help="Memory of the engine, such as 4GB.")
@click.option("--spill", type=_FOLDER, help="Folder for data that do not fit into memory.")
@click.option("--threads", type=click.IntRange(1, 256), help="Threads of the engine.")
@click.option("--spark", metavar="MASTER", help="Spread pairs over a cluster: local[2], spark://HOST:7077.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    tables: tuple[Path, ...],
    settings: Path,
    weights: Path | None,
    labels: Path | None,
    out: Path | None,
    parquet: bool,
    memory: str,
    spill: Path | None,
    threads: int | None,
    spark: str | None,
    as_json: bool,
) -> None:
    """Match records of any tables, with evidence of each pair.

    TABLE: CSV, Parquet, or the first sheet of an XLSX workbook. The settings name the comparisons and the
    blocks (docs/reference/match-settings.md). LABELS has the columns left_id, right_id, same (yes, no,
    unsure), or id, cluster. Without labels the probabilities are those of the model, not calibrated.
    --memory, --spill and --threads override the settings. --spark requires konvoi[spark] and Java 17 and
    gives the same result.

    \b
    Example:
      konvoi match people.csv --settings people.toml --out found
      konvoi match a.csv b.csv --settings both.toml --labels judged.csv --json
      konvoi match new.csv --settings people.toml --weights found/weights.toml
    """
    from konvoi.cli.output import exit_code, say, tell
    from konvoi.flow.matching.match_files import Room, matched, written
    from konvoi.gateways.files import write_folder

    room = Room(memory, str(spill or ""), threads or 0, spark or "")
    done = matched(tables, settings=settings, weights=weights, labels=labels, room=room)
    if out and not done.refused:
        write_folder(out, written(done, parquet=parquet))
    if as_json:
        _answer(done)
    else:
        if not done.refused:
            _print(done)
        tell(done.findings)
        if done.refused:
            say(said("Nothing was matched."))
        elif out:
            say(said("{out}: written.", out=out))
    ctx.exit(3 if done.refused else exit_code(done.findings))


def _answer(done: "Matched") -> None:
    from konvoi.cli.output import answer

    found = done.found
    pairs = found.pairs.drop("code", "density").to_dicts()
    answer(
        {
            "records": done.records,
            "calibrated": bool(found.used and found.used.calibration),
            "pairs": [pair | {"evidence": _evidence(pair["evidence"])} for pair in pairs],
            "clusters": found.clusters.to_dicts(),
            "blocks": done.blocks().to_dicts(),
            "recall": _recall(done),
            "groups": found.groups.to_dicts(),
            "overflow": found.overflow.to_dicts(),
            "weights": found.weights.to_dicts(),
            "findings": [finding.as_dict() for finding in done.findings],
        }
    )


def _recall(done: "Matched") -> dict[str, int] | None:
    """Return the number of true pairs that labels name, and of those that all blocks together look at."""
    whole = [row for row in done.found.recall.iter_rows() if not row[0]]
    return {"true": whole[0][1], "found": whole[0][2]} if whole else None


def _print(done: "Matched") -> None:
    """Print the number of pairs and clusters, the yield of the blocks, and the surest pairs."""
    from konvoi.cli.output import cut, table

    found = done.found
    sizes = found.clusters.group_by("cluster").len()["len"]
    figures = {"pairs": found.pairs.height, "clusters": int((sizes > 1).sum())}
    one = "{count} record: {pairs} pairs, {clusters} clusters of more than one"
    click.echo(
        said(
            one,
            "{count} records: {pairs} pairs, {clusters} clusters of more than one",
            done.records,
            **figures,
        )
    )
    rows = [
        [name, str(pairs), str(biggest), "" if true is None else f"{hit} / {true}"]
        for name, pairs, biggest, true, hit in done.blocks().iter_rows()
    ]
    head = ("block", "pairs", "biggest group", "true pairs found")
    table([said(name) for name in head], rows, right=(1, 2, 3))
    if whole := _recall(done):
        click.echo(said("All blocks together find {found} of {true} true pairs.", **whole))
    if found.used is None or found.used.calibration is None:
        click.echo(
            said("Match probabilities are not calibrated: no reviewed pairs were supplied (--labels).")
        )
    shown = [
        [left, right, f"{p:.3f}", ", ".join(f"{name}: {label}" for name, label in _evidence(evidence))]
        for left, right, p, evidence in found.pairs.head(_SHOWN)
        .select("left_id", "right_id", "probability", "evidence")
        .iter_rows()
    ]
    if shown:
        table([said(name) for name in ("left", "right", "probability", "evidence")], shown, right=(2,))
    cut(_SHOWN, found.pairs.height)


def _evidence(text: str) -> list[tuple[str, str]]:
    import json

    return [(name, label) for name, label in json.loads(text)]
