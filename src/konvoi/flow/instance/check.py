"""The checks of an instance: what was found, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from konvoi.model.finding import filled


class State(StrEnum):
    """The state of a check: only an error makes the command exit with 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Check:
    """One check. name: stable; found, remedy: English message ids, `{name}` in them filled from values.

    remedy: empty where nothing is to be done.
    """

    name: str
    state: State
    found: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """The check as plain JSON values, sentences filled in English."""
        values = {name: str(value) for name, value in self.values.items()}
        return {
            "check": self.name,
            "state": str(self.state),
            "found": filled(self.found, values),
            "remedy": filled(self.remedy, values),
        }


def ok(name: str, found: str, /, **values: object) -> Check:
    """Return a check that found nothing to do."""
    return Check(name, State.OK, found, values=values)


def warning(name: str, found: str, remedy: str, /, **values: object) -> Check:
    """Return a check that found something that should be changed."""
    return Check(name, State.WARNING, found, remedy, values)


def error(name: str, found: str, remedy: str, /, **values: object) -> Check:
    """Return a check that found something that must be changed."""
    return Check(name, State.ERROR, found, remedy, values)
