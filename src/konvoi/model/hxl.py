"""HXL tags of the tables' columns, after the hashtags and attributes of HXL 1.1 (hxlstandard.org)."""

from collections.abc import Iterable, Mapping
from functools import cache

from konvoi.model.table import Column, Table


def tag(table: Table, column: Column) -> str:
    """The tag of a column; empty where HXL has no word near to it.

    >>> from konvoi.model.tables import BY_NAME
    >>> lines = BY_NAME["lines"]
    >>> tag(lines, lines.columns[2]), tag(lines, lines.columns[3])
    ('#item+code', '#item+num')
    """
    own = _TABLES.get(table.name, {})
    return own.get(column.name, _COLUMNS.get(column.name, ""))


def tags(table: str, columns: Iterable[str]) -> list[str]:
    """Return the tag of each column of any table, by its name; empty where HXL has no word near to it.

    >>> tags("totals", ["amount", "colour"])
    ['#value', '']
    """
    own = _TABLES.get(table, {})
    return [own.get(name, _COLUMNS.get(name, "")) for name in columns]


def plain_tag(text: str) -> str:
    """Return a tag without blanks and capitals, its attributes sorted: their order has no meaning.

    >>> plain_tag("#Item +num +code ")
    '#item+code+num'
    """
    first, *more = "".join(text.split()).lower().split("+")
    return "+".join([first, *sorted(more)])


def columns_by_tag(table: Table) -> Mapping[str, Column]:
    """A table's columns by their plain tags."""
    return _by_tag(table)


@cache
def _by_tag(table: Table) -> Mapping[str, Column]:
    return {plain_tag(found): column for column in table.columns if (found := tag(table, column))}


_COLUMNS = {
    "address": "#meta+url",
    "agreement": "#meta+id+agreement",
    "aliases": "#org+name+alt",
    "allocation": "#meta+id+allocation",
    "amount": "#value",
    "approval": "#meta+id+approval",
    "asked": "#date+asked",
    "assessment": "#meta+id+assessment",
    "assumption": "#meta+assumption",
    "attestation": "#meta+id+attestation",
    "budget": "#meta+id+budget",
    "call_off": "#meta+id+calloff",
    "carrier": "#org+code+carrier",
    "class": "#meta+type",
    "community": "#loc+code+community",
    "clause": "#meta+clause",
    "condition": "#meta+id+condition",
    "container": "#item+code+container",
    "contract": "#meta+id+contract",
    "cost": "#value+cost",
    "count_mode": "#meta+count",
    "counterparty": "#org+code+recipient",
    "country": "#country+code",
    "currency": "#currency+code",
    "damage": "#meta+id+damage",
    "damaged": "#item+num+damaged",
    "day": "#date+occurred",
    "decision": "#meta+source+decision",
    "delivery": "#date+end",
    "document": "#meta+id+document",
    "due": "#date+due",
    "expires": "#date+end",
    "financing": "#meta+id+financing",
    "from": "#loc+code+origin",
    "given": "#date+approved",
    "good": "#item+code",
    "group": "#org+type+group",
    "host": "#org+code+host",
    "how": "#modality+name",
    "item": "#meta+id+item",
    "kit": "#meta+id+kit",
    "lane": "#meta+id+lane",
    "language": "#meta+lang",
    "lat": "#geo+lat",
    "line": "#meta+id+line",
    "lon": "#geo+lon",
    "lot": "#item+code+lot",
    "marking": "#meta+marking",
    "member_from": "#date+start",
    "member_to": "#date+end",
    "method": "#meta+method",
    "mode": "#modality+name",
    "movement": "#meta+id+movement",
    "need": "#meta+id+need",
    "neq_kg": "#item+num+neq+kg",
    "offer": "#meta+id+offer",
    "office": "#contact+type",
    "over": "#item+num+over",
    "package": "#meta+id+package",
    "pallets": "#item+num+pallets",
    "paper": "#meta+id+paper",
    "party": "#org+code",
    "person": "#contact+name",
    "place": "#loc+code",
    "population": "#population",
    "price": "#value+price",
    "principle": "#meta+principle",
    "programme": "#meta+id+programme",
    "project": "#meta+id+project",
    "promised": "#date+promised",
    "proof": "#meta+proof",
    "quantity": "#item+num",
    "ready": "#date+start",
    "reason": "#description+reason",
    "receipt": "#meta+id+receipt",
    "received": "#item+num+provided",
    "recipient": "#org+code+recipient",
    "reference": "#meta+id+reference",
    "refused": "#date+canceled",
    "region": "#adm1+name",
    "rejected": "#item+num+rejected",
    "relates": "#meta+relates",
    "role": "#org+type+role",
    "route": "#modality+name",
    "rule": "#meta+rule",
    "serial": "#item+code+serial",
    "sector": "#sector+name",
    "session": "#meta+id+session",
    "short": "#item+num+short",
    "site": "#loc+code",
    "source": "#meta+source",
    "stage": "#status+name",
    "standard": "#meta+id+standard",
    "state": "#status+name",
    "statement": "#meta+id+statement",
    "supplier": "#org+code+supplier",
    "title": "#description",
    "topic": "#sector+name",
    "town": "#loc+name",
    "tranche": "#meta+id+tranche",
    "undertaking": "#meta+id+undertaking",
    "unit": "#item+unit",
    "until": "#date+end",
    "valuation": "#value+type",
    "version": "#meta+version",
    "verdict": "#status+name",
    "waybill": "#meta+id+waybill",
    "words": "#description+words",
}
_TABLES: Mapping[str, Mapping[str, str]] = {
    "parties": {
        "name": "#org+name+i_en",
        "name_de": "#org+name+i_de",
        "name_uk": "#org+name+i_uk",
        "kind": "#org+type",
    },
    "listings": {
        "name": "#org+name",
        "original": "#org+name+original",
        "kind": "#org+type",
        "lacks": "#org+name+without",
        "has": "#org+name+lists",
        "order": "#meta+measure",
        "cell": "#status+listing",
        "programmes": "#meta+programme",
        "themes": "#subject+name",
        "citations": "#meta+source+act",
        "acts": "#meta+source+act+code",
        "regime": "#org+name+regime",
        "day": "#date+start",
        "title": "#description",
        "number": "#meta+id+act",
        "valid_from": "#date+start+force",
        "valid_to": "#date+end+force",
        "link": "#meta+url",
        "count": "#indicator+num",
        "share": "#indicator+value+share",
    },
    "contacts": {
        "name": "#contact+name",
        "function": "#contact+type",
        "email": "#contact+email",
    },
    "packages": {
        "party": "#org+code+funder",
        "kind": "#sector+name",
        "since": "#date+start",
        "implementer": "#org+name+impl",
        "place": "#loc+name",
    },
    "programmes": {
        "party": "#org+code+funder",
        "grant": "#value+grant",
        "loan": "#value+loan",
        "guarantee": "#value+guarantee",
        "prefinancing": "#value+prefinancing",
        "disbursed": "#value+total+disbursed",
        "disbursed_on": "#date+disbursed",
    },
    "financing_needs": {
        "financing_need": "#meta+id+financing",
        "from": "#date+start",
        "to": "#date+end",
        "amount": "#value+requirement",
        "party": "#org+code",
    },
    "contradictions": {
        "contradiction": "#meta+id+contradiction",
        "party": "#org+code",
        "subject": "#meta+subject",
        "value": "#meta+stated",
        "other_value": "#meta+stated+other",
    },
    "published_sums": {
        "figure": "#meta+id+figure",
        "from": "#date+start",
        "to": "#date+end",
        "register": "#meta+register",
        "exactness": "#value+exactness",
    },
    "tranches": {"part": "#value+type", "exactness": "#value+exactness", "claims": "#meta+id+claims"},
    "conditions": {
        "title": "#description+i_en",
        "title_uk": "#description+i_uk",
        "supersedes": "#meta+id+supersedes",
    },
    "communities": {"name": "#loc+name", "oblast": "#adm1+code", "name_uk": "#loc+name+i_uk"},
    "people_in_need": {
        "oblast": "#adm1+code",
        "cluster": "#sector+cluster",
        "year": "#date+year",
        "people": "#inneed",
    },
    "projects": {
        "owner": "#org+code+owner",
        "communities": "#loc+code+communities",
        "building": "#loc+name+building",
        "cost": "#value+cost",
        "ends": "#date+end",
    },
    "financing": {"party": "#org+code+funder", "record": "#meta+id+record"},
    "damages": {"building": "#loc+name+building"},
    "principles": {
        "threshold": "#meta+num+threshold",
        "attested_by": "#org+code+attested",
        "in_force": "#date+start",
        "ends": "#date+end",
    },
    "attestations": {"value": "#meta+num+measured"},
    "documents": {
        "parties": "#org+code+parties",
        "kind": "#meta+type",
        "in_force": "#date+start",
        "ends": "#date+end",
        "supersedes": "#meta+id+supersedes",
        "under": "#meta+id+under",
    },
    "undertakings": {"party": "#org+code+funder", "force": "#meta+type", "reservation": "#meta+reservation"},
    "guarantees": {"guarantee": "#meta+id+guarantee", "kind": "#meta+type", "trigger": "#meta+trigger"},
    "milestones": {
        "milestone": "#meta+id+milestone",
        "event": "#status+milestone",
        "requirement": "#status+required",
        "months": "#date+num+months",
    },
    "rounds": {
        "round": "#meta+id+round",
        "deadline": "#date+due",
        "opened": "#date+start",
        "text": "#meta+file",
        "parties": "#org+code+parties",
    },
    "positions": {
        "position": "#meta+id+position",
        "round": "#meta+id+round",
        "stance": "#status+stance",
        "amendment": "#meta+id+amendment",
        "lifts": "#date+due",
        "lifted": "#date+end",
    },
    "allocations": {"party": "#org+code+funder"},
    "goods": {
        "name": "#item+name+i_en",
        "name_de": "#item+name+i_de",
        "name_uk": "#item+name+i_uk",
        "aliases": "#item+name+alt",
        "codes": "#item+code+alt",
        "family": "#item+code+family",
        "weight_kg": "#item+num+weight+kg",
        "volume_m3": "#item+num+volume+m3",
        "step": "#item+num+step",
        "least": "#item+num+least",
    },
    "needs": {"last_useful": "#date+end", "weight": "#severity+num", "whole": "#need+whole"},
    "offers": {"party": "#org+code+funder"},
    "steps": {"step": "#meta+id+step", "done": "#date+end"},
    "standards": {
        "requirement": "#meta+type",
        "value": "#description",
        "mandatory": "#status+mandatory",
        "in_force": "#date+start",
    },
    "approvals": {"kind": "#meta+type", "covers": "#meta+id+covers"},
    "budgets": {
        "party": "#org+code+funder",
        "day": "#date+start",
        "lead_days": "#date+num+lead",
        "most": "#item+num+most",
    },
    "equivalences": {"serves": "#need+item+code", "ratio": "#item+num+ratio"},
    "kits": {"per_kit": "#item+num", "weight": "#severity+num"},
    "earmarks": {"to": "#meta+type", "value": "#meta+id+target"},
    "serials": {"scheme": "#meta+scheme"},
    "sites": {
        "name": "#loc+name",
        "kind": "#loc+type",
        "name_local": "#loc+name+local",
        "name_de": "#loc+name+i_de",
        "name_uk": "#loc+name+i_uk",
        "aliases": "#loc+name+alt",
        "code": "#loc+code+alt",
    },
    "lanes": {
        "to": "#loc+code+dest",
        "days_p10": "#date+num+days+p10",
        "days_p50": "#date+num+days+p50",
        "days_p90": "#date+num+days+p90",
        "movement_cost": "#value+cost+movement",
        "least_tonnes": "#item+num+least+tonnes",
        "vehicle_tonnes": "#capacity+num+vehicle+tonnes",
        "vehicle_pallets": "#capacity+num+vehicle+pallets",
    },
    "movements": {"to": "#loc+code+dest"},
    "capacities": {
        "on": "#access+code",
        "from": "#date+start",
        "to": "#date+end",
        "tonnes": "#capacity+num+tonnes",
        "pallets": "#capacity+num+pallets",
        "neq_kg": "#capacity+num+neq+kg",
        "daily_tonnes": "#capacity+num+daily+tonnes",
        "daily_pallets": "#capacity+num+daily+pallets",
        "daily_neq_kg": "#capacity+num+daily+neq+kg",
    },
    "closures": {"on": "#access+code", "from": "#date+start", "to": "#date+end"},
    "caps": {"party": "#org+code+funder", "what": "#capacity+type", "most": "#capacity+num"},
    "stocks": {"party": "#org+code+funder", "stock": "#capacity+num+stock", "floor": "#capacity+num+floor"},
    "blocked": {"kind": "#access+type", "value": "#access+code", "from": "#date+start", "to": "#date+end"},
    "identities": {"party": "#org+code", "type": "#meta+type", "value": "#meta+id+value"},
    "hulls": {
        "hull": "#meta+id+hull",
        "name": "#item+name",
        "imo": "#meta+id+imo",
        "mmsi": "#meta+id+mmsi",
        "flag": "#country+code+flag",
        "owner": "#org+name+owner",
        "manager": "#org+name+manager",
    },
    "rates": {"day": "#date+converted", "per_eur": "#value+rate"},
    "waivers": {
        "table": "#meta+table",
        "key": "#meta+id+row",
        "column": "#meta+column",
        "value": "#meta+value",
        "by": "#contact+name",
        "day": "#date+decided",
    },
    "horizon": {"start": "#date+start", "weeks": "#date+num+weeks", "late_credit": "#severity+num"},
}
