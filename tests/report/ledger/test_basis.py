"""What a total rests on, in words: its rates."""

import pytest

from konvoi.report.language import Language
from konvoi.report.ledger.basis import rate


@pytest.mark.parametrize(
    ("name", "german", "ukrainian"),
    [
        (
            "CAD European Central Bank 2022-02-14 to 2022-06-28 (2 days)",
            "CAD European Central Bank, 14. Feb. 2022 bis 28. Juni 2022 (2 Tage)",
            "CAD European Central Bank, 14 лют. 2022 – 28 черв. 2022 (2 дні)",
        ),
        (
            "CZK European Central Bank 2022-02-25",
            "CZK European Central Bank, 25. Feb. 2022",
            "CZK European Central Bank, 25 лют. 2022",
        ),
        ("as stated by the source", "wie von der Quelle angegeben", "як зазначає джерело"),
        (
            "as stated by the source (12 rates)",
            "wie von der Quelle angegeben (12 Kurse)",
            "як зазначає джерело (12 курсів)",
        ),
    ],
)
def test_a_rate_is_told_in_the_readers_language(name: str, german: str, ukrainian: str) -> None:
    assert [Language(code).text(rate(name)) for code in ("de", "uk")] == [german, ukrainian]


def test_a_name_that_is_none_of_ours_stands_as_it_is() -> None:
    """The table of a partner may call its rate as it likes, also by a day that is none."""
    for name in ("the table's", "bank 2022-13-45", "", "bank 2022-02-30 to 2022-06-28 (2 days)"):
        assert rate(name) == name
