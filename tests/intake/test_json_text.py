"""JSON of strangers is read exactly or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.intake.json_text import parsed, plain
from konvoi.model.document import Document


def value(content: bytes) -> object:
    found = parsed(Document("x.json", content))
    assert found.refusal is None
    return found.value


def test_numbers_are_exact() -> None:
    assert value(b"[0.1, 1e2, 12345678901234567890123]") == [
        Decimal("0.1"),
        Decimal(100),
        12345678901234567890123,
    ]


def test_a_byte_order_mark_and_wide_encodings_are_understood() -> None:
    assert value("\ufeff{}".encode()) == {}
    assert value('"ї"'.encode("utf-16")) == "ї"


@pytest.mark.parametrize(("depth", "refused"), [(100, False), (101, True)])
def test_nesting_is_limited_to_a_hundred(depth: int, refused: bool) -> None:
    content = b'{"a":' * (depth - 1) + b"[]" + b"}" * (depth - 1)
    assert (parsed(Document("x.json", content)).refusal is not None) == refused


@pytest.mark.parametrize(("digits", "refused"), [(4300, False), (4301, True)])
def test_numbers_are_limited_to_4300_digits(digits: int, refused: bool) -> None:
    assert (parsed(Document("x.json", b"9" * digits)).refusal is not None) == refused


def test_values_become_plain_text_and_containers_do_not() -> None:
    values: list[object] = ["ї\ud800", True, 1, Decimal("1.50"), None, [], {}]
    shown = [plain(item) for item in values]
    assert shown == ["ї?", "true", "1", "1.50", None, None, None]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    found = parsed(Document("x.json", content))
    assert found.refusal is None or found.refusal.remedy
