"""The API of a running demonstration against its own OpenAPI document: all checks of schemathesis.

Every operation is asked as each persona with a token, and as nobody: with the examples of the document, with
every kind of right and wrong value, by chance, and in chains of operations that follow from each other. The
answers have to be as the document says; what is right is accepted, and what is wrong is refused. Every status
that an operation can answer stands in the document. `--persons` and `--operations` check a part at a time.

What a document cannot say, schemathesis is told in bench/conformance:

- right data may be answered with 404, 409 or 412: the record alone knows whether an id names something that
  the reader may see, whether its state allows an action, and which entity tag it has;
- wrong data may be answered with any refusal: the record, If-Match (412, 428), the size (413) and a key
  that was used (422) are looked at before members of a body. An operation that accepts it still fails;
- a request without a header that it needs may meet a key used before (422), as wrong requests share one;
- a key is new for each right request; a cursor comes from a page, and columns of a table from the table.
"""

import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench.conformance.checked import PHASES, checked
from bench.record import Benchmark, arguments
from bench.web import demo
from bench.web_instance import Person
from django.db import connections
from django.utils import timezone
from tests.web.world import use

from konvoi.web.accounts.models import User
from konvoi.web.accounts.tokens import SCOPES, make_token
from konvoi.web.sign_in.demo import PERSONAS, address_of

PATIENCE = 300


def tokens(folder: Path) -> dict[str, str]:
    """Return a token of each persona, with the widest scope of which it makes use; and none of nobody."""
    use(folder)
    found = {"nobody": ""}
    until = timezone.now().date() + timedelta(days=1)
    for one in PERSONAS:
        if one.role is None:
            continue
        user = User.objects.get(email=address_of(one))
        for scope in SCOPES:
            made = make_token(user, name="bench", party=one.party, scope=scope, until=until)
            found[f"{one.name}, {scope}"] = made[1]
    connections["default"].close()
    return found


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
        known = tokens(folder)
        wait(person, known["planner, read"])
        operations = 0
        for name, token in known.items():
            if asked.persons and name not in asked.persons:
                continue
            start = time.monotonic()
            found = checked(
                f"http://localhost:{person.port}",
                token,
                phases=asked.phases,
                examples=asked.examples,
                seed=asked.seed,
                only=asked.operations,
            )
            operations = max(operations, found.operations)
            bench.figures[f"{name}: requests"] = found.cases
            bench.figures[f"{name}: seconds"] = round(time.monotonic() - start, 1)
            bench.at_most(f"{name}: failures", len(found.wrong), 0, unit="")
            bench.at_most(f"{name}: operations left out", operations - found.operations, 0, unit="")
            if found.wrong:
                print(name, found.said, sep="\n", file=sys.stderr)
    shutil.rmtree(folder.parent)
    bench.finish(asked)


if __name__ == "__main__":
    main()
