"""Pairs of instances that differ in one secret of a party, and what each viewer is given in both."""

import random
import re
import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from tests.web.answers import Answer, answer
from tests.web.matrix import cases, records
from tests.web.packages import AT, HEADINGS
from tests.web.world import World, compute, copied

from konvoi.flow.submissions.import_submission import take
from konvoi.web.access.audit import record
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

OWNER = "XB"
VIEWERS = ("", "desk-xa", "reader-xa", "legal", "recipient", "administrator")
"""Persons who are not cleared for what the owner keeps to itself."""
HIDDEN_FROM = ("public", "XA", "XV")
SECRET = "Undisclosed"
"""A word in all that is hidden: it stands in no answer."""

LEDGER = (
    "/ledger/total?stage=pledged&by=partner",
    "/ledger/total.json?stage=pledged",
    "/ledger/packages/XB-H1",
    "/ledger/source/packages/XB-H1",
)
"""Pages of the ledger that a secret package would change."""
OF_THE_INSTANCE = ("/administration/", "/administration/health", "/administration/runs")
"""Pages with the clock, the free disk and all runs, which administrators see."""
_TIME = re.compile(rb"<time [^>]*>[^<]*</time>")
_JOB = re.compile(r"/runs/[0-9a-f-]{36}")
_AGO = re.compile(rb'<span title="[^"]*">[^<]*</span>')
"""When a session was last in use."""


@dataclass(frozen=True)
class Secret:
    """One kind of secret. plant: makes it in the instance in use; computed: True where results change."""

    name: str
    plant: Callable[[World, random.Random], None]
    viewers: tuple[str, ...] = VIEWERS
    computed: bool = False


def _package(world: World, chance: random.Random) -> None:
    """Hand in a package that its owner keeps to itself."""
    place = world.folder.parent / f"{world.folder.name}-hidden" / "hidden"
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text(f"party,{OWNER}\nday,2031-02-10\nmarking,own\n", encoding="utf-8")
    rows = [
        f"XB-H{number},XB,{chance.choice(['energy', 'military', 'humanitarian'])},{SECRET} {number},"
        f"2031-0{chance.randint(1, 2)}-1{chance.randint(0, 9)},{chance.choice(['pledged', 'committed'])},EUR,"
        f"{chance.randint(1, 99)}00000,XV\n"
        for number in range(chance.randint(1, 4))
    ]
    (place / "packages.csv").write_text(HEADINGS + "".join(rows), encoding="utf-8")
    take([place], party=OWNER, folder=world.folder, at=AT)


def _person(world: World, chance: random.Random) -> None:
    user = User.objects.create_user("undisclosed@exercise.invalid", SECRET)
    grant = ask(user.id, chance.choice([Role.DESK, Role.READER]), OWNER, by=None)
    if chance.random() < 0.5:
        decide(grant, GrantEvent.Step.CONFIRMED, by=uuid.uuid4())


def _upload(world: World, chance: random.Random) -> None:
    """Leave files of the owner in quarantine, in one of their states, with the job that reads them."""
    states = {"waiting": "checking", "running": "checking", "failed": "failed", "done": "checked"}
    state = chance.choice(sorted(states))
    job = Job.objects.create(
        kind="check", lane="files", party=OWNER, state=state, note=SECRET, done=4, total=5
    )
    upload = Upload.objects.create(
        party=OWNER, user=uuid.uuid4(), state=states[state], files=[{"name": f"{SECRET}.csv"}], job=job.pk
    )
    place = world.instance.quarantine / str(upload.pk)
    place.mkdir(parents=True)
    (place / f"{SECRET}.csv").write_text(SECRET, encoding="utf-8")


def _run(world: World, chance: random.Random) -> None:
    """Let the owner ask for results, which wait, are being computed, or could not be."""
    state = chance.choice(["waiting", "running", "failed"])
    Job.objects.create(
        kind="run",
        lane="runs",
        state=state,
        asked_by=world.user("desk-xb").id,
        note=SECRET,
        done=chance.randint(1, 40),
        total=50,
        error=f"{SECRET} in row 4" if state == "failed" else "",
        until=timezone.now(),
        parameters={"readers": ["cell", "public", "XA", "XB", "XV"], "day": None, "askers": []},
    )


def _read(world: World, chance: random.Random) -> None:
    held = Membership(Role.DESK, OWNER)
    viewer = Viewer(world.user("desk-xb").id, held, (held,))
    with transaction.atomic():
        for number in range(chance.randint(1, 5)):
            record(viewer, "exported", party=OWNER, object=f"{SECRET}-{number}")


def _computed(world: World, chance: random.Random) -> None:
    _package(world, chance)
    compute(world.folder, HIDDEN_FROM, "second")


OTHERS = tuple(one for one in VIEWERS if one != "administrator")
SECRETS = (
    Secret("a package, computed", _computed, computed=True),
    Secret("a package, not computed yet", _package),
    Secret("a person of the party", _person, OTHERS),
    Secret("an upload in quarantine", _upload, OTHERS),
    Secret("a run", _run, OTHERS),
    Secret("what the party read", _read),
)


def _untimed(path: str, one: Answer) -> Answer:
    """Return a page on users without times: it says when persons were last there, which this test does."""
    body = _TIME.sub(b"", one.body) if path.startswith("/administration/users") else one.body
    return Answer(one.status, one.headers, one.cookies, body)


def given(world: World, viewer: str, addresses: Sequence[str]) -> Mapping[str, Answer]:
    """Return what a viewer is given: pages, parts of pages, exports, forms; by name."""
    client = world.client(viewer)
    client.cookies["csrftoken"] = "x" * 32
    # Refused sign-ins are counted: those of the pair before, asked within the same minutes, are no secret.
    cache.clear()
    found: dict[str, Answer] = {}
    for path in addresses:
        if path in OF_THE_INSTANCE and viewer == "administrator":
            continue
        found[f"GET {path}"] = _untimed(path, answer(client.get(path), ids=True))
    for path in ("/", "/records", "/brief/brief.json", *(one for one in addresses if _JOB.fullmatch(one))):
        for day in ("?day=2031-02-20", "?day=not-a-day"):
            found[f"GET {path}{day}"] = answer(client.get(path + day), ids=True)
        found[f"HEAD {path}"] = answer(client.head(path), ids=True)
        found[f"PART {path}"] = answer(client.get(path, headers={"hx-request": "true"}), ids=True)
    for path in LEDGER:
        found[f"GET {path}"] = answer(client.get(path), ids=True)
    for path in ("/nothing-is-here", "/accounts/login/", "/accounts/sessions/", "/accounts/2fa/"):
        found[f"GET {path}"] = answer(client.get(path), ids=True)
    mail = {"login": "undisclosed@exercise.invalid", "password": "is not the right one"}
    found["POST sign-in"] = answer(world.client().post("/accounts/login/", mail), ids=True)
    if client.cookies.get("konvoi_session"):
        found["POST run"] = answer(client.post(reverse("run-ask")), ids=True)
        found["GET after it"] = answer(client.get("/"), ids=True)
    return {
        name: Answer(one.status, one.headers, one.cookies, _AGO.sub(b"", one.body))
        for name, one in found.items()
    }


def prepared(template: Path, target: Path) -> tuple[Path, list[str]]:
    """Return the instance of which pairs are copies, and the addresses that are asked for."""
    world = copied(template, target)
    known = dict(records())
    # A paper is released by now: what changed since is part of the results that are compared.
    compute(world.folder, HIDDEN_FROM, "released")
    # Everybody has been here before: pages on persons say whether they ever signed in.
    for viewer in VIEWERS:
        world.client(viewer)
    known.pop("persona")
    asked = cases({**known, "persona": ()})
    addresses = sorted({reverse(name, kwargs=values) for name, values, _ in asked})
    return world.folder, addresses


@dataclass
class Pairs:
    """The answers of the instance without the secret, and the pairs that are compared with it."""

    base: Path
    scratch: Path
    addresses: list[str]

    def __post_init__(self) -> None:
        """Ask the instance without a secret for all that is compared."""
        world = self._copy("plain")
        self.plain = {one: given(world, one, self.addresses) for one in VIEWERS}
        shutil.rmtree(world.folder)

    def _copy(self, name: str) -> World:
        return copied(self.base, self.scratch / name)

    def differences(self, number: int, seed: int = 1, *, third: bool = False) -> list[str]:
        """Return what one pair tells a viewer who is not cleared: answers that differ, or hold the secret.

        third: every third viewer alone; the others with the next pairs of the same kind of secret.
        """
        secret = SECRETS[number % len(SECRETS)]
        world = self._copy(f"pair-{number}")
        secret.plant(world, random.Random(seed * 1000 + number))
        found = []
        turn = number // len(SECRETS) % 3
        for viewer in secret.viewers[turn::3] if third else secret.viewers:
            for name, one in given(world, viewer, self.addresses).items():
                if one != self.plain[viewer][name]:
                    where = _first(one, self.plain[viewer][name])
                    found.append(f"{secret.name}: {viewer or 'nobody'}: {name}: {where}")
                if SECRET.encode() in one.body:
                    found.append(f"{secret.name}: {viewer or 'nobody'}: {name}: holds the secret")
        shutil.rmtree(world.folder)
        return found


def _first(one: Answer, other: Answer) -> str:
    """Return where two answers begin to differ."""
    if one.status != other.status or one.cookies != other.cookies:
        return f"{one.status} {one.cookies} for {other.status} {other.cookies}"
    if one.headers != other.headers:
        return str(sorted(set(one.headers) ^ set(other.headers)))
    at = next(
        (at for at, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b),
        min(len(one.body), len(other.body)),
    )
    return f"{one.body[max(at - 60, 0) : at + 80]!r} for {other.body[max(at - 60, 0) : at + 80]!r}"
