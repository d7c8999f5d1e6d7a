"""Any table of parties as what is screened: CSV, workbook or Parquet."""

from dataclasses import dataclass
from pathlib import Path

from konvoi.align.asking import Asked
from konvoi.align.roles import Role
from konvoi.align.tabled import NUMBERED, asked, headed
from konvoi.flow.matching.match_files import table_at
from konvoi.gateways.refusal import Refused
from konvoi.model.finding import Finding


@dataclass(frozen=True)
class Tabled:
    """The parties of a table, and what could not be read of them. unused: columns that mean nothing here."""

    parties: tuple[Asked, ...]
    findings: tuple[Finding, ...]
    unused: tuple[str, ...]


def tabled(path: Path, role: Role | None = None) -> Tabled:
    """The parties of a file; Refused where no column holds their names, or no row anything.

    role: of rows that say none.
    """
    table = table_at(path)
    meant = headed(table.columns)
    if not {"name", "family", *NUMBERED} & set(meant):
        names = ", ".join(table.columns[:12]) or "none"
        why = f"no column holds names; its columns are: {names}"
        raise Refused(f"{path}: {why}. Call one of them name; kind, country, births and identifiers help")
    if table.is_empty():
        raise Refused(f"{path}: no row below its head, so nobody was screened")
    rows = table.rows(named=True)
    roles = frozenset({role}) if role else frozenset[Role]()
    parties, findings = asked(rows, table.columns, path.name, roles)
    used = {name for held in meant.values() for name in held}
    return Tabled(parties, findings, tuple(name for name in table.columns if name not in used))
