"""The target of a verb: a workspace, files or folders, of which there is something to read."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from konvoi.cli.i18n import follow
from konvoi.cli.view import chosen_view
from konvoi.flow.view import CELL

if TYPE_CHECKING:
    from konvoi.flow.gathered import Gathered
    from konvoi.flow.workspace import Workspace

    Find = Callable[[Gathered, str], list[dict[str, object]]]

Command = TypeVar("Command", bound=Callable[..., Any])
_DIR = "konvoi.dir"
_TWICE = "Name the workspace once: as an argument or with --dir."
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def dir_option(command: Command) -> Command:
    """Add `--dir`: the workspace, in place of the argument that `named` reads."""
    return click.option(
        "--dir",
        "workspace",
        type=_FOLDER,
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_keep_dir,
        help="The workspace; default: this folder.",
    )(command)


def paths_argument(command: Command) -> Command:
    """Add `[PATH]...` as `paths`, and `--dir`: files, folders or a workspace."""
    paths = click.Path(exists=True, path_type=Path)
    return click.argument("paths", nargs=-1, type=paths, metavar="[PATH]...", callback=named)(
        dir_option(command)
    )


def folder_argument(command: Command) -> Command:
    """Add `[DIR]` as `folder`, and `--dir`: the workspace; default: this folder."""
    return click.argument("folder", default=".", type=_FOLDER, metavar="[DIR]", callback=named)(
        dir_option(command)
    )


def folder_option(command: Command) -> Command:
    """Add `--dir` as `folder`: the workspace of a command whose arguments name something else."""
    told = "The workspace; default: this folder."
    return click.option("--dir", "folder", default=".", type=_FOLDER, metavar="DIR", help=told)(command)


def with_dir(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the paths of the running command, or what `--dir` names in their place."""
    ctx = click.get_current_context()
    folder = ctx.meta.get(_DIR)
    if folder is None:
        return paths
    if paths:
        raise click.UsageError(_TWICE, ctx)
    return (folder,)


def named(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Return an argument that names the workspace, or what `--dir` names in its place."""
    if param.nargs == -1:
        return with_dir(value)
    folder = ctx.meta.get(_DIR)
    if folder is None:
        return value
    if ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE and value is not None:
        raise click.UsageError(_TWICE, ctx)
    return folder


def _keep_dir(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    ctx.meta[_DIR] = value


def opened(paths: Sequence[Path], *, party: str = "", reader: str = CELL) -> "Workspace":
    """Return the workspace, or the files and folders, under the view that the command's options choose.

    None named: this folder. reader: where the options name none. Refused where nothing is in it.
    """
    from konvoi.flow.workspace import opened as found
    from konvoi.flow.workspace import viewed
    from konvoi.gateways.refusal import Refused

    named = paths or (Path(),)
    follow(named)
    work = viewed(found(named, party=party), chosen_view(reader))
    if work.documents:
        return work
    if work.folder is not None:
        raise Refused("no submissions yet; import one: konvoi add FILE --from PARTY")
    where = ", ".join(str(path) for path in named)
    raise Refused(f"{where}: no files to read; name files, a folder of them, or a workspace (konvoi init)")


@dataclass(frozen=True)
class Found:
    """The records found for a name; near: the names most like it, where there are none."""

    records: list[dict[str, object]]
    near: tuple[str, ...]
    gathered: "Gathered"

    def exit_code(self) -> int:
        """Return 3 where nothing was found or a file was refused, 1 where errors stand in what was read."""
        from konvoi.cli.output import exit_code

        missing = not self.records or bool(self.gathered.refused)
        return exit_code(self.gathered.findings, refused=missing)

    def tell_errors(self) -> None:
        """Tell the errors in what the records were read from."""
        from konvoi.cli.output import tell_errors

        tell_errors(self.gathered.findings, self.gathered.readings)


def looked_up(paths: Sequence[Path], name: str, find: "Find", *, quiet: bool) -> Found:
    """Look a name up in the target."""
    from konvoi.cli.output import Watch
    from konvoi.flow.kept_views import loaded
    from konvoi.flow.submissions.provenance import nearest

    work = opened(paths)
    watch = Watch(quiet=quiet)
    gathered = loaded(work, stop=watch)
    watch.close()
    found = find(gathered, name)
    return Found(found, () if found else nearest(gathered, name), gathered)


def planned(plan: Path | None, problem: Path | None) -> tuple[Path | None, Path]:
    """The plan and the problem that were named, or those of the workspace in this folder.

    The plan is None where one was adopted in the workspace since its last run: that one is meant.
    """
    from konvoi.flow.adoptions import run_is_current
    from konvoi.flow.plans import plan_folder
    from konvoi.flow.workspace import is_workspace

    here = Path()
    if problem is None and not is_workspace(here):
        raise click.UsageError("no konvoi.toml in this folder; name the problem with --problem")
    problem = problem or here
    folder = problem if problem.is_dir() else here
    if plan is None and is_workspace(folder) and not run_is_current(folder):
        return None, problem
    plan = plan or plan_folder(folder)
    if not plan.is_dir():
        raise click.UsageError(
            f"{plan}: no such plan; konvoi run or konvoi plan solve PROBLEM --out DIR makes one"
        )
    return plan, problem


def typed(path: Path) -> str:
    """A path as it can be typed in a shell."""
    return shlex.quote(str(path))


def workbook(path: Path) -> Path:
    """A path whose name is a workbook's; any other is wrong usage."""
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{path}: a workbook's name ends in .xlsx; try {path.with_suffix('.xlsx')}")
    return path
