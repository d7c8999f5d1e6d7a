"""`./konvoi` finds a Python that runs, makes .venv once and whole, and hands over; tried with a straw one."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Answers as a Python would, makes a .venv of itself, and writes down whatever else it is asked to do.
STRAW = """#!/bin/sh
case "$*" in
*ensurepip*) echo "3.13.0 $0" ;;
*fcntl*) exec "{python}" "$@" ;;
*"-m venv"*)
    for last; do :; done
    mkdir -p "$last/bin" && cp "$0" "$last/bin/python" && echo venv >>"{log}" ;;
*"-m pip install"*) sleep 0.3; echo "pip $*" >>"{log}"; exit {pip} ;;
*"-m pip"*) exit 1 ;;
*) printf '<%s>' "$PYTHONPATH" "$@" ;;
esac
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with a blank in its path, and a folder of commands without any Python."""
    tree = tmp_path / "a tree"
    (tree / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "konvoi", tree)
    for name in ("core", "dev", "uv"):
        (tree / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (tree / "bin").mkdir()
    for name in (
        "sh",
        "dirname",
        "readlink",
        "uname",
        "sha256sum",
        "cat",
        "cp",
        "mv",
        "rm",
        "mkdir",
        "sleep",
    ):
        (tree / "bin" / name).symlink_to(str(shutil.which(name)))
    script = (tree / "konvoi").read_text("utf-8").replace("/usr/bin/python3", "/nowhere/python3")
    (tree / "konvoi").write_text(script)
    return tree


def _python(tree: Path, name: str, *, pip: int = 0) -> Path:
    straw = tree / "bin" / name
    straw.write_text(STRAW.format(python=sys.executable, log=tree / "log", pip=pip))
    straw.chmod(0o755)
    return straw


def _start(tree: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    environment = {"PATH": str(tree / "bin"), **more}
    return subprocess.Popen(
        [tree / "konvoi", *arguments],
        env=environment,
        cwd=tree.parent,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _ended(started: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = started.communicate(timeout=30)
    return started.returncode, out, err


def _log(tree: Path) -> list[str]:
    log = tree / "log"
    return log.read_text("utf-8").splitlines() if log.exists() else []


def test_the_command_line_gets_the_arguments_as_they_were_given(tree: Path) -> None:
    """Also with blanks, from another folder, in a path with a blank; and the sources are on the path."""
    _python(tree, "python3")
    code, out, _ = _ended(_start(tree, "total", "my file.xlsx", "--by", ""))
    assert code == 0
    assert out == f"<{tree / 'src'}><-P><-m><konvoi.cli><total><my file.xlsx><--by><>"


def test_the_second_start_makes_nothing_and_is_quick(tree: Path) -> None:
    """It only compares digests: well below a tenth of a second of its own."""
    _python(tree, "python3")
    _ended(_start(tree))
    made = _log(tree)
    begun = time.perf_counter()
    code, _, err = _ended(_start(tree))
    assert (code, err, _log(tree)) == (0, "", made)
    assert time.perf_counter() - begun < 2


def test_a_broken_shim_on_the_path_is_passed_over(tree: Path) -> None:
    """A Python is run, not looked up."""
    shim = tree / "bin" / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    _python(tree, "python3.12")
    code, _, err = _ended(_start(tree, KONVOI_PYTHON="/nowhere/python"))
    assert code == 0
    assert "making .venv with Python 3.13.0" in err
    assert (tree / ".venv" / "core.stamp").read_text("utf-8").endswith("/bin/python3.12\n")


def test_without_any_python_one_line_says_what_to_do(tree: Path) -> None:
    """And the exit tells it, too."""
    code, out, err = _ended(_start(tree))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "no Python 3.11 to 3.13" in err


def test_a_changed_lock_or_another_python_makes_it_anew(tree: Path) -> None:
    """The stamp holds the digest of the lock, and which Python made it."""
    _python(tree, "python3")
    other = _python(tree, "other")
    _ended(_start(tree))
    (tree / "requirements" / "core.txt").write_text("core==2\n")
    _ended(_start(tree))
    assert _log(tree).count("venv") == 2
    _ended(_start(tree, KONVOI_PYTHON=str(other)))
    assert _log(tree).count("venv") == 3
    _ended(_start(tree, KONVOI_PYTHON=str(other)))
    assert _log(tree).count("venv") == 3


def test_a_half_made_environment_never_counts(tree: Path) -> None:
    """The stamp is written last: after a failure the next start begins again."""
    _python(tree, "python3", pip=1)
    code, _, err = _ended(_start(tree))
    assert code == 2
    assert "could not be installed" in err
    assert not list((tree / ".venv").glob("*.stamp"))
    _python(tree, "python3")
    assert _ended(_start(tree))[0] == 0


def test_two_starts_at_once_make_it_once(tree: Path) -> None:
    """The second waits for the first, then uses what it made."""
    _python(tree, "python3")
    both = [_start(tree, "demo"), _start(tree, "demo")]
    assert [_ended(started)[0] for started in both] == [0, 0]
    assert _log(tree).count("venv") == 1
    assert len([line for line in _log(tree) if line.endswith("core.txt")]) == 1


def test_proxy_and_certificates_are_passed_on(tree: Path) -> None:
    """Also those that only pip would read."""
    straw = _python(tree, "python3")
    straw.write_text(
        straw.read_text("utf-8").replace('"$PYTHONPATH" "$@"', '"$HTTPS_PROXY" "$SSL_CERT_FILE"')
    )
    bundle = tree / "bundle.pem"
    bundle.touch()
    _, out, _ = _ended(_start(tree, HTTPS_PROXY="http://proxy:1", PIP_CERT=str(bundle)))
    assert out == f"<http://proxy:1><{bundle}>"


def test_the_script_is_plain_sh() -> None:
    """No word that only one shell knows."""
    for script in ("konvoi", "tests/check.sh", "requirements/compile.sh", "bench/peers/build.sh"):
        assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0
        assert os.access(ROOT / script, os.X_OK) or script == "tests/check.sh"


@pytest.fixture
def not_mine(tree: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A checkout that may be read and not written, and how to start a process that may not."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a tree"
        shutil.copytree(tree, place, symlinks=True)
        root = os.geteuid() == 0
        for one in (Path(folder), place):
            one.chmod(0o755 if root else 0o555)
        yield place, {"user": 65534, "group": 65534, "extra_groups": []} if root else {}
        for one in (Path(folder), place):
            one.chmod(0o755)


def _as_another(place: Path, who: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [place / "konvoi", "--help"],
        env={"PATH": str(place / "bin")},
        cwd="/",
        text=True,
        capture_output=True,
        check=False,
        **who,
    )


def test_in_a_folder_that_may_not_be_written_it_is_said_who_has_to_do_what(
    not_mine: tuple[Path, dict[str, Any]],
) -> None:
    """No noise of the shell: the one thing said is what to do."""
    place, who = not_mine
    done = _as_another(place, who)
    assert (done.returncode, done.stdout) == (2, "")
    assert all(line.startswith("konvoi: ") for line in done.stderr.splitlines())
    assert "you may not write here" in done.stderr


def test_a_ready_venv_is_used_without_writing_anything(
    not_mine: tuple[Path, dict[str, Any]],
) -> None:
    place, who = not_mine
    place.chmod(0o755)
    (place / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(_python(place, "python3"), place / ".venv" / "bin" / "python")
    lock = hashlib.sha256((place / "requirements" / "core.txt").read_bytes()).hexdigest()
    (place / ".venv" / "core.stamp").write_text(f"{lock} 3.13.0 python3\n")
    if not who:
        place.chmod(0o555)
    before = sorted(place.rglob("*"))
    done = _as_another(place, who)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"<{place}/src>")
    assert sorted(place.rglob("*")) == before
