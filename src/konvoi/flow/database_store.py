"""The store of a workspace in a database: the chain of changes, and contents by their digest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from konvoi.flow.receipts import (
    FILE,
    Action,
    BrokenChain,
    Kind,
    LostReceipts,
    Receipt,
    Stored,
    continued,
    head,
    receipts,
    recorded,
    released_days,
    withdrawals,
)
from konvoi.flow.sender_mappings import FILE as MAPPINGS
from konvoi.flow.settings import FILE as SETTINGS
from konvoi.flow.store_contract import (
    EDITABLE,
    JUDGEMENTS,
    KEPT_AS_BYTES,
    Contents,
    Difference,
    Edit,
    Fault,
    broken,
    difference_at,
    read_settings,
    refuse_altered,
    stored_once,
)
from konvoi.flow.verified_chains import verified_receipts
from konvoi.gateways import files
from konvoi.gateways.database import Address, Connection, connected
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.model.document import Document

_AT_ONCE = 500
"""Contents fetched by one statement."""


@dataclass(frozen=True)
class DatabaseStore:
    """A workspace kept in a database (konvoi.gateways.database).

    folder: of the instance, in which lists of sanctions and results lie. Its submissions, decisions and
    settings are those of before the import; files that came there later are told as differences.

    last: number of the receipt after which nothing is read; None: all is read. An earlier state is only read.
    """

    folder: Path
    address: Address
    last: int | None = None

    def content(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where there is none."""
        with connected(self.address) as connection:
            found = recorded(_proven(self.address, connection)[: self.last]).get(path)
            return None if found is None else _contents(connection, [found.sha256]).get(found.sha256)

    def text(self, path: str) -> str | None:
        """Return the text of a file; None where there is none."""
        return _decoded(path, self.content(path))

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the chain of receipts; BrokenChain where it was altered, or contents have no receipt."""
        with connected(self.address) as connection:
            return _chain(self.address, connection)

    def contents(self) -> Contents:
        """Return all that is kept, checked against the receipts."""
        with connected(self.address) as connection:
            chain = _checked(self.address, connection)
            proven = (_proven(self.address, connection) if isinstance(chain, BrokenChain) else chain)[
                : self.last
            ]
            there, papers = _apart(recorded(proven))
            kept = _contents(connection, [one.sha256 for one in there.values()])
            wrong = [*_differences(there, kept, chain), *_of_papers(connection, papers, chain)]
        settings = _text(there, kept, SETTINGS)
        if settings is None:
            why = f"{FILE}: {chain}" if isinstance(chain, BrokenChain) else f"no {SETTINGS} in its database"
            raise Refused(f"{self.folder}: {why}; restore the database from a backup")
        known, told = read_settings(settings, _text(there, kept, MAPPINGS) or "")
        found = sorted([*wrong, *self._added_to_the_folder(proven, there)])
        return Contents(
            replace(known, released=released_days(proven)),
            tuple(_documents(there, kept, SUBMISSIONS, known.marking)),
            tuple(_documents(there, kept, WITHDRAWN, known.marking)),
            _text(there, kept, JUDGEMENTS) or "",
            (*told, *(one.finding for one in found)),
            tuple(found),
            head(proven),
            withdrawals(proven),
        )

    def recorded_now(self) -> tuple[tuple[Receipt, ...], dict[str, bytes]]:
        """Return the chain, and the content of each file that it records, by its path below the workspace."""
        with connected(self.address) as connection:
            chain = _chain(self.address, connection)
            there = recorded(chain)
            kept = _contents(connection, [one.sha256 for one in there.values()])
        return chain, {path: kept[one.sha256] for path, one in sorted(there.items()) if one.sha256 in kept}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for a change; what is committed inside is kept when the outermost block ends.

        Released papers, of which there are ever more and on which no change rests, are not read for it: one
        that is not as it was released is not given to anybody, and `konvoi verify` tells of it.
        """
        with connected(self.address, writing=True) as connection:
            chain = _checked(self.address, connection)
            proven = () if isinstance(chain, BrokenChain) else chain
            there, papers = _apart(recorded(proven))
            kept = _contents(connection, [one.sha256 for one in there.values()])
            missing = _of_papers(connection, papers, chain, read=False)
            refuse_altered([*_differences(there, kept, chain), *missing])
            yield

    def commit(self, change: Action, edits: Sequence[Edit]) -> None:
        """Make one change: its contents, then its receipt."""
        if self.last is not None:
            raise ValueError("an earlier state is only read")
        with connected(self.address, writing=True) as connection:
            try:
                chain = _chain(self.address, connection)
            except BrokenChain as error:
                raise Refused(f"{FILE}: {error}; nothing was changed") from error
            there = recorded(chain)
            stored = tuple(self._stored(connection, there, one) for one in edits)
            begun = [] if chain else [replace(change, kind=Kind.BEGUN, files=(), by="", reason="")]
            longer = continued(chain, [*begun, replace(change, files=stored)])
            for one in longer[len(chain) :]:
                _add_receipt(connection, one)

    def accept(self, path: str, *, at: str, by: str, reason: str) -> Difference:
        """Record a file as it is now, although the receipts say otherwise."""
        with connected(self.address, writing=True):
            found = difference_at(path, self.contents().differences)
            if found.fault in (Fault.BROKEN, Fault.LOST):
                raise Refused(
                    f"{path}: a broken chain cannot be accepted; restore the database from a backup"
                )
            here = files.content(self.folder / found.path) if found.fault == Fault.UNRECORDED else None
            self.commit(Action(Kind.ACCEPTED, (), at=at, by=by, reason=reason), [Edit(found.path, here)])
        return found

    def _stored(self, connection: Connection, there: Mapping[str, Stored], edit: Edit) -> Stored:
        """Return a file as the change leaves it; its content is in the database by then."""
        if stored_once(edit.path) and edit.path in there and (edit.content is not None or edit.source):
            raise Refused(f"{edit.path}: is there already; nothing was changed")
        if edit.source:
            moved = there.get(edit.source)
            if moved is None:
                raise Refused(f"{edit.source}: is not there any more; nothing was changed")
            return replace(moved, path=edit.path, source=edit.source)
        content = edit.content
        if content is None:
            before = there.get(edit.path)
            content = _contents(connection, [before.sha256]).get(before.sha256) if before else None
        if content is None:
            return Stored(edit.path, "")
        return Stored(edit.path, _add_content(connection, content), len(content))

    def _added_to_the_folder(
        self, chain: Sequence[Receipt], there: Mapping[str, Stored]
    ) -> Iterator[Difference]:
        """Yield files that stand in the folder, and of which no receipt knows.

        Submissions are told by their names and sizes, settings by their content.
        """
        known = {(one.path, one.size) for receipt in chain for one in receipt.change.files}
        for part in (SUBMISSIONS, WITHDRAWN):
            base = self.folder / part
            for path in files.below(base)[0] if base.is_dir() else ():
                name = path.relative_to(self.folder).as_posix()
                if len(path.relative_to(base).parts) > 1 and (name, files.size(path)) not in known:
                    yield Difference(name, Fault.UNRECORDED)
        before = {one.sha256 for receipt in chain for one in receipt.change.files}
        for name in EDITABLE:
            content = files.content(self.folder / name)
            if content is not None and (found := digest(content)) not in before and there.get(name):
                yield Difference(name, Fault.UNRECORDED, found)


def _lines(connection: Connection, most: int | None = None) -> bytes:
    limit, values = ("", ()) if most is None else (" LIMIT %s", (most,))
    rows = connection.execute(f"SELECT line FROM konvoi_receipt ORDER BY number{limit}", values)
    return "".join(f"{line}\n" for (line,) in rows).encode()


def _chain(address: Address, connection: Connection) -> tuple[Receipt, ...]:
    """Return the chain; LostReceipts where a content is in no receipt: both are written together."""
    chain = verified_receipts(address, _lines(connection))
    known = {one.sha256 for receipt in chain for one in receipt.change.files}
    if any(name not in known for (name,) in connection.execute("SELECT digest FROM konvoi_blob")):
        raise LostReceipts(len(chain) + 1)
    return chain


def _checked(address: Address, connection: Connection) -> tuple[Receipt, ...] | BrokenChain:
    """Return the chain, or how it was altered."""
    try:
        return _chain(address, connection)
    except BrokenChain as error:
        return error


def _proven(address: Address, connection: Connection) -> tuple[Receipt, ...]:
    """Return the receipts up to the first one that is not as it was written."""
    try:
        return _chain(address, connection)
    except LostReceipts:
        return verified_receipts(address, _lines(connection))
    except BrokenChain as error:
        return receipts(_lines(connection, error.number - 1))


def _contents(connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
    """Return contents by the digest under which they are kept, whether they have it or not."""
    wanted = sorted({one for one in digests if one})
    found: dict[str, bytes] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        rows = connection.execute(f"SELECT digest, content FROM konvoi_blob WHERE digest IN ({marks})", some)
        found |= {name: bytes(content) for name, content in rows}
    return found


def _add_content(connection: Connection, content: bytes) -> str:
    name = digest(content)
    connection.execute(
        "INSERT INTO konvoi_blob (digest, content) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING",
        (name, content),
    )
    return name


def _add_receipt(connection: Connection, receipt: Receipt) -> None:
    connection.execute(
        "INSERT INTO konvoi_receipt (number, line) VALUES (%s, %s)", (receipt.number, receipt.line())
    )


def _differences(
    there: Mapping[str, Stored], kept: Mapping[str, bytes], chain: tuple[Receipt, ...] | BrokenChain
) -> Iterator[Difference]:
    """Yield what is not as the receipts say; of a broken chain nothing else."""
    if isinstance(chain, BrokenChain):
        yield broken(chain)
        return
    for path, one in there.items():
        content = kept.get(one.sha256)
        if content is None:
            yield Difference(path, Fault.MISSING)
        elif (found := digest(content)) != one.sha256:
            yield Difference(path, Fault.ALTERED, found)


def _apart(there: Mapping[str, Stored]) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """Return files that are read with the workspace, and released papers with adopted plans."""
    papers = {path: one for path, one in there.items() if path.startswith(KEPT_AS_BYTES)}
    return {path: one for path, one in there.items() if path not in papers}, papers


def _of_papers(
    connection: Connection,
    papers: Mapping[str, Stored],
    chain: tuple[Receipt, ...] | BrokenChain,
    *,
    read: bool = True,
) -> Iterator[Difference]:
    """Yield released papers that are not as the receipts say; read: False for those that are lost alone."""
    if isinstance(chain, BrokenChain):
        return
    there = {str(name) for (name,) in connection.execute("SELECT digest FROM konvoi_blob")} if papers else ()
    for path, one in papers.items():
        if one.sha256 not in there:
            yield Difference(path, Fault.MISSING)
        elif read and (found := digest(_contents(connection, [one.sha256])[one.sha256])) != one.sha256:
            yield Difference(path, Fault.ALTERED, found)


def _text(there: Mapping[str, Stored], kept: Mapping[str, bytes], path: str) -> str | None:
    return _decoded(path, kept.get(there[path].sha256) if path in there else None)


def _decoded(path: str, content: bytes | None) -> str | None:
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: not UTF-8 text at byte {error.start}") from error


def _documents(
    there: Mapping[str, Stored], kept: Mapping[str, bytes], part: str, marking: str
) -> Iterator[Document]:
    """Yield the documents of a part of the workspace, in the order of their paths, as a folder gives them."""
    for path in sorted((PurePosixPath(one) for one in there), key=lambda one: one.parts):
        content = kept.get(there[str(path)].sha256)
        if path.parts[0] == part and len(path.parts) > 2 and content is not None:
            name = path.relative_to(part)
            yield Document(str(name), content, party=name.parts[0], marking=marking)


def move_in(address: Address, chain: Sequence[Receipt], contents: Mapping[str, bytes]) -> None:
    """Put a whole chain and the contents that it records into an empty database; Refused where it is not."""
    with connected(address, writing=True) as connection:
        if connection.execute("SELECT number FROM konvoi_receipt LIMIT 1"):
            raise Refused("the database holds a workspace already; nothing was changed")
        for path, one in sorted(recorded(chain).items()):
            if path not in contents or digest(contents[path]) != one.sha256:
                raise Refused(f"{path}: is not as it was recorded; nothing was moved")
            _add_content(connection, contents[path])
        for receipt in chain:
            _add_receipt(connection, receipt)
