"""The tables of the Konvoi workbook, in the order in which people fill them."""

from konvoi.model.tables import (
    agreed,
    funds,
    milestones,
    network,
    positions,
    projects,
    screening,
    sessions,
    supplies,
    words,
)

TABLES = (
    *words.MEMBERS,
    *agreed.MEMBERS,
    *milestones.MEMBERS,
    *positions.MEMBERS,
    *sessions.MEMBERS,
    *funds.MEMBERS,
    *projects.MEMBERS,
    *supplies.MEMBERS,
    *network.MEMBERS,
    *screening.MEMBERS,
)
BY_NAME = {table.name: table for table in TABLES}
