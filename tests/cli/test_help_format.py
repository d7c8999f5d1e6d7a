"""The frame of help texts and the refusals of options speak the language of the terminal."""

import pytest
from tests.cli.calling import konvoi

from konvoi.cli.i18n import VARIABLE

ENGLISH = ("Usage:", "Options:", "Commands:", "[OPTIONS]", "[ARGS]", "default:")


@pytest.mark.parametrize("language", ["de", "uk"])
@pytest.mark.parametrize("command", [(), ("total",), ("plan",), ("plan", "solve"), ("table",)])
def test_headings_usage_and_defaults_are_translated(
    command: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, language)
    lines = konvoi(*command, "--help").out.split("\n")
    # What follows the first paragraph is in English: arguments and examples.
    about = {at for at, line in enumerate(lines) if line.startswith("  PATH") or "konvoi" in line}
    told = [line for at, line in enumerate(lines) if at not in about or at == 0]
    assert [line for line in told for word in ENGLISH if word in line and "; default: this" not in line] == []


@pytest.mark.parametrize(
    ("words", "german"),
    [
        (("total", "--foo"), "Keine solche Option: --foo. Ist eine von diesen gemeint: "),
        (("total", "--level", "y"), "Ungültiger Wert für „--level“: „y“ ist keines von "),
        (
            ("add", "none.xlsx", "--from", "PL"),
            "Ungültiger Wert für „PATH...“: Den Pfad „none.xlsx“ gibt es nicht.",
        ),
        (("plan", "solve", "--gap", "x"), "Ungültiger Wert für „--gap“: „x“ ist keine Zahl."),
        (("add",), "Argument „PATH...“ fehlt."),
        (("total", "--by", "xyz"), "--by: „xyz“ ist keines von partner, "),
    ],
)
def test_refusals_of_options_are_translated_with_their_reason(
    words: tuple[str, ...], german: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "de")
    assert konvoi(*words).err.startswith(german)
