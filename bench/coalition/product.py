"""Run Konvoi on a coalition as a coordination cell would: init, add, total, judge."""

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bench.coalition.dialects import File, Spot, write
from bench.coalition.world import Document
from bench.record import ROOT


class Finding(NamedTuple):
    """A finding as `konvoi add` tells it, at one of our files."""

    severity: str
    code: str
    path: Path
    sheet: str
    row: int
    column: str


@dataclass
class Workspace:
    """A workspace that is filled by the commands of Konvoi, and what they answered.

    files: our files by the name under which the workspace keeps them. seconds: by command.
    """

    path: Path
    inbox: Path
    files: dict[str, Path] = field(default_factory=dict)
    spots: dict[Path, list[Spot]] = field(default_factory=dict)
    documents: dict[Path, tuple[str, str]] = field(default_factory=dict)
    findings: set[Finding] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def create(self) -> None:
        """Make the workspace with `konvoi init`."""
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.rmtree(self.inbox, ignore_errors=True)
        self.run("init", str(self.path), "--name", "Synthetic coalition (all figures are made up)", "--json")

    def copy(self, name: str) -> "Workspace":
        """Return a copy of the workspace under another name beside it."""
        path = self.path.parent / name
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path)
        inbox = self.inbox.parent / f"{name}-inbox"
        shutil.rmtree(inbox, ignore_errors=True)
        return Workspace(path, inbox, dict(self.files), dict(self.spots), dict(self.documents))

    def add(self, documents: Sequence[Document]) -> None:
        """Hand in documents: one `konvoi add` for each source."""
        for source in dict.fromkeys(document.source for document in documents):
            paths: list[Path] = []
            for document in documents:
                if document.source == source:
                    files = write(document, self.inbox)
                    paths += _arguments(files)
                    for file in files:
                        self.spots[file.path] = file.spots
                        self.documents[file.path] = (source, document.name)
            arguments = [*map(str, paths), "--from", source, "--dir", str(self.path), "--json"]
            answer = self.run("add", *arguments)
            self._keep(answer, paths)

    def _keep(self, answer: dict[str, Any], paths: Sequence[Path]) -> None:
        """Note under which names files are kept, and the findings."""
        inside = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
        by_digest: dict[str, list[Path]] = {}
        for file in inside:
            by_digest.setdefault(hashlib.sha256(file.read_bytes()).hexdigest(), []).append(file)
        for one in answer.get("files", []):
            known = by_digest.get(one.get("digest") or "", [])
            if known:
                self.files[one["name"]] = known.pop(0) if len(known) > 1 else known[0]
        told = [*answer.get("findings", []), *(f for one in answer.get("files", []) for f in one["findings"])]
        for finding in told:
            path = self.files.get(finding["file"], Path(finding["file"]))
            self.findings.add(
                Finding(
                    finding["severity"],
                    finding["code"],
                    path,
                    finding.get("sheet") or "",
                    finding.get("row") or 0,
                    finding.get("column") or "",
                )
            )

    def total(self, *options: str) -> dict[str, Any]:
        """Return the answer of `konvoi total`."""
        return self.run("total", str(self.path), "--mix", "--json", *options)

    def review(self) -> list[dict[str, Any]]:
        """Return the undecided pairs of `konvoi review`."""
        pairs = self.run("review", "--list", "--dir", str(self.path), "--json").get("undecided", [])
        assert isinstance(pairs, list)
        return pairs

    def run(self, *arguments: str) -> dict[str, Any]:
        """Run a command of Konvoi and return its JSON document; one that gives none is a failure."""
        start = time.perf_counter()
        environment = {**os.environ, "KONVOI_LANG": "en", "PYTHONPATH": str(ROOT / "src")}
        command = [str(ROOT / "konvoi"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        name = arguments[0]
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - start
        try:
            answer = json.loads(done.stdout)
        except json.JSONDecodeError:
            said = (done.stderr or done.stdout).strip().splitlines()
            self.failures.append(f"{' '.join(arguments[:3])}: exit {done.returncode}: {said[-1:] or ''}")
            return {}
        assert isinstance(answer, dict)
        return answer


def _arguments(files: Sequence[File]) -> list[Path]:
    """Return the paths to name in a command: a folder of tables as one, other files each."""
    if any(file.path.name == "konvoi.csv" for file in files):
        return [files[0].path.parent]
    return [file.path for file in files]
