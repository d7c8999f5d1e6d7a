"""The examples that come with Konvoi."""

import shutil
from pathlib import Path

from konvoi.gateways.refusal import Refused

_HERE = Path(__file__).resolve()
_PLACES = (_HERE.parents[1] / "examples", _HERE.parents[3] / "examples")
_LEFT = ("facts", "*.py", "__pycache__", "out", ".konvoi")


def copied(name: str, target: Path) -> None:
    """Put a copy of an example's workspace at a folder; one that stands there is made fresh."""
    source = next((place / name for place in _PLACES if (place / name).is_dir()), None)
    if source is None:
        raise Refused(f"the example {name} does not come with this installation; clone the repository")
    if target.exists() and not (target / "konvoi.toml").is_file() and any(target.iterdir()):
        raise Refused(f"{target}: is there already and is no workspace; name another folder")
    submissions = target / "submissions"
    shutil.rmtree(submissions, ignore_errors=True)
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LEFT))
