"""konvoi keys list: keys with their fingerprints, and whether they count today."""

from pathlib import Path

from tests.cli.calling import konvoi

from konvoi.gateways.signing import fingerprint, public_text


def test_keys_are_listed_with_fingerprints(tmp_path: Path) -> None:
    cell = tmp_path / "cell"
    konvoi("init", cell)
    assert "No keys yet" in konvoi("keys", "list", cell).out
    lines = [f"DE,{public_text(bytes(32))},,2001-01-01,", f"FR,{public_text(bytes(range(32)))},2001-01-01,,x"]
    (cell / "keys.csv").write_text("\n".join(["party,key,from,until,note", *lines]) + "\n")
    told = konvoi("keys", "list", cell, "--json").json["keys"]
    assert [(one["party"], one["in_force"]) for one in told] == [("DE", False), ("FR", True)]
    assert told[0]["fingerprint"] == fingerprint(bytes(32))
    assert fingerprint(bytes(32)) in konvoi("keys", "list", cell).out
    (cell / "keys.csv").write_text("party,key\nDE,none\n")
    assert (called := konvoi("keys", "list", cell)).code == 3
    assert "keys.csv: line 2" in called.err
