"""Pairs of instances that differ in one secret of a party, and what each viewer is given in both."""

import random
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.urls import reverse
from tests.web.answers import Answer, answer
from tests.web.matrix import cases, records
from tests.web.pair_secrets import HIDDEN_FROM, HIDDEN_RECORDS, OWNER, RETURNED, SECRET, SECRETS, VIEWERS
from tests.web.whole_world import asked_for, shown_records, with_all_subjects
from tests.web.world import World, compute, copied

LEDGER = (
    "/ledger/total?stage=pledged&by=partner",
    "/ledger/total.json?stage=pledged",
    "/ledger/packages/XB-H1",
    "/ledger/source/packages/XB-H1",
)
"""Pages of the ledger that a secret package would change."""
SUBJECTS = (
    "/planning/schedule?party=XB",
    "/planning/coverage?region=West",
    "/deliveries/receipts/add?reference=XA-M1",
    *(
        f"/deliveries/consignments/{one}/papers/{form}"
        for one in ("W-1", "W-77")
        for form in ("ubl", "epcis")
    ),
    *(f"/deliveries/slips/{one}/papers/ubl" for one in ("XA-M1", "XB-M7")),
    "/deliveries/orders/partner/XA/orders.xlsx",
    "/agreements/rounds/PACT-1?clause=II/1",
    f"/agreements/rounds/PACT-1/returned/{RETURNED}",
    "/meetings/decisions?session=SES-1",
)
"""Pages and papers of the subjects that take values which no parameter of an address names."""
OF_THE_INSTANCE = ("/administration/", "/administration/health", "/administration/runs")
"""Pages with the clock, the free disk and all runs, which administrators see."""
_TIME = re.compile(rb"<time [^>]*>[^<]*</time>")
_JOB = re.compile(r"/runs/[0-9a-f-]{36}")
_AGO = re.compile(rb'<span title="[^"]*">[^<]*</span>')
"""When a session was last in use."""


def _untimed(path: str, one: Answer) -> Answer:
    """Return a page on users without times: it says when persons were last there, which this test does."""
    body = _TIME.sub(b"", one.body) if path.startswith("/administration/users") else one.body
    return Answer(one.status, one.headers, one.cookies, body)


def given(world: World, viewer: str, addresses: Sequence[str]) -> Mapping[str, Answer]:
    """Return what a viewer is given: pages, parts of pages, exports, forms; by name."""
    client = world.exporting(viewer) if viewer else world.client()
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
    for path in (*LEDGER, *SUBJECTS):
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
    world = with_all_subjects(copied(template, target), target.parent / f"{target.name}-files")
    known = dict(records())
    for parts in (shown_records(), asked_for(HIDDEN_RECORDS)):
        known |= {name: (*known.get(name, ()), *values) for name, values in parts.items()}
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

    def is_shown(self, number: int, seed: int = 1) -> bool:
        """Return True if the person who is cleared is given something else with the secret of a pair."""
        secret = SECRETS[number % len(SECRETS)]

        def answers(world: World) -> list[Answer]:
            if secret.computed:
                compute(world.folder, (OWNER,), "third")
            client = world.client(secret.cleared)
            client.cookies["csrftoken"] = "x" * 32
            return [answer(client.get(path), ids=True) for path in secret.shown_on]

        without = answers(self._copy(f"without-{number}"))
        world = self._copy(f"with-{number}")
        secret.plant(world, random.Random(seed * 1000 + number))
        return answers(world) != without


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
