"""konvoi show: from a name to the cell."""

from pathlib import Path

import pytest
from tests.cli.calling import konvoi
from tests.flow.workspaces import workspace

from konvoi.cli.i18n import VARIABLE
from konvoi.model.entries import ENTRIES
from konvoi.model.naming import localized
from konvoi.report.language import Language


def test_a_line_opens_down_to_file_and_row(tmp_path: Path) -> None:
    called = konvoi("show", "L-1", workspace(tmp_path), "--json")
    assert called.code == 0
    entries = [r for r in called.json["records"] if r["what"] == "entry"]
    assert {r["stage"] for r in entries} >= {"committed", "dispatched", "received"}
    rows = [r for r in called.json["records"] if r["what"] == "lines"]
    assert [(r["file"], r["row"]) for r in rows] == [("AR/lines.csv", 2)]


def test_a_name_that_nobody_handed_in_exits_with_3_and_offers_the_nearest(tmp_path: Path) -> None:
    called = konvoi("show", "P1", workspace(tmp_path))
    assert called.code == 3
    assert "Did you mean P-1" in called.err


@pytest.mark.parametrize("spoken", ["de", "uk"])
def test_fields_and_choices_are_named_in_the_language_that_is_spoken(
    spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, spoken)
    told = konvoi("show", "L-1", workspace(tmp_path)).out.splitlines()
    fields = {line.partition(":")[0].strip() for line in told if line.startswith("  ")}
    assert {"de": {"Menge", "Datei", "Tag von"}, "uk": {"кількість", "файл", "день від"}}[spoken] <= fields
    assert [one for one in fields if "_" in one] == []


def test_every_field_of_an_entry_has_a_name_in_each_language() -> None:
    shown = {*ENTRIES.names(), "file", "in_force", "relations", "stated"} - {"amount_minor", "stated_minor"}
    for spoken in ("de", "uk"):
        speech = Language(spoken)
        known = {one: localized("column", one, spoken) for one in shown - {"stated_currency"}}
        bare = [one for one, name in known.items() if name == one and speech.say(one) == one]
        # A text is called the same in German.
        assert set(bare) <= {"text"}, spoken


def test_a_package_stands_before_its_lines_and_numbers_are_parted(tmp_path: Path) -> None:
    packages = (
        "package,party,day,kind,amount,currency,stage",
        "P-1,AR,2031-01-10,military,7200000,EUR,pledged",
    )
    lines = ("line,package,good,quantity", *(f"L-{n},P-1,tent,{n}" for n in range(1, 5)))
    folder = workspace(tmp_path, packages=packages, lines=lines, offers=())
    called = konvoi("show", "P-1", folder)
    assert "  amount: 7,200,000.00 EUR" in called.out.splitlines()
    records = konvoi("show", "P-1", folder, "--json").json["records"]
    entries = [one for one in records if one["what"] == "entry"]
    assert [bool(one.get("line")) for one in entries][:2] == [False, True]


@pytest.mark.parametrize("options", [(), ("--trace",)])
def test_errors_in_the_submissions_give_exit_code_1(options: tuple[str, ...], tmp_path: Path) -> None:
    packages = ("package,party,day,kind,amount,currency", "P-1,AR,2031-01-10,energy,4O,EUR")
    called = konvoi("show", "L-1", workspace(tmp_path, packages=packages), *options)
    assert called.code == 1
    assert "L-1" in called.out
    assert "errors in the submissions" in called.err
