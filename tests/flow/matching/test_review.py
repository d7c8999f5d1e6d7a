"""A review puts the weightiest pair first, now and then one by chance, and only what its reader may see."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.reports import told_twice

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.review import Review, review
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.reconcile.judgement import RANDOM, WEIGHT

AT = "2031-03-01T10:00:00.000000+00:00"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve pairs of which three are Corland's alone to read; only read, never written."""
    return told_twice(tmp_path_factory.mktemp("review"), hidden=3)


@pytest.fixture(scope="module")
def gathered(shared: Path) -> Gathered:
    """What was handed in, read once: decisions are read anew by every review."""
    return gathering(workspace(shared))


@pytest.fixture
def fresh(shared: Path, gathered: Gathered) -> Review:
    """A review in which nothing was decided yet; what is decided goes before the next test."""
    (shared / "judgements.csv").unlink(missing_ok=True)
    (shared / "receipts.jsonl").unlink(missing_ok=True)
    (shared / "receipts.head").unlink(missing_ok=True)
    return Review(workspace(shared), gathered)


def again(desk: Review, party: str = "") -> Review:
    """Another review of the same workspace, with what was decided meanwhile."""
    work = viewed(workspace(desk.folder), View(None, party or CELL))
    return Review(work, gathering(work), party=party)


def amounts(desk: Review) -> list[int | None]:
    return [pair.change for pair in desk.queue()]


def test_the_weightiest_pair_stands_first(fresh: Review) -> None:
    assert amounts(fresh) == [n * 100_00 for n in range(12, 0, -1)]
    assert fresh.counts() == {"amount": 12, "quantity": 0, "nothing": 0}


def test_one_decision_in_ten_is_on_a_pair_that_chance_drew_and_its_row_says_so(fresh: Review) -> None:
    rows = []
    while pair := fresh.next():
        first = next(one for one in fresh.queue())
        assert pair.random or pair.key == first.key
        rows.append(fresh.decide(pair, "different", by="A", at=AT))
    assert len(rows) == 12
    assert [row["drawn"] for row in rows[:10]].count(RANDOM) == 1
    assert {row["drawn"] for row in rows} == {RANDOM, WEIGHT}
    assert len({row["judgement"] for row in rows}) == 12
    found = fresh.labelled()
    assert found.height == 12
    assert found["random"].any()
    assert found["probability"].null_count() == 0


def test_each_decision_stands_in_the_file_at_once_and_moves_the_total(fresh: Review) -> None:
    first = fresh.queue()[0]
    fresh.decide(first, "same", by="A", at=AT, reason="one, the same")
    said = (fresh.folder / "judgements.csv").read_text().splitlines()
    assert len(said) == 2
    assert '"one, the same"' in said[1]
    assert first.key not in {pair.key for pair in fresh.queue()}
    drawn = konvoi("total", fresh.folder, "--stage", "committed", "--json").json
    assert (drawn["value"], drawn["lowest"]) == (14400, 7800)


def test_undoing_everything_leaves_what_was_there_before(fresh: Review) -> None:
    queue, relations = fresh.queue(), fresh.relations
    for verdict in ("same", "different", "unsure", "same"):
        pair = fresh.next()
        assert pair is not None
        fresh.decide(pair, verdict, by="A", at=AT)
    assert fresh.queue() != queue
    undone = 0
    while fresh.undo(by="A", at="2031-03-01T11:00:00+00:00"):
        undone += 1
    assert undone == 4
    assert fresh.queue() == queue
    assert fresh.asked == 0
    assert fresh.relations.equals(relations)
    assert review(workspace(fresh.folder)).queue() == queue


def test_nobody_takes_back_what_another_decided(fresh: Review) -> None:
    fresh.decide(fresh.queue()[0], "same", by="A", at=AT)
    assert fresh.undo(by="B", at=AT) is None


def test_what_a_person_could_not_tell_is_not_asked_again_but_stays_open(fresh: Review) -> None:
    pair = fresh.queue()[0]
    fresh.decide(pair, "unsure", by="A", at=AT)
    assert pair.key not in {one.key for one in fresh.queue()}
    assert fresh.unsure == 1


def test_what_is_put_off_comes_after_the_others(fresh: Review) -> None:
    first = fresh.queue()[0]
    fresh.skipped.add(first.key)
    pair = fresh.next()
    assert pair is not None
    assert pair.key != first.key
    assert first in fresh.queue()


def test_a_reviewer_sees_only_pairs_of_which_he_may_read_both_ends(fresh: Review) -> None:
    """Belmark reads what is the coalition's; the three that are Corland's are in no list and no length."""
    other = again(fresh, "BE")
    assert amounts(other) == [n * 100_00 for n in range(9, 0, -1)]
    assert sum(other.counts().values()) == 9
    assert {pair.key for pair in other.batch(50)} == {pair.key for pair in other.queue()}
    own = again(fresh, "CO")
    assert len(own.queue()) == 12


def test_what_others_decided_where_he_may_not_look_tells_a_reviewer_nothing(fresh: Review) -> None:
    """Two worlds that differ in decisions on hidden pairs alone look the same to him."""
    before = again(fresh, "BE")
    for _ in range(3):
        fresh.decide(fresh.queue()[0], "same", by="A", at=AT)
    after = again(fresh, "BE")
    assert after.queue() == before.queue()
    assert (after.asked, after.next()) == (before.asked, before.next())
    assert after.error().equals(before.error())
    assert after.batch(50) == before.batch(50)


def test_a_reviewer_of_a_party_signs_with_it(fresh: Review) -> None:
    other = again(fresh, "CO")
    pair = other.queue()[-1]
    assert other.decide(pair, "same", by="K. Sand", at=AT)["by"] == "CO: K. Sand"


def test_what_a_colleague_wrote_meanwhile_is_taken_in_and_not_written_over(fresh: Review) -> None:
    other = again(fresh)
    first, second = fresh.queue()[:2]
    other.decide(first, "different", by="B", at=AT)
    fresh.decide(second, "same", by="A", at=AT)
    assert fresh.verdict(first.key) == "different"
    assert len((fresh.folder / "judgements.csv").read_text().splitlines()) == 3


def test_a_broken_file_of_decisions_refuses_the_review(fresh: Review) -> None:
    (fresh.folder / "judgements.csv").write_text("left,right\na,b,c\n")
    with pytest.raises(Refused, match=r"judgements.csv: cannot be read"):
        again(fresh)


def test_a_batch_is_what_would_be_asked_next_weightiest_first(fresh: Review) -> None:
    found = fresh.batch(5)
    assert len(found) == 5
    weights = [pair.change or 0 for pair in found]
    assert weights == sorted(weights, reverse=True)
    assert sum(pair.random for pair in fresh.batch(10)) == 1
    assert len(fresh.batch(100)) == 12


def test_the_order_of_the_files_rows_does_not_matter(fresh: Review) -> None:
    for verdict in ("same", "different", "same"):
        fresh.decide(fresh.queue()[0], verdict, by="A", at=AT)
    fresh.undo(by="A", at="2031-03-02T10:00:00+00:00")
    queue, labels = fresh.queue(), fresh.labelled()
    path = fresh.folder / "judgements.csv"
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join((head, *reversed(rows))))
    other = again(fresh)
    assert other.queue() == queue
    assert other.labelled().equals(labels)


def test_a_pair_whose_values_have_changed_is_put_again(fresh: Review) -> None:
    pair = fresh.queue()[0]
    fresh.decide(pair, "different", by="A", at=AT)
    path = fresh.folder / "submissions" / "AR" / "packages.csv"
    text = path.read_text()
    try:
        path.write_text(text.replace("1200.00", "1250.00"))
        other = review(workspace(fresh.folder))
        assert len(other.queue()) == 12
        assert [one for one in other.findings if one.code == "judgement-stale"] != []
    finally:
        path.write_text(text)
