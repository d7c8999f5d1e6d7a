"""Start of the instance: its database, its first account, the worker and the server.

python -m konvoi.web.start DIR [--demo] [--port PORT] [--host HOST] [--link]
"""

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from konvoi.flow.move_workspace import import_workspace, new_workspace
from konvoi.flow.new_settings import new_settings
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.gateways import files
from konvoi.gateways.database import address_given, imported
from konvoi.gateways.database_tables import make_tables, tables_are_there
from konvoi.gateways.example import copied
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import FOLDER, HOSTS, HTTPS, SCOPE, Instance
from konvoi.web.parent import child_environment
from konvoi.web.terminal import refusal, said

DEMO = "exercise"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ONLY_HERE = "a demonstration is served on this machine alone; leave --host out"


def prepare(folder: Path, *, demo: bool = False) -> Instance:
    """Make the database of an instance where there is none; import a workspace that lies in the folder."""
    here = Instance(folder.resolve())
    at = datetime.now(UTC).isoformat(timespec="seconds")
    dsn = address_given()
    if demo and dsn:
        raise Refused("a demonstration has a database of its own; unset DATABASE_URL")
    if demo and not imported(folder):
        if folder.is_dir() and any(folder.iterdir()):
            raise Refused(f"{folder}: is not empty; name a new folder for the demonstration")
        copied(DEMO, folder)
        text = files.text(folder / SETTINGS) or ""
        files.write(
            folder / SETTINGS, text.replace("[coalition]\n", "[coalition]\npublic = true\n", 1).encode()
        )
        here.mark_demo()
    if demo and not here.is_demo:
        raise Refused(f"{folder}: is not a demonstration, and does not become one")
    if not imported(folder):
        if (folder / SETTINGS).is_file():
            import_workspace(folder, dsn=dsn, at=at)
        else:
            new_workspace(folder, new_settings(folder.resolve().name), dsn=dsn, at=at)
    # The role of daily work may make no tables; --migrate is for their owner.
    if not tables_are_there(here.address):
        make_tables(here.address)
    return here


def set_up(here: Instance) -> None:
    """Let Django know the instance, and bring its tables to the newest form."""
    os.environ[FOLDER] = str(here.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "konvoi.web.settings"
    # Whoever starts the instance on its machine is its operator.
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError

    if _is_newest():
        return
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        if not here.address.postgresql:
            raise
        raise Refused(
            "the tables of the database are not those of this version, and this role may not change them; "
            f"run as their owner: konvoi serve {here.folder} --migrate"
        ) from error


def _is_newest() -> bool:
    """Return True where the tables are those of this version."""
    from django.core.cache import cache
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    try:
        cache.get("is-there")
    except DatabaseError:
        return False
    return True


def first_account() -> str:
    """Return the path of a sign-in link for an administrator; the first one is made.

    Whoever starts the instance on its machine is the operator: its first administrator needs no second
    person.
    """
    from konvoi.web.access.grants import ask, decide, grants
    from konvoi.web.access.models import GrantEvent
    from konvoi.web.access.roles import Role
    from konvoi.web.accounts.links import make_link
    from konvoi.web.accounts.models import User

    confirmed = [
        one
        for one in grants()
        if one.membership.role == Role.ADMINISTRATOR and one.state == GrantEvent.Step.CONFIRMED
    ]
    for one in confirmed:
        user = User.objects.filter(pk=one.user, is_active=True).first()
        if user is not None:
            return make_link(user)
    user = User.objects.filter(email="administrator@localhost").first() or User.objects.create_user(
        "administrator@localhost", "Administrator"
    )
    grant = ask(user.id, Role.ADMINISTRATOR, "", by=user.id)
    decide(grant, GrantEvent.Step.CONFIRMED, by=None)
    return make_link(user)


def free_port(host: str, wanted: int) -> int:
    """Return the port asked for; 0: one that is free. Refused where another program has it."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        # What this server left behind when it was stopped does not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(f"port {wanted} is in use; name another one: --port {wanted + 1}") from error
            why = error.strerror or str(error)
            raise Refused(f"{host}: port {wanted} cannot be opened: {why}") from error
        port: int = probe.getsockname()[1]
        return port


def main() -> int:
    """Start the instance, and end its processes with this one."""
    parser = argparse.ArgumentParser(prog="konvoi serve")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-worker", action="store_true")
    parser.add_argument("--link", action="store_true", help="print a sign-in link, and end")
    parser.add_argument("--migrate", action="store_true", help="bring the tables up to date, and end")
    parser.add_argument("--confirm", default="", help="confirm the roles asked for a person, and end")
    asked = parser.parse_args()
    try:
        if asked.demo and asked.host not in LOOPBACK:
            raise Refused(ONLY_HERE)
        once = asked.link or asked.confirm
        if once and not imported(asked.folder):
            raise Refused(f"{asked.folder}: no instance; start one: konvoi serve {asked.folder}")
        if not (once or asked.migrate):
            asked.port = free_port(asked.host, asked.port)
        here = prepare(asked.folder, demo=asked.demo)
        if here.is_demo and asked.host not in LOOPBACK:
            raise Refused(ONLY_HERE)
        set_up(here)
        if asked.migrate:
            return _migrated(here)
        if asked.confirm:
            return _confirm(asked.confirm)
    except Refused as error:
        print(refusal(error), file=sys.stderr)
        return 3
    return _link(asked.port) if asked.link else _serve(here, asked)


def _migrated(here: Instance) -> int:
    """Give the role of daily work its rights on all tables, and say that they are up to date."""
    if here.address.postgresql:
        from konvoi.web.database_roles import APPLICATION, grant_rights

        grant_rights(here.address.dsn, APPLICATION)
    print(said("The tables of {folder} are up to date.", folder=str(here.folder)))
    return 0


def _link(port: int) -> int:
    print(f"{_address(port)}{first_account()}")
    return 0


def _confirm(email: str) -> int:
    from konvoi.web.administration.people import confirm_as_operator

    for one in confirm_as_operator(email):
        role, party = str(one.membership.role), one.membership.party
        print(said("Confirmed: {role}", role=f"{role} · {party}" if party else role))
    return 0


def _address(port: int) -> str:
    """Return the address under which the instance is reached from a browser."""
    if stated := os.environ.get("KONVOI_ADDRESS", "").rstrip("/"):
        return stated
    host = next((one for one in os.environ.get(HOSTS, "").split(",") if one), "localhost")
    return f"https://{host}" if os.environ.get(HTTPS, "") == "1" else f"http://{host}:{port}"


def _serve(here: Instance, asked: argparse.Namespace) -> int:
    from konvoi.web.access.audit import record
    from konvoi.web.access.viewer import Viewer
    from konvoi.web.record import writing
    from konvoi.web.runs.queue import ask_run
    from konvoi.web.sign_in.demo import make_personas
    from konvoi.web.sign_in.erase_account import erase_before_start

    erase_before_start(here.folder)
    with writing():
        if here.is_demo:
            make_personas()
        record(Viewer(), "started")
        ask_run()
    print("\n".join([*_greeting(here, _address(asked.port)), said("Stop with Ctrl-C.")]), flush=True)
    return _supervise(asked)


def _greeting(here: Instance, address: str) -> list[str]:
    if here.is_demo:
        text = "Konvoi: {address} (exercise: all parties and figures are invented)"
        return [said(text, address=f"{address}/demo/")]
    text = "Sign in as administrator (once, within 10 minutes): {address}"
    return [f"Konvoi: {address}", said(text, address=f"{address}{first_account()}")]


def _supervise(asked: argparse.Namespace) -> int:
    """Run the server and a worker until the server ends; a worker that ends before is started again."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(1))
    server = _process("konvoi.web.server", asked.host, str(asked.port))
    worker = None if asked.no_worker else _process("konvoi.web.work")
    while server.poll() is None and not stopping:
        if worker is not None and worker.poll() is not None:
            worker = _process("konvoi.web.work")
        time.sleep(0.5)
    children = [one for one in (server, worker) if one is not None]
    for one in children:
        one.terminate()
    for one in children:
        one.wait()
    return 0 if stopping else 1


def _process(module: str, *words: str) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C reaches this process alone, which then asks its children to stop.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *words], start_new_session=True, env=child_environment()
    )


if __name__ == "__main__":
    sys.exit(main())
