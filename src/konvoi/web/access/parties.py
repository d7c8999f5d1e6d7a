"""The parties that an instance knows of: senders, those of whom somebody has a role, and the recipient."""

from konvoi.web.access.grants import grants
from konvoi.web.record import senders, settings_now


def party_ids() -> list[str]:
    """Return the ids of all parties."""
    known = {one.membership.party for one in grants()} | senders() | {settings_now().recipient}
    return sorted(known - {""})
