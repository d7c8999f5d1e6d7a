"""A child that reads one file gives up all others, network, writing and starting programs, then reads."""

import ctypes
import os
import sys
import sysconfig
from functools import cache
from importlib import import_module
from pathlib import Path

import konvoi
from konvoi.gateways import landlock

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_NO_NEW_PRIVILEGES = 38

MEMORY = 77
"""The code with which a child ends that ran out of memory."""

BROKEN = 78
"""The code with which a child ends whose reader broke down."""

UNCONFINED = 79
"""The code with which a child ends that could not give up the files of this machine, and has read nothing."""

CONFINE = "KONVOI_CONFINE"
"""The environment variable with the value `required`: no file is read where the kernel has no Landlock."""

# Beside Python and its packages: shared libraries, and what they ask the system.
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo")
_DEVICES = ("/dev/null", "/dev/urandom")

# Audit events of CPython (docs.python.org/3/library/audit_events.html) that a reader never needs.
_REFUSED = frozenset(
    {
        *("socket.__new__", "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty"),
        *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
        *("os.chmod", "os.chown", "os.kill", "os.putenv", "shutil.copyfile", "shutil.move", "shutil.rmtree"),
        *("ctypes.dlopen", "pty.spawn", "webbrowser.open", "ftplib.connect", "http.client.connect"),
    }
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(target: str, memory: int, seconds: int, files: int, *words: str) -> int:
    """Call the target on standard input, write what it returns; the exit's code.

    With words the target is given the open stream and them, else all that the stream holds.
    """
    answer = _private_output()
    _leave_network()
    module, _, name = target.partition(":")
    function = getattr(import_module(module), name)
    if not _leave_files():
        return UNCONFINED
    stream = os.fdopen(0, "rb", closefd=False)
    payload = stream if words else stream.read()
    _bound(memory, seconds, files)
    sys.addaudithook(_audit)
    try:
        result = function(payload, *words)
    except MemoryError:
        return MEMORY
    except Exception:  # noqa: BLE001 - whatever a stranger's file breaks, the answer is one refusal
        return BROKEN
    _write(answer, result)
    return 0


def _private_output() -> int:
    """Return the pipe for the answer alone: output of libraries is discarded."""
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answer


def _leave_network() -> None:
    """Move into a network of its own, without any device, where the system lets us."""
    if not sys.platform.startswith("linux"):
        return
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(_NEW_NETWORK) != 0:
        system.unshare(_NEW_USER | _NEW_NETWORK)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _leave_files() -> bool:
    """Give up all files but Python's own, where the kernel has Landlock; True where the child may go on.

    What is open already stays so: the file that is read, and the pipe for the answer.
    """
    try:
        known = landlock.leave_files(needed())
    except OSError:
        return False
    return known > 0 or os.environ.get(CONFINE) != "required"


@cache
def needed() -> tuple[str, ...]:
    """Return the folders that Python and our readers load from; the folder of the call is not among them."""
    paths = sysconfig.get_paths()
    python = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    libraries = str(Path(sys.base_prefix) / "lib")
    own = str(Path(konvoi.__file__).resolve().parent)
    return tuple(dict.fromkeys([*python, libraries, own, *_SYSTEM, *_DEVICES]))


def _bound(memory: int, seconds: int, files: int) -> None:
    """Set the system's limits: memory, time, open files, no byte written to a file."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NOFILE: files,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def _audit(event: str, args: tuple[object, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError(event)
    if event == "open" and (_mode_writes(args[1]) or (isinstance(args[2], int) and args[2] & _WRITES)):
        raise PermissionError(event)


def _mode_writes(mode: object) -> bool:
    return isinstance(mode, str) and any(sign in mode for sign in "wax+")


def _write(pipe: int, result: bytes) -> None:
    view = memoryview(result)
    while view:
        view = view[os.write(pipe, view[: 1 << 20]) :]
