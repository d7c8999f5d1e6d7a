"""Scenarios: a problem is changed, and two plans for it are compared with the plan in force."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from konvoi.flow.adopted_plan import assumed_in, in_force, packed
from konvoi.flow.cases import posed
from konvoi.flow.forecast.forecast_workspace import Ahead
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.planning.named_plan import ADOPTED, named_plan
from konvoi.flow.planning.plan_in_force import changes_between
from konvoi.flow.planning.plan_workspace import expected_late
from konvoi.flow.planning.problem import Made, problem
from konvoi.flow.planning.scenarios import Ground, Words, meant
from konvoi.flow.plans import parameters_of, plan_at, same_problem
from konvoi.flow.view import CELL
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import key
from konvoi.kit.json_text import json_text
from konvoi.kit.progress import BY_HAND, Progress, Stop, never
from konvoi.model.finding import Finding
from konvoi.plan.folder import files as plan_files
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Answers, Outcome, answers
from konvoi.plan.read_problem import from_tables
from konvoi.plan.scenario import Scenario, idle, supposed
from konvoi.plan.solve import Candidate, Parameters, replan
from konvoi.report.case import Case
from konvoi.report.planning.scenario_result import Tried
from konvoi.report.planning.what_if import pages
from konvoi.report.tables import problem_files

Tables = Mapping[str, pl.DataFrame]
Heard = Callable[[Scenario, Plan, Candidate], None]
"""Called with a scenario, the plan in force and a plan found for the scenario."""


@dataclass(frozen=True)
class Answer:
    """The outcome of each scenario, and the plan compared with; stale: that plan was made for other tables.

    findings: all that was found; own: what comes of the scenarios alone. refused: how many documents were.
    made: the problem without the scenarios; assumed: what the plan in force adds to it.
    """

    plan: Plan
    tried: tuple[Tried, ...]
    case: Case
    findings: tuple[Finding, ...]
    own: tuple[Finding, ...]
    stale: bool
    refused: int
    gathered: Gathered
    made: Made
    assumed: tuple[Scenario, ...] = ()

    def ended(self, why: str) -> "Answer":
        """The same, where plans that were stopped say why: "time" or "by hand"; empty: none was."""
        if not why:
            return self
        return replace(
            self,
            tried=tuple(
                replace(one, close=_ended(one.close, why), independent=_ended(one.independent, why))
                for one in self.tried
            ),
        )

    def as_dict(self) -> dict[str, object]:
        """All of it as plain JSON values."""
        return {
            "plan": {"value": self.plan.value, "bound": self.plan.bound, "stale": self.stale},
            "scenarios": [_as_dict(one) for one in self.tried],
            "findings": [finding.as_dict() for finding in self.findings],
        }


@dataclass(frozen=True)
class Prepared:
    """Inputs that are loaded before any scenario is answered: a plan, and the problem that scenarios change.

    work: as the coordination cell sees it. late: expected delays, for a plan that allows for them. assumed:
    what the plan in force adds to the problem.
    """

    work: Workspace
    gathered: Gathered
    plan: Plan
    made: Made
    late: pl.DataFrame | None
    assumed: tuple[Scenario, ...]


def prepared(
    plan: Path | None, work: Workspace, *, as_submitted: bool = False, stop: Stop = never
) -> Prepared:
    """Load a plan with its problem (`what_if`)."""
    force = None if plan is None else plan_at(plan)
    # Plans and their comparison are the coordination cell's; readers get visible rows of what comes of it.
    work = replace(work, view=replace(work.view, reader=CELL))
    gathered = loaded(work, stop=stop)
    if force is None:
        force = named_plan(None, work, gathered, stop=stop).plan
    adopted = None if as_submitted else in_force(work)
    made = assumed_in(problem(gathered), adopted)
    if lacking := [name for name in ("needs", "horizon") if made.tables[name].is_empty()]:
        raise Refused(f"nothing to plan: the problem has nothing in table `{', '.join(lacking)}`")
    same_problem(force, made.tables, named=plan or Path(ADOPTED))
    mindful = bool(force.parameters.get("mindful"))
    late = expected_late(Ahead.of(work, made, gathered), force, stop=stop) if mindful else None
    return Prepared(work, gathered, force, made, late, adopted.assumed if adopted else ())


def rehearse(ready: Prepared) -> None:
    """Look for the first plan of the unchanged problem, so that all that a scenario needs is loaded."""
    problem_now = from_tables(ready.made.tables, **ready.plan.states())
    found = replan(problem_now, ready.plan, parameters=parameters_of(ready.plan), chances=ready.late)
    next(found, None)


def what_if(
    plan: Path | None,
    work: Workspace,
    words: Sequence[Words],
    *,
    rounds: int | None = None,
    gap: float | None = None,
    heard: Heard | None = None,
    as_submitted: bool = False,
    ready: "Prepared | None" = None,
    stop: Stop = never,
) -> Answer:
    """Each scenario planned with the parameters of the plan in force, which lies in the folder `plan`.

    plan: None is the plan that was adopted.
    rounds, gap: in place of the plan's own. heard: called with each plan as soon as it is found. Where
    `stop` answers True, the best plan so far is taken. All is computed for the
    coordination cell. The tables are changed as if that had been handed in; nothing of the workspace is.
    as_submitted: without the assumptions under which the plan in force was adopted. ready: what was loaded of
    the same plan and workspace before; not used with as_submitted.
    """
    if ready is None or as_submitted:
        ready = prepared(plan, work, as_submitted=as_submitted, stop=stop)
    work, gathered, force, made = ready.work, ready.gathered, ready.plan, ready.made
    ground = Ground(made.tables, gathered, work.settings)
    understood = [
        (Scenario(one.name), ()) if as_submitted and one.is_empty else meant(one, ground) for one in words
    ]
    chosen = _parameters(force, rounds, gap)
    told: list[tuple[Finding, ...]] = []
    tried = []
    for number, (scenario, found) in enumerate(understood):
        stop(Progress("Supposing", number, len(understood)))
        tables = supposed(made.tables, scenario)
        changed = from_tables(tables, **force.states())
        told.append((*found, *changed.findings))
        ending = _Heard(stop)
        hearing = partial(heard, scenario, force) if heard else None
        both = answers(changed, force, parameters=chosen, chances=ready.late, heard=hearing, stop=ending)
        tried.append(_tried(scenario, (made.tables, tables), _stopped(both) if ending.stopped else both))
    # Read last, so that the first plan of a scenario does not wait for it.
    before = from_tables(made.tables, **force.states())
    fresh = _fresh(told, before.findings)
    return Answer(
        force,
        tuple(tried),
        posed(gathered, made, work),
        (*gathered.findings, *made.findings, *before.findings, *fresh),
        tuple(fresh),
        stale=not as_submitted and before.digest != force.problem,
        refused=gathered.refused,
        gathered=gathered,
        made=made,
        assumed=ready.assumed,
    )


@dataclass(frozen=True)
class Adoptable:
    """A plan of a scenario as it can be adopted (konvoi.flow.adopted_plan.adopt_plan).

    kind: close or independent. changes: from the plan in force: konvoi.plan.roll_reasons.ROLL_CHANGES.
    """

    kind: str
    content: bytes
    changes: pl.DataFrame


def adoptable(answer: Answer, one: Tried) -> Iterator[Adoptable]:
    """Yield both plans of a scenario, each with its changes and their reasons."""
    made = replace(answer.made, tables={**answer.made.tables, **one.tables})
    assumed = (*answer.assumed, one.scenario)
    for kind, found in one.outcomes().items():
        changes = changes_between(made, answer.plan, found.plan, answer.gathered, answer.case.day)
        yield Adoptable(kind, packed(found.plan, assumed, changes, name=one.scenario.name), changes)


def _fresh(told: Sequence[Sequence[Finding]], known: Sequence[Finding]) -> list[Finding]:
    """Return findings of scenarios that are not known without them, each once."""
    found: list[Finding] = []
    for one in (one for some in told for one in some):
        if one not in known and one not in found:
            found.append(one)
    return found


def _stopped(answers: Answers) -> Answers:
    """Mark both plans as stopped."""
    close = _marked(answers.close, BY_HAND)
    same = answers.independent is answers.close
    return Answers(close, close if same else _marked(answers.independent, BY_HAND))


def _ended(outcome: Outcome, why: str) -> Outcome:
    """Give the reason why a plan that was stopped was."""
    return _marked(outcome, why) if outcome.plan.stopped == BY_HAND else outcome


def _marked(outcome: Outcome, stopped: str) -> Outcome:
    return replace(outcome, plan=replace(outcome.plan, stopped=stopped))


@dataclass
class _Heard:
    """Asked in place of another: whether that one ever said that planning is to end."""

    asked: Stop
    stopped: bool = False

    def __call__(self, progress: Progress) -> bool:
        answer = self.asked(progress)
        self.stopped = self.stopped or answer
        return answer


def _parameters(force: Plan, rounds: int | None, gap: float | None) -> Parameters:
    """Those of the plan in force, so that the two can be compared."""
    chosen = parameters_of(force)
    chosen = replace(chosen, rounds=rounds or chosen.rounds)
    return chosen if gap is None else replace(chosen, gap=gap)


def _tried(scenario: Scenario, tables: tuple[Tables, Tables], answers: Answers) -> Tried:
    """Return the outcome of one scenario: tables before and after, and both answers."""
    return Tried(
        scenario,
        tables[1],
        answers.close,
        answers.independent,
        idle=tuple(one.of for one in idle(tables[0], scenario)),
        only_less=not scenario.added and all(one.weeks > 0 for one in scenario.later),
    )


def written(answer: Answer, languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """A page in each language, the answer as JSON, and each scenario's problem and plans, by path."""
    yield from pages(answer.case, answer.plan, answer.tried, languages=languages, stale=answer.stale).items()
    yield "what-if.json", (json_text(answer.as_dict()) + "\n").encode()
    for one in answer.tried:
        parts = {"problem": problem_files(answer.case, one.tables)}
        parts |= {kind: plan_files(found.plan) for kind, found in one.outcomes().items()}
        for part, files in parts.items():
            for name, content in files.items():
                yield f"scenarios/{folder_of(one.scenario.name)}/{part}/{name}", content


def folder_of(name: str) -> str:
    """A scenario's name as that of a folder, on every system.

    >>> folder_of("crossing-shut"), folder_of("a/b")[:4]
    ('crossing-shut', 'a_b-')
    """
    plain = "".join(one if one.isalnum() or one in "-_" else "_" for one in name)[:40]
    return plain if plain == name and name == name.lower() else f"{plain}-{key(name)[:6]}"


def _as_dict(one: Tried) -> dict[str, object]:
    return {
        "name": one.scenario.name,
        "folder": f"scenarios/{folder_of(one.scenario.name)}",
        "cost_of_staying_close": one.cost_of_staying_close,
        "close": _outcome(one.close),
        "independent": _outcome(one.independent),
        "nothing_to_delay": list(one.idle),
    }


def _outcome(one: Outcome) -> dict[str, object]:
    found = one.difference
    return {
        "value": one.plan.value,
        "bound": one.plan.bound,
        "stopped": one.plan.stopped,
        "difference": found.value,
        **found.counts(),
        "needs": found.needs.to_dicts(),
        "kits": found.kits.to_dicts(),
        "moves": found.moves.to_dicts(),
        "planned_without": one.plan.without.to_dicts(),
    }
