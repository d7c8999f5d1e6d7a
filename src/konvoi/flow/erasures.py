"""The list of erasures of persons: it names nobody, and is applied again to whatever is restored."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from konvoi.gateways.refusal import Refused

CONTACT, ACCOUNT = "contact", "account"


@dataclass(frozen=True)
class Erasure:
    """An erasure. of: contact or account. id: the commitment of the contact, or the random id of the account.

    day: ISO, UTC.
    """

    of: str
    id: str
    day: str


def erasures(text: str) -> tuple[Erasure, ...]:
    """Return the erasures of a list; Refused where a line is not one."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_erasure(line))
        except (ValueError, TypeError, AttributeError) as error:
            raise Refused(f"the list of erasures cannot be read at line {number}") from error
    return tuple(found)


def _erasure(line: str) -> Erasure:
    one = Erasure(**json.loads(line))
    date.fromisoformat(one.day)
    if one.of == ACCOUNT:
        uuid.UUID(one.id)
    elif one.of != CONTACT or not isinstance(one.id, str):
        raise ValueError(line)
    return one


def lines(found: Iterable[Erasure]) -> str:
    """Return erasures as lines of the list."""
    return "".join(f"{json.dumps(asdict(one), separators=(',', ':'))}\n" for one in found)
