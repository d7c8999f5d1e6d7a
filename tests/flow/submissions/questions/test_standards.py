"""An offer that lacks a mandatory point gets the written answer; of an unknown one it is asked."""

from pathlib import Path

from tests.flow.asked import asked, cell

from konvoi.report.language import Language


def test_the_written_answer_says_not_now_and_what_is_needed_instead(tmp_path: Path) -> None:
    found = [one for one in asked(cell(tmp_path)).questions if one.kind == "standards"]
    lacks = next(one for one in found if "S-1" in one.record)
    english = Language("en")
    assert english.text(lacks.asked) == (
        "The offer is not planned for Tent: requirement not met: goods with the code NSN:1 (S-1 "
        "version 1, mandatory)."
    )
    assert "goods with the code NSN:1" in english.text(lacks.needed)
    assert lacks.form.choices == ("will be changed", "stays as it is")


def test_of_what_is_not_known_it_is_asked_whether_it_meets(tmp_path: Path) -> None:
    found = [one for one in asked(cell(tmp_path)).questions if one.kind == "standards"]
    assert [one.form.choices for one in found if "S-2" in one.record] == [("meets", "lacks")]


def test_an_advisory_point_is_not_asked_about(tmp_path: Path) -> None:
    rows = ("standard,good,requirement,value,mandatory", "S-1,tent,identity code,NSN:1,no")
    assert [one for one in asked(cell(tmp_path, standards=rows)).questions if one.kind == "standards"] == []


def test_the_language_of_a_manual_is_called_by_its_name(tmp_path: Path) -> None:
    rows = ("standard,good,requirement,value,mandatory", "S-1,tent,language of manual,uk,yes")
    (one,) = [one for one in asked(cell(tmp_path, standards=rows)).questions if one.kind == "standards"]
    assert "a manual in this language: Ukrainian" in Language("en").text(one.asked)
    assert "Ukrainisch" in Language("de").text(one.asked)


def test_a_standards_own_words_are_quoted_and_a_span_of_time_is_translated(tmp_path: Path) -> None:
    rows = (
        "standard,good,requirement,value,mandatory",
        'S-1,tent,packing,"8 to a pallet, marked",yes',
        "S-2,tent,shelf life left,36 months,yes",
    )
    found = asked(cell(tmp_path, standards=rows)).questions
    told = {
        code: [Language(code).text(one.asked) for one in found if one.kind == "standards"] for code in _ALL
    }
    assert "„8 to a pallet, marked“" in told["de"][0]
    assert "«8 to a pallet, marked»" in told["uk"][0]
    assert "36 Monate" in told["de"][1]
    assert "36 місяців" in told["uk"][1]
    assert "36 months" in told["en"][1]


_ALL = ("en", "de", "uk")
