"""konvoi keys add: a public key is listed once, with a receipt."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.federation.pairs import stored

from konvoi.gateways.signing import public_text

KEY = public_text(bytes(range(32)))


def test_a_key_is_added_with_its_days_and_a_receipt(tmp_path: Path) -> None:
    cell = tmp_path / "cell"
    konvoi("init", cell)
    words = ("--until", "2031-12-31", "--note", "by telephone, twice", "--dir", cell)
    assert konvoi("keys", "add", "Germany", KEY, *words).code == 0
    text = (cell / "keys.csv").read_text()
    assert text == f'party,key,from,until,note\nDE,{KEY},,2031-12-31,"by telephone, twice"\n'
    assert b'"path":"keys.csv"' in stored(cell)["receipts.jsonl"]
    assert konvoi("verify", cell).code == 0
    for wrong in (("DE", KEY), ("DE", "ed25519:short"), ("../x", public_text(bytes(32)))):
        assert konvoi("keys", "add", *wrong, "--dir", cell).code == 3
    assert (cell / "keys.csv").read_text() == text
