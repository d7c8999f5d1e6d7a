"""Start of the instance: its database, its first account, the worker and the server.

python -m konvoi.web.start DIR [--demo] [--port PORT] [--host HOST] [--link]
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from konvoi.flow.move_workspace import import_workspace, new_workspace
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.gateways import files
from konvoi.gateways.database import ADDRESS, imported
from konvoi.gateways.database_tables import make_tables
from konvoi.gateways.example import copied
from konvoi.gateways.refusal import Refused
from konvoi.web.instance import FOLDER, SCOPE, Instance

DEMO = "exercise"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def prepare(folder: Path, *, demo: bool = False) -> Instance:
    """Make the database of an instance where there is none; import a workspace that lies in the folder."""
    here = Instance(folder.resolve())
    at = datetime.now(UTC).isoformat(timespec="seconds")
    dsn = os.environ.get(ADDRESS, "")
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
            new_workspace(
                folder, f'[coalition]\nname = "{_name(folder)}"\nrecipient = "UA"\n', dsn=dsn, at=at
            )
    make_tables(here.address)
    return here


def _name(folder: Path) -> str:
    return folder.resolve().name.replace("\\", "\\\\").replace('"', '\\"')


def set_up(here: Instance) -> None:
    """Let Django know the instance, and bring its tables to the newest form."""
    os.environ[FOLDER] = str(here.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "konvoi.web.settings"
    # Whoever starts the instance on its machine is its operator.
    os.environ[SCOPE] = "engine"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


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
    """Return the port asked for; 0: one that is free."""
    if wanted:
        return wanted
    with socket.socket() as probe:
        probe.bind((host, 0))
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
    asked = parser.parse_args()
    try:
        if asked.demo and asked.host not in LOOPBACK:
            raise Refused("a demonstration is served on this machine alone; leave --host out")
        here = prepare(asked.folder, demo=asked.demo)
        set_up(here)
    except Refused as error:
        print(f"konvoi: {error}", file=sys.stderr)
        return 3
    return _link(asked.port) if asked.link else _serve(here, asked)


def _link(port: int) -> int:
    print(f"http://localhost:{port}{first_account()}")
    return 0


def _serve(here: Instance, asked: argparse.Namespace) -> int:
    from konvoi.web.access.audit import record
    from konvoi.web.access.viewer import Viewer
    from konvoi.web.record import writing
    from konvoi.web.runs.queue import ask_run
    from konvoi.web.sign_in.demo import make_personas

    port = free_port(asked.host, asked.port)
    address = f"http://localhost:{port}"
    with writing():
        if here.is_demo:
            make_personas()
        record(Viewer(), "started")
        ask_run()
    if here.is_demo:
        print(f"Konvoi: {address}/demo/ (exercise: all parties and figures are invented)", flush=True)
    else:
        print(f"Konvoi: {address}", flush=True)
        print(f"Sign in as administrator (once, within 10 minutes): {address}{first_account()}", flush=True)
    children = [] if asked.no_worker else [_process("konvoi.web.work")]
    server = _server(asked.host, port)
    children.append(server)

    def stop(*_: object) -> None:
        for one in children:
            one.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    code = server.wait()
    stop()
    for one in children:
        one.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else code


def _process(module: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-P", "-m", module])


def _server(host: str, port: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "granian", "konvoi.web.asgi:application"),
            *("--interface", "asginl", "--host", host, "--port", str(port)),
            *("--workers", "1", "--log-level", "warning", "--no-access-log"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
