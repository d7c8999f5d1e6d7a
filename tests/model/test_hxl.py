"""HXL tags: well-formed, one for one column of a table, of the core vocabulary."""

import re

import pytest

from konvoi.model.hxl import columns_by_tag, plain_tag, tag
from konvoi.model.table import Table
from konvoi.model.tables import TABLES

# The core hashtags of HXL 1.1 that a table of ours can need.
CORE = {
    *("#access", "#adm1", "#capacity", "#contact", "#country", "#currency", "#date", "#description", "#geo"),
    *("#item", "#loc", "#meta", "#modality", "#need", "#org", "#sector", "#severity", "#status", "#value"),
    *("#inneed", "#population"),
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_tag_means_one_column_of_its_table(table: Table) -> None:
    tags = [plain_tag(found) for column in table.columns if (found := tag(table, column))]
    assert len(tags) == len(set(tags))
    assert len(columns_by_tag(table)) == len(tags)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tags_are_of_the_core_and_well_formed(table: Table) -> None:
    for column in table.columns:
        if found := tag(table, column):
            assert re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", found), found
            assert found.partition("+")[0] in CORE, found


def test_every_mandatory_column_has_a_tag() -> None:
    """So that a workbook with tags and headings in another language can still be read."""
    lost = [
        (table.name, one.name)
        for table in TABLES
        for one in table.columns
        if one.must and not tag(table, one)
    ]
    assert lost == []


def test_blanks_capitals_and_the_order_of_attributes_say_nothing() -> None:
    assert plain_tag(" #Item +num +Code") == plain_tag("#item+code+num")
