"""Labels move weights as far as they are many; whole codes are explained exactly."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.link.people import PEOPLE, SETTINGS

from konvoi.link.comparison import Codes
from konvoi.link.density import crowds, density
from konvoi.link.levels import equal
from konvoi.link.match import match
from konvoi.link.refining import Judged, interacting, jointly, refined
from konvoi.link.settings import Block, Settings
from konvoi.link.weights import Weights, given

TWO = (equal("x", true=0.5, chance=0.5), equal("y", true=0.5, chance=0.5))
CODES = Codes(TWO)


def judged(*lines: tuple[tuple[int, int], int, int]) -> Judged:
    """Answers to both comparisons, how many pairs gave them, how many of them are true."""
    codes = np.array([CODES.pack(levels) for levels, _, _ in lines])
    none = np.zeros(len(lines), dtype=np.uint8)
    return Judged(codes, none, none, *(np.array([line[n] for line in lines], float) for n in (1, 2)))


def start() -> Weights:
    return given(TWO, 0.5)


def test_what_is_judged_stands_beside_twenty_pairs_of_before() -> None:
    """All 80 true pairs are equal in x: with 20 of before, of which 0.9 · 10 are, 89 of 100."""
    found = refined(start(), judged(((1, 1), 80, 80), ((2, 1), 80, 0)))
    assert found.true[0][1] == pytest.approx((80 + 20 * 0.9 * 0.5) / 100)
    assert found.origin == "labelled"


def test_answers_that_only_count_together_weigh_together() -> None:
    """Equal in one of x and y is never true, in both or none half of the time: each alone says nothing."""
    lines = judged(((1, 1), 1000, 1000), ((2, 2), 1000, 1000), ((1, 2), 1000, 0), ((2, 1), 1000, 0))
    found = interacting(refined(start(), lines), lines)
    both, one = CODES.pack((1, 1)), CODES.pack((1, 2))
    assert found.added(np.array([both, one])) == pytest.approx([0, 0], abs=0.01)
    assert found.together[both] > 5
    assert found.together[one] < -5


def test_answers_that_always_come_together_count_once() -> None:
    """Nine tenths of the pairs equal in both are true: odds of 9 to 1, and not 81 to 1."""
    lines = judged(((1, 1), 100_000, 90_000), ((2, 2), 100_000, 10_000))
    alone = refined(start(), lines)
    found = jointly(alone, lines)
    both = np.array([CODES.pack((1, 1))])
    assert alone.added(both) == pytest.approx([np.log2(81)], abs=0.01)
    assert found.added(both) == pytest.approx([np.log2(9)], abs=0.01)
    assert [weight["bits"] for weight in found.table().rows(named=True)][1] == pytest.approx(
        np.log2(3), abs=0.01
    )


def test_answers_of_few_pairs_stay_near_what_they_say_by_themselves() -> None:
    lines = judged(((1, 1), 2, 2), ((2, 2), 2, 0))
    alone = refined(start(), lines)
    moved = jointly(alone, lines).added(lines.codes) - alone.added(lines.codes)
    assert np.abs(moved).max() < 1


def test_that_two_are_equal_never_says_less_than_that_nothing_is_known() -> None:
    """As judged it would: nine tenths are true where x is not known, one tenth where it is equal."""
    lines = judged(((0, 1), 1000, 900), ((1, 1), 1000, 100), ((2, 2), 1000, 100))
    missing, equal_, _ = jointly(refined(start(), lines), lines).bits[0]
    assert missing == equal_


def test_the_folds_of_judged_pairs_add_up() -> None:
    lines = judged(((1, 1), 3, 2), ((1, 1), 4, 1), ((2, 2), 2, 0))
    whole = replace(lines, fold=np.array([0, 1, 0])).whole()
    assert (whole.pairs.tolist(), whole.true.tolist()) == ([7, 2], [3, 0])


def test_how_many_were_judged_true_makes_no_whole_code_weigh() -> None:
    """Half of those shown are true, though one in a hundred of all is: that is no word about any answer."""
    lines = judged(((1, 1), 1000, 810), ((1, 2), 1000, 500), ((2, 1), 1000, 500), ((2, 2), 1000, 190))
    weights = replace(refined(start(), lines), prior=0.01)
    assert all(abs(bits) < 0.5 for bits in interacting(weights, lines).together.values())


def test_a_rare_code_stays_near_the_sum_of_its_answers() -> None:
    lines = judged(((1, 1), 1, 1), ((2, 2), 1000, 500))
    found = interacting(start(), lines)
    assert 0 < found.together[CODES.pack((1, 1))] < 1


def test_a_score_is_the_sum_of_its_parts() -> None:
    """Prior, each answer, and what they weigh together: exactly the odds of the probability."""
    weights = replace(start(), prior=0.2, together={CODES.pack((1, 2)): 1.5}, crowds=(0.3, 0.1))
    for code in range(9):
        for crowd in (0, 1):
            parts = sum(bits for _, _, bits in weights.explained(code, crowd))
            p = weights.probabilities(np.array([code]), np.array([crowd]))[0]
            assert parts == pytest.approx(np.log2(p / (1 - p)))


def test_a_crowd_has_a_prior_of_its_own_that_the_table_confirms() -> None:
    """Answers nine times as frequent among true pairs; a half is true where few meet, 2 % in a crowd."""
    odds, share = np.log2([9.0, 1 / 9.0]), np.array([[0.9, 0.1], [0.1, 0.9]])
    counts = [n * (true * share[0] + (1 - true) * share[1]) for n, true in ((4000, 0.5), (100_000, 0.02))]
    found = crowds(np.tile(odds, 2), np.array([0, 0, 1, 1]), np.concatenate(counts))
    assert found == pytest.approx((0.5, 0.02), abs=0.01)


def test_density_counts_what_both_records_meet() -> None:
    met = np.log2([1, 8, 32])
    assert density(met, np.array([0, 0, 1]), np.array([0, 1, 2])).tolist() == [0, 1, 4]


def test_labels_refine_and_calibrate_and_tell_the_recall_of_blocks() -> None:
    """1 and 2 are one, as are 3 and 4; both blocks hold them but surname, which misses Kovalenka."""
    truth = pl.DataFrame({"id": list("12345"), "cluster": list("aabbc")})
    found = match(PEOPLE, SETTINGS, labels=truth)
    assert found.recall.rows() == [("name", 2, 2), ("surname", 2, 1), ("", 2, 2)]
    assert found.used is not None
    assert found.used.origin == "labelled"
    assert found.used.calibration is not None
    assert found.pairs["lower"].null_count() == 0


def test_without_labels_nothing_is_calibrated() -> None:
    assert match(PEOPLE, SETTINGS).pairs["lower"].null_count() == 3


def pairs(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["left_id", "right_id", "same"], orient="row")


@pytest.mark.parametrize(
    ("labels", "row", "read"),
    [
        (pairs(("1", "2", True), ("2", "1", False)), 3, "2 / 1"),
        (pairs(("1", "3", False), ("1", "2", True), ("2", "3", True)), 2, "1 / 3"),
        (pairs(("1", "2", True), ("4", "4", False)), 3, "4 / 4"),
        (pl.DataFrame({"id": ["1", "2", "1"], "cluster": ["a", "a", "b"]}), 4, "1"),
    ],
)
def test_labels_that_contradict_themselves_are_refused(labels: pl.DataFrame, row: int, read: str) -> None:
    """The row of the table is named, below its head: the later of two, or the one that a chain gainsays."""
    found = match(PEOPLE, SETTINGS, labels=labels)
    assert [(f.code, f.place.row, f.read) for f in found.findings] == [("labels-contradict", row, read)]
    assert found.pairs.height == 0


def test_that_a_record_is_the_same_as_itself_says_nothing() -> None:
    found = match(PEOPLE, SETTINGS, labels=pairs(("1", "2", True), ("1", "1", True)))
    assert found.findings == ()


def test_a_label_of_a_record_that_is_not_there_is_told() -> None:
    found = match(PEOPLE, SETTINGS, labels=pairs(("1", "2", True), ("1", "99", False)))
    assert [(f.code, f.read) for f in found.findings] == [("labels-lost", "1")]


def test_a_billion_pairs_are_refused_before_they_are_made() -> None:
    """50,000 records share a name: 1,249,975,000 pairs, which the finding names with the key."""
    many = pl.DataFrame({"id": range(50_000), "name": ["x"] * 50_000})
    settings = Settings((equal("name"),), (Block("name", ("name",), most=2_000_000_000),))
    found = match(many, settings)
    (finding,) = found.findings
    assert (finding.code, finding.read) == ("too-many-pairs", "1249975000")
    assert finding.values["key"] == "x"
    assert found.pairs.height == 0


def test_a_block_may_refuse_what_it_would_put_aside() -> None:
    block = Block("name", ("name",), most=1, overflow="refuse")
    many = pl.DataFrame({"id": range(3), "name": ["x"] * 3})
    found = match(many, Settings((equal("name"),), (block,)))
    assert [(f.code, f.severity) for f in found.findings] == [("block-overflow", "error")]


@pytest.mark.parametrize(
    ("spill", "code"), [("", "match-memory"), (".", "match-disk"), ("file/below", "match-disk")]
)
def test_what_fits_nowhere_is_told_and_nothing_is_left(
    spill: str, code: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four million pairs fit neither into 40 MB, nor into a folder of one megabyte or below a file."""
    import duckdb

    connect = duckdb.connect

    def small(path: str, *, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
        return connect(path, config={**config, "max_temp_directory_size": "1MB"})

    monkeypatch.setattr("konvoi.link.engine.duckdb.connect", small)
    folder = tmp_path_factory.mktemp("spill")
    many = pl.DataFrame({"id": range(3000), "name": ["x"] * 3000, "x": [str(n % 7) for n in range(3000)]})
    block = Block("name", ("name",), most=9_000_000)
    (folder / "file").touch()
    settings = Settings((equal("x"),), (block,), memory="40MB", spill=str(folder / spill) if spill else "")
    found = match(many, settings)
    assert [f.code for f in found.findings] == [code]
    assert found.pairs.height == 0
    assert list(folder.rglob("*")) == [folder / "file"]
