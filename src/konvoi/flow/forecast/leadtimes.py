"""Lead times of a workspace: cases from its ledger, its model, and what a forecast asks of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.flow.forecast.delivery_files import deliveries
from konvoi.flow.forecast.history import of_ledger
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.today import known_today, today
from konvoi.flow.workspace import Workspace
from konvoi.forecast.distribution import Distribution
from konvoi.forecast.leadtimes.cases import CASES, FACTORS, sound
from konvoi.forecast.leadtimes.document import NoModel, read, written
from konvoi.forecast.leadtimes.learn import learn
from konvoi.forecast.leadtimes.model import Model
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.kit.progress import Stop, never
from konvoi.ledger.versions import SUPERSEDED
from konvoi.model.finding import Finding
from konvoi.model.stages import Stage

FILE = "leadtimes.json"
"""The model of a workspace, beside its konvoi.toml."""

Row = Mapping[str, Any]
Teacher = Callable[[str, Sequence[Row]], Distribution | None]

MEASURES = {"production": f"{Stage.CONTRACTED} > {Stage.PRODUCED}", "transit": "departed > arrived"}
"""For a step of a plan's forecast, the measure that tells how long it takes."""


@dataclass(frozen=True)
class Lessons:
    """A model, the cases it was learnt from (CASES), and what was wrong with the others."""

    model: Model
    cases: pl.DataFrame
    findings: tuple[Finding, ...]


def learnt(
    work: Workspace | None, tables: Sequence[Path], *, on: date | None = None, stop: Stop = never
) -> Lessons:
    """Return the cases that the ledger of a workspace and CSVs of deliveries give, as known on a day.

    on: by default the day of the workspace, else the last day that a delivery names.
    """
    parts = [pl.DataFrame(schema=CASES)]
    findings = list[Finding]()
    names = list[str]()
    contents = list[bytes]()
    day = on
    if work is not None:
        gathered = loaded(work, stop=stop)
        day = day or today(gathered, work)
        cases, more = of_ledger(gathered)
        parts.append(cases)
        findings += more
        names.append(work.settings.name or "ledger")
        contents += [document.content for document in work.documents]
    for path in tables:
        cases, more = deliveries(path)
        parts.append(cases)
        findings += more
        names.append(path.name)
        contents.append(files.content(path) or b"")
    every = pl.concat(parts)
    last = pl.max_horizontal(every["since"].max(), every["ended_to"].max())
    told = pl.select(last).item()
    day = day or told
    if day is None:
        raise Refused("nothing with two days was read; there is nothing to learn from")
    # On an earlier day, what came later was merely not known.
    kept, more = sound(every, max(day, told) if on and told else day)
    model = learn(kept, day, data=", ".join(names), digest=_digest(contents))
    return Lessons(model, kept, (*findings, *more))


def model_of(work: Workspace) -> Model | None:
    """The model of a workspace; None where it has none. Refused where the file is damaged."""
    return None if work.folder is None else model_at(work.folder / FILE)


def model_at(path: Path) -> Model | None:
    """The model of a file; None where there is no such file. Refused where it is damaged."""
    text = files.text(path)
    if text is None:
        return None
    try:
        return read(text)
    except NoModel as wrong:
        raise Refused(
            f"{path}: no model of lead times: {wrong}; make it anew with konvoi plan learn"
        ) from None


def known_column(name: str) -> str:
    """The column by which groups are asked for; refused with those that there are."""
    if name and name not in FACTORS:
        raise Refused(f"{name}: no column that tells cases apart; there are {', '.join(FACTORS)}")
    return name


def keep(model: Model, path: Path) -> None:
    """Write a model, whole or not at all."""
    files.write(path, written(model).encode())


def models(work: Workspace, gathered: Gathered) -> tuple[Model, ...]:
    """Return the models behind forecasts: the workspace's own, where it has one, and the one learnt from its
    ledger.

    The second is learnt as `konvoi plan learn` does, from all lines of `gathered` as known on its day.
    Refused where the model of the workspace is damaged.
    """
    own = _own_model(work)
    day = known_today(gathered, work.settings)
    found = () if own is None else (own,)
    return found if day is None else (*found, of_today(work, gathered, day))


def _own_model(work: Workspace) -> Model | None:
    """The model of a workspace, where it rests on nothing that the view does not show.

    It is learnt from all that the coordination cell sees, up to its own last day.
    """
    view = work.view
    own = model_of(work) if view.is_cell else None
    return None if own is not None and view.as_of is not None and own.until > view.as_of else own


def models_for(work: Workspace, gathered: Gathered, shown: pl.DataFrame) -> tuple[Model, ...]:
    """Return the models behind forecasts for a reader who is shown some entries; the same where these are
    all.

    Else only what is shown teaches: the workspace's own model may tell of what is not.
    """
    if shown.height == gathered.ledger.entries.height:
        return models(work, gathered)
    # Whether a reader may see an earlier statement is not looked up here: none teaches.
    ledger = replace(gathered.ledger, entries=shown, superseded=SUPERSEDED.to_frame())
    less = replace(gathered, ledger=ledger)
    day = known_today(gathered, work.settings)
    return () if day is None else (of_today(work, less, day),)


def of_today(work: Workspace, gathered: Gathered, day: date) -> Model:
    """Return the model learnt from the ledger, as known on a day."""
    cases, _ = of_ledger(gathered)
    kept, _ = sound(cases, day)
    name = work.settings.name or "ledger"
    # Of the view alone: a document that is hidden or known later changes nothing.
    documents = gathered.documents["digest"].drop_nulls().sort().to_list()
    return learn(kept, day, data=name, digest=digest("".join(documents).encode()))


def _digest(contents: Sequence[bytes]) -> str:
    """The digest of all that is learnt from."""
    return digest("".join(digest(content) for content in contents).encode())


def teacher(work: Workspace, gathered: Gathered) -> Teacher:
    """Return the days that the models of a workspace give a forecast; refuse where its own model is
    damaged.
    """
    offers = gathered.tables.get("offers", pl.DataFrame(schema={"offer": pl.String(), "line": pl.String()}))
    return taught(models(work, gathered), offers, gathered.ledger.entries)


def taught(told: Sequence[Model], offers: pl.DataFrame, entries: pl.DataFrame) -> Teacher:
    """Return a function from the name of a step and its cases to the days of each case; None where none is
    known.

    told: of two models that know a case the first is taken.
    offers: the table, entries: ENTRIES. The kind of a movement is that of the line behind its offer, or of
    all lines of its good; where that is not known, there is no basis.
    """
    lines: dict[str, str] = dict(entries.select("line", "kind").drop_nulls().iter_rows())
    behind: dict[str, str] = dict(offers.select("offer", "line").drop_nulls().iter_rows())
    goods: dict[str, set[str]] = {}
    for good, kind in entries.select("good", "kind").drop_nulls().unique().iter_rows():
        goods.setdefault(good, set()).add(kind)

    def kind_of(case: Row) -> str:
        among = goods.get(case.get("good") or "", set())
        only = next(iter(among)) if len(among) == 1 else ""
        return lines.get(behind.get(case.get("offer") or "", ""), only)

    def asked(step: str, cases: Sequence[Row]) -> Distribution | None:
        measure = MEASURES.get(step)
        if measure is None or not told:
            return None
        named = "supplier" if step == "production" else "lane"
        rows = [(kind_of(case), measure, str(case["key"] or "")) for case in cases]
        schema = dict.fromkeys(("kind", "measure", named), pl.String())
        wanted = pl.DataFrame(rows, schema=schema, orient="row")
        found = reduce(Distribution.or_else, (model.distribution(wanted) for model in told))
        return found if found.known.any() else None

    return asked
