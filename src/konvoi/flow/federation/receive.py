"""Receiving a bundle: every check first, then one change that stores all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konvoi.flow.cut import rows_shown
from konvoi.flow.document_names import free
from konvoi.flow.federation.bundle import ACTING, OURS, described, own_party
from konvoi.flow.federation.package import Manifest, Opened, Packed, altered, opened, refuse_altered, to_sign
from konvoi.flow.federation.public_keys import PublicKey, keys_of, public_keys
from konvoi.flow.parse_documents import understand
from konvoi.flow.readers import with_partnership
from konvoi.flow.receipts import Action, Kind, Receipt, head, recorded
from konvoi.flow.settings import Settings
from konvoi.flow.store import Edit, kept_text, store
from konvoi.flow.store import refuse_altered as refuse_altered_store
from konvoi.flow.store_contract import KEYS
from konvoi.flow.submissions.import_submission import ChangedMeanwhile
from konvoi.flow.view import View
from konvoi.flow.workspace import CACHE, Workspace, settings_of, workspace
from konvoi.gateways.files import SUBMISSIONS, WITHDRAWN
from konvoi.gateways.refusal import Refused
from konvoi.gateways.signing import fingerprint, is_signed, public_key
from konvoi.intake.container import BOUNDS
from konvoi.intake.join import headed
from konvoi.kit.digest import digest
from konvoi.model.document import PUBLIC, Document, Reading
from konvoi.model.limiting import UNREAD_ROWS

_ASK = "nothing was imported. Ask {sender} for a new bundle"


@dataclass(frozen=True)
class Received:
    """A bundle that passed every check.

    stored, withdrawn: paths below submissions/ that are new, and that were withdrawn. unchanged: how many of
    its documents were there already.
    """

    manifest: Manifest
    digest: str
    stored: tuple[str, ...]
    withdrawn: tuple[str, ...]
    unchanged: int

    def as_dict(self) -> dict[str, object]:
        """The outcome as plain JSON values."""
        told = self.manifest
        return {
            "from": told.sender,
            "to": told.to,
            "number": told.number,
            "head": told.head,
            "made": told.at,
            "digest": self.digest,
            "fingerprint": fingerprint(public_key(told.key) or b""),
            "documents": [described(one) for one in told.documents],
            "stored": list(self.stored),
            "withdrawn": list(self.withdrawn),
            "unchanged": self.unchanged,
        }


def receive(folder: Path, path: Path, *, at: str, party: str = "", dry: bool = False) -> Received:
    """Check a bundle and import its documents as submissions of their parties; Refused stores nothing.

    at: when, UTC; keys count on its day. party: whose workspace it is, where konvoi.toml does not say it.
    dry: check only. Documents of earlier bundles of the sender that this one holds no more are withdrawn.
    """
    name = path.name
    known = settings_of(folder)
    me = own_party(known, party)
    content = _content(path)
    bundle = opened(content, name)
    manifest = bundle.manifest
    _refuse_signature(bundle, public_keys(kept_text(folder, KEYS) or ""), date.fromisoformat(at[:10]), name)
    refuse_altered(bundle, content, name)
    if manifest.to != me:
        raise Refused(
            f"{name}: is for {manifest.to}, and this is the workspace of {me}; nothing was imported. Ask "
            f"{manifest.sender} for the bundle that was made for {me}"
        )
    work = workspace(folder)
    refuse_altered_store(work.differences)
    kept = store(folder)
    chain = kept.receipts()
    _refuse_again(manifest, digest(content), chain, name)
    _refuse_rows(bundle, work, me, name)
    stored, gone, unchanged = _changes(bundle, chain, work)
    received = Received(
        manifest,
        digest(content),
        tuple(one.path.removeprefix(f"{SUBMISSIONS}/") for one in stored),
        tuple(one.source.removeprefix(f"{SUBMISSIONS}/") for one in gone),
        unchanged,
    )
    if dry:
        return received
    with kept.writing():
        if head(kept.receipts()) != work.head:
            raise ChangedMeanwhile("the workspace was changed in the meantime; nothing was imported")
        day = known.day.isoformat() if known.day else ""
        reason = _reason(received.digest, manifest)
        kept.commit(Action(Kind.RECEIVED, (), day, at, manifest.sender, reason), [*gone, *stored])
    return received


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BOUNDS.expanded + 1)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error
    if len(content) > BOUNDS.expanded:
        raise Refused(f"{path.name}: is larger than any bundle; nothing was imported")
    return content


def _refuse_signature(bundle: Opened, keys: Sequence[PublicKey], day: date, name: str) -> None:
    """Refuse a bundle that no key signed which counts for its sender, on the day it was made and today."""
    manifest = bundle.manifest
    stated = public_key(manifest.key)
    own = keys_of(keys, manifest.sender)
    found = next((one for one in own if one.key == stated), None)
    if stated is None or found is None:
        print_ = fingerprint(stated) if stated else "-"
        raise Refused(
            f"{name}: is signed with a key that {KEYS} does not list for {manifest.sender} (fingerprint "
            f"{print_}); nothing was imported. Compare the fingerprint with {manifest.sender} by another "
            "channel, then add the key: konvoi keys add"
        )
    if not is_signed(to_sign(bundle.text), bundle.signature, stated):
        raise altered(name)
    try:
        made = date.fromisoformat(manifest.at[:10])
    except ValueError as error:
        raise altered(name) from error
    if not (found.holds(day) and found.holds(made)):
        days = f"{found.first or '…'} – {found.until or '…'}"
        raise Refused(
            f"{name}: is signed with a key of {manifest.sender} that counts only from {days} (bundle made "
            f"{made}, today {day}); nothing was imported. Ask {manifest.sender} for a bundle signed with its "
            "present key"
        )


def _reason(sha256: str, manifest: Manifest) -> str:
    return f"bundle {sha256} number {manifest.number} head {manifest.head or '-'}"


def _refuse_again(manifest: Manifest, sha256: str, chain: Sequence[Receipt], name: str) -> None:
    """Refuse a bundle that was received before, or that is older than one that was."""
    latest = 0
    for one in chain:
        change = one.change
        if change.kind != Kind.RECEIVED or change.by != manifest.sender:
            continue
        told = change.reason.split()
        if sha256 in told:
            raise Refused(
                f"{name}: was received already ({change.at}); nothing was imported. Ask {manifest.sender} "
                "for a new bundle if something is missing"
            )
        latest = max(latest, int(told[3]))
    if manifest.number <= latest:
        raise Refused(
            f"{name}: is older than the last bundle of {manifest.sender} that was received (number "
            f"{manifest.number}, last {latest}); {_ASK.format(sender=manifest.sender)}"
        )


def _refuse_rows(bundle: Opened, work: Workspace, me: str, name: str) -> None:
    """Refuse a bundle with a document that cannot be read, acts on others, or holds what is not for me."""
    manifest = bundle.manifest
    ask = _ASK.format(sender=manifest.sender)
    stated = {one.path.removeprefix(f"{SUBMISSIONS}/"): one for one in manifest.documents}
    documents = [
        Document(path, bundle.contents[one.path], one.party, work.settings.marking)
        for path, one in stated.items()
    ]
    readings = headed(understand(documents, settings=_plain(work.settings)))
    cache = work.folder / CACHE if work.folder else None
    held = headed(understand(work.documents, settings=work.settings, cache=cache))
    view = with_partnership(View(None, me), [*held, *readings])
    for reading in readings:
        one = stated[reading.document]
        if one.party == me:
            raise Refused(f"{name}: {one.name} is said to be a submission of {me} itself; {ask}")
        unread = reading.left_out or UNREAD_ROWS in reading.tables
        if reading.refused or unread or reading.party not in ("", one.party):
            raise Refused(f"{name}: {one.name} of {one.party} cannot be read as it was signed; {ask}")
        if reading.format in ACTING or reading.facts.get("supersedes"):
            raise Refused(f"{name}: {one.name} of {one.party} acts on other documents; {ask}")
        if _heights(rows_shown(reading, view, one.marking)) != _heights(reading) or not _marked(reading, one):
            raise Refused(
                f"{name}: {one.name} of {one.party} holds rows whose marking does not permit {me} to see "
                f"them; {ask}, and report this one to it"
            )


def _plain(settings: Settings) -> Settings:
    """Return settings without what they say of single documents: names in a bundle are no names here."""
    return Settings(marking=settings.marking, megabytes=settings.megabytes, seconds=settings.seconds)


def _marked(reading: Reading, one: Packed) -> bool:
    """Return True if a document says the marking that the manifest states for it; without one, public."""
    return (reading.facts.get("marking", "") if reading.format in OURS else PUBLIC) == one.marking


def _heights(reading: Reading) -> tuple[int, ...]:
    return (reading.entries.height, *(rows.height for rows in reading.tables.values()))


def _changes(bundle: Opened, chain: Sequence[Receipt], work: Workspace) -> tuple[list[Edit], list[Edit], int]:
    """Return the edits that store documents, those that withdraw earlier ones, and how many stay.

    Of a party whose documents are all as the last bundle had them, nothing changes.
    """
    manifest = bundle.manifest
    before = _earlier(manifest.sender, chain)
    names = {one.name for one in work.withdrawn}
    others = {(one.party, one.digest) for one in work.documents if f"{SUBMISSIONS}/{one.name}" not in before}
    stored: list[Edit] = []
    gone: list[Edit] = []
    unchanged = 0
    for party in sorted({one.party for one in manifest.documents} | {_party(path) for path in before}):
        every = [one for one in manifest.documents if one.party == party]
        new = [one for one in every if (party, one.sha256) not in others]
        unchanged += len(every) - len(new)
        old = sorted(path for path in before if _party(path) == party)
        if [before[path] for path in old] == [one.sha256 for one in new]:
            unchanged += len(new)
            continue
        for path in old:
            target = free(path.removeprefix(f"{SUBMISSIONS}/"), names)
            names.add(target)
            gone.append(Edit(f"{WITHDRAWN}/{target}", source=path))
        place = f"{SUBMISSIONS}/{party}/from-{manifest.sender}-{manifest.number:06}"
        stored += [Edit(f"{place}/{one.name}", bundle.contents[one.path]) for one in new]
    return stored, gone, unchanged


def _earlier(sender: str, chain: Sequence[Receipt]) -> Mapping[str, str]:
    """Return the digests of submissions that earlier bundles of a sender brought and that are in force."""
    brought = {
        (one.path, one.sha256)
        for receipt in chain
        if receipt.change.kind == Kind.RECEIVED and receipt.change.by == sender
        for one in receipt.change.files
        if one.path.startswith(f"{SUBMISSIONS}/")
    }
    there = recorded(chain)
    return {
        path: sha256 for path, sha256 in sorted(brought) if path in there and there[path].sha256 == sha256
    }


def _party(path: str) -> str:
    return path.split("/")[1]
