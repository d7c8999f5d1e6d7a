"""Questions to the ledger: the stage, rule and level that they mean, and what is refused."""

import pytest

from konvoi.ledger.question import Question


@pytest.mark.parametrize(
    ("asked", "rule", "stage"),
    [
        ({}, "", "pledged"),
        ({"stage": "committed"}, "", "committed"),
        ({"stage": "delivered"}, "as stated by the source", "handed over"),
        ({"stage": "delivered", "rule": "at hub"}, "at hub", "at hub"),
        ({"stage": "delivered", "rule": "end user"}, "end user", "received"),
        ({"stage": "delivered", "rule": "at origin"}, "at origin", "dispatched"),
        ({"stage": "received", "rule": "at hub"}, "at hub", "received"),
    ],
)
def test_delivered_is_the_stage_of_its_rule(asked: dict[str, str], rule: str, stage: str) -> None:
    question = Question(**asked)  # type: ignore[arg-type]
    assert (question.delivered_rule, question.counted_stage) == (rule, stage)


@pytest.mark.parametrize(
    ("asked", "only"),
    [
        ({}, False),
        ({"by": "kind"}, False),
        ({"level": "both"}, False),
        ({"level": "lines"}, True),
        ({"what": "quantity"}, True),
        ({"by": "good"}, True),
    ],
)
def test_goods_and_quantities_are_those_of_lines(asked: dict[str, str], only: bool) -> None:
    assert Question(**asked).only_lines is only  # type: ignore[arg-type]


def test_a_boundary_names_a_country_a_year_or_both() -> None:
    assert Question().scope() == {}
    assert Question(boundary="country:AFG").scope() == {"country": "AFG"}
    assert Question(boundary=" country : AFG, year:2020,").scope() == {"country": "AFG", "year": "2020"}


@pytest.mark.parametrize("boundary", ["AFG", "region:x", "country:AFG,2020", "country"])
def test_another_boundary_is_refused(boundary: str) -> None:
    with pytest.raises(ValueError, match="is not like country:AFG,year:2020"):
        Question(boundary=boundary)


@pytest.mark.parametrize("name", ["stage", "what", "by", "rule", "level", "attribute", "shared"])
def test_an_option_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}: 'other' is none of"):
        Question(**{name: "other"})  # type: ignore[arg-type]
