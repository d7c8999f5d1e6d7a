"""Public keys: lines of keys.csv, and the days on which they count."""

from datetime import date

import pytest

from konvoi.flow.federation.public_keys import keys_of, public_keys
from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import public_text

KEY = public_text(bytes(32))


def test_a_key_counts_from_its_first_to_its_last_day() -> None:
    text = f"party,key,from,until,note\nDE,{KEY},2031-01-02,2031-01-03,x\nFR,{KEY},,,\n"
    [one], [other] = (keys_of(public_keys(text), party) for party in ("DE", "FR"))
    assert [one.holds(date(2031, 1, day)) for day in (1, 2, 3, 4)] == [False, True, True, False]
    assert other.holds(date.min)
    assert public_keys("") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"party,note\nDE,{KEY}\n", "no column key"),
        ("party,key\nDE,x\n", "line 2: a party and a public key"),
        (f"party,key\n,{KEY}\n", "line 2: a party and a public key"),
        (f"party,key,from\nDE,{KEY},soon\n", "line 2: from is not a day"),
        ('party,key\n"DE', "cannot be read as CSV"),
    ],
)
def test_a_line_that_cannot_be_read_refuses_all(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        public_keys(text)
