"""Structure, references, likeness and judgements become one list that does not contradict itself."""

import random
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reconcile.ledgers import entries, relations, told

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.judgement import JUDGEMENTS, judged
from konvoi.reconcile.relate import relate

TEXT: dict[str, object] = {"amount_minor": 5_000_000_00, "currency": "EUR", "text": "field hospital"}
THREE = entries(
    {"entry": "a", "source": "A", **TEXT},
    {"entry": "b", "source": "B", **TEXT},
    {"entry": "c", "source": "C", **TEXT},
)


def judgement(
    left: str, right: str, verdict: str, ledger: pl.DataFrame = THREE, **more: str
) -> dict[str, str]:
    words = {"relation": "same_as", "by": "desk", "at": "2022-06-01T10:00:00Z"} | more
    return judged(
        (left, right),
        verdict,
        relation=words["relation"],
        by=words["by"],
        at=words["at"],
        entries=ledger,
        supersedes=words.get("supersedes", ""),
    )


def rows(*judgements: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(judgements), schema=JUDGEMENTS)


def test_three_reports_of_one_thing_are_three_open_pairs() -> None:
    assert told(relate(THREE).relations) == [
        ("a", "same_as", "b", "undecided"),
        ("a", "same_as", "c", "undecided"),
        ("b", "same_as", "c", "undecided"),
    ]


def test_what_a_person_decided_stands() -> None:
    found = relate(
        THREE, judgements=rows(judgement("b", "a", "same"), judgement("a", "c", "different"))
    ).relations
    assert told(found)[:2] == [("a", "same_as", "b", "accepted"), ("a", "same_as", "c", "rejected")]
    assert found["basis"].to_list() == ["person", "person", "probability"]


def test_unsure_stays_open() -> None:
    assert told(relate(THREE, judgements=rows(judgement("a", "b", "unsure"))).relations)[0][3] == "undecided"


def test_a_contradiction_joins_none_of_the_three() -> None:
    """a = b, b = c, but a and c are different."""
    verdicts = rows(
        judgement("a", "b", "same"), judgement("b", "c", "same"), judgement("a", "c", "different")
    )
    found = relate(THREE, judgements=verdicts)
    assert [row[3] for row in told(found.relations)] == ["undecided", "rejected", "undecided"]
    assert [f.code for f in found.findings] == ["same-contradiction"]
    assert found.findings[0].read == "a = b, b = c"


def test_two_references_of_a_register_are_never_joined_through_a_third() -> None:
    """In a partner's own submissions a new reference is evidence, never a veto."""
    ledger = entries(
        {"entry": "1", "source": "A", "reference": "A-1"},
        {"entry": "2", "source": "A", "reference": "A-2"},
        {"entry": "3", "source": "B", "reference": "B-1"},
    ).with_columns(variant=pl.lit("kiel"))
    stated = relations(("1", "same_as", "3"), ("2", "same_as", "3"))
    own = relate(ledger.with_columns(variant=pl.lit("konvoi")), relations=stated)
    assert own.relations["status"].to_list() == ["accepted", "accepted"]
    found = relate(ledger, relations=stated)
    assert "accepted" not in found.relations["status"].to_list()
    assert [f.code for f in found.findings] == ["same-contradiction"]


def test_two_identifiers_of_one_scheme_are_kept_apart_only_where_one_publisher_gave_both() -> None:
    """IATI: each publisher has identifiers of his own, so that a person may join those of two."""
    first: dict[str, object] = {
        "entry": "1",
        "reference": "iati:AA-1",
        "source": "iati:AA",
        "variant": "iati",
    }
    second: dict[str, object] = {
        "entry": "2",
        "reference": "iati:BB-9",
        "source": "iati:BB",
        "variant": "iati",
    }
    stated = relations(("1", "same_as", "2"))
    assert told(relate(entries(first, second), relations=stated).relations)[0][3] == "accepted"
    own = relate(entries(first, second | {"source": "iati:AA"}), relations=stated)
    assert "accepted" not in own.relations["status"].to_list()


def test_a_circle_of_directed_relations_is_told_and_counts_nothing() -> None:
    each: list[dict[str, object]] = [{"entry": name, "party": name} for name in "123"]
    ledger = entries(*each)
    stated = relations(("1", "part_of", "2"), ("2", "part_of", "1"), ("3", "part_of", "1"))
    found = relate(ledger, relations=stated)
    assert told(found.relations) == [
        ("1", "part_of", "2", "undecided"),
        ("2", "part_of", "1", "undecided"),
        ("3", "part_of", "1", "accepted"),
    ]
    assert [(f.code, f.read) for f in found.findings] == [("relation-cycle", "1 → 2 → 1")]


def test_a_circle_names_records_by_their_references() -> None:
    each: list[dict[str, object]] = [
        {"entry": "1", "reference": "PL-1", "source": "PL"},
        {"entry": "2", "reference": "J-1", "source": "PL"},
        {"entry": "3", "reference": "J-1", "source": "SE"},
    ]
    stated = relations(("1", "part_of", "2"), ("2", "part_of", "3"), ("3", "part_of", "1"))
    (finding,) = relate(entries(*each), relations=stated).findings
    assert finding.read == "PL-1 → PL J-1 → SE J-1 → PL-1"


def test_a_judgement_whose_values_changed_is_shown_again_and_not_lost() -> None:
    verdicts = rows(judgement("a", "b", "same"))
    changed = THREE.with_columns(
        amount_minor=pl.when(pl.col("entry") == "a").then(6_000_000_00).otherwise("amount_minor")
    )
    found = relate(changed, judgements=verdicts)
    assert "accepted" not in found.relations["status"].to_list()
    assert [f.code for f in found.findings] == ["judgement-stale"]
    assert told(relate(THREE, judgements=verdicts).relations)[0][3] == "accepted"


def test_what_was_parted_before_the_values_changed_parts_no_more() -> None:
    """a and c were different when c was a smaller thing; since then both were judged to be b."""
    smaller = THREE.with_columns(
        amount_minor=pl.when(pl.col("entry") == "c").then(1_00).otherwise("amount_minor")
    )
    before = judgement("a", "c", "different", smaller)
    verdicts = rows(before, judgement("a", "b", "same"), judgement("b", "c", "same"))
    found = relate(THREE, judgements=verdicts)
    assert [row[3] for row in told(found.relations)] == ["accepted", "undecided", "accepted"]
    assert [f.code for f in found.findings] == ["judgement-stale"]


def test_a_new_version_with_the_same_values_keeps_its_judgements() -> None:
    """The entry has another id and stands in another file; source, reference and values are the same."""
    verdicts = rows(judgement("a", "b", "same"))
    renewed = THREE.with_columns(
        entry=pl.col("entry").replace("a", "a2"), submission=pl.lit("new.csv"), row=pl.lit(7, pl.Int64)
    )
    assert ("a2", "same_as", "b", "accepted") in told(relate(renewed, judgements=verdicts).relations)


def test_a_judgement_of_records_that_are_gone_is_kept_and_told() -> None:
    found = relate(THREE.filter(pl.col("entry") != "a"), judgements=rows(judgement("a", "b", "same")))
    assert [f.code for f in found.findings] == ["judgement-lost"]


def test_an_end_that_names_a_reference_means_the_entry_that_has_it() -> None:
    ledger = entries({"entry": "1", "reference": "x:1"}, {"entry": "2", "reference": "x:2", "party": "other"})
    assert told(relate(ledger, relations=relations(("x:2", "part_of", "1"))).relations) == [
        ("2", "part_of", "1", "accepted")
    ]
    assert told(relate(ledger, relations=relations(("x:9", "part_of", "1"))).relations) == [
        ("x:9", "part_of", "1", "accepted")
    ]


@cache
def in_order() -> pl.DataFrame:
    return relate(THREE).relations


@pytest.mark.slow
@given(st.integers())
def test_the_order_of_entries_does_not_matter(seed: int) -> None:
    order = random.Random(seed).sample(range(THREE.height), THREE.height)
    assert relate(THREE[order]).relations.equals(in_order())


def test_nothing_is_lost_of_what_documents_say() -> None:
    kinds = ("same_as", "restates", "part_of", "passes_through", "reimburses", "contracts_for", "serves")
    stated = relations(*(("a", kind, "b") for kind in kinds))
    found = relate(THREE, relations=stated).relations
    assert {row[1] for row in told(found) if row[0] == "a" and row[2] == "b"} == set(kinds)
    assert found.schema == RELATIONS


def test_no_entries_give_no_relations() -> None:
    assert relate(THREE.clear()).relations.height == 0


@pytest.mark.real_data
def test_fts_pages_of_two_countries_keep_their_parents_and_propose_no_twins(real_data: Path) -> None:
    """Six pages of one register: 289 parents and children, no flow called another's report."""
    from konvoi.intake.formats.fts import FTS_FLOWS
    from konvoi.model.document import Document

    paths = sorted((real_data / "fts").glob("custom-search-locationid-*.json"))
    readings = [FTS_FLOWS.read(Document(path.name, path.read_bytes())) for path in paths]
    ledger = pl.concat([r.entries for r in readings]).unique("entry", maintain_order=True)
    stated = pl.concat([r.relations for r in readings]).unique(maintain_order=True)
    scopes = pl.concat([r.scopes for r in readings]).unique(maintain_order=True)
    found = relate(ledger, relations=stated, scopes=scopes).relations
    assert ledger.height == 961
    assert found.filter(pl.col("status") == "accepted")["subtype"].value_counts().rows() == [
        ("fts-parent", 289)
    ]
    assert found.filter(pl.col("relation") == "same_as").height == 0


def test_likeness_does_not_reach_a_day_far_away_but_the_same_content_is_proposed() -> None:
    """Semantics 23: a renewed promise is proposed at any distance in time; other content is not."""
    far = {"day_from": date(2024, 1, 1), "day_to": date(2024, 1, 1)}
    ledger = entries({"entry": "a", "source": "A", **TEXT}, {"entry": "b", "source": "B", **TEXT, **far})
    made = relate(ledger).relations
    assert made.select("status", "subtype").rows() == [("undecided", "announced-again")]
    other = far | {"text": "blankets and stoves", "amount_minor": 7_700_000}
    ledger = entries({"entry": "a", "source": "A", **TEXT}, {"entry": "b", "source": "B", **TEXT, **other})
    assert relate(ledger).relations.height == 0
