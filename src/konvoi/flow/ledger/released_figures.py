"""Released figures of a workspace: releases.jsonl, one release a line, to which lines are only ever added."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from konvoi.flow.store import RELEASED_FIGURES, kept_text
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.ledger.question import Question
from konvoi.ledger.release import BAND, Contribution, Figure, Release

QUESTION = ("stage", "rule", "what", "good", "by", "currency")
"""The parts of a question that a release can set."""


def releases(folder: Path | None) -> tuple[Release, ...]:
    """Return all releases of a workspace; Refused where a line cannot be read: what it says is not known."""
    text = kept_text(folder, RELEASED_FIGURES) if folder else None
    found = []
    for number, line in enumerate((text or "").splitlines(), start=1):
        try:
            found.append(release_of(json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Refused(
                f"{RELEASED_FIGURES}, line {number}: cannot be read; restore the file from a backup, "
                "konvoi verify tells whether it was altered"
            ) from error
    return tuple(found)


def seen_releases(work: Workspace, view: View | None = None) -> tuple[Release, ...]:
    """Return the releases that the reader of a view is given by its day, without the records behind them.

    view: in place of the workspace's own, where more is known of its reader. The coordination cell is given
    all, with their contributions.
    """
    view = view or work.view
    day = view.as_of or work.settings.day
    known = [one for one in releases(work.folder) if day is None or one.day <= day]
    if view.is_cell:
        return tuple(known)
    return tuple(one.published() for one in known if one.reaches(view.reader, partner=view.partner))


def line(release: Release) -> str:
    """Return a release as its line of releases.jsonl, without the end of the line."""
    question = {name: str(getattr(release.question, name)) for name in QUESTION}
    told = {one.name: getattr(release, one.name) for one in fields(Release)}
    told |= {"as_of": release.as_of.isoformat(), "day": release.day.isoformat(), "question": question}
    told["figures"] = [asdict(one) for one in release.figures]
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def release_of(told: Mapping[str, Any]) -> Release:
    """Return the release that a line of releases.jsonl holds; KeyError, TypeError or ValueError for none."""
    figures = tuple(_figure(one) for one in told["figures"])
    # A line of before `exact` was recorded leaves it open, unless a band shows it.
    banded = any(part.mode == BAND for one in figures for part in one.contributions)
    return Release(
        **{
            "exact": False if banded else None,
            **told,
            "as_of": date.fromisoformat(told["as_of"]),
            "day": date.fromisoformat(told["day"]),
            "question": Question(**told["question"], mix=True),
            "figures": figures,
        }
    )


def _figure(told: Mapping[str, Any]) -> Figure:
    return Figure(**{**told, "contributions": tuple(Contribution(**one) for one in told["contributions"])})
