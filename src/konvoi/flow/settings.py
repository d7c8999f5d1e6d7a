"""The settings of a workspace, as konvoi.toml holds them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from konvoi.flow.receipts import ReleasedDays
from konvoi.flow.reconstructed import Declarations
from konvoi.flow.reconstructed import wrong as wrongly_reconstructed
from konvoi.flow.retention import DAYS as RETENTION
from konvoi.flow.retention import WANTED as RETENTION_WANTED
from konvoi.flow.retention import is_right as retention_is_right
from konvoi.fund.priority import PARTS
from konvoi.model.document import MARKINGS, OWN
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.sheet_names import table_of
from konvoi.model.stages import RULES, Stage

FILE = "konvoi.toml"
LANGUAGES = ("en", "de", "uk")
_MOST = {"samples": 10_000_000, "seed": 2**63 - 1}
"""Beyond these a forecast would never end, or has no such seed."""

_KNOWN = {
    "coalition": (
        "name",
        "recipient",
        "party",
        "day",
        "languages",
        "exercise",
        "currency",
        "marking",
        "ocid",
        "oc4ids",
        "contact",
        "public",
    ),
    "boundaries": None,
    "groups": None,
    "limits": ("megabytes", "seconds"),
    "rules": (
        "delivered",
        "accept",
        "samples",
        "seed",
        "rounds",
        "receipt_days",
        "answer_days",
        "remind_days",
        "escalate_days",
        "goals",
        "delays",
        "bottlenecks",
    ),
    "supersedes": None,
    "known_on": None,
    "reconstructed": None,
    "markings": None,
    "sheets": None,
    "aliases": None,
    "goods": None,
    "assumptions": None,
    "stalled": None,
    "reconstruction": PARTS,
    "screening": None,
    "forecast": None,
    "release": ("contributors", "largest", "share", "interval"),
    "retention": tuple(RETENTION),
}


_WHOLE = (
    "boundaries",
    "supersedes",
    "markings",
    "sheets",
    "aliases",
    "goods",
    "assumptions",
    "known_on",
    "reconstructed",
    "stalled",
    "reconstruction",
    "screening",
    "forecast",
    "release",
    "retention",
)
"""Tables that are taken whole."""

_OPEN = tuple(name for name in _KNOWN if name not in ("coalition", "release"))
"""Tables of which no key limits who sees what: an unknown key in them is a warning alone."""


@dataclass(frozen=True)
class Settings:
    """The settings of a workspace; docs/reference/workspace.md lists each key.

    day: the day of everything that says "today"; None means that of the latest submission.
    party: whose workspace it is, in bundles. goals: blend, or ordered. delays: whether plans mind them.
    bottlenecks: how many are tried.
    public: whether anybody may read what is marked public on the web, without signing in.
    contact: who puts questions to partners, such as a name with an e-mail address. answer_days: days that
    partners have to answer. remind_days: days before its due day from which the owner of an action item is
    reminded. escalate_days: days overdue from which a reminder goes to the head of the delegation, too.
    marking: who may see a submission that does not say it; what its source has published is public.
    boundaries: named scopes, such as {"kabul": "country:AFG"}. groups: parties by group.
    supersedes: new document → old one. known_on, markings: by document. reconstructed:
    by document, its source and days (konvoi.flow.reconstructed.Declared). sheets: name of a sheet → the table
    as which it is read, although it is named otherwise. aliases: name → the party that it is accepted for.
    goods: good → the party whose definition is accepted.
    assumptions: name → what is assumed and its range.
    ocid: the registered prefix of contracting processes. stalled: stage → days in it from which a line is
    stalled, where too few cases tell; `days` is for all others. oc4ids: the registered prefix of projects.
    reconstruction: how much each part of a priority weighs. screening: what konvoi.align.roles makes of it.
    forecast: days assumed where nothing is learnt or stated, and closures
    (konvoi.flow.forecast.supposed_days). release: thresholds of released figures
    (konvoi.ledger.disclosure.Protection). retention: days by log (konvoi.flow.retention). broken: why the
    file is no TOML. unread: keys that are unknown or unreadable and may have limited who sees what. The
    store fills in, from elsewhere than konvoi.toml: mappings, by party, how its own files are read
    (konvoi.intake.mapping); released, the days of figures released before each document was stored.
    """

    name: str = "A coalition"
    recipient: str = ""
    party: str = ""
    day: date | None = None
    languages: tuple[str, ...] = LANGUAGES
    exercise: bool = False
    public: bool = False
    currency: str = "EUR"
    marking: str = "coalition"
    boundaries: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    megabytes: int = 2048
    seconds: int = 60
    delivered: str = "as stated by the source"
    accept: float = 0.98
    samples: int = 2000
    seed: int = 1
    rounds: int = 80
    receipt_days: int = 14
    answer_days: int = 14
    remind_days: int = 7
    escalate_days: int = 14
    contact: str = ""
    goals: str = "blend"
    delays: bool = False
    bottlenecks: int = 3
    supersedes: Mapping[str, str] = field(default_factory=dict)
    known_on: Mapping[str, date] = field(default_factory=dict)
    reconstructed: Declarations = field(default_factory=dict)
    markings: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    goods: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, str] = field(default_factory=dict)
    ocid: str = ""
    stalled: Mapping[str, int] = field(default_factory=dict)
    oc4ids: str = ""
    reconstruction: Mapping[str, int] = field(default_factory=dict)
    screening: Mapping[str, object] = field(default_factory=dict)
    forecast: Mapping[str, object] = field(default_factory=dict)
    release: Mapping[str, int] = field(default_factory=dict)
    retention: Mapping[str, int] = field(default_factory=dict)
    mappings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    released: ReleasedDays = field(default_factory=ReleasedDays)
    broken: str = ""
    unread: tuple[str, ...] = ()


def settings(text: str) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings that a konvoi.toml holds; what it says that nobody knows is a finding."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = {"expected": "TOML", "remedy": "correct the line stated"}
        finding = _finding(Severity.ERROR, "settings-broken", column="", read=str(error), **words)
        return Settings(broken=str(error)), (finding,)
    findings = [*_strange(found), *_screening(found)]
    values: dict[str, object] = {}
    for table in ("coalition", "limits", "rules"):
        values |= {k: v for k, v in _table(found, table).items() if k in (_KNOWN[table] or ())}
    for table in _WHOLE:
        values[table] = _table(found, table)
    values["release"] = {k: v for k, v in _table(found, "release").items() if k in (_KNOWN["release"] or ())}
    values["groups"] = {k: tuple(v) for k, v in _table(found, "groups").items() if isinstance(v, list)}
    for name in list(values):
        problem = _problem(name, values[name])
        if problem:
            findings.append(
                _finding(
                    Severity.ERROR,
                    "settings-value",
                    column=name,
                    read=str(values[name]),
                    expected=problem,
                    remedy="correct the value",
                )
            )
            del values[name]
            if name == "marking":
                values[name] = OWN
    values["unread"] = _unread(findings)
    if "languages" in values:
        values["languages"] = tuple(values["languages"])  # type: ignore[arg-type]
    return Settings(**values), tuple(findings)  # type: ignore[arg-type]


def _unread(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the keys that may have been meant to limit who sees what.

    An unknown table or key of the coalition may be a limit that is misspelt, such as [marking].
    """
    limiting = {
        one.place.column
        for one in findings
        if one.code == "settings-unknown" and one.place.column.partition(".")[0] not in _OPEN
    }
    limiting |= {
        one.place.column
        for one in findings
        if one.code == "settings-value" and one.place.column in ("markings", "release")
    }
    return tuple(sorted(limiting))


def _table(found: Mapping[str, object], name: str) -> dict[str, object]:
    value = found.get(name, {})
    return value if isinstance(value, dict) else {}


def _strange(found: Mapping[str, object]) -> list[Finding]:
    """Keys that mean nothing here: most often a slip of the pen."""
    named = [(table, "") for table in found if table not in _KNOWN]
    for table, keys in {**_KNOWN, "forecast": _forecast_keys(found)}.items():
        if keys is not None:
            named += [(table, key) for key in _table(found, table) if key not in keys]
    return [
        _finding(
            Severity.WARNING,
            "settings-unknown",
            column=f"{table}.{key}" if key else table,
            read=key or table,
            expected="a key of docs/reference/workspace.md",
            remedy="correct or remove the key",
        )
        for table, key in named
    ]


def _forecast(value: object) -> str:
    """Return the form that the table of days requires; empty where it is right.

    The engine of forecasts is loaded for a table that is there alone: most commands need none of it.
    """
    if value == {}:
        return ""
    from konvoi.flow.forecast.supposed_days import wrong

    return wrong(value)


def _forecast_keys(found: Mapping[str, object]) -> tuple[str, ...] | None:
    if not _table(found, "forecast"):
        return None
    from konvoi.flow.forecast.supposed_days import KEYS

    return KEYS


def _screening(found: Mapping[str, object]) -> list[Finding]:
    """Return findings on the table of screening; without one nothing of sanctions is loaded."""
    if "screening" not in found:
        return []
    from konvoi.align.regime_names import REGIME_NAMES
    from konvoi.align.roles import wrong

    told = wrong(_table(found, "screening"), REGIME_NAMES)
    words = {"remedy": "correct the value"}
    return [
        _finding(
            Severity.ERROR, "settings-value", column=f"screening.{key}", read=read, expected=right, **words
        )
        for key, read, right in told
    ]


_FIXED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "marking": (MARKINGS, "public, coalition or own"),
    "delivered": (RULES, f"one of {', '.join(RULES)}"),
    "goals": (("blend", "ordered"), "blend or ordered"),
}
"""Settings that are one of a few words, and what is expected of them."""


def _problem(name: str, value: object) -> str:
    """Return the form that a value requires, where it has another; empty where it is right."""
    default = getattr(Settings(), name)
    if name == "screening":
        return ""
    if name == "day":
        return "" if type(value) is date else "a day such as 2026-01-03, without quotes"
    if name in _FIXED:
        allowed, wanted = _FIXED[name]
        return "" if value in allowed else wanted
    if name == "languages":
        right = isinstance(value, list) and value and set(value) <= set(LANGUAGES)
        return "" if right else "a list of en, de, uk"
    if name == "known_on":
        right = isinstance(value, dict) and all(type(day) is date for day in value.values())
        return "" if right else "documents with days such as 2026-01-03, without quotes"
    if name == "reconstructed":
        return wrongly_reconstructed(value)
    if name == "stalled":
        right = isinstance(value, dict) and all(_limit(*pair) for pair in value.items())
        return "" if right else "stages (or days, for all others) with whole numbers above 0"
    if name == "forecast":
        return _forecast(value)
    if name == "release":
        right = isinstance(value, dict) and all(_threshold(*pair) for pair in value.items())
        return "" if right else _THRESHOLDS
    if name == "retention":
        return "" if retention_is_right(value) else RETENTION_WANTED
    if name == "reconstruction":
        right = isinstance(value, dict) and _weights(value)
        return "" if right else f"{', '.join(PARTS)} with whole numbers, not all of them 0"
    if name == "sheets":
        right = isinstance(value, dict) and all(table_of(str(table)) for table in value.values())
        return "" if right else "names of sheets with names of tables, such as packages"
    if name in ("boundaries", "supersedes", "markings", "assumptions", "aliases", "goods"):
        right = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
        return "" if right else "names with texts"
    if isinstance(default, bool) or name == "groups":
        return "" if isinstance(value, type(default)) or name == "groups" else "true or false"
    if isinstance(default, int):
        if name == "bottlenecks":
            return "" if type(value) is int and value >= 0 else "a whole number, 0 for none"
        if name in _MOST and type(value) is int and value > _MOST[name]:
            return f"a whole number, at most {_MOST[name]}"
        return "" if type(value) is int and value > 0 else "a whole number above 0"
    if isinstance(default, float):
        return "" if isinstance(value, float) and 0 < value <= 1 else "a number above 0, at most 1.0"
    return "" if isinstance(value, str) else "a text"


_THRESHOLDS = "whole numbers: contributors at least 3, largest at least 1, share 1 to 99, interval 1 to 100"
_WITHIN = {"contributors": (3, 1000), "largest": (1, 1000), "share": (1, 99), "interval": (1, 100)}


def _threshold(name: str, value: object) -> bool:
    """Return True if a threshold of released figures is one that protects; an unknown key is a finding
    anyway.
    """
    least, most = _WITHIN.get(name, (0, 0))
    return name not in _WITHIN or (type(value) is int and least <= value <= most)


def _weights(value: Mapping[str, object]) -> bool:
    """Return True if parts of a priority weigh nothing or more, and some part something."""
    whole = all(type(weight) is int and weight >= 0 for weight in value.values())
    return whole and sum(int(str(value.get(part, 1))) for part in PARTS) > 0


def _limit(stage: str, days: object) -> bool:
    return (stage == "days" or stage in set(Stage)) and type(days) is int and days > 0


def _finding(severity: Severity, code: str, *, column: str, read: str, expected: str, remedy: str) -> Finding:
    return Finding(severity, code, Place(file=FILE, column=column), read, expected, remedy)
