"""Actions of reviewers: decide, take back, decide by a rule, ask for a second opinion."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import Http404
from django.utils import timezone

from konvoi.flow.matching.judging import written
from konvoi.gateways.refusal import Refused
from konvoi.reconcile.judgement import JUDGEMENTS, RANDOM, VERDICTS, WEIGHT, judgement_id, taken_back
from konvoi.web.access.audit import record
from konvoi.web.access.grants import holders
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts.models import User
from konvoi.web.instance import instance
from konvoi.web.matching.answers import DISAGREE, FIRM, Answer, answered, judgements_now
from konvoi.web.matching.models import OpinionAsked
from konvoi.web.matching.queries import OPEN, THIRD, Desk, Row, desk_of
from konvoi.web.matching.rules import Rule, fitting
from konvoi.web.pages.texts import say
from konvoi.web.record import settings_now, writing
from konvoi.web.runs.queue import ask_run

LONGEST_NOTE = 500
_SALT = "konvoi.matching.shown"


def shown_token(desk: Desk, row: Row, *, drawn: bool | None = None) -> str:
    """Return what a form says of the pair as it was shown; signed, so that nobody can say otherwise.

    drawn: whether chance had put it before the person; None: whether it does so now.
    """
    by_chance = _is_drawn(desk, row) if drawn is None else drawn
    told = [row.id, row.values["seen"], row.given[-1].judgement if row.given else "", by_chance]
    return signing.dumps(told, salt=_SALT)


def _is_drawn(desk: Desk, row: Row) -> bool:
    return desk.drawn_pair == row.id


def decide(*, viewer: Viewer, pair: str, verdict: str, note: str, shown: str) -> Row:
    """Record a decision on a pair, and have results computed; return the pair as it was.

    shown: the token of the form. Refused where the pair was decided or changed since it was shown. Of a
    second opinion that differs from the first, a row is added by which the pair returns for a third person.
    """
    with writing():
        desk = _reviewing(viewer)
        row = desk.row_shown(pair)
        try:
            told = signing.loads(shown, salt=_SALT)
        except signing.BadSignature:
            raise Refused(say("The form is not of this page. Open the pair again.")) from None
        before = row.given[-1].judgement if row.given else ""
        if told[:3] != [row.id, row.values["seen"], before]:
            raise Refused(say("The pair was decided or changed in the meantime. It is shown as it is now."))
        if verdict not in VERDICTS:
            raise Refused(say("Choose a decision."))
        if row.state == THIRD and not row.hides_answers:
            raise Refused(say("A third person decides on this pair."))
        own = _decision(desk, row, verdict, note=_clean(note), random=bool(told[3]))
        rows = [own]
        first = next((one for one in reversed(row.given) if one.verdict in FIRM), None)
        asked = any(str(one.person) == desk.me for one in desk.asked.get(row.id, ()))
        differs = first is not None and verdict in FIRM and first.verdict != verdict
        if asked and differs and first is not None and first.by != desk.me and row.given[-1] == first:
            rows.append(_returned(desk, row, own))
        _write(desk, rows)
        record(viewer, "pair-decided", object=row.id, detail={"verdict": verdict, "asked": int(asked)})
        ask_run(by=viewer.user)
    return row


def undo(*, viewer: Viewer, pair: str) -> Row:
    """Take back the viewer's decision on a pair: the state before it is in force again."""
    with writing():
        desk = _reviewing(viewer)
        row = desk.row_shown(pair)
        last = row.given[-1] if row.given else None
        if last is None or last.by != desk.me:
            raise Refused(say("Your decision on this pair is not the last one. Nothing was changed."))
        gone: list[Answer] = [last]
        if last.returns and len(row.given) > 1 and row.given[-2].by == desk.me:
            gone.append(row.given[-2])
        at, rows = _now(), []
        for one in gone:
            kept = {
                **_names(row),
                "judgement": one.judgement,
            }
            rows.append(taken_back(kept, by=desk.me, at=_text(at)))
            at += timedelta(microseconds=1)
        _write(desk, rows)
        record(viewer, "decision-taken-back", object=row.id)
        ask_run(by=viewer.user)
    return row


def decide_by_rule(*, viewer: Viewer, rule: Rule, verdict: str, digest: str) -> int:
    """Decide on all open pairs of a rule, all or none; return their number.

    digest: of the pairs that were shown; refused where they are others by now.
    """
    with writing():
        desk = _reviewing(viewer)
        found = [one for one in desk.rows(fitting(desk, rule)) if one.state == OPEN]
        if verdict not in FIRM:
            raise Refused(say("Choose a decision."))
        if not found or rule.digest(found) != digest:
            raise Refused(
                say("The pairs of the rule have changed in the meantime. They are shown as they are now.")
            )
        _write(
            desk, [_decision(desk, one, verdict, note=f"rule: {rule.text}", random=False) for one in found]
        )
        record(viewer, "rule-decided", detail={"verdict": verdict, "pairs": len(found)})
        ask_run(by=viewer.user)
    return len(found)


def ask_second(*, viewer: Viewer, pair: str, person: uuid.UUID) -> OpinionAsked:
    """Ask another planner to decide on a pair without seeing what was decided."""
    with writing():
        desk = _reviewing(viewer)
        row = desk.row_shown(pair)
        if person not in {one.pk for one in possible_reviewers(desk, row)}:
            raise Refused(say("Choose a person who has not yet decided on this pair."))
        asked = OpinionAsked.objects.create(pair=row.id, person=person, by=viewer.person, at=timezone.now())
        record(viewer, "second-opinion-asked", object=row.id, detail={"person": str(person)})
    return asked


def possible_reviewers(desk: Desk, row: Row) -> list[User]:
    """Return the planners who can be asked for a second opinion on a pair."""
    waiting = {str(one.person) for one in desk.asked.get(row.id, ())}
    without = {desk.me, *answered(row.given), *waiting}
    users = User.objects.filter(is_active=True).order_by("name", "email")
    planners = holders(Role.PLANNER)
    return [one for one in users if str(one.pk) not in without and one.pk in planners]


def _reviewing(viewer: Viewer) -> Desk:
    desk = desk_of(viewer)
    if desk is None or not desk.decides:
        raise Http404
    return desk


def _names(row: Row) -> dict[str, str]:
    values = row.values
    told = {"left": values["left_name"], "right": values["right_name"], "relation": values["relation"]}
    return {name: str(value) for name, value in told.items()}


def _decision(desk: Desk, row: Row, verdict: str, *, note: str, random: bool) -> dict[str, str]:
    likely = row.values["probability"]
    made = dict.fromkeys(JUDGEMENTS, "") | _names(row)
    made |= {
        "verdict": verdict,
        "by": desk.me,
        "at": _text(_now()),
        "reason": note,
        "seen": str(row.values["seen"]),
        "drawn": RANDOM if random else WEIGHT,
        "probability": "" if likely is None else f"{likely:.6f}",
        "supersedes": row.given[-1].judgement if row.given else "",
    }
    return made | {"judgement": judgement_id(made)}


def _returned(desk: Desk, row: Row, own: Mapping[str, str]) -> dict[str, str]:
    """Return the row by which a pair counts as undecided again until a third person decides."""
    at = datetime.fromisoformat(own["at"]) + timedelta(microseconds=1)
    made = {**own, "verdict": "unsure", "reason": DISAGREE, "at": _text(at), "drawn": "", "probability": ""}
    made |= {"supersedes": own["judgement"], "judgement": ""}
    return made | {"judgement": judgement_id(made)}


def _write(desk: Desk, rows: Sequence[Mapping[str, str]]) -> None:
    day = settings_now().day
    known = desk.now.results.summary["day"]
    on = day or (datetime.fromisoformat(known).date() if known else None)
    written(instance().folder, rows, judgements_now(), on)


def _now() -> datetime:
    return datetime.now(UTC)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _clean(note: str) -> str:
    return " ".join(note.split())[:LONGEST_NOTE]
