"""Signatures: whose, of what, and key files that their owner alone may read."""

from pathlib import Path

import pytest

from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import (
    is_signed,
    make_key,
    public_key,
    public_of,
    public_text,
    secret_key,
    signed,
)


def test_a_signature_is_of_one_content_by_one_key(tmp_path: Path) -> None:
    public = public_key(make_key(tmp_path / "a"))
    secret = secret_key(tmp_path / "a")
    assert public == public_of(secret) != secret
    assert public is not None
    mark = signed(b"text", secret)
    assert is_signed(b"text", mark, public)
    assert not is_signed(b"text.", mark, public)
    assert not is_signed(b"text", mark[:-1], public)
    assert not is_signed(b"text", mark, bytes(32))


@pytest.mark.parametrize("text", ["", "ed25519:", "ed25519:AAAA", "not a key", public_text(bytes(31))])
def test_what_is_no_public_key_is_none(text: str) -> None:
    assert public_key(text) is None


def test_a_key_file_that_is_open_missing_or_none_is_refused(tmp_path: Path) -> None:
    make_key(tmp_path / "a")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "b").write_text("nothing")
    (tmp_path / "b").chmod(0o600)
    for name, told in (("a", "other users may read"), ("b", "no key file"), ("c", "no such key file")):
        with pytest.raises(Refused, match=told):
            secret_key(tmp_path / name)
