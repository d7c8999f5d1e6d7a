"""The table of milestones: each names its document, and what it requires may stay open."""

from konvoi.model.tables.milestones import MILESTONES, NEEDS, PATH


def test_a_milestone_names_its_document_and_may_be_without_a_day() -> None:
    """A document's way is put down before it is gone."""
    assert {column.name for column in MILESTONES.columns if column.must} == {"milestone", "document", "event"}
    assert next(one.refers for one in MILESTONES.columns if one.name == "document") == "documents"


def test_what_is_not_known_stays_empty_and_is_not_the_same_as_not_applicable() -> None:
    assert set(NEEDS) == {"required", "not applicable"}


def test_the_way_leads_from_agreement_through_force_to_its_end() -> None:
    assert (PATH[0], PATH[-1]) == ("agreed", "ended")
    assert PATH.index("signed") < PATH.index("ratified") < PATH.index("in force")
