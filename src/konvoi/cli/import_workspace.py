"""konvoi import-workspace: move a workspace from its folder to a database."""

from datetime import UTC, datetime
from pathlib import Path

import click

from konvoi.cli.i18n import follow, said
from konvoi.cli.output import json_option
from konvoi.cli.workspace_argument import folder_argument


@click.command("import-workspace")
@folder_argument
@json_option
def command(folder: Path, as_json: bool) -> None:
    """Move a workspace from its folder to a database.

    The database is konvoi.sqlite3 in the folder; where the environment variable DATABASE_URL names a
    PostgreSQL database, it is that one. All commands use the database from then on. The files of the folder
    stay as they are: “konvoi --store folder …” reads that state, and changes nothing. Sanctions lists and
    results stay in the folder.

    \b
    Example:
      konvoi import-workspace cell
      DATABASE_URL=postgresql://konvoi@db/konvoi konvoi import-workspace cell
    """
    from konvoi.cli.output import answer
    from konvoi.cli.verify import tell_chain
    from konvoi.flow.move_workspace import import_workspace
    from konvoi.flow.store import store, verification
    from konvoi.gateways.database import FILE, address_given

    follow([folder])
    dsn = address_given()
    import_workspace(folder, dsn=dsn, at=datetime.now(UTC).isoformat(timespec="seconds"))
    found = verification(store(folder))
    place = "PostgreSQL" if dsn else str(folder / FILE)
    if as_json:
        answer({"workspace": str(folder), "database": place, **found.as_dict()})
        return
    click.echo(said("{folder} is kept in {place} from now on.", folder=folder, place=place))
    tell_chain(found, "")
