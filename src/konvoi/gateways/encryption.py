"""Encryption of backups in the age format, with a key that is kept elsewhere.

A key file is one of the program `age`: the secret key, or only the public one, with which backups can be
made and none can be read. Files are read and written piece by piece, in memory of bounded size.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from konvoi.gateways.refusal import Refused

if TYPE_CHECKING:
    from pyrage import x25519

_SECRET = "AGE-SECRET-KEY-"
_PIECE = 1 << 20


class Unreadable(Refused):
    """An encrypted file cannot be read: another key, or not the bytes that were written.

    wrong_key: True where the key is not one for which the file was encrypted.
    """

    def __init__(self, message: str, *, wrong_key: bool) -> None:
        super().__init__(message)
        self.wrong_key = wrong_key


def make_key(path: Path) -> str:
    """Write a new key file that only its owner may read, and return its public key."""
    from pyrage import x25519

    key = x25519.Identity.generate()
    public = str(key.to_public())
    day = datetime.now(UTC).isoformat(timespec="seconds")
    text = f"# created: {day}\n# public key: {public}\n{key}\n"
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


def public_keys(path: Path) -> "list[x25519.Recipient]":
    """Return the public keys of a key file, those of its secret keys included; Refused without any."""
    from pyrage import RecipientError, x25519

    try:
        public = [x25519.Recipient.from_str(one) for one in _lines(path) if not one.startswith(_SECRET)]
    except RecipientError as error:
        raise Refused(_no_key(path)) from error
    found = [*public, *(one.to_public() for one in _secret(path))]
    if not found:
        raise Refused(_no_key(path))
    return found


def secret_keys(path: Path) -> "list[x25519.Identity]":
    """Return the secret keys of a key file; Refused without any."""
    found = _secret(path)
    if not found:
        raise Refused(f"{path}: holds no secret key; a backup is read with the whole key file")
    return found


def _secret(path: Path) -> "list[x25519.Identity]":
    from pyrage import IdentityError, x25519

    try:
        return [x25519.Identity.from_str(one) for one in _lines(path) if one.startswith(_SECRET)]
    except IdentityError as error:
        raise Refused(_no_key(path)) from error


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text("ascii")
    except UnicodeDecodeError as error:
        raise Refused(_no_key(path)) from error
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error
    return [one.strip() for one in text.splitlines() if one.strip() and not one.startswith("#")]


def _no_key(path: Path) -> str:
    return f"{path}: no key file; konvoi backup --key-file with a new name makes one"


@contextmanager
def encrypting(target: IO[bytes], keys: "Sequence[x25519.Recipient]") -> Iterator[IO[bytes]]:
    """Yield a stream of which all that is written comes encrypted to a file, complete when the block ends."""
    reading, writing = os.pipe()
    with _beside(partial(_encrypt, target, keys), open(reading, "rb", _PIECE)) as failed:
        try:
            with open(writing, "wb", _PIECE) as pipe:
                yield pipe
        finally:
            failed()


def _encrypt(target: IO[bytes], keys: "Sequence[x25519.Recipient]", pipe: IO[bytes]) -> None:
    from pyrage import EncryptError, encrypt_io

    try:
        encrypt_io(pipe, target, keys)
    except EncryptError as error:
        raise Refused(f"the backup cannot be written: {error}") from error


@contextmanager
def decrypting(source: IO[bytes], keys: "Sequence[x25519.Identity]", name: str) -> Iterator[IO[bytes]]:
    """Yield a stream of what an encrypted file holds; Unreadable where it was altered or cut off.

    What is read before the block ends may be the beginning of a file that was cut off. name: of the file.
    """
    reading, writing = os.pipe()
    with _beside(partial(_decrypt, source, keys, name), open(writing, "wb", _PIECE)) as failed:
        try:
            with open(reading, "rb", _PIECE) as pipe:
                yield pipe
                # Only at its end a file shows that it is whole.
                while pipe.read(_PIECE):
                    pass
        finally:
            failed()


def _decrypt(source: IO[bytes], keys: "Sequence[x25519.Identity]", name: str, pipe: IO[bytes]) -> None:
    from pyrage import DecryptError, decrypt_io

    try:
        decrypt_io(source, pipe, keys)
    except DecryptError as error:
        if "matching keys" in str(error):
            raise Unreadable(
                f"{name}: is not encrypted for this key, or was altered", wrong_key=True
            ) from error
        raise Unreadable(f"{name}: is no backup, or was altered", wrong_key=False) from error
    except OSError as error:
        # The library raises a failed check of the content as an error without a number.
        if error.errno is not None:
            raise
        raise Unreadable(f"{name}: was altered or cut off", wrong_key=False) from error


@contextmanager
def _beside(work: Callable[[IO[bytes]], object], pipe: IO[bytes]) -> Iterator[Callable[[], None]]:
    """Run work on one end of a pipe beside the block, and yield what waits for it and raises its error.

    That a pipe has no reader any more is no error of the work: the block has raised its own.
    """

    def closing() -> None:
        with pipe:
            work(pipe)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(closing)

        def failed() -> None:
            error = running.exception()
            if error is not None and not isinstance(error, BrokenPipeError):
                raise error

        yield failed
