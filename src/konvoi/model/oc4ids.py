"""The words of the Open Contracting for Infrastructure Data Standard 0.9 that more than one room mentions."""

from collections.abc import Mapping

import polars as pl

from konvoi.model.tables.projects import (
    CANCELLED,
    COMPLETED,
    IDENTIFIED,
    MAINTAINED,
    NEED,
    OUT_OF_USE,
    PREPARED,
    UNDER_WAY,
)

VERSION = "0.9"

STATUS: Mapping[str, str] = {
    "identification": IDENTIFIED,
    "preparation": PREPARED,
    "implementation": UNDER_WAY,
    "completion": COMPLETED,
    # A code of the first lists of 0.9, which published files still use; the first code of a stage is written.
    "completed": COMPLETED,
    "maintenance": MAINTAINED,
    "decommissioning": OUT_OF_USE,
    "decommissioned": OUT_OF_USE,
    "cancelled": CANCELLED,
}
"""The stage that each status means. The standard begins with a decision: a bare need has no status there."""

OWN = "konvoi"
"""The scheme of Konvoi's own values: a stage that has no status, the reference of a project."""

STAGE_WITHOUT_STATUS = NEED

SECTOR: Mapping[str, str] = {
    "education": "education",
    "health": "health",
    "energy": "energy",
    "communications": "communications",
    "waterAndWaste": "water and waste",
    "governance": "governance",
    "economy": "economy",
    "cultureSportsAndRecreation": "culture and sport",
    "transport": "transport",
    "socialHousing": "housing",
    "naturalResources": "nature",
}
"""The sector that each code means; the codes below it, such as transport.road, mean the same."""

KATOTTG = "UA-KATOTTG"
"""The gazetteer of Ukrainian communities: the codifier of administrative units and communities."""

PROCESS = "contractingProcesses"
SUMMARY = f"{PROCESS}/summary"
TENDERERS = f"{SUMMARY}/tender/numberOfTenderers"
MEETING = "social/consultationMeetings"
LAND = "social/landCompensationBudget/amount"
MAINTENANCE = "maintenancePeriod"
DOCUMENTS = ("documents", f"{SUMMARY}/documents")

_DOCUMENT = ("documentType", "title", "url", "datePublished", "language")
LISTS = (PROCESS, MEETING, *DOCUMENTS)
"""Paths whose members are identified by their id."""

FACTS = (
    *(f"{place}/{name}" for place in DOCUMENTS for name in _DOCUMENT),
    *(f"{SUMMARY}/{name}" for name in ("title", "status", "tender/procurementMethod")),
    TENDERERS,
    *(f"{MEETING}/{name}" for name in ("date", "numberOfParticipants")),
    LAND,
    *(f"{MAINTENANCE}/{name}" for name in ("startDate", "endDate", "durationInDays")),
    "description",
    "purpose",
    "type",
)
"""Paths of project facts kept besides our tables; numbers of list members are left out."""

PROJECT_FACTS = pl.Schema(
    {
        "project": pl.String(),
        "path": pl.String(),
        "process": pl.String(),
        "item": pl.String(),
        "value": pl.String(),
        "currency": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each fact of a project (a path of FACTS).

process, item: the ids of the contracting process and of the document or meeting it stands in; null for none.
value: as text, numbers exact. currency: of an amount."""
