"""Released figures of a workspace: what counts in them, what forbids them, and what readers are given."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.flow.confidential import BAND, IN_TOTAL, THREE, Package, confidential, submitted

from konvoi.flow.ledger.figure_release import Draft, Wish, release_figures
from konvoi.flow.ledger.released_figures import releases, seen_releases
from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.run import counted
from konvoi.flow.store import refuse_altered, store, verification
from konvoi.flow.submissions.import_submission import take
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.gateways.refusal import Refused
from konvoi.ledger.question import Question

PLEDGED = Question(mix=True)
KINDS = replace(PLEDGED, by="kind")
FOURTH = Package("ES", "E-1", "40")


def drafted(folder: Path, reader: str = "public", question: Question = PLEDGED, **wish: object) -> Draft:
    return release_figures(folder, Wish(question, reader, **wish), dry=True)  # type: ignore[arg-type]


def released(folder: Path, reader: str = "public", question: Question = PLEDGED, **wish: object) -> Draft:
    draft = release_figures(folder, Wish(question, reader, **wish))  # type: ignore[arg-type]
    assert not draft.refused, draft.findings
    return draft


def added(folder: Path, one: Package, inbox: Path) -> None:
    take([submitted(inbox / one.party, one)], party=one.party, folder=folder)


def sums(draft: Draft) -> dict[str, object]:
    return {one.key: one.value if one.band is None else one.band for one in draft.release.figures}


def codes(draft: Draft) -> list[str]:
    return [one.code for one in draft.findings]


def test_the_sum_of_what_the_reader_may_not_see_is_released(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE, Package("ES", "E-1", "60", marking="public"))
    draft = released(folder)
    assert sums(draft) == {"": 100}
    assert draft.release.figures[0].contributors == ("AR", "CE", "DO")
    (kept,) = releases(folder)
    assert kept == draft.release


@pytest.mark.parametrize("mode", ["", "named", "cell only", "not counted yet"])
def test_other_count_modes_are_in_no_released_figure(tmp_path: Path, mode: str) -> None:
    folder = confidential(tmp_path, *THREE, Package("ES", "E-1", "40", mode))
    assert sums(drafted(folder)) == {"": 100}


def test_fewer_than_three_contributors_besides_the_reader_are_refused(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE[:2], Package("AR", "A-2", "10"))
    assert set(codes(drafted(folder))) == {"release-few", "release-exposed"}


def test_a_contributor_reads_of_the_others_alone(tmp_path: Path) -> None:
    """What a partner gives is not hidden from it: two are left of three, three of four."""
    folder = confidential(tmp_path / "three", *THREE)
    assert "release-few" in codes(drafted(folder, "AR"))
    folder = confidential(tmp_path / "four", *THREE, FOURTH)
    assert sums(released(folder, "AR")) == {"": 95}


def test_a_contributor_that_dominates_is_refused(tmp_path: Path) -> None:
    large = Package("AR", "A-1", "900")
    assert "release-dominated" in codes(drafted(confidential(tmp_path, large, *THREE[1:])))
    laxer = confidential(tmp_path / "laxer", large, *THREE[1:], settings="[release]\nshare = 98\n")
    assert "release-dominated" not in codes(drafted(laxer))


def test_two_releases_between_which_one_record_came_are_refused(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    released(folder)
    added(folder, FOURTH, tmp_path / "in")
    draft = release_figures(folder, Wish(PLEDGED, "public"))
    (told,) = (one for one in draft.findings if one.code == "release-exposed")
    assert (told.read, told.values["record"]) == ("40–40 EUR", "ES / E-1")
    assert len(releases(folder)) == 1


def test_the_same_attack_over_two_readers_is_refused(tmp_path: Path) -> None:
    """A partner reads what the public reads; the public does not read what the partner reads."""
    folder = confidential(tmp_path / "w", *THREE, Package("GA", "G-1", "60", marking="public"))
    released(folder, "GA")
    added(folder, FOURTH, tmp_path / "in")
    draft = drafted(folder, "public")
    assert {one.values["reader"] for one in draft.findings if one.code == "release-exposed"} == {"GA"}


@pytest.mark.slow
def test_a_change_of_one_contribution_is_refused_and_of_several_is_not(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE, FOURTH)
    released(folder)
    added(folder, Package("AR", "A-1", "65", day="2031-02-05"), tmp_path / "in")
    one_changed = drafted(folder, as_of=date(2031, 2, 5))
    assert {one.values["record"] for one in one_changed.findings} == {"AR / A-1"}
    added(folder, Package("CE", "C-1", "45", day="2031-02-05"), tmp_path / "in")
    added(folder, Package("DO", "D-1", "45", day="2031-02-05"), tmp_path / "in")
    assert sums(released(folder, as_of=date(2031, 2, 5))) == {"": 195}


def test_rows_are_released_with_their_total_or_alone(tmp_path: Path) -> None:
    military = [replace_kind(one, "military", f"{one.package}m", "50") for one in THREE]
    folder = confidential(tmp_path, *THREE, *military)
    assert sums(drafted(folder, question=KINDS)) == {"": 250, "energy": 100, "military": 150}
    assert sums(drafted(folder, question=KINDS, only=("energy",))) == {"energy": 100}
    with pytest.raises(Unknown, match="--only"):
        drafted(folder, question=KINDS, only=("food",))


def replace_kind(one: Package, kind: str, package: str, amount: str) -> Package:
    return one._replace(kind=kind, package=package, amount=amount)


def test_a_row_with_one_contributor_forbids_the_rows(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE, FOURTH._replace(kind="military"))
    draft = drafted(folder, question=KINDS)
    few = [one for one in draft.findings if one.code == "release-few"]
    assert [one.place.column for one in few] == ["military"]
    assert not drafted(folder, question=KINDS, only=("energy",)).refused


def test_band_only_makes_a_band_unless_it_is_left_out(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE, FOURTH._replace(mode=BAND))
    assert sums(drafted(folder)) == {"": (100, 200)}
    assert sums(drafted(folder, with_bands=False)) == {"": 100}


@pytest.mark.parametrize(("relation", "amount"), [("same_as", "40"), ("part_of", "300")])
def test_what_the_reader_counts_already_is_left_out(tmp_path: Path, relation: str, amount: str) -> None:
    """In the reader's total stands a public report of the same gift, or of the whole that it is part of."""
    public = Package("GA", "G-1", amount, marking="public", mode="", day="2031-01-05")
    folder = confidential(tmp_path, *THREE, FOURTH._replace(relates=f"{relation}:G-1"), public)
    draft = drafted(folder)
    assert sums(draft) == {"": 100}
    assert [(one.code, one.read) for one in draft.findings] == [("release-counted", "ES / E-1")]


def test_amounts_are_those_of_the_lines_counted_once(tmp_path: Path) -> None:
    """Two confidential reports of one gift are one contribution."""
    again = Package("GA", "G-1", "40", relates="same_as:E-1")
    folder = confidential(tmp_path, *THREE, FOURTH, again)
    assert sums(drafted(folder)) == {"": 140}


def test_a_refund_is_left_out(tmp_path: Path) -> None:
    """What readers infer rests on amounts that are not below 0."""
    draft = drafted(confidential(tmp_path, *THREE, FOURTH._replace(amount="-10")))
    assert sums(draft) == {"": 100}
    assert codes(draft) == ["release-counted"]


def test_a_release_is_not_refused_for_what_could_be_inferred_before_it(tmp_path: Path) -> None:
    """Under stricter thresholds the first release would be refused; the second has nothing to do with it."""
    military = [replace_kind(one, "military", f"{one.package}m", "50") for one in THREE]
    folder = confidential(tmp_path, *THREE, *military)
    released(folder, question=KINDS, only=("energy",))
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text() + "[release]\ninterval = 100\n")
    assert not drafted(folder, question=KINDS, only=("military",)).refused
    assert drafted(folder, question=KINDS).refused


def test_nothing_to_release_is_refused(tmp_path: Path) -> None:
    folder = confidential(tmp_path, Package("AR", "A-1", "45", marking="public"))
    assert codes(drafted(folder)) == ["release-empty"]


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE)
    assert not drafted(folder).refused
    assert not list(folder.glob("*.jsonl"))


def test_a_release_has_a_receipt_and_an_altered_one_is_found(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE)
    released(folder, by="A. Example", reason="quarterly")
    last = store(folder).receipts()[-1].change
    assert (last.kind, last.day, last.by) == ("figures released", "2031-02-01", "A. Example")
    assert verification(store(folder)).holds
    kept = folder / "releases.jsonl"
    kept.write_text(kept.read_text().replace('"low":10000', '"low":20000'))
    found = verification(store(folder))
    assert [(one.path, str(one.fault)) for one in found.differences] == [("releases.jsonl", "altered")]
    with pytest.raises(Refused):
        refuse_altered(found.differences)
    with pytest.raises(Refused):
        release_figures(folder, Wish(PLEDGED, "public"), dry=True)


def test_a_line_that_cannot_be_read_is_refused_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "releases.jsonl").write_text('{"number": 1}\n')
    with pytest.raises(Refused, match=r"releases\.jsonl, line 1"):
        releases(tmp_path)


def test_readers_are_given_what_was_released_to_them_and_not_what_is_behind_it(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE, FOURTH, Package("GA", "G-1", "60", marking="public"))
    released(folder, "GA")
    work = workspace(folder)
    (given,) = seen_releases(work, View(None, "GA"))
    assert given == releases(folder)[0].published()
    assert seen_releases(work, View(None, "AR")) == seen_releases(work, View(None, "public")) == ()
    assert seen_releases(viewed(work, View(date(2031, 1, 31), "GA"))) == ()


def test_a_release_about_an_earlier_day_is_given_from_today_on(tmp_path: Path) -> None:
    folder = confidential(tmp_path, *THREE)
    release = released(folder, as_of=date(2031, 1, 20)).release
    assert (release.as_of, release.day) == (date(2031, 1, 20), date(2031, 2, 1))
    assert seen_releases(viewed(workspace(folder), View(date(2031, 1, 31), "public"))) == ()


def days(folder: Path) -> dict[str, object]:
    gathered = gathering(workspace(folder))
    return dict(gathered.documents.select("name", "known_on").iter_rows())


def test_a_document_dated_before_a_released_day_counts_from_that_day_on(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    released(folder)
    added(folder, FOURTH, tmp_path / "in")
    known = days(folder)
    assert known["ES/packages.csv"] == date(2031, 2, 1)
    assert known["AR/A-1/packages.csv"] == date(2031, 1, 10)
    findings = gathering(workspace(folder)).findings
    told = [(one.place.file, one.read) for one in findings if one.code == "backdated"]
    assert told == [("ES/konvoi.csv", "2031-01-10")], "once for the files of one submission"
    assert released_on(folder, date(2031, 1, 31)) == 3
    assert released_on(folder, date(2031, 2, 1)) == 4


def released_on(folder: Path, day: date) -> int:
    """How many entries the coordination cell knew on a day."""
    return gathering(viewed(workspace(folder), View(day))).ledger.entries.height


def test_without_a_release_a_document_is_known_on_its_own_day(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    added(folder, FOURTH, tmp_path / "in")
    assert days(folder)["ES/packages.csv"] == date(2031, 1, 10)


def test_a_new_document_is_announced_as_backdated(tmp_path: Path) -> None:
    folder = confidential(tmp_path / "w", *THREE)
    released(folder)
    taken = take([submitted(tmp_path / "in", FOURTH)], party="ES", folder=folder, dry=True)
    assert "backdated" in {one.code for one in taken.findings}


def world(folder: Path, rows: Iterable[Package], reader: str) -> dict[str, str]:
    """All that a reader is given of a workspace without a plan, as text."""
    work = viewed(workspace(confidential(folder, *rows)), View(None, reader))
    work = replace(work, folder=None)
    case = counted(gathering(work), work)
    return {
        "entries": case.entries.write_json(),
        "documents": case.documents.write_json(),
        "findings": repr(case.findings),
        "totals": repr(sorted(case.totals.items())),
        "questions": repr(case.questions),
    }


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("reader", ["public", "coalition", "GA"])
@pytest.mark.parametrize("mode", [IN_TOTAL, BAND])
def test_without_a_release_a_row_with_an_explicit_mode_reaches_no_other_reader(
    tmp_path: Path, reader: str, mode: str
) -> None:
    rows = (*THREE, Package("GA", "G-1", "60", marking="public"))
    bare = world(tmp_path / "bare", rows, reader)
    assert world(tmp_path / "hidden", (*rows, FOURTH._replace(mode=mode)), reader) == bare


def test_released_figures_do_not_tell_of_rows_that_are_in_none_of_them(tmp_path: Path) -> None:
    """The same releases, and a further row that only the coordination cell counts."""
    rows = (*THREE, Package("GA", "G-1", "60", marking="public"))
    bare, more = confidential(tmp_path / "bare", *rows), confidential(tmp_path / "more", *rows)
    released(bare)
    submitted(more / "submissions" / "ES", FOURTH._replace(mode="cell only"))
    released(more)
    given = [seen_releases(workspace(one), View(None, "public")) for one in (bare, more)]
    assert given[0] == given[1] != ()
