"""The examples that come with Konvoi."""

import shutil
import tomllib
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
    if target.exists() and any(target.iterdir()) and _name(target) != _name(source):
        raise Refused(f"{target}: is there already and is no copy of this example; name another folder")
    submissions = target / "submissions"
    shutil.rmtree(submissions, ignore_errors=True)
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_LEFT))


def _name(folder: Path) -> object:
    """Return the name of the coalition of a workspace; None if there is no such workspace."""
    try:
        settings = tomllib.loads((folder / "konvoi.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    coalition = settings.get("coalition")
    return coalition.get("name") if isinstance(coalition, dict) else None
