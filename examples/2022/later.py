"""What was published long after the days of the plan: each is a submission of its own day."""

from datetime import date

Row = dict[str, str]
Tables = dict[str, list[Row]]


def published_later(facts: Tables) -> dict[str, tuple[date, Tables]]:
    """The workbooks by name: the day of each, and its tables."""
    return {
        f"session-{facts['sessions'][0]['day']}.xlsx": _session(facts),
        "agreements.xlsx": _agreements(facts),
        "ukraine-facility.xlsx": _facility(facts),
    }


def _session(facts: Tables) -> tuple[date, Tables]:
    """The session as it was published."""
    (session,) = facts["sessions"]
    told = {name: facts[name] for name in ("statements", "sessions", "attendance", "agenda")}
    told["statements"] = [row for row in told["statements"] if row["day"] == session["day"]]
    return date.fromisoformat(session["day"]), told


def _agreements(facts: Tables) -> tuple[date, Tables]:
    """The ten security agreements of 2024: who, when, until when, and what they promise in money."""
    told = {name: facts[name] for name in ("documents", "undertakings")}
    return date.fromisoformat(max(row["day"] for row in told["documents"])), told


def _facility(facts: Tables) -> tuple[date, Tables]:
    """The Ukraine Facility as it was published, with the steps of the Ukraine Plan."""
    told = {name: facts[name] for name in ("programmes", "tranches", "conditions")}
    cited = {row["source"] for row in told["tranches"]}
    statements = [row for row in facts["statements"] if row["statement"] in cited]
    return date.fromisoformat(max(row["day"] for row in statements)), {"statements": statements, **told}
