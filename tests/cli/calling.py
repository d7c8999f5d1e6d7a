"""Calling konvoi as a user does, without a new process."""

import contextlib
import io
import json
from dataclasses import dataclass
from typing import Any

from konvoi.cli import main


@dataclass(frozen=True)
class Called:
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


def konvoi(*argv: object) -> Called:
    """Run `konvoi ARGV…` here and now."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(arg) for arg in argv])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return Called(code, out.getvalue(), err.getvalue())
