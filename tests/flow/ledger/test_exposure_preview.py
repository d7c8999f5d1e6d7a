"""Exposure preview: what readers could infer for a confidential record, before it is kept."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.flow.confidential import BAND, THREE, Package, confidential, submitted

from konvoi.flow.ledger.exposure_preview import Preview
from konvoi.flow.ledger.figure_release import Wish, release_figures
from konvoi.flow.ledger.released_figures import releases
from konvoi.flow.store import RELEASED_FIGURES, store
from konvoi.flow.submissions.import_submission import take
from konvoi.ledger.question import Question
from konvoi.ledger.release import TWO_PARTNERS

FOURTH = Package("ES", "E-1", "40")
NOTHING = (Decimal(0), None)


def announced(folder: Path, one: Package) -> tuple[Preview, ...]:
    return take([submitted(folder.parent / "in", one)], party=one.party, folder=folder, dry=True).exposures


def test_before_any_release_a_first_total_is_supposed(tmp_path: Path) -> None:
    """Of 140 each partner takes its own off: AR knows 95 of the others, CE 110, DO 115, AR and CE 65."""
    told = announced(confidential(tmp_path / "w", *THREE), FOURTH)
    assert {one.readers: (one.now, one.then, one.refused) for one in told} == {
        ("public", "coalition"): (NOTHING, (Decimal(0), Decimal(140)), False),
        ("AR",): (NOTHING, (Decimal(0), Decimal(95)), False),
        ("CE",): (NOTHING, (Decimal(0), Decimal(110)), False),
        ("DO",): (NOTHING, (Decimal(0), Decimal(115)), False),
        (TWO_PARTNERS,): (NOTHING, (Decimal(0), Decimal(65)), False),
    }


def test_two_of_three_contributors_together_know_the_third(tmp_path: Path) -> None:
    """A release with three contributors besides the public keeps the rules; two of them know the third."""
    folder = confidential(tmp_path / "w", *THREE[:2])
    told = {one.readers: one for one in announced(folder, THREE[2])}
    two = told[(TWO_PARTNERS,)]
    assert two.then == (Decimal(25), Decimal(25))
    assert all(one.then[0] != one.then[1] for readers, one in told.items() if readers != (TWO_PARTNERS,))
    # Neither is named, nor which two they are: that would tell who contributes.
    assert two.as_dict()["readers"] == ["two partners together"]


def test_a_row_beside_an_earlier_release_would_be_exposed(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    release_figures(folder, Wish(Question(mix=True), "public"))
    (told,) = announced(folder, FOURTH)
    assert (told.record, told.mode) == ("ES / E-1", "in total, not named")
    assert told.readers == ("public", "coalition", "AR", "CE", "DO")
    assert (told.now, told.then) == (NOTHING, (Decimal(40), Decimal(40)))
    assert told.refused


def test_what_a_record_states_already_has_an_interval_now(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    release_figures(folder, Wish(Question(mix=True), "public"))
    told = announced(folder, THREE[0]._replace(amount="46", day="2031-01-20"))
    public = next(one for one in told if "public" in one.readers)
    assert public.now == (Decimal(0), Decimal(100))


def test_readers_who_may_see_the_row_are_left_out(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    (told,) = announced(folder, FOURTH._replace(marking="coalition"))
    assert told.readers == ("public",)


def test_other_rows_have_no_preview(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    assert announced(folder, FOURTH._replace(mode="cell only")) == ()
    assert announced(folder, FOURTH._replace(package="E-2", marking="public")) == ()


def test_a_preview_as_json_has_exact_decimals() -> None:
    one = Preview("R", "band only", ("public",), "EUR", NOTHING, (Decimal("0.00"), Decimal("20.00")), False)
    told = replace(one, refused=True).as_dict()
    assert (told["now"], told["then"], told["refused"]) == ([0, None], [0, 20], True)


BANDED = Package("ES", "E-1", "40", BAND)


def exact_release(tmp_path: Path) -> Path:
    """AR 45, CE 30 and DO 25 are released as 100 exactly; the 40 of ES are `band only` and left out."""
    folder = confidential(tmp_path / "w", *THREE, BANDED)
    assert not release_figures(folder, Wish(Question(mix=True), "public", with_bands=False)).refused
    return folder


def test_a_row_beside_an_exact_release_is_exposed_exactly(tmp_path: Path) -> None:
    """With FR's 10 the same figure would be 110; as a band of 150 it would hide the 10."""
    told = announced(exact_release(tmp_path), Package("FR", "F-1", "10"))
    public = next(one for one in told if "public" in one.readers)
    assert (public.then, public.refused) == ((Decimal(10), Decimal(10)), True)


def test_an_older_line_that_does_not_say_is_supposed_in_both_ways(tmp_path: Path) -> None:
    folder = exact_release(tmp_path)
    (release,) = releases(folder)
    assert release.exact is True
    place = folder / RELEASED_FIGURES
    place.write_text(place.read_text().replace('"exact":true,', ""))
    (release,) = releases(folder)
    assert release.exact is None
    store(folder).accept(RELEASED_FIGURES, at="", by="A. Example", reason="an older line")
    told = announced(folder, Package("FR", "F-1", "10"))
    public = next(one for one in told if "public" in one.readers)
    assert (public.then, public.refused) == ((Decimal(10), Decimal(10)), True)
