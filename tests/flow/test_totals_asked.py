"""A question takes what it leaves open from the settings of the workspace."""

from decimal import Decimal
from pathlib import Path

import polars as pl
from tests.flow.workspaces import workspace
from tests.ledger.ledgers import ledger

from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask, full
from konvoi.flow.workspace import workspace as opened
from konvoi.ledger.answer import Total
from konvoi.ledger.question import Question

MOVEMENTS = (
    "movement,line,day,stage,quantity,rule",
    "M-1,L-1,2031-02-01,dispatched,9,at origin",
    "M-2,L-1,2031-02-05,handed over,4,handed over",
)


def delivered(folder: Path, rule: str = "", default: str = "") -> Total:
    """What is delivered of the tents under a rule that is asked, and a default of the settings."""
    path = workspace(folder, movements=MOVEMENTS, receipts=())
    settings = path / "konvoi.toml"
    if default:
        settings.write_text(settings.read_text().replace("[rules]", f'[rules]\ndelivered = "{default}"'))
    work = opened(path)
    asked = Question(stage="delivered", what="quantity", good="tent", rule=rule)
    return ask(gathering(work), asked, work.settings)


def test_the_settings_say_which_deliveries_count(tmp_path: Path) -> None:
    found = delivered(tmp_path, default="handed over")
    assert (found.value, found.rule) == (Decimal(4), "handed over")


def test_a_rule_that_is_asked_goes_before_that_of_the_settings(tmp_path: Path) -> None:
    found = delivered(tmp_path, "at origin", default="handed over")
    assert (found.value, found.rule) == (Decimal(9), "at origin")


def test_without_either_what_the_source_calls_delivered_counts(tmp_path: Path) -> None:
    assert delivered(tmp_path).rule == "as stated by the source"


def test_other_stages_count_under_every_rule(tmp_path: Path) -> None:
    path = workspace(tmp_path, movements=MOVEMENTS, receipts=())
    work = opened(path)
    asked = Question(stage="dispatched", what="quantity", good="tent")
    assert ask(gathering(work), asked, work.settings).value == Decimal(9)


def gathered(*rows: dict[str, object], **more: object) -> Gathered:
    documents = DOCUMENTS.to_frame()
    usual: dict[str, object] = {"ledger": ledger(*rows), "tables": {}, "documents": documents}
    usual |= {"claims": pl.DataFrame(), "findings": ()}
    return Gathered(**(usual | more))  # type: ignore[arg-type]


NOTHING = Settings(currency="")
NONE: dict[str, object] = {"amount_minor": None, "currency": None}


def test_the_currency_is_the_one_asked_then_the_documents_then_that_of_the_settings() -> None:
    nok = gathered({}, currency="NOK")
    assert full(nok, Question(currency="USD"), NOTHING).currency == "USD"
    assert full(nok, Question(), Settings(currency="EUR")).currency == "NOK"
    assert full(gathered({}), Question(), Settings(currency="SEK")).currency == "SEK"


def test_without_a_currency_that_of_all_amounts_counts() -> None:
    def only(*rows: dict[str, object]) -> str:
        return full(gathered(*rows), Question(), NOTHING).currency

    usd: dict[str, object] = {"currency": "USD"}
    assert only(usd, usd, NONE) == "USD"
    assert only(usd, {}) == ""
    assert only(usd, {"currency": None}) == ""
    assert only(NONE) == ""


def test_the_boundary_is_the_one_that_is_named_or_that_of_the_documents() -> None:
    known = Settings(boundaries={"north": "country:NOR"})
    stated = gathered({}, boundary="country:AFG")
    assert full(stated, Question(), known).boundary == "country:AFG"
    assert full(stated, Question(boundary="country:PAK"), known).boundary == "country:PAK"
    assert Question(boundary="").boundary == ""
    assert full(gathered({}), Question(), known).boundary == ""
