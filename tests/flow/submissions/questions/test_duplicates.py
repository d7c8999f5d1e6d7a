"""A pair that nobody has judged is asked of the desks whose entries it joins."""

from pathlib import Path

from tests.flow.asked import asked, cell


def test_an_undecided_pair_is_asked_about_once_for_each_desk(tmp_path: Path) -> None:
    found = [one for one in asked(cell(tmp_path)).questions if one.kind == "duplicates"]
    assert len({one.record for one in found}) == len(found)
    assert {one.party for one in found} == {"AR"}
    assert {one.form.choices for one in found} == {("same", "different", "unsure")}


def test_what_a_party_may_not_see_is_not_put_to_it(tmp_path: Path) -> None:
    """The other side's line is its own affair: neither the pair nor its figures reach Arvenia."""
    folder = cell(tmp_path)
    desk = folder / "submissions" / "CA"
    desk.mkdir()
    (desk / "konvoi.csv").write_text("party,CA\nday,2031-03-01\nmarking,own\n")
    (desk / "packages.csv").write_text(
        "package,party,day,kind,amount,currency,stage,relates\n"
        "P-9,CA,2031-02-10,humanitarian,,,pledged,restates:P-1\n"
    )
    (desk / "lines.csv").write_text("line,package,good,quantity,promised\nL-9,P-9,tent,10,2031-04-01\n")
    own = [one for one in asked(folder).questions if one.party == "AR"]
    assert [one for one in own if "L-9" in str(one.about) or "P-9" in str(one.about)] == []
