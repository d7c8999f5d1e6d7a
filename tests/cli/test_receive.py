"""konvoi receive: a bundle is checked and imported, or refused with a remedy."""

from pathlib import Path

from tests.cli.calling import konvoi
from tests.flow.federation.pairs import pair, stored


def test_a_bundle_crosses_from_one_workspace_to_the_other(tmp_path: Path) -> None:
    two = pair(tmp_path)
    (two.receiver / "keys.csv").unlink()
    out = tmp_path / "pl.bundle"
    made = konvoi("bundle", two.sender, "--for", "PL", "--out", out, "--key-file", two.key_file)
    assert made.code == 0
    unknown = konvoi("receive", out, "--dir", two.receiver)
    assert (unknown.code, unknown.out) == (3, "")
    assert "does not list for XC (fingerprint " in unknown.err
    assert konvoi("keys", "add", "XC", two.key, "--dir", two.receiver).code == 0
    before = stored(two.receiver)
    tried = konvoi("receive", out, "--dir", two.receiver, "--dry-run")
    assert (tried.code, "DE/from-XC-000001/0001.xlsx: would be imported" in tried.out) == (0, True)
    assert stored(two.receiver) == before
    told = konvoi("receive", out, "--dir", two.receiver, "--json").json
    assert told["stored"] == ["DE/from-XC-000001/0001.xlsx", "DE/from-XC-000001/0002.xlsx"]
    after = stored(two.receiver)
    again = konvoi("receive", out, "--dir", two.receiver)
    assert (again.code, "was received already" in again.err, "Ask XC" in again.err) == (3, True, True)
    other = konvoi("receive", out, "--dir", two.receiver, "--as", "FR")
    assert (other.code, "is for PL, and this is the workspace of FR" in other.err) == (3, True)
    out.write_bytes(out.read_bytes()[:-40] + bytes(40))
    assert konvoi("receive", out, "--dir", two.receiver).code == 3
    assert stored(two.receiver) == after
