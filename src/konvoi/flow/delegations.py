"""Pages for delegations, each computed from the view of its delegation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from konvoi.flow.cases import bare
from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.name_lookup import party as known_party
from konvoi.flow.run import counted
from konvoi.flow.submissions.party_questions import parties, party_questions
from konvoi.flow.today import NoDay
from konvoi.flow.workspace import Workspace
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Progress, Stop, never
from konvoi.report.case import Case
from konvoi.report.delegation.page import delegation_page
from konvoi.report.delegation.recipient_page import recipient_page
from konvoi.report.page import Page
from konvoi.report.page_files import page_files

ALL = "all"


@dataclass(frozen=True)
class Delegations:
    """The files of the pages by name, the day, and the parties to whom nothing dated is released."""

    files: Mapping[str, bytes]
    day: date | None
    without: tuple[str, ...]


def delegation_pages(work: Workspace, party: str, *, stop: Stop = never) -> Delegations:
    """Return the page of one delegation, or of all that submit, give, receive, offer or approve something.

    A party as the reader of the workspace's view gets its own page only. Each page is computed from what its
    delegation may see. The page of the recipient has what it asks of partners in place of pledges.
    """
    if not work.documents:
        raise Refused("no submissions yet; import one: konvoi add FILE --from PARTY")
    whole = gathering(work, stop=stop)
    known = parties(bare(whole, work))
    if party == ALL:
        named = known
    else:
        named = [party if party in known else known_party("--delegation", party, whole, work.settings)]
    if whole.view.is_party:
        if named not in ([whole.view.reader], known):
            raise Unknown("--delegation", party, (whole.view.reader,))
        named = [whole.view.reader]
    files: dict[str, bytes] = {}
    without: list[str] = []
    day: date | None = None
    for one in named:
        stop(Progress("Writing delegation pages", len(files)))
        own = replace(work, view=replace(work.view, reader=one))
        try:
            case = counted(gathering(own, stop=stop), own, questions=False, stop=stop)
        except NoDay:
            without.append(one)
            continue
        case = replace(case, reader=one)
        day = case.day
        files |= page_files(delegation_paper(case, one), work.settings.languages)
    return Delegations(files, day, tuple(without))


def delegation_paper(case: Case, party: str) -> Page:
    """Return the page of a delegation, with its open questions; case: of the view of the party, as reader."""
    asked = party_questions(case, party)
    return recipient_page(case, asked) if party == case.recipient else delegation_page(case, party, asked)
