"""Landlock of Linux 5.13 and later: a process gives up files, connections and signals for good.

The three calls of the kernel have no place in Python's library; they are documented in landlock(7).
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

# The numbers are the same on all processors.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""Rights on files, by the version of Landlock that first had them; none is left but those that are given."""
_NETWORK = {4: 0b11}
"""To bind and to connect by TCP."""
_SCOPES = {6: 0b11}
"""Abstract sockets and signals to processes outside."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


@cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return the version of Landlock in this kernel; 0 where it has none, or it is switched off."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_system().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))))


def leave_files(readable: Iterable[str]) -> int:
    """Give up all files but what is open already, and reading below these paths; return Landlock's version.

    0 where the kernel has no Landlock: nothing is given up then. OSError where it has, and refuses. Paths
    that are not there are left out.
    """
    known = version()
    if not known:
        return 0
    rules = _Ruleset(_upto(_FILE_RIGHTS, known), _upto(_NETWORK, known), _upto(_SCOPES, known))
    ruleset = _called(_CREATE, ctypes.byref(rules), ctypes.c_size_t(_size(known)), ctypes.c_uint32(0))
    try:
        for path in readable:
            with suppress(FileNotFoundError, NotADirectoryError):
                _allow(ruleset, path)
        if _system().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "no new privileges")
        _called(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return known


def _upto(rights: dict[int, int], known: int) -> int:
    return sum(one for since, one in rights.items() if since <= known)


def _size(known: int) -> int:
    """Return the bytes of the set of rules that a version knows: an older kernel refuses what it does not."""
    return 24 if known >= 6 else 16 if known >= 4 else 8


def _allow(ruleset: int, path: str) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | _READ_FOLDER if os.path.isdir(path) else _READ_FILE
        beneath = _Beneath(rights, descriptor)
        _called(
            _ADD,
            ctypes.c_int(ruleset),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(beneath),
            ctypes.c_uint32(0),
        )
    finally:
        os.close(descriptor)


def _called(number: int, *values: object) -> int:
    found = int(_system().syscall(number, *values))
    if found < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), "Landlock")
    return found
