"""konvoi keys make: a key file that its owner alone may read, and its public key."""

from pathlib import Path

from tests.cli.calling import konvoi

from konvoi.gateways.signing import fingerprint, public_key, public_of, secret_key


def test_a_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "k" / "signing.key"
    told = konvoi("keys", "make", "--key-file", path, "--json").json
    assert path.stat().st_mode & 0o777 == 0o600
    public = public_of(secret_key(path))
    assert (public_key(told["key"]), told["fingerprint"]) == (public, fingerprint(public))
    before = path.read_bytes()
    assert konvoi("keys", "make", "--key-file", path).code == 3
    assert path.read_bytes() == before
    assert b"KONVOI-SIGNING-KEY-" in before
    assert "Fingerprint: " in konvoi("keys", "make", "--key-file", tmp_path / "other").out
