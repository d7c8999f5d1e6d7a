"""Scenarios on their way to the plan in force: shared, proposed by one person, adopted by a second."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.http import Http404
from django.utils import timezone

from konvoi.flow.adopted_plan import adopt_plan, in_force, packed
from konvoi.flow.adoptions import IN_FORCE
from konvoi.flow.planning.plan_in_force import LATER
from konvoi.flow.plans import plan_at
from konvoi.flow.snapshots import PLAN, PLAN_CHANGES
from konvoi.flow.view import View
from konvoi.flow.workspace import workspace
from konvoi.gateways.refusal import Refused
from konvoi.plan.roll_reasons import ROLL_CHANGES
from konvoi.report.planning.released_plan import ELSEWHERE, released_changes
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.texts import say
from konvoi.web.planning.models import Scenario, ScenarioPlan, ScenarioStep, SharedScenario
from konvoi.web.planning.scenarios import plan_digest_of, rows_of
from konvoi.web.record import settings_now, writing
from konvoi.web.runs.queue import ask_run, readers_in_use

Step = ScenarioStep.Step
KINDS = ("close", "independent")
PARTIES = ("offers", "needs")
"""Tables whose rows are their parties' own: a plan that rests on supposed ones is not adopted."""
_TABLES = ("offers", "needs", "budgets", "lanes", "sites")
_LONGEST = 500


@dataclass(frozen=True)
class Standing:
    """State of a scenario: its last step, or None; by: the person who proposed it, if it is proposed."""

    last: ScenarioStep | None

    @property
    def state(self) -> str:
        """The state: proposed, adopted or rejected; empty before any step."""
        return self.last.step if self.last else ""

    @property
    def seen(self) -> str:
        """A text that changes with every step, by which a form shows what it was made for."""
        return str(self.last.pk) if self.last else ""

    def may_decide(self, viewer: Viewer) -> bool:
        """Return True for a person who may adopt it: a planner other than the one who proposed it."""
        return (
            self.last is not None
            and self.state == Step.PROPOSED
            and viewer.may(Right.DECIDE)
            and viewer.user != self.last.by
        )


def standing_of(scenario: uuid.UUID) -> Standing:
    """Return how far a scenario is."""
    return Standing(ScenarioStep.objects.filter(scenario=scenario).order_by("-pk").first())


def states() -> dict[uuid.UUID, str]:
    """Return the state of each scenario of which any step was taken."""
    return {one.scenario: one.step for one in ScenarioStep.objects.order_by("pk")}


def why_not(viewer: Viewer, one: Scenario, *, opened: Opened | None) -> str:
    """Return why a plan of a scenario cannot become the plan in force; empty where it can.

    opened: the newest results of the coordination cell.
    """
    plans = ScenarioPlan.objects.filter(scenario=one.pk)
    rows = (one.supposed or {}).get("rows", {})
    if not plans.exists() or any(rows.get(name) for name in PARTIES):
        return say(
            "It supposes offers or needs that their parties have not submitted. "
            "Once they have submitted them, have the scenario answered without them."
        )
    later = ScenarioStep.objects.filter(step=Step.ADOPTED, at__gte=one.at).exclude(scenario=one.pk)
    base = "" if opened is None else plan_digest_of(lambda name: opened.file(f"{PLAN}/{name}"))
    if later.exists() or plans.values_list("base", flat=True)[0] != base:
        return say("The plan has changed since the scenario was answered. Have it answered again.")
    return ""


def share(*, viewer: Viewer, scenario: uuid.UUID, parties: Sequence[str], title: str) -> list[SharedScenario]:
    """Share a scenario with parties: each sees the changes of movements all of whose records it sees."""
    _refuse_others(viewer)
    one = _scenario(scenario)
    stated = " ".join(title.split())[:200]
    known = sharable()
    chosen = [party for party in known if party in parties]
    if not chosen or not stated:
        raise Refused(say("Choose at least one party, and state the title that it sees."))
    now = timezone.now()
    with writing():
        found = []
        for party in chosen:
            opened = view(viewer.on(None), party)
            if opened is None:
                raise Refused(say("There are no results for {party} yet. Compute them first.", party=party))
            changes = {
                plan.kind: _without_reasons(shown_changes(plan.changes, opened))
                for plan in ScenarioPlan.objects.filter(scenario=one.pk)
            }
            found.append(
                SharedScenario.objects.create(
                    scenario=one.pk,
                    party=party,
                    title=stated,
                    changes=changes,
                    by=viewer.person,
                    at=now,
                )
            )
            record(viewer, "scenario-shared", party=party, object=one.pk)
    return found


def _without_reasons(rows: Sequence[Mapping[str, str | None]]) -> list[dict[str, str | None]]:
    """Return changes without their reasons: of a scenario these state what it assumes."""
    return [{**row, "reason": ELSEWHERE, "values": "{}"} for row in rows]


def sharable() -> list[str]:
    """Return the parties of which persons read results."""
    return [one for one in readers_in_use() if View(None, one).is_party]


def shown_changes(rows: Sequence[Mapping[str, object]], opened: Opened) -> list[dict[str, str | None]]:
    """Return the changes of movements of which every record is in the results of a reader."""
    if not rows:
        return []
    frame = pl.DataFrame(rows, schema=dict.fromkeys(ROLL_CHANGES, pl.String))
    tables = {name: found for name in _TABLES if (found := opened.frame(name)) is not None}
    return rows_of(released_changes(frame, tables))


def propose(*, viewer: Viewer, scenario: uuid.UUID, plan: str, reason: str, seen: str) -> None:
    """Propose a plan of a scenario as plan in force; a second person has to adopt it."""
    _refuse_others(viewer)
    one = _scenario(scenario)
    why = " ".join(reason.split())[:_LONGEST]
    if plan not in KINDS or not why:
        raise Refused(say("Choose the plan, and state the reason. Nothing was proposed."))
    with writing():
        _refuse_changed(one, seen)
        if (refused := why_not(viewer, one, opened=view(viewer))) != "":
            raise Refused(refused)
        _step(viewer, one, Step.PROPOSED, plan, why)
        record(viewer, "plan-proposed", object=one.pk, detail={"plan": plan})


def decide(*, viewer: Viewer, scenario: uuid.UUID, step: str, reason: str, seen: str) -> None:
    """Adopt a plan that another person proposed, so that it is the plan in force, or reject it.

    An adoption is kept in the record, and results are computed with it: orders follow from them.
    """
    _refuse_others(viewer)
    one = _scenario(scenario)
    why = " ".join(reason.split())[:_LONGEST]
    with writing() as kept:
        _refuse_changed(one, seen)
        standing = standing_of(one.pk)
        last = standing.last
        if last is None or standing.state != Step.PROPOSED or step not in (Step.ADOPTED, Step.REJECTED):
            raise Refused(say("The scenario is not proposed. It is shown as it is now."))
        if step == Step.ADOPTED and last.by == viewer.person:
            raise Refused(say("A second person has to adopt the plan."))
        if step == Step.REJECTED:
            if not why:
                raise Refused(say("State the reason. Nothing was rejected."))
            _step(viewer, one, Step.REJECTED, last.plan, why)
            record(viewer, "plan-rejected", object=one.pk)
            return
        if (refused := why_not(viewer, one, opened=view(viewer))) != "":
            raise Refused(refused)
        chosen = ScenarioPlan.objects.get(scenario=one.pk, kind=last.plan)
        now = timezone.now()
        day = settings_now().day or now.date()
        at = now.isoformat(timespec="seconds")
        digest = adopt_plan(kept, _id(one, last), bytes(chosen.files), day, at=at, reason=last.reason)
        _step(viewer, one, Step.ADOPTED, last.plan, why)
        detail = {"plan": last.plan, "day": day.isoformat(), "digest": digest}
        record(viewer, "plan-adopted", object=one.pk, detail=detail)
        ask_run(by=viewer.user)


def _id(one: Scenario, last: ScenarioStep) -> str:
    """Return the name of an adoption in the record: a scenario may be adopted more than once."""
    return f"{one.pk}-{last.pk}"


def keep_current(*, viewer: Viewer, key: uuid.UUID) -> uuid.UUID:
    """Keep the plan of the newest results as it is, so that it can be proposed; return its id.

    The same key a second time gives the same one.
    """
    _refuse_others(viewer)
    with writing():
        if Scenario.objects.filter(pk=key).exists():
            return key
        opened = view(viewer)
        if opened is None or opened.day is None or opened.file(f"{PLAN}/plan.json") is None:
            raise Refused(say("There is no plan yet. It is computed by the next run."))
        plan = plan_at(opened.folder / PLAN)
        force = in_force(workspace(instance().folder))
        known = opened.frame(PLAN_CHANGES)
        changes = pl.DataFrame(schema=ROLL_CHANGES)
        if known is not None:
            changes = known.filter(pl.col("since") == LATER).select(list(ROLL_CHANGES))
        name = say("Plan of {day}", day=opened.day.isoformat())
        value = f"{round(plan.value, 3).normalize():f}"
        bound = f"{round(plan.bound, 3).normalize():f}"
        now = timezone.now()
        summary = {
            **dict.fromkeys(("before", "close", "independent"), value),
            "bound": bound,
            **dict.fromkeys(("lost", "gained"), 0),
            **dict.fromkeys(("kept", "kept_independent", "all"), plan.movements.height),
            "first": None,
            "stale": False,
        }
        Scenario.objects.create(
            id=key, name=name, supposed={}, summary=summary, figures={}, by=viewer.user, at=now
        )
        ScenarioPlan.objects.create(
            scenario=key,
            kind=KINDS[0],
            base=plan_digest_of(lambda name: opened.file(f"{PLAN}/{name}")),
            files=packed(plan, force.assumed if force else (), changes, name=name),
            changes=rows_of(changes),
        )
        record(viewer, "scenario-asked", object=key)
    return key


@dataclass(frozen=True)
class Force:
    """The plan in force as the coordination cell is told of it."""

    name: str
    day: str
    assumed: Sequence[str]


def force_of(opened: Opened) -> Force | None:
    """Return the plan in force of results of the coordination cell; None where none was adopted."""
    content = opened.file(IN_FORCE)
    if content is None:
        return None
    told = json.loads(content)
    names = [one["name"] for one in told["assumed"]]
    return Force(told["name"], told["day"], names)


def _refuse_others(viewer: Viewer) -> None:
    if not viewer.may(Right.DECIDE) or viewer.day is not None or viewer.user is None:
        raise Http404


def _scenario(scenario: uuid.UUID) -> Scenario:
    found = Scenario.objects.filter(pk=scenario).first()
    if found is None:
        raise Http404
    return found


def _refuse_changed(one: Scenario, seen: str) -> None:
    if standing_of(one.pk).seen != seen:
        raise Refused(say("The scenario was changed in the meantime. It is shown as it is now."))


def _step(viewer: Viewer, one: Scenario, step: str, plan: str, reason: str) -> None:
    ScenarioStep.objects.create(
        scenario=one.pk, step=step, plan=plan, reason=reason, by=viewer.person, at=timezone.now()
    )
