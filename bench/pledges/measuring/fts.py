"""Rates in six pages of raw flows of the UN OCHA Financial Tracking Service (CC BY-IGO)."""

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.pledges.measuring.exchange import daily
from bench.pledges.measuring.rate import Rate, digits, repeated, spread, tally

FILES = "fts/custom-search-locationid-*.json"
Flow = dict[str, Any]


def flows(data: Path) -> list[Flow]:
    """All flows, each once by its id."""
    found: dict[str, Flow] = {}
    for path in sorted(data.glob(FILES)):
        found |= {flow["id"]: flow for flow in json.loads(path.read_text("utf-8"))["data"]["flows"]}
    return [found[key] for key in sorted(found, key=int)]


def rates(data: Path) -> list[Rate]:
    """All rates of these files."""
    found = flows(data)
    return [
        *_records(found),
        *_texts(found),
        *_reports(found),
        *_chains(found),
        *_likeness(found),
        *_money(found, data),
    ]


def _rate(name: str, column: str, counted: str, **found: Any) -> Rate:
    """A rate of these files."""
    return Rate(f"fts.{name}", FILES, column, counted, **found)


def _names(flow: Flow, end: str, kind: str) -> tuple[str, ...]:
    """The names of one kind at an end of a flow."""
    return tuple(sorted(one["name"] for one in flow[f"{end}Objects"] if one["type"] == kind))


def _day(text: str) -> date:
    """The day of a time."""
    return date.fromisoformat(text[:10])


def _records(found: list[Flow]) -> list[Rate]:
    """What a flow lacks, and how often it was written anew."""
    n = len(found)
    lost = sum(1 for flow in found if not flow.get("refCode"))
    codes = [flow["refCode"] for flow in found if flow.get("refCode")]
    nobody = sum(1 for flow in found if not _names(flow, "destination", "Organization"))
    states = Counter("commitment" if flow["status"] == "pledge" else flow["status"] for flow in found)
    lags = [
        (_day(flow["firstReportedDate"]) - _day(flow["date"])).days
        for flow in found
        if flow["firstReportedDate"]
    ]
    return [
        _rate("reference_missing", "refCode", "flows without", share=(lost, n)),
        _rate(
            "reference_shared",
            "refCode",
            "coded flows whose code another bears",
            share=(repeated(codes), len(codes)),
        ),
        _rate("receiver_missing", "destinationObjects", "flows without a receiving party", share=(nobody, n)),
        _rate("version", "versionId", "flows by version", counts=tally(flow["versionId"] for flow in found)),
        _rate(
            "status",
            "status",
            "flows by status, the one pledge among the commitments",
            counts=tally(states.elements()),
        ),
        _rate("lag", "firstReportedDate - date", "days, quantiles of all flows", quantiles=spread(lags)),
    ]


def _texts(found: list[Flow]) -> list[Rate]:
    """How long and how particular descriptions are."""
    texts = [flow["description"].strip() for flow in found]
    words = [len(text.split()) for text in texts]
    return [
        _rate("words", "description", "words, quantiles of all flows", quantiles=spread(words)),
        _rate(
            "description_shared",
            "description",
            "flows described as another is, to the letter",
            share=(repeated(texts), len(texts)),
        ),
    ]


def _reports(found: list[Flow]) -> list[Rate]:
    """How many reports stand behind a flow, and whose."""
    several = [flow["reportDetails"] for flow in found if len(flow["reportDetails"]) > 1]
    by_others = sum(1 for reports in several if len({report["organization"] for report in reports}) > 1)
    return [
        _rate(
            "reports",
            "reportDetails",
            "flows by number",
            counts=tally(len(f["reportDetails"]) for f in found),
        ),
        _rate(
            "reports_of_two",
            "reportDetails",
            "flows with several, by two parties",
            share=(by_others, len(several)),
        ),
    ]


def _chains(found: list[Flow]) -> list[Rate]:
    """Parents, children, and money that passes on within the page."""
    n = len(found)
    child = sum(1 for flow in found if flow["parentFlowId"])
    children = Counter(flow["parentFlowId"] for flow in found if flow["parentFlowId"])
    parents = [flow for flow in found if flow["childFlowIds"]]
    empty = sum(1 for flow in parents if not flow["amountUSD"])
    inner = sum(1 for flow in found if flow["boundary"] == "internal")
    return [
        _rate("child", "parentFlowId", "flows with a parent", share=(child, n)),
        _rate("children", "parentFlowId", "parents by number of children", counts=tally(children.values())),
        _rate("parent_empty", "amountUSD", "parents with nothing left", share=(empty, len(parents))),
        _rate("parent", "childFlowIds", "flows with children", share=(len(parents), n)),
        _rate("passed_on", "boundary", "flows from one party within to another", share=(inner, n)),
    ]


def _likeness(found: list[Flow]) -> list[Rate]:
    """Flows that differ by the day and the id alone, and how full a cell is."""
    alike: dict[tuple[Any, ...], list[date]] = defaultdict(list)
    for flow in found:
        ends = (_names(flow, "source", "Organization"), _names(flow, "destination", "Organization"))
        if flow["amountUSD"]:
            alike[(*ends, flow["amountUSD"])].append(_day(flow["date"]))
    twins = [sorted(days) for days in alike.values() if len(days) > 1]
    gaps = [(later - earlier).days for days in twins for earlier, later in pairwise(days)]
    cells = Counter(
        (
            _names(f, "source", "Organization"),
            _names(f, "destination", "Location"),
            _names(f, "destination", "GlobalCluster"),
            f["date"][:7],
        )
        for f in found
    )
    return [
        _rate(
            "twin",
            "source, destination, amountUSD",
            "flows (amount above 0) equal to another in all three",
            share=(sum(map(len, twins)), sum(map(len, alike.values()))),
        ),
        _rate("twin_gap", "date", "days from one of these to the next", counts=tally(gaps)),
        _rate(
            "per_cell",
            "source, Location, GlobalCluster, month of date",
            "cells by flows",
            counts=tally(cells.values()),
        ),
        _rate(
            "receivers",
            "destinationObjects",
            "flows by receiving party, by rank",
            counts=_ranks(_names(f, "destination", "Organization") for f in found),
        ),
    ]


def _ranks(names: Any) -> dict[str, int]:
    """Counts by rank instead of name, empty names left out."""
    counts = sorted(Counter(name for name in names if name).values(), reverse=True)
    return {str(rank): count for rank, count in enumerate(counts, 1)}


def _money(found: list[Flow], data: Path) -> list[Rate]:
    """How exact original amounts are, how often they stand, how far the rate is from that of the day."""
    own = [flow for flow in found if flow.get("originalAmount")]
    reference = daily(data)
    off = []
    for flow in own:
        rate, usd = (reference.near(code, _day(flow["date"])) for code in (flow["originalCurrency"], "USD"))
        if rate and usd and flow["exchangeRate"] and flow["originalCurrency"] != "USD":
            off.append(round((flow["exchangeRate"] * usd / rate - 1) * 10_000))
    return [
        _rate(
            "original_missing", "originalAmount", "flows without", share=(len(found) - len(own), len(found))
        ),
        _rate(
            "digits",
            "originalAmount",
            "flows by significant digits",
            counts=tally(digits(f["originalAmount"]) for f in own),
        ),
        _rate(
            "rate_off",
            "exchangeRate against the ECB's of the day of `date`",
            "ten-thousandths, quantiles",
            quantiles=spread(off),
        ),
    ]
