"""Signatures of bundles (Ed25519): key files, public keys as text, and their fingerprints."""

import base64
import binascii
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest

_SECRET = "KONVOI-SIGNING-KEY-"
_PUBLIC = "ed25519:"
_SIZE = 32
_MOST = 10_000
_GROUP = 4


def make_key(path: Path) -> str:
    """Write a new key file that only its owner may read, and return its public key as text."""
    from nacl.signing import SigningKey

    key = SigningKey.generate()
    public = public_text(bytes(key.verify_key))
    day = datetime.now(UTC).isoformat(timespec="seconds")
    secret = base64.b64encode(bytes(key)).decode()
    text = f"# created: {day}\n# public key: {public}\n{_SECRET}{secret}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise Refused(f"{path}: cannot be written: {error.strerror}") from error
    return public


def secret_key(path: Path) -> bytes:
    """Return the private key of a key file; Refused where others than its owner may read the file."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise Refused(
                    f"{path}: other users may read this key; make a new one with konvoi keys make, or, if "
                    "nobody else read it, allow its owner alone: chmod 600"
                )
            content = file.read(_MOST)
    except FileNotFoundError as error:
        raise Refused(f"{path}: no such key file; konvoi keys make writes one") from error
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error
    lines = content.decode("ascii", errors="replace").splitlines()
    found = [one.strip().removeprefix(_SECRET) for one in lines if one.strip().startswith(_SECRET)]
    key = _decoded(found[0]) if len(found) == 1 else None
    if key is None:
        raise Refused(f"{path}: no key file; konvoi keys make with a new name writes one")
    return key


def public_text(key: bytes) -> str:
    """Return a public key as text, as keys.csv has it."""
    return f"{_PUBLIC}{base64.b64encode(key).decode()}"


def public_key(text: str) -> bytes | None:
    """Return the public key that a text states; None where it states none."""
    return _decoded(text.strip().removeprefix(_PUBLIC))


def public_of(secret: bytes) -> bytes:
    """Return the public key of a private one."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(secret).verify_key)


def fingerprint(key: bytes) -> str:
    """Return the fingerprint of a public key, which two people can read to one another.

    >>> fingerprint(bytes(32))
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    text = digest(key)[: _GROUP * 8]
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def signed(content: bytes, secret: bytes) -> bytes:
    """Return the signature of a content."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(secret).sign(content).signature)


def is_signed(content: bytes, signature: bytes, key: bytes) -> bool:
    """Return True if a signature is that of a content by the holder of a public key."""
    from nacl.exceptions import BadSignatureError
    from nacl.exceptions import ValueError as WrongSize
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(content, signature)
    except (BadSignatureError, WrongSize):
        return False
    return True


def _decoded(text: str) -> bytes | None:
    try:
        found = base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == _SIZE else None
