"""The API of a running demonstration against its own OpenAPI document: all checks of schemathesis.

Each persona is asked, and nobody, with the tokens that its account page makes: with a token for reading for
every list and every other operation that this token opens, and with a token of each other scope for what is
no list, and for the lists from which its chains begin. That all other operations are not there for a token is
a test (tests/web/api/test_rights_of_tokens.py). Operations are asked with the examples of the document, with
every kind of right and wrong value, by chance, and in chains of operations that follow from each other. The
answers have to be as the document says; what is right is accepted, and what is wrong is refused. Every status
that an operation can answer stands in the document. `--persons` and `--operations` check a part at a time.

What a document cannot say, schemathesis is told in bench/conformance:

- right data may be answered with 404, 409 or 412: the record alone knows whether an id names something that
  the reader may see, whether its state allows an action, and which entity tag it has;
- wrong data may be answered with any refusal: the record, If-Match (412, 428), the size (413) and a key
  that was used (422) are looked at before members of a body. An operation that accepts it still fails;
- a key is new for each request, unless the key is what is wrong; a cursor comes from a page, and columns of
  a table from the table.
"""

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.conformance.checked import PHASES, checked
from bench.record import Benchmark, arguments
from bench.web import demo
from bench.web_instance import Person
from django.db import connections
from django.urls import get_resolver
from django.utils import timezone
from tests.web.world import use

from konvoi.web.access.roles import BY_ROLE, OF_SCOPE
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import SCOPES, User
from konvoi.web.accounts.tokens import make_token
from konvoi.web.api.description import openapi
from konvoi.web.api.urls import OPERATIONS, all_lists, calls
from konvoi.web.sign_in.demo import PERSONAS, address_of

PATIENCE = 300
READING = "read"


@dataclass(frozen=True)
class Way:
    """A way to ask the API. token: empty for nobody; operations: ids of those that it opens."""

    token: str
    operations: tuple[str, ...]


def ways(folder: Path) -> dict[str, Way]:
    """Return the ways to ask: of nobody, and of each persona by the scope of its token."""
    use(folder)
    found = {"nobody": Way("", opened(Viewer(public_allowed=True)))}
    until = timezone.now().date() + timedelta(days=1)
    for one in PERSONAS:
        if one.role is None:
            continue
        user = User.objects.get(email=address_of(one))
        for scope in SCOPES:
            if scope == READING or OF_SCOPE[scope] <= BY_ROLE[one.role]:
                viewer = Viewer(user.id, Membership(one.role, one.party), public_allowed=True, scope=scope)
                _, token = make_token(user, name="bench", party=one.party, scope=scope, until=until)
                found[f"{one.name}, {scope}"] = Way(token, opened(viewer))
    connections["default"].close()
    return found


def opened(viewer: Viewer) -> tuple[str, ...]:
    """Return the ids of the operations that a viewer is asked for: all that are open to it for reading alone;
    with another scope no lists but those from which chains begin.
    """
    # Addresses declare the lists that they show.
    get_resolver().url_patterns  # noqa: B018
    document = openapi(all_lists(), OPERATIONS)
    found = []
    for call in calls():
        described = document["paths"].get(f"/{call.path}", {}).get("post" if call.writes else "get")
        if described is None or not call.is_open_to(viewer):
            continue
        begins = call not in OPERATIONS and "links" in described["responses"]["200"]
        if viewer.scope in ("", READING) or begins or call in OPERATIONS:
            found.append(described["operationId"])
    return tuple(found)


def wait(person: Person, token: str) -> None:
    """Wait until the first results are there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if person.get("/api/v1/packages", Authorization=f"Bearer {token}")[0] == 200:
            return
        time.sleep(1)
    raise TimeoutError("there are no results")


def main() -> None:
    """Check for each persona."""
    parser = arguments()
    parser.add_argument("--examples", type=int, default=20, help="Requests of each operation by chance.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phases", nargs="*", default=list(PHASES), choices=PHASES)
    parser.add_argument("--operations", nargs="*", default=(), help="Ids of operations; without it: all.")
    parser.add_argument("--persons", nargs="*", help="As whom to ask, as “planner, submit”; without it: all.")
    asked = parser.parse_args()
    data = {"examples": asked.examples, "seed": asked.seed, "phases": asked.phases}
    bench = Benchmark("api_conformance", data=data)
    folder = Path(tempfile.mkdtemp()) / "demo"
    with demo(folder) as (_, person):
        known = ways(folder)
        wait(person, known[f"planner, {READING}"].token)
        for name, way in known.items():
            if asked.persons and name not in asked.persons:
                continue
            chosen = [one for one in way.operations if not asked.operations or one in asked.operations]
            if not chosen:
                continue
            start = time.monotonic()
            found = checked(
                f"http://localhost:{person.port}",
                way.token,
                phases=asked.phases,
                examples=asked.examples,
                seed=asked.seed,
                only=chosen,
            )
            bench.figures[f"{name}: operations"] = found.operations
            bench.figures[f"{name}: requests"] = found.cases
            bench.figures[f"{name}: seconds"] = round(time.monotonic() - start, 1)
            bench.at_most(f"{name}: failures", len(found.wrong), 0, unit="")
            bench.at_most(f"{name}: operations left out", len(chosen) - found.operations, 0, unit="")
            if found.wrong:
                print(name, found.said, sep="\n", file=sys.stderr)
    shutil.rmtree(folder.parent)
    bench.finish(asked)


if __name__ == "__main__":
    main()
