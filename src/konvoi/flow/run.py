"""The chain: read → post → relate → total → solve → forecast → brief."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from konvoi.flow.adopted_plan import assumed_in, in_force
from konvoi.flow.cases import bare
from konvoi.flow.derive import derived, refuse_undeclared
from konvoi.flow.forecast.forecast_workspace import Ahead
from konvoi.flow.forecast.leadtimes import models_for
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import inputs_digest, loaded
from konvoi.flow.ledger.brief_totals import totals
from konvoi.flow.ledger.released_figures import seen_releases
from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import party
from konvoi.flow.planning.named_plan import NamedPlan, named_plan
from konvoi.flow.planning.plan_in_force import PlanNow, in_force_files, plan_now
from konvoi.flow.planning.plan_workspace import Wish, planning
from konvoi.flow.planning.problem import Made, problem
from konvoi.flow.sanctions.comparison_case import with_sanctions
from konvoi.flow.sanctions.screening_case import with_screening
from konvoi.flow.submissions.questions_asked import open_questions
from konvoi.flow.today import NoDay
from konvoi.flow.view import CELL
from konvoi.flow.workspace import Workspace
from konvoi.forecast.outlook import Outlook
from konvoi.forecast.validate import faults
from konvoi.gateways.refusal import Refused
from konvoi.kit.json_text import json_text
from konvoi.kit.progress import Progress, Stop, never
from konvoi.ledger.units import owned
from konvoi.link.keeping import kept
from konvoi.model.document import COALITION, PUBLIC
from konvoi.model.finding import Finding
from konvoi.plan.bottlenecks import bottlenecks
from konvoi.plan.folder import files as plan_files
from konvoi.plan.plan import Plan
from konvoi.plan.solve import Parameters
from konvoi.reconcile.random_sample import labelled
from konvoi.report.case import Case
from konvoi.report.planning.released_plan import released_outlook, released_plan
from konvoi.report.render import render
from konvoi.report.tables import frame_csv, problem_files

Tables = Mapping[str, pl.DataFrame]
INPUTS = "inputs.txt"
"""File of the coordination cell's folder that holds the digest of the inputs of a run."""


@dataclass(frozen=True)
class Run:
    """Outcome of one run of the chain.

    case: of the coordination cell. shown: the case that the reader of the brief may see; None where nothing
    dated is released to that reader, so that there is no brief. files: of the brief, by their path. own: of
    the coordination cell alone, for a folder of their own. refused, shown_refused: how many documents of each
    were refused. lacking: the tables that nobody handed in and without which there is no plan.
    """

    case: Case
    shown: Case | None
    files: dict[str, bytes]
    own: dict[str, bytes]
    refused: int
    shown_refused: int
    lacking: tuple[str, ...] = ()

    def as_read(self) -> "Run":
        """Return the run as the reader of the brief may know it, without files and plan of the cell."""
        if self.shown is self.case or self.shown is None:
            return self
        case = replace(self.shown, plan=None)
        return replace(self, case=case, own={}, refused=self.shown_refused, lacking=())


def run(
    work: Workspace, *, audience: str = "public", full: bool = False, hxl: bool = False, stop: Stop = never
) -> Run:
    """The whole chain for one audience: public, coalition, or a party that was read of.

    full: with all charts and tables on the page of the brief. hxl: with HXL tags in its workbook.
    """
    whole = submitted(work, stop=stop)
    audience = party("--for", audience, whole, work.settings, also=(CELL, PUBLIC, COALITION))
    # The questions of the cell's view are only shown to the cell.
    found = whole_case(work, whole, questions=audience == CELL, stop=stop)
    case = found.case
    stop(Progress("Writing the brief", 0))
    shown: Case | None = case
    refused = whole.refused
    if audience != CELL:
        try:
            shown, seen = reader_case(case, work, audience, stop=stop)
            refused = seen.refused
        except NoDay:
            shown = None
            refused = 0
    files = _nothing_released(audience)
    if shown is not None:
        files = render(shown, audience=audience, languages=work.settings.languages, full=full, hxl=hxl)
    own = (
        _beside(case, found.made, found.plan)
        | _weighed(whole)
        | dict(in_force_files(found.now))
        | {INPUTS: f"{inputs_digest(work)}\n".encode()}
    )
    return Run(case, shown, files, own, whole.refused, refused, found.made.lacking)


@dataclass(frozen=True)
class Whole:
    """The coordination cell's case, and the plan that is in it, with its problem and its changes."""

    case: Case
    now: PlanNow

    @property
    def made(self) -> Made:
        """The problem that was planned."""
        return self.now.made

    @property
    def plan(self) -> Plan | None:
        """The plan; None where there is nothing to plan."""
        return self.now.plan


def submitted(work: Workspace, *, stop: Stop = never) -> Gathered:
    """Return all that was submitted, for the coordination cell; Refused where there are no rows."""
    if not work.documents:
        raise Refused("no submissions yet; import one: konvoi add FILE --from PARTY")
    whole = gathering(replace(work, view=replace(work.view, reader=CELL)), stop=stop)
    if not whole.refused and not whole.documents["rows"].sum():
        raise Refused(
            "the submissions contain no rows; fill in a workbook, then run: konvoi add FILE --from PARTY"
        )
    return whole


def whole_case(work: Workspace, whole: Gathered, *, questions: bool = True, stop: Stop = never) -> Whole:
    """Compute figures, plan and forecast for the coordination cell.

    questions: whether the open questions of all parties are wanted.
    """
    now = plan_now(work, problem(whole), whole, stop=stop)
    made, plan = now.made, now.plan
    ahead = Ahead.of(work, made, whole)
    outlook = None if plan is None or plan.movements.is_empty() else ahead.run(plan, stop=stop)
    told = (*whole.findings, *now.findings, *(() if plan is None else faults(ahead.tables, plan)))
    tried = _tried(ahead, plan, outlook, stop=stop) | _narrow(made, plan, work, stop)
    case = counted(whole, work, questions=questions, stop=stop)
    return Whole(replace(_with_cells(case, tried, plan, outlook), findings=told), now)


def _nothing_released(audience: str) -> dict[str, bytes]:
    """Return the file that stands in place of a brief for a reader to whom nothing dated is released."""
    told = f"There is no brief: nothing with a day is released to this reader ({audience}).\n"
    return {"README.txt": told.encode()}


def reader_case(
    whole: Case, work: Workspace, reader: str, *, asked: str | None = "", stop: Stop = never
) -> tuple[Case, Gathered]:
    """Return the case as a reader may see it, and what was gathered for that reader.

    asked: the party whose open questions are wanted; empty: of all parties; None: of none. whole: the
    coordination cell's case. Of its plan and forecast the reader gets the rows of which all references are
    visible; value, bound, prices, bottlenecks and remedies are the cell's alone.
    """
    opened = replace(work, view=replace(work.view, reader=reader))
    gathered = gathering(opened, stop=stop)
    case = counted(gathered, opened, questions=asked is not None, party=asked or "", stop=stop)
    plan = released_plan(whole.plan, whole.tables, case.tables)
    outlook = released_outlook(whole.outlook, whole.plan, plan)
    return replace(case, plan=plan, outlook=outlook), gathered


def _with_cells(
    case: Case, tables: Mapping[str, pl.DataFrame], plan: Plan | None, outlook: Outlook | None
) -> Case:
    refuse_undeclared({*case.tables, *tables})
    return replace(case, plan=plan, outlook=outlook, tables={**case.tables, **tables})


def _narrow(made: Made, plan: Plan | None, work: Workspace, stop: Stop) -> dict[str, pl.DataFrame]:
    """The table `bottlenecks`, where there is a plan and they are asked for."""
    most = work.settings.bottlenecks
    if plan is None or not most:
        return {}
    chosen = Parameters(rounds=work.settings.rounds)
    return {"bottlenecks": bottlenecks(made.tables, plan, most=most, parameters=chosen, stop=stop)}


def _tried(
    ahead: Ahead, plan: Plan | None, outlook: Outlook | None, *, stop: Stop
) -> dict[str, pl.DataFrame]:
    """The table `remedies`: what one could change first, where there is a forecast."""
    if plan is None or outlook is None:
        return {}
    return {"remedies": ahead.changes(plan, outlook, stop=stop)}


def counted(
    gathered: Gathered, work: Workspace, *, questions: bool = True, party: str = "", stop: Stop = never
) -> Case:
    """Return the case without a plan: the statements of a view, and all totals of the brief.

    questions: whether the open questions are wanted; party: those of one party alone.
    """
    settings = work.settings
    ledger = gathered.ledger
    case = with_screening(with_sanctions(bare(gathered, work), gathered, work, stop=stop), gathered)
    names = ("oversupply", "met", *(("stalled",) if "joints" in gathered.tables else ()))
    drawn = derived(replace(gathered, tables=case.tables), settings, case.day, *names)
    return replace(
        case,
        tables={**case.tables, **drawn},
        totals=totals(gathered, settings, stop=stop),
        questions=open_questions(gathered, work, party) if questions else (),
        labelled=judged_pairs(gathered, settings.seed),
        models=models_for(work, gathered, ledger.entries),
        released=tuple(one.published() for one in seen_releases(work, gathered.view)),
    )


def judged_pairs(gathered: Gathered, seed: int) -> pl.DataFrame:
    """Return people's decisions on pairs, as konvoi.reconcile.random_sample.LABELLED: left, right, relation,
    verdict, probability, random.
    """
    entries = owned(gathered.ledger.entries, gathered.ledger.owners)
    return labelled(gathered.judgements, gathered.proposed, entries, seed=seed)


def _beside(case: Case, made: Made, plan: Plan | None) -> dict[str, bytes]:
    """Return files for other programs: problem, plan, relations, totals, findings.

    These are the cell's own, with everything that it may see; only the brief is made for an audience.
    """
    found = {f"problem/{name}": content for name, content in problem_files(case, made.tables).items()}
    found["README.txt"] = _about(case)
    if plan is not None:
        found |= {f"plan/{name}": content for name, content in plan_files(plan).items()}
    if "bottlenecks" in case.tables:
        found["bottlenecks.csv"] = frame_csv(case.tables["bottlenecks"])
    found["relations.csv"] = frame_csv(case.relations)
    found["documents.csv"] = frame_csv(case.documents)
    found["findings.json"] = _json([finding.as_dict() for finding in case.findings])
    if case.released:
        found["releases.json"] = _json([one.as_dict() for one in case.released])
    found["totals.json"] = _json({name: total.as_dict() for name, total in sorted(case.totals.items())})
    return found


def _weighed(gathered: Gathered) -> dict[str, bytes]:
    """Return the weight of each answer in this run, as a file that people read and konvoi match takes
    again.
    """
    if gathered.weights is None:
        return {}
    head = "# As used in this run: by the shares that the comparisons declare.\n"
    return {"weights.toml": (head + kept(gathered.weights)).encode()}


def _about(case: Case) -> bytes:
    """Return the description of the folder, and its readers."""
    exercise = "Exercise: all parties and figures are invented.\n" if case.exercise else ""
    told = f"{case.title}, {case.day.isoformat()}. For the coordination cell only: all that it may see.\n"
    parts = (
        "problem: the tables that were planned; plan: the plan; plan-in-force.json: the plan that was "
        "adopted, if any; relations.csv, documents.csv, totals.json and findings.json: what the brief is "
        "drawn from; releases.json: figures that were released, and to "
        "whom; weights.toml: what each answer weighed when records were compared; inputs.txt: the "
        "digest of all inputs.\n"
    )
    return f"{exercise}{told}{parts}".encode()


def _json(document: object) -> bytes:
    return (json_text(document) + "\n").encode()


def audited(
    work: Workspace, plan: Path | None, *, stop: Stop = never
) -> tuple[NamedPlan, tuple[Finding, ...], int]:
    """Return a plan with its problem, what was found in its documents, and how many were refused.

    plan: its folder; None is the plan that was adopted. Both are the coordination cell's.
    """
    whole = replace(work, view=replace(work.view, reader=CELL))
    gathered = loaded(whole, stop=stop)
    found = named_plan(plan, whole, gathered, stop=stop)
    return found, (*gathered.findings, *found.made.findings), gathered.refused


def tables_of(work: Workspace, *, stop: Stop = never) -> tuple[Made, tuple[Finding, ...], int]:
    """The problem that documents state, what was found in them, and how many were refused."""
    gathered = loaded(work, stop=stop)
    made = problem(gathered)
    return made, (*gathered.findings, *made.findings), gathered.refused


def planned(
    work: Workspace, wish: Wish, *, stop: Stop = never
) -> tuple[Made, Plan | None, tuple[Finding, ...], int]:
    """The problem that documents state, its plan, all that was found, each once, how many were refused.

    The assumptions of the plan in force are part of the problem. The plan is the coordination cell's. Another
    reader gets its visible rows, and problem and findings on documents of the reader's own view.
    """
    whole = replace(work, view=replace(work.view, reader=CELL))
    gathered = loaded(whole, stop=stop)
    made = assumed_in(problem(gathered), in_force(whole))
    plan, told = planning(made, whole, gathered=gathered, wish=wish, stop=stop)
    found = [*gathered.findings, *made.findings]
    if work.view.is_cell:
        return made, plan, (*found, *(one for one in told if one not in found)), gathered.refused
    return planned_as_seen(work, plan, gathered.tables, stop=stop)


def planned_as_seen(
    work: Workspace, plan: Plan | None, cell: Tables, *, stop: Stop = never
) -> tuple[Made, Plan | None, tuple[Finding, ...], int]:
    """Return problem, plan, findings and number of refused documents for a reader other than the cell.

    cell: the tables of the coordination cell's view.
    """
    seen = loaded(work, stop=stop)
    released = released_plan(plan, cell, seen.tables)
    # Findings on the problem tell of screening and of what is not planned: they are the cell's.
    return problem(seen), released, seen.findings, seen.refused


def released_to(work: Workspace, plan: Plan, *, stop: Stop = never) -> Plan:
    """Return the rows of a plan that the reader of the workspace's view may see."""
    whole = loaded(replace(work, view=replace(work.view, reader=CELL)), stop=stop)
    released = released_plan(plan, whole.tables, loaded(work, stop=stop).tables)
    if released is None:
        raise ValueError("a plan is released as a plan")
    return released
