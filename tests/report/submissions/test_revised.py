"""What became of a package is told in the reader's words."""

from konvoi.ledger.revisions import _COMPARED
from konvoi.report.language import Language
from konvoi.report.submissions.revised import _COLUMNS, changed

TOLD = ["XA-1/1, allocated: new", "committed: unit: not known → piece", "XA-2/1, pledged: gone"]


def test_stages_columns_and_what_is_not_known_are_words_of_the_language() -> None:
    english, german = (Language(code).text(changed(TOLD)) for code in ("en", "de"))
    assert english == (
        "XA-1/1, allocated: a new entry; committed: Unit: not reported → piece; XA-2/1, pledged: gone"
    )
    assert "zugeteilt" in german
    assert "nicht gemeldet → piece" in german
    assert "new" not in german


def test_all_that_is_compared_has_a_word() -> None:
    assert set(_COMPARED) == set(_COLUMNS)
