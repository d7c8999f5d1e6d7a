"""The files for containers are well-formed, and name commands, options and secrets that there are."""

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from tests.cli.test_dir_option import command

from konvoi.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
LATER = {"serve", "worker"}
"""Commands of the web, which may be named before they are there; once they are, their options are checked."""
INSTRUCTIONS = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "ENTRYPOINT", "CMD"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def own(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The services that run Konvoi."""
    return {name: one for name, one in compose["services"].items() if one["image"] == "konvoi"}


def called(compose: dict[str, Any]) -> Iterator[list[str]]:
    """The commands of Konvoi that the services call, as lists of words."""
    for one in own(compose).values():
        if "entrypoint" not in one:
            yield one["command"]
        for script in one["command"] if "entrypoint" in one else ():
            for found in re.findall(r"-m konvoi\.cli ([^\n]*?)(?: \\)?\n", script):
                yield shlex.split(found)


def test_the_services_are_those_of_an_instance(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"database", "migrate", "server", "worker", "backup", "owner"}
    assert "/healthz" in " ".join(compose["services"]["server"]["healthcheck"]["test"])
    assert compose["services"]["database"]["healthcheck"]["test"][1] == "pg_isready"


def test_konvoi_runs_without_rights_and_with_confined_readers(compose: dict[str, Any]) -> None:
    for one in own(compose).values():
        assert one["user"] == "10001:10001"
        assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
        assert one["security_opt"] == ["no-new-privileges:true"]
    facts = instructions()
    assert [value for name, value in facts if name == "USER"] == ["10001:10001"]
    assert any(name == "ENV" and "KONVOI_CONFINE=required" in value for name, value in facts)


def test_secrets_come_from_files_and_each_is_declared_and_used(compose: dict[str, Any]) -> None:
    declared = {name: one["file"] for name, one in compose["secrets"].items()}
    assert all(path == f"./secrets/{name}" for name, path in declared.items())
    used = {name for one in compose["services"].values() for name in one.get("secrets", ())}
    assert used == set(declared)
    for one in compose["services"].values():
        for name, value in one.get("environment", {}).items():
            if value.startswith("/run/secrets/"):
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in one["secrets"]
            assert not re.search(r"PASSWORD$|SECRET_KEY$|_URL$", name)
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_each_volume_is_declared(compose: dict[str, Any]) -> None:
    used = {one.split(":")[0] for service in compose["services"].values() for one in service["volumes"]}
    files = {one for one in used if one.startswith("./")}
    assert used - files == set(compose["volumes"])
    assert [one for one in files if not (DEPLOY / one).is_file()] == []


def test_each_command_and_each_option_is_there(compose: dict[str, Any]) -> None:
    found = list(called(compose))
    assert {words[0] for words in found} == {"serve", "worker", "backup", "doctor"}
    for words in found:
        if words[0] not in COMMANDS:
            assert words[0] in LATER
            continue
        there = command(words[0])
        options = {name for one in there.params if isinstance(one, click.Option) for name in one.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_the_image_is_made_of_known_instructions_and_supported_versions(compose: dict[str, Any]) -> None:
    facts = instructions()
    assert {name for name, _ in facts} <= INSTRUCTIONS
    assert [name for name, _ in facts if name == "FROM"] == ["FROM", "FROM"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    first, before = (int(one) for one in re.findall(r"3\.(\d+)", project))
    versions = {int(one) for _, value in facts for one in re.findall(r"python:3\.(\d+)-", value)}
    assert versions
    assert all(first <= one < before for one in versions)
    copied = [value.split()[0] for name, value in facts if name == "COPY" and "--from" not in value]
    assert [one for one in copied if not (ROOT / one).exists()] == []
    kept = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert {f"!{one.split('/')[0]}" for one in copied} | {"*"} == set(kept)


def test_pg_dump_is_of_the_version_of_the_server(compose: dict[str, Any]) -> None:
    server = compose["services"]["database"]["image"].partition(":")[2]
    run = " ".join(value for name, value in instructions() if name == "RUN")
    assert re.findall(r"postgresql-client-(\d+)", run) == [server]


def test_the_scripts_are_well_formed(compose: dict[str, Any]) -> None:
    scripts = [(DEPLOY / "roles.sh").read_text("utf-8"), *compose["services"]["backup"]["command"]]
    for script in scripts:
        subprocess.run(["sh", "-n"], input=script, text=True, check=True)
