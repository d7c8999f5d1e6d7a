"""The output of konvoi sanctions screen: the listings found for each party, as text and as JSON."""

from collections.abc import Iterator
from pathlib import Path

import click

from konvoi.align.citing import short_text
from konvoi.align.hits import OPEN, Change, Hit
from konvoi.cli.i18n import code, figure, said
from konvoi.cli.output import colour
from konvoi.flow.sanctions.screen import Answer
from konvoi.kit.text import shown
from konvoi.report.language import Language
from konvoi.report.sanctions.evidence import evidence, how

_MOST = 40


def as_document(answered: Answer, record: Path | None) -> dict[str, object]:
    """The answer as plain values; nobody is called cleared where a list is too old."""
    found = answered.found
    where = found.against
    return {
        "on": where.on.isoformat(),
        "what": answered.what,
        "parties": len(found.parties),
        "lists": [
            {"regime": regime, "day": day.isoformat(), "age": where.ages[regime], "old": regime in where.old}
            for regime, day in sorted(where.ready.days.items())
        ],
        "most_days": where.most,
        "settings": {**where.rules.as_dict(), "threshold": where.rules.threshold},
        "hits": [one.as_dict() for one in found.hits],
        "reopened": [one.id for one in found.hits if one.reopened],
        "in_no_list": [{"party": one.party, "name": one.name} for one in found.clean],
        "new_hits": [one.id for one in answered.unseen],
        "open_plans": [one.as_dict() for one in answered.plans],
        "cleared": not where.old and bool(where.ages),
        "columns_unused": list(answered.unused),
        "record": str(record) if record else None,
        "findings": [one.as_dict() for one in found.findings],
    }


def told(answered: Answer, *, brief: bool = False) -> None:
    """The answer first, then the lists with their ages, then, unless it is to be brief, hit by hit."""
    found = answered.found
    where = found.against
    asked = [one for one in found.hits if one.asks]
    stopped = {one.party for one in found.hits if one.stops}
    count = said("{count} party", "{count} parties", len(found.parties))
    words = {"day": where.on, "parties": count, "blocked": len(stopped), "open": len(asked)}
    text = (
        "On {day}, {parties} screened: {blocked} blocked, {open} alerts to decide, {clean} in no list in "
        "force."
    )
    click.echo(said(text, clean=len(found.clean), **words))
    click.echo(said("Lists: {lists}.", lists=", ".join(_lists(answered))))
    if where.old:
        one = "Nobody is cleared by lists older than {count} day."
        click.echo(said(one, "Nobody is cleared by lists older than {count} days.", where.most))
    if answered.unused:
        columns = ", ".join(shown(one) for one in answered.unused)
        click.echo(said("Columns that mean nothing here: {columns}.", columns=columns))
    if opened := sum(bool(one.reopened) for one in found.hits):
        one = "{count} alert is open again: what it was decided on has changed."
        many = "{count} alerts are open again: what they were decided on has changed."
        click.echo(said(one, many, opened))
    again(answered)
    if brief:
        return
    for hit in found.hits[:_MOST]:
        click.echo()
        for line in _lines(hit):
            click.echo(line)
    if len(found.hits) > _MOST:
        rest = len(found.hits) - _MOST
        click.echo(said("… and {more} more; --json lists all {all}", more=rest, all=len(found.hits)))


def again(answered: Answer) -> None:
    """Print new hits since the last record, and open plans that use somebody who is blocked."""
    if answered.unseen:
        names = dict.fromkeys(shown(one.name or one.party) for one in answered.unseen)
        click.echo(said("Newly blocked since the screenings on record: {names}.", names=", ".join(names)))
    for plan in sorted({one.plan for one in answered.plans}):
        held = [one for one in answered.plans if one.plan == plan]
        count = said("{count} movement", "{count} movements", len({one.movement for one in held}))
        names = dict.fromkeys(shown(one.hit.name or one.hit.party) for one in held)
        words = {"plan": plan, "movements": count, "names": ", ".join(names)}
        click.echo(said("Plan {plan}: {movements} with {names}, who is blocked; plan again.", **words))


def _lists(answered: Answer) -> Iterator[str]:
    """Each list with its age; one that is older than a day in red, and where too old with a word."""
    where = answered.found.against
    for regime, day in sorted(where.ready.days.items()):
        age = where.ages[regime]
        days = said("{count} day old", "{count} days old", age)
        old = f", {said('too old')}" if regime in where.old else ""
        text = said("{regime} of {day}, {age}", regime=regime, day=day, age=days) + old
        yield click.style(text, fg="red") if age > 1 and colour() else text


def _lines(hit: Hit) -> Iterator[str]:
    source = hit.source
    language = Language(code())
    name = shown(hit.name or hit.party)
    what = f"{said(str(hit.said))} ({language.text(how(str(hit.how)))}), {figure(_percent(hit))} %"
    yield f"{name} [{shown(hit.party)}]: {what}"
    if hit.said in OPEN:
        roles = ", ".join(said(str(one)) for one in hit.blocks)
        blocks = said("blocks as {roles}", roles=roles) if hit.stops else ""
        does = blocks or (said("would block as {roles}", roles=roles) if roles else said("warns"))
        yield "  " + said("{does}; {state}; alert {hit}", does=does, state=said(str(hit.state)), hit=hit.id)
    if hit.reviewers:
        names = ", ".join(shown(one) for one in hit.reviewers)
        yield "  " + said("decided by {names}, last on {day}", names=names, day=hit.decided or "–")
    if hit.reopened:
        yield "  " + said("open again; decided before: {earlier}; changed since:", earlier=hit.earlier)
        yield from (f"    {shown(_change(one), most=200)}" for one in hit.reopened)
    if hit.reason:
        yield "  " + said("decided because: {reason}", reason=shown(hit.reason, most=200))
    age = said("{count} day old", "{count} days old", source.age)
    reference = f"{source.regime.upper()} {source.reference}".strip()
    of = {"reference": reference, "listed": shown(source.name), "day": source.day, "age": age}
    yield "  " + said("{reference}: {listed}; list of {day}, {age}", **of)
    for one in hit.measures:
        since = f", {said('since {day}', day=one.since_text)}" if one.since else ""
        until = f", {said('until {day}', day=one.until)}" if one.until else ""
        yield f"    {said(one.order)}: {said(one.stands)}{since}{until}" + (
            f" ({short_text(source.regime, one.act)})" if one.act else ""
        )
    for label, texts in ((said("for"), hit.speaks_for), (said("against"), hit.against)):
        told = (language.text(evidence(text)).replace("\xa0", " ") for text in texts)
        words = "; ".join(shown(text, most=200) for text in told) or said("nothing")
        yield f"    {label}: {words}"
    for one_ in hit.chain:
        yield f"    {shown(one_, most=160)}"


def _change(one: Change) -> str:
    """Return a change since the decision in words."""
    side = said("screened party") if one.side == "party" else said("listing")
    if not one.field:
        return said("{side}: other details", side=side)
    field = said("measure ordered" if one.field == "measure" else one.field)
    return f"{side}, {field}: {one.before or '–'} → {one.after or '–'}"


def _percent(hit: Hit) -> int:
    return int(hit.score * 100)
