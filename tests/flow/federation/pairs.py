"""Two workspaces that exchange bundles; all parties but states are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from konvoi.flow.federation.bundle import Made, make_bundle
from konvoi.flow.federation.receive import Received, receive
from konvoi.gateways.signing import make_key, secret_key

MADE, TODAY = "2031-02-02T00:00:00+00:00", "2031-02-03T00:00:00+00:00"
PACKAGES = (
    "package,party,day,kind,marking,amount,currency,stage",
    "P-1,DE,2031-01,energy,,1234.50,EUR,committed",
    "P-2,DE,2031-01-01,energy,own,5.00,EUR,committed",
    "P-3,DE,2031-01-01,energy,PL;FR,7.00,EUR,committed",
    "P-4,DE,2031-01-01,energy,FR,9.00,EUR,committed",
)
LINES = (
    "line,package,good,quantity,marking",
    "L-1,P-1,tent,1.125,public",
    "L-2,P-2,tent,1,public",
    "L-4,P-4,tent,1,",
)
TABLES: Mapping[str, tuple[str, ...]] = {"packages": PACKAGES, "lines": LINES}
HEAD = ("day,2031-02-01", "marking,coalition")


@dataclass(frozen=True)
class Pair:
    """The workspace of a sender XC and that of PL, with the key file of the sender and its public key."""

    sender: Path
    receiver: Path
    key_file: Path
    key: str

    def made(self, reader: str = "PL", *, at: str = MADE) -> Made:
        return make_bundle(self.sender, reader, secret=secret_key(self.key_file), at=at)

    def file(self, content: bytes) -> Path:
        path = self.key_file.with_name("x.bundle")
        path.write_bytes(content)
        return path

    def received(self, content: bytes, *, at: str = TODAY, dry: bool = False) -> Received:
        return receive(self.receiver, self.file(content), at=at, dry=dry)


def pair(folder: Path, tables: Mapping[str, tuple[str, ...]] = TABLES) -> Pair:
    """Return two new workspaces; the sender's holds tables of DE, the receiver's the sender's key."""
    sender, receiver = folder / "sender", folder / "receiver"
    for one, party in ((sender, "XC"), (receiver, "PL")):
        one.mkdir(parents=True)
        (one / "konvoi.toml").write_text(f'[coalition]\nname = "Exercise"\nparty = "{party}"\n')
    submit(sender, "DE", {**tables, "konvoi": HEAD})
    key = make_key(folder / "signing.key")
    (receiver / "keys.csv").write_text(f"party,key,from,until,note\nXC,{key},,2032-01-01,telephone\n")
    return Pair(sender, receiver, folder / "signing.key", key)


def submit(workspace: Path, party: str, tables: Mapping[str, tuple[str, ...]]) -> None:
    """Put tables of a party into a workspace that has no receipts yet."""
    place = workspace / "submissions" / party
    place.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        (place / f"{name}.csv").write_text("\n".join(lines) + "\n")


def stored(workspace: Path) -> dict[str, bytes]:
    """Return all files of a workspace but its cache and lock."""
    return {
        path.relative_to(workspace).as_posix(): path.read_bytes()
        for path in sorted(workspace.rglob("*"))
        if path.is_file() and ".konvoi" not in path.relative_to(workspace).parts[0]
    }
