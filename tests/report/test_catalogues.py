"""Every sentence of the brief is there in every language."""

import io
import re
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po
from tests.report.cases import case
from tests.report.extraction import message_ids, room_ids

from konvoi.report import language as languages
from konvoi.report.language import Language
from konvoi.report.page import Message, Number, Value
from konvoi.report.render import render
from konvoi.report.resources import catalogues, resource

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def catalogue(code: str) -> dict[str, tuple[str, ...]]:
    """The translations of all catalogues of a language by message id, with all plural forms."""
    found = {}
    messages = (one for name in catalogues(code) for one in read_po(io.BytesIO(resource(name)), locale=code))
    for message in messages:
        one = message.id if isinstance(message.id, str) else message.id[0]
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if one:
            found[one] = tuple(str(text) for text in texts)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_message_id_of_the_report_is_translated(code: str) -> None:
    known = catalogue(code)
    assert sorted(set(message_ids()) - set(known)) == []
    assert [one for one, texts in known.items() if not all(texts)] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_sentence_of_readers_rules_and_comparisons_is_translated(code: str) -> None:
    """A finding's remedy is read by the desk that has to act on it, in its own language."""
    known = catalogue(code)
    assert {text: where for text, where in room_ids().items() if text not in known} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("code", "forms"), [("de", 2), ("uk", 3)])
def test_every_plural_has_all_its_forms(code: str, forms: int) -> None:
    known = catalogue(code)
    assert [one for one, many in message_ids().items() if many and len(known[one]) != forms] == []


@pytest.mark.parametrize("code", ["de", "uk"])
def test_a_translation_keeps_the_placeholders(code: str) -> None:
    wrong = [
        (one, text)
        for one, texts in catalogue(code).items()
        for text in texts
        if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(one))
    ]
    assert wrong == []


def test_rendering_the_case_meets_no_sentence_that_is_not_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only running shows: ids that come as values, from the plan, the ledger, the findings."""
    known = catalogue("uk")
    missed: set[str] = set()
    say = Language.say

    def heard(self: Language, id: str, *rest: object) -> str:
        if id and self.code == "uk" and id not in known:
            missed.add(id)
        return say(self, id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(languages.Language, "say", heard)
    render(case(), languages=("uk",))
    data = {"within 5 %", "within a week", "Did you mean {guess}?", "Write the day as 2022-09-30."}
    assert missed - data == set()


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 запис:"), (2, "2 записи:"), (5, "5 записів:"), (11, "11 записів:"), (21, "21 запис:")],
)
def test_ukrainian_counts_in_three_forms(count: int, said: str) -> None:
    message = Message("{count} entry:", {"count": count}, "{count} entries:", count)
    assert Language("uk").text(message) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Not added: these 3 amounts would count EUR 12.0 m twice."),
        ("de", "Nicht addiert: Diese 3 Beträge zählten 12,0 Mio. EUR doppelt."),
        ("uk", "Не додано: ці 3 суми врахували б 12,0 млн євро двічі."),
    ],
)
def test_a_refused_total_is_told_as_the_house_tells_it(code: str, said: str) -> None:
    one = "Not added: this {count} amount would count {excess} twice."
    many = "Not added: these {count} amounts would count {excess} twice."
    values: dict[str, Value] = {"count": 3, "excess": Number(Decimal(12_000_000), "EUR")}
    assert Language(code).text(Message(one, values, many, 3)) == said
