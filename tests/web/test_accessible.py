"""Pages in a browser: no violation of accessibility, all by keyboard, nothing wider than the screen."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.intake.formats.test_pdf import SAMPLE
from tests.web.live import opened, served
from tests.web.matrix import ROUTES, records
from tests.web.packages import AT
from tests.web.submissions.test_document import address as document_address
from tests.web.world import World, compute, copied

from konvoi.flow.subject_pages import SUBJECTS
from konvoi.flow.submissions.import_submission import take
from konvoi.web.accounts.invitations import invite
from konvoi.web.runs.models import Job

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
LAST_WEEK = date(2031, 2, 24)

PAGES: dict[str, tuple[str, str]] = {
    "overview": ("planner", "/"),
    "overview of a past day": ("planner", f"/?day={LAST_WEEK}"),
    "overview of the public": ("", "/"),
    "overview that waits": ("desk-xa", "/?day=2031-02-20"),
    "unreadable day": ("desk-xa", "/?day=31.2.2031"),
    "records": ("desk-xa", "/records"),
    "tasks": ("planner", "/tasks"),
    "tables": ("desk-xa", "/tables/"),
    "table": ("planner", "/tables/packages?limit=1"),
    "address of a list that is refused": ("planner", "/tables/packages?colour=red"),
    "packages": ("desk-xa", "/ledger/packages"),
    "entries": ("desk-xa", "/ledger/entries"),
    "revisions": ("desk-xa", "/ledger/revisions"),
    "pipeline": ("desk-xa", "/ledger/pipeline?by=partner"),
    "line items in the pipeline": ("desk-xa", "/ledger/pipeline-items"),
    "package": ("desk-xa", "/ledger/packages/XA-1"),
    "source cell": ("desk-xa", "/ledger/source/packages/XA-1"),
    "total": ("desk-xa", "/ledger/total"),
    "total that is asked": ("desk-xa", "/ledger/total?stage=pledged&by=partner"),
    "total with mistakes": ("desk-xa", "/ledger/total?stage=pledged&party=Bolara&on=x"),
    "planning": ("planner", "/planning/"),
    **{
        f"plan by {one}": ("planner", f"/planning/{one}")
        for one in ("coverage", "unmet", "map", "loads", "schedule")
    },
    "records of the plan": ("planner", "/planning/records"),
    "needs": ("recipient", "/planning/lists/needs"),
    "offers": ("desk-xa", "/planning/lists/offers"),
    **{
        one: ("planner", f"/planning/lists/{one}")
        for one in ("planned-movements", "plan-changes", "unmet-needs", "lanes", "capacities", "loads")
    },
    "scenarios": ("planner", "/planning/scenarios"),
    "form of a need": ("recipient", "/planning/needs/add"),
    "form of an offer": ("desk-xa", "/planning/offers/add"),
    **{f"{one} in short": ("planner", f"/{one}/in-short") for one in SUBJECTS},
    **{f"records of {one}": ("planner", f"/{one}/in-short/records") for one in SUBJECTS},
    "deliveries": ("planner", "/deliveries/"),
    "records of deliveries": ("planner", "/deliveries/records"),
    "orders": ("planner", "/deliveries/orders"),
    "form of a dispatch": ("desk-xa", "/deliveries/dispatches/add"),
    "form of a receipt": ("recipient", "/deliveries/receipts/add"),
    **{
        one: ("planner", f"/deliveries/lists/{one}")
        for one in ("consignments", "dispatches", "receipts", "pieces", "on-time")
    },
    "account": ("desk-xa", "/account/"),
    "submissions": ("desk-xa", "/submissions/"),
    "stored documents": ("planner", "/submissions/documents/"),
    "submissions of all parties": ("planner", "/submissions/"),
    "handing in": ("desk-xa", "/submissions/hand-in"),
    "handing in for a party": ("planner", "/submissions/hand-in"),
    "questions": ("desk-xa", "/submissions/questions"),
    "matching": ("planner", "/matching/"),
    "pairs": ("planner", "/matching/pairs"),
    "matching as a desk": ("desk-xa", "/matching/pairs?waits=yes"),
    "deciding by rule": ("planner", "/matching/batch"),
    "agreements": ("legal", "/agreements/documents"),
    "positions": ("legal", "/agreements/positions"),
    "obligations": ("legal", "/agreements/obligations"),
    "clauses with triggers": ("legal", "/agreements/triggers"),
    "calls to consult": ("planner", "/agreements/calls"),
    "meetings": ("planner", "/meetings/list"),
    "decisions": ("planner", "/meetings/decisions"),
    "action items": ("planner", "/meetings/actions"),
    "follow-up": ("planner", "/meetings/follow-up"),
    "programmes": ("planner", "/funding/programmes"),
    "tranches": ("planner", "/funding/tranches"),
    "conditions": ("planner", "/funding/conditions"),
    "payments": ("planner", "/funding/payments"),
    "projects": ("planner", "/funding/projects"),
    "projects funded twice": ("planner", "/funding/twice"),
    "lists of sanctions": ("sanctions", "/sanctions/lists"),
    "coverage": ("sanctions", "/sanctions/coverage"),
    "gaps": ("sanctions", "/sanctions/gaps"),
    "impact of listings": ("sanctions", "/sanctions/impact"),
    "import of a list": ("sanctions", "/sanctions/import"),
    "listings about to end": ("sanctions", "/sanctions/ending"),
    "proposals": ("sanctions", "/sanctions/proposals"),
    "alerts": ("sanctions", "/sanctions/alerts"),
    "reports": ("desk-xa", "/reports/"),
    "reports of the public as the planner": ("planner", "/reports/?for=public"),
    "brief to be released": ("planner", "/reports/papers/brief?for=public"),
    "delegation": ("desk-xa", "/reports/papers/delegation-XA"),
    "releases": ("", "/reports/releases"),
    "calendar feeds": ("desk-xa", "/reports/feeds"),
    "about": ("planner", "/about"),
    "keys": ("planner", "/keys"),
    "purpose": ("planner", "/purpose?for=XA"),
    "start": ("", "/start/unknown"),
    "personas": ("", "/demo/"),
    "not found": ("desk-xa", "/nothing-is-here"),
    "sign in": ("", "/accounts/login/"),
    "password": ("desk-xa", "/accounts/password/change/"),
    "second factor": ("desk-xa", "/accounts/2fa/"),
    "sessions": ("desk-xa", "/accounts/sessions/"),
    "administration": ("administrator", "/administration/"),
    "users": ("administrator", "/administration/users"),
    "invite": ("administrator", "/administration/users/invite"),
    "invite as a desk": ("desk-xa", "/administration/users/invite"),
    "parties": ("administrator", "/administration/parties"),
    "settings": ("administrator", "/administration/settings"),
    "runs": ("administrator", "/administration/runs"),
    "health": ("administrator", "/administration/health"),
    "audit": ("auditor", "/administration/audit/"),
}
"""Pages with who opens them; those of jobs come with their records."""
WITHOUT_PAGE = frozenset(
    {
        *(
            "brief-file",
            "delivery-worker",
            "receipt-image",
            "slip-paper",
            "consignment-paper",
            "language",
            "style",
            "script",
            "acting",
            "persona",
            "run-ask",
            "run-events",
        ),
        *("run-cancel", "healthz", "readyz", "answers", "template", "upload-marked", "upload-confirm"),
        *(
            "role-ask",
            "invitation-renew",
            "user-close",
            "role-decide",
            "runs-ask",
            "runs-stop",
            "audit-verify",
        ),
        *("api", "tables-file", "table-file", "audit-file", "tasks-file", "documents-file"),
        *(f"{one}-file" for one in ("needs", "offers", "planned-movements", "unmet-needs", "lanes")),
        *("capacities-file", "loads-file", "plan-changes-file", "need-decide", "offer-decide"),
        *("scenario-current", "scenario-share", "scenario-propose", "scenario-decide"),
        *("consignments-file", "dispatches-file", "receipts-file", "pieces-file", "on-time-file"),
        *("next-pair", "matching-batch-decide", "pair-decide", "pair-undo", "pair-second"),
        *("report-compute", "paper-file", "release-make", "release-file", "release-withdraw"),
        *("feed-make", "feed-revoke", "calendar"),
        *("agreements-index", "meetings-index", "funding-index", "sanctions-index"),
        *("calls-file", "call-start", "dossier", "dossier-file"),
        *("agreements-file", "positions-file", "obligations-file", "triggers-file", "working-text"),
        *("meetings-file", "decisions-file", "actions-file", "room-record", "assessment-decide"),
        *("programmes-file", "tranches-file", "conditions-file", "payments-file", "projects-file"),
        *("twice-file", "open-data", "sanction-lists-file", "gaps-file", "ending-file"),
        *("proposals-file", "alerts-file"),
        *("ledger", "packages-file", "entries-file", "revisions-file", "total-file"),
        *("pairs-file", "pipeline-file", "pipeline-items-file"),
        *("account-export", "account-preferences", "token-make", "token-revoke"),
        *(
            "upload-discard",
            "upload-check",
            "document-original",
            "document-page",
            "document-withdraw",
            "document-restore",
        ),
    }
)
"""Routes that give no page of their own."""
OF_RECORDS = {
    *("run", "pair", "upload", "upload-mapping", "document", "document-marking", "user", "invitation"),
    *(
        "invitation-identity",
        "package",
        "source",
        "need",
        "offer",
        "consignment",
        "slip",
        "consignment-sheet",
        "receipt-sheet",
        "order-file",
    ),
    *("agreement", "round", "position", "trigger", "meeting", "room", "decision", "programme", "condition"),
    *("project", "gap", "proposal", "alert", "scenario", "scenario-shared"),
    *("text-return", "returned-text", "call", "acknowledge", "list-import"),
    *("paper", "paper-records", "release", "release-paper", "release-records"),
}
"""Pages of a record; uploads, documents and pairs are looked at in tests/web/submissions and
tests/web/matching, in test_journeys.py, those of plan and deliveries in tests/web/planning and deliveries,
those of agreements, meetings, funding and sanctions in test_affairs.py."""


@pytest.fixture(scope="module")
def live(
    template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, str, dict[str, str]]]:
    """A demonstration with jobs in each state, its address, and the addresses of pages of jobs."""
    world = copied(template, tmp_path_factory.mktemp("live") / "instance")
    world.instance.mark_demo()
    compute(world.folder, ("cell",), "past", LAST_WEEK)
    records()
    jobs = {}
    for state in Job.State.values:
        job = Job.objects.create(
            kind="check", lane="files", party="XA", state=state, note="Reading the files", done=2, total=5
        )
        jobs[state] = reverse("run", kwargs={"job": job.pk})
    with pytest.MonkeyPatch.context() as patched, served() as address:
        # The loop of the browser runs in the thread of the tests.
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield world, address, jobs


Live = tuple[World, str, dict[str, str]]


def test_every_route_with_a_page_is_looked_at(live: Live) -> None:
    addresses = {path.partition("?")[0] for _, path in PAGES.values()}
    plain = {
        "start": reverse("start", kwargs={"secret": "unknown"}),
        "table": reverse("table", kwargs={"table": "packages"}),
    }
    for name in set(ROUTES) - WITHOUT_PAGE - OF_RECORDS:
        assert (plain.get(name) or reverse(name)) in addresses


def violations(page: "Page") -> list[str]:
    """Return what axe finds in both schemes and at both widths, and where a page is wider than the screen."""
    page.evaluate(AXE.read_text("utf-8"))
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: wider than the screen")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            told = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
            found += [f"{width} {scheme}: {one}" for one in told]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: "Browser", live: Live, name: str) -> None:
    world, address, _ = live
    person, path = PAGES[name]
    with opened(browser, world, address, person) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(path)
        assert violations(page) == []
        # The browser tells of answers that refuse an address.
        assert [one for one in said if "404" not in one and "400" not in one] == []


@pytest.mark.parametrize("code", ["de", "uk"])
@pytest.mark.parametrize("name", ["overview", "overview that waits", "account", "sign in"])
def test_axe_finds_no_violation_in_another_language(
    browser: "Browser", live: Live, name: str, code: str
) -> None:
    world, address, _ = live
    person, path = PAGES[name]
    with opened(browser, world, address, person, code) as page:
        page.goto(path)
        assert page.evaluate("document.documentElement.lang") == code
        assert violations(page) == []


def test_axe_finds_no_violation_on_the_pages_of_a_person_and_of_an_invitation(
    browser: "Browser", live: Live
) -> None:
    world, address, _ = live
    invited, secret = invite("new.person@exercise.invalid", "New Person", by=world.user("administrator"))
    pages = (
        ("administrator", reverse("user", kwargs={"user": world.user("reader-xa").pk})),
        ("administrator", reverse("user", kwargs={"user": invited.pk})),
        ("desk-xa", reverse("user", kwargs={"user": world.user("reader-xa").pk})),
        ("", reverse("invitation", kwargs={"secret": secret})),
        ("", reverse("invitation", kwargs={"secret": "unknown"})),
    )
    for person, path in pages:
        with opened(browser, world, address, person) as page:
            answer = page.goto(path)
            assert answer is not None
            assert answer.ok or "unknown" in path
            assert violations(page) == [], path


def test_axe_finds_no_violation_in_the_progress_of_a_job(browser: "Browser", live: Live) -> None:
    world, address, jobs = live
    with opened(browser, world, address, "desk-xa") as page:
        for path in jobs.values():
            page.goto(path)
            assert violations(page) == []


def test_axe_finds_no_violation_in_pages_of_a_pdf_and_in_the_form_of_markings(
    browser: "Browser", live: Live, tmp_path: Path
) -> None:
    world, address, _ = live
    (tmp_path / "agreement.pdf").write_bytes(SAMPLE)
    take([tmp_path / "agreement.pdf"], party="XA", folder=world.folder, at=AT)
    with opened(browser, world, address, "desk-xa") as page:
        page.goto(document_address(world, "desk-xa", "agreement.pdf"))
        with page.expect_navigation():
            page.click("text=Next page")
        assert page.evaluate("document.querySelector('img.page').naturalWidth") > 0
        assert violations(page) == []
        page.goto(f"{document_address(world, 'desk-xa', 'packages.csv')}/marking")
        assert violations(page) == []


def test_axe_finds_no_violation_in_a_release(browser: "Browser", live: Live) -> None:
    world, address, _ = live
    with opened(browser, world, address, "planner") as page:
        page.goto("/reports/releases")
        page.click("main tbody a")
        for path in (page.url, f"{page.url}?withdraw", f"{page.url}/paper", f"{page.url}/records"):
            page.goto(path)
            assert violations(page) == []


REACHABLE = "a[href], button, select, textarea, summary, input:not([type=hidden])"
NUMBERED = f"""() => {{
  const shown = (one) => one.checkVisibility() && !one.disabled;
  const all = [...document.querySelectorAll({REACHABLE!r})].filter(shown);
  all.forEach((one, number) => {{ one.dataset.number = number; }});
  return all.length;
}}"""


@pytest.mark.parametrize("name", ["overview", "account", "sign in", "keys", "personas", "not found"])
def test_everything_on_a_page_is_reached_with_the_tab_key(browser: "Browser", live: Live, name: str) -> None:
    world, address, _ = live
    person, path = PAGES[name]
    with opened(browser, world, address, person) as page:
        page.goto(path)
        count = page.evaluate(NUMBERED)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        reached = set()
        for _ in range(2 * count + 10):
            reached.add(page.evaluate("document.activeElement.dataset.number"))
            page.keyboard.press("Tab")
        assert reached >= {str(one) for one in range(count)}


def test_the_head_of_the_cell_opens_the_overview_as_of_last_week_by_keyboard(
    browser: "Browser", live: Live
) -> None:
    """Journey 5."""
    world, address, _ = live
    with opened(browser, world, address, "planner") as page:
        page.goto("/keys")
        page.keyboard.press("g")
        with page.expect_navigation():
            page.keyboard.press("o")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "day"
        for digits in ("02242031", "24022031"):
            # In the order in which this browser shows a day.
            page.focus("#day")
            page.keyboard.type(digits)
            if page.input_value("#day") == str(LAST_WEEK):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(f"?day={LAST_WEEK}")
        assert "24 Feb 2031" in page.inner_text(".banner")
        assert page.get_attribute('nav a[aria-current="page"]', "href") == f"/?day={LAST_WEEK}"


@pytest.mark.parametrize(
    ("code", "shown"), [("en", "24 Feb 2031"), ("de", "24. Feb. 2031"), ("uk", "24 лют. 2031")]
)
def test_the_head_of_the_cell_opens_the_overview_as_of_last_week(
    browser: "Browser", live: Live, code: str, shown: str
) -> None:
    """Journey 5 in each language."""
    world, address, _ = live
    with opened(browser, world, address, "planner", code) as page:
        page.goto("/")
        page.fill("#day", str(LAST_WEEK))
        with page.expect_navigation():
            page.click(".day button")
        assert shown in page.inner_text(".banner").replace("\N{NO-BREAK SPACE}", " ")
        assert page.inner_text("h1") == "Merrow Coalition"


@pytest.mark.parametrize(("code", "sign_in"), [("en", "Overview"), ("de", "Übersicht"), ("uk", "Огляд")])
def test_a_public_reader_opens_the_public_overview(
    browser: "Browser", live: Live, code: str, sign_in: str
) -> None:
    """Journey 6 in each language; the language is chosen by keyboard."""
    world, address, _ = live
    with opened(browser, world, address) as page:
        page.goto("/")
        if code != "en":
            page.focus(f'.languages button[value="{code}"]')
            with page.expect_navigation():
                page.keyboard.press("Enter")
        assert page.evaluate("document.documentElement.lang") == code
        assert sign_in in page.inner_text("nav")
        text = page.inner_text("main")
        assert "2.5" in text.replace("2,5", "2.5")
        assert "Arvenian" not in text
        with page.expect_navigation():
            page.click('main a[href^="/records"]')
        assert "XB-1" in page.inner_text("main")
        assert "XA-1" not in page.inner_text("main")
