"""Days for which an instance keeps what is not part of its record."""

from collections.abc import Mapping

DAYS: Mapping[str, int] = {
    "unconfirmed_uploads": 30,
    "marked_workbooks": 90,
    "sign_ins": 90,
    "purposes": 365,
    "jobs": 90,
    "closed_accounts": 365,
}
"""Days by log, where konvoi.toml states no others.

unconfirmed_uploads: files that nobody confirmed. marked_workbooks: what came back marked. sign_ins: sessions
that ended, links and invitations that are void, tokens that are void. purposes: texts on why records were
read. jobs: runs and checks that ended. closed_accounts: name, address and sign-in of a person whose account
is closed.
"""
WANTED = f"{', '.join(DAYS)} with whole numbers above 0"


def is_right(value: object) -> bool:
    """Return True for a table of days; an unknown key is a finding of its own."""
    return isinstance(value, dict) and all(type(one) is int and 0 < one < 36_600 for one in value.values())


def days(stated: Mapping[str, int], log: str) -> int:
    """Return the days for which a log is kept. stated: the table `retention` of konvoi.toml."""
    return stated.get(log, DAYS[log])
