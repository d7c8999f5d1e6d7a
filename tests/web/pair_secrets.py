"""Secrets of a party that an instance is given: rows, persons, files, and what is entered on pages."""

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from tests.web.packages import AT, HEADINGS
from tests.web.planning.plan_files import hand_in
from tests.web.world import World, compute

from konvoi.flow.submissions.import_submission import take
from konvoi.web.access.audit import record
from konvoi.web.access.grants import ask, decide
from konvoi.web.access.models import GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import User
from konvoi.web.agreements.models import CallEvent
from konvoi.web.deliveries.models import ReceiptImage, ReceiptProof
from konvoi.web.form_rows.models import FormRow
from konvoi.web.planning.models import Scenario, ScenarioStep, SharedScenario
from konvoi.web.runs.models import Job
from konvoi.web.submissions.models import Upload

OWNER = "XB"
VIEWERS = ("", "desk-xa", "reader-xa", "legal", "recipient", "administrator")
"""Persons who are not cleared for what the owner keeps to itself."""
HIDDEN_FROM = ("public", "XA", "XV")
SECRET = "Undisclosed"
"""A word in all that is hidden: it stands in no answer."""
SCENARIO, CALL, IMAGE, ROW, RETURNED = (uuid.UUID(int=0x24_0000 + number) for number in range(5))
"""Ids of what is entered on pages: its addresses are asked for in both worlds."""
HIDDEN_RECORDS = {
    "offer": ("XB-O7",),
    "consignment": ("W-77",),
    "movement": ("XB-M7",),
    "agreement": ("D-H",),
    "meeting": ("SES-H",),
    "decision": ("DEC-H",),
    "programme": ("EP-H",),
    "condition": ("C-H",),
    "project": ("P-H",),
    "scenario": (SCENARIO,),
    "call": (CALL,),
    "image": (IMAGE,),
    "row": (ROW,),
}
"""Records that only the world with a secret has, by the parameter of the address that names them."""
ROWS = {
    "goods": "good,name,unit,weight_kg,pallets,step\nradio,Undisclosed radio,piece,2,0.1,1\n",
    "sites": "site,name,kind,country,lat,lon,region\nXB-CAMP,Undisclosed,depot,XB,52.0,20.0,Undisclosed\n",
    "lanes": "lane,from,to,mode,days_p50\nL-X,XB-CAMP,XV-HUB,road,{days}\n",
    "offers": "offer,party,good,quantity,site,ready,state\nXB-O7,XB,radio,{offered},XB-CAMP,,{state}\n",
    "packages": "package,party,kind,title,day,stage,counterparty\n"
    "XB-9,XB,humanitarian,Undisclosed,2031-01-10,committed,XV\n",
    "lines": "line,package,good,quantity,unit\nXB-9/1,XB-9,radio,{offered},piece\n",
    "movements": "movement,line,day,stage,quantity,unit,from,to,waybill\n"
    "XB-M7,XB-9/1,2031-02-{day},dispatched,{sent},piece,XB-CAMP,XV-HUB,W-77\n",
    "receipts": "receipt,reference,day,received,place,proof,document\n"
    "XB-R7,XB-M7,2031-02-25,{sent},XV-HUB,signed by consignee,D-7\n",
}
"""Rows of plan and deliveries: of a good that nobody needs, so that the plan stays as it is."""
AFFAIRS = {
    "positions": "position,round,party,stance,day,clause,words\n"
    f"PO-H,PACT-1,XB,amend,2031-03-01,II/1,{SECRET} words.\n",
    "documents": f"document,title,parties,kind,day\nD-H,{SECRET} memorandum,XB;XV,memorandum,2031-01-10\n",
    "sessions": f"session,day,town,title\nSES-H,2031-03-15,{SECRET},Talks\n",
    "decisions": f"decision,session,words,state\nDEC-H,SES-1,{SECRET} decision.,adopted\n",
    "steps": f"step,title,party,due,follows\nSTEP-H,{SECRET} task,XB,2031-03-05,DEC-0\n",
    "programmes": f"programme,party,title,rule,currency,grant\nEP-H,XB,{SECRET},unconditional,EUR,90000\n",
    "tranches": "tranche,programme,stage,currency,day,amount\nTR-H,EP-1,expected,EUR,2031-05-15,70000\n",
    "conditions": f"condition,programme,title,tranche,amount,currency\nC-H,EP-1,{SECRET},TR-1,30000,EUR\n",
    "projects": f"project,title,owner,stage\nP-H,School of Tarnvel {SECRET},XV,prepared\n",
}
"""Rows of agreements, meetings and funding: each refers to what others see."""
FORMS = (
    ("XB", "positions", "round/PACT-1"),
    ("XB", "assessments", "condition/C-1"),
    ("", "decisions", "meeting/SES-1"),
    ("", "steps", "meeting/SES-1"),
)
"""Party, table and page of rows that are entered by form: those of a meeting by the coordination cell."""


@dataclass(frozen=True)
class Secret:
    """One kind of secret. plant: makes it in the instance in use; computed: True where results change.

    cleared: a person who may see it, on at least one of the pages `shown_on`. viewers: who may not.
    """

    name: str
    plant: Callable[[World, random.Random], None]
    cleared: str
    shown_on: tuple[str, ...]
    viewers: tuple[str, ...] = VIEWERS
    computed: bool = False


def _package(world: World, chance: random.Random) -> None:
    """Hand in a package that its owner keeps to itself."""
    place = world.folder.parent / f"{world.folder.name}-hidden" / "hidden"
    place.mkdir(parents=True)
    (place / "konvoi.csv").write_text(f"party,{OWNER}\nday,2031-02-10\nmarking,own\n", encoding="utf-8")
    rows = [
        f"XB-H{number},XB,{chance.choice(['energy', 'military', 'humanitarian'])},{SECRET} {number},"
        f"2031-0{chance.randint(1, 2)}-1{chance.randint(0, 9)},{chance.choice(['pledged', 'committed'])},EUR,"
        f"{chance.randint(1, 99)}00000,XV\n"
        for number in range(chance.randint(1, 4))
    ]
    (place / "packages.csv").write_text(HEADINGS + "".join(rows), encoding="utf-8")
    take([place], party=OWNER, folder=world.folder, at=AT)


def _person(world: World, chance: random.Random) -> None:
    user = User.objects.create_user("undisclosed@exercise.invalid", SECRET)
    grant = ask(user.id, chance.choice([Role.DESK, Role.READER]), OWNER, by=None)
    if chance.random() < 0.5:
        decide(grant, GrantEvent.Step.CONFIRMED, by=uuid.uuid4())


def _upload(world: World, chance: random.Random) -> None:
    """Leave files of the owner in quarantine, in one of their states, with the job that reads them."""
    states = {"waiting": "checking", "running": "checking", "failed": "failed", "done": "checked"}
    state = chance.choice(sorted(states))
    job = Job.objects.create(
        kind="check", lane="files", party=OWNER, state=state, note=SECRET, done=4, total=5
    )
    upload = Upload.objects.create(
        party=OWNER, user=uuid.uuid4(), state=states[state], files=[{"name": f"{SECRET}.csv"}], job=job.pk
    )
    place = world.instance.quarantine / str(upload.pk)
    place.mkdir(parents=True)
    (place / f"{SECRET}.csv").write_text(SECRET, encoding="utf-8")


def _run(world: World, chance: random.Random) -> None:
    """Let the owner ask for results, which wait, are being computed, or could not be."""
    state = chance.choice(["waiting", "running", "failed"])
    Job.objects.create(
        kind="run",
        lane="runs",
        state=state,
        asked_by=world.user("desk-xb").id,
        note=SECRET,
        done=chance.randint(1, 40),
        total=50,
        error=f"{SECRET} in row 4" if state == "failed" else "",
        until=timezone.now(),
        parameters={"readers": ["cell", "public", "XA", "XB", "XV"], "day": None, "askers": []},
    )


def _read(world: World, chance: random.Random) -> None:
    held = Membership(Role.DESK, OWNER)
    viewer = Viewer(world.user("desk-xb").id, held, (held,))
    with transaction.atomic():
        for number in range(chance.randint(1, 5)):
            record(viewer, "exported", party=OWNER, object=f"{SECRET}-{number}")


def _computed(world: World, chance: random.Random) -> None:
    _package(world, chance)
    compute(world.folder, HIDDEN_FROM, "second")


def _submitted(world: World, tables: dict[str, str], marking: str = "own") -> None:
    """Hand in tables that the owner keeps to itself, and compute the results of those who do not see them."""
    place = world.folder.parent / f"{world.folder.name}-hidden" / "rows"
    hand_in(world.folder, place, OWNER, marking, tables)
    compute(world.folder, HIDDEN_FROM, "second")


def _moved(world: World, chance: random.Random) -> None:
    """Offer and send a good by a lane of the owner's."""
    offered = chance.randint(20, 60)
    values = {
        "days": chance.randint(1, 5),
        "offered": offered,
        "sent": chance.randint(1, offered),
        "day": chance.randint(10, 20),
        "state": chance.choice(["made", "accepted"]),
    }
    _submitted(world, {name: text.format(**values) for name, text in ROWS.items()})


def _negotiated(world: World, chance: random.Random) -> None:
    """Take a position, meet, decide, and give money, of which others are not told."""
    names = chance.sample(sorted(AFFAIRS), chance.randint(3, len(AFFAIRS)))
    _submitted(world, {name: AFFAIRS[name] for name in names})


def _entered(world: World, chance: random.Random) -> None:
    """Enter a row by form, in one of its states."""
    party, table, about = chance.choice(FORMS)
    FormRow.objects.create(
        id=ROW,
        party=party,
        user=world.user("desk-xb" if party else "planner").pk,
        table=table,
        about=about,
        row={"words": SECRET, "title": SECRET, "clause": "I/2", "verdict": "met", "party": OWNER},
        state=chance.choice(FormRow.State.values),
        reason=SECRET,
        day=date(2031, 3, 3),
    )


def _supposed(world: World, chance: random.Random) -> None:
    """Answer a scenario, share it with the owner, and propose or decide on its plan."""
    planner = world.user("planner").pk
    Scenario.objects.create(
        id=SCENARIO,
        name=SECRET,
        supposed={"close": ["L-A"]},
        summary={"value": SECRET},
        figures={"en": f"<p>{SECRET}</p>"},
        by=planner,
        at=timezone.now(),
    )
    changes = {"close": [{"movement": SECRET}]}
    SharedScenario.objects.create(
        scenario=SCENARIO, party=OWNER, title=SECRET, changes=changes, by=planner, at=timezone.now()
    )
    for step in (ScenarioStep.Step.PROPOSED, ScenarioStep.Step.REJECTED)[: chance.randint(0, 2)]:
        ScenarioStep.objects.create(
            scenario=SCENARIO, step=step, plan="close", reason=SECRET, by=planner, at=timezone.now()
        )


def _called(world: World, chance: random.Random) -> None:
    """Call the owner alone under a clause."""
    for step in (CallEvent.Step.CALLED, CallEvent.Step.ACKNOWLEDGED)[: chance.randint(1, 2)]:
        CallEvent.objects.create(
            call=CALL,
            party=OWNER,
            step=step,
            drill=chance.random() < 0.5,
            guarantee="G-1",
            document="D-XA",
            clause=SECRET,
            event=timezone.now(),
            until=timezone.now() + timedelta(hours=24),
            by=world.user("planner").pk,
            at=timezone.now(),
        )


def _proved(world: World, chance: random.Random) -> None:
    """Send a good, and prove its receipt by a photo and a signer."""
    _moved(world, chance)
    user = world.user("desk-xb").pk
    upload = Upload.objects.create(party=OWNER, user=user, state=Upload.State.STORED)
    proof = ReceiptProof.objects.create(
        id=upload.pk, party=OWNER, user=user, receipt="XB-R7", signer=SECRET, place="50.1, 19.9"
    )
    kind = chance.choice(["photo", "signature"])
    content = SECRET.encode()
    ReceiptImage.objects.create(
        id=IMAGE, proof=proof, party=OWNER, kind=kind, media="image/png", digest="0" * 64, content=content
    )


def _returned(world: World, chance: random.Random) -> None:
    """Leave a text with changes that the owner handed back, of which no position was made yet."""
    job = Job.objects.create(
        id=RETURNED,
        kind="return",
        lane="files",
        state=chance.choice(["waiting", "done", "failed"]),
        party=OWNER,
        note=SECRET,
        error=SECRET,
        parameters={"round": "PACT-1", "file": f"{SECRET}.docx"},
    )
    place = world.instance.quarantine / str(job.pk)
    place.mkdir(parents=True)
    row = {"row": 1, "before": "The Parties keep one schedule of deliveries.", "after": SECRET, "authors": []}
    (place / "paragraphs.json").write_text(json.dumps([row]), encoding="utf-8")


OTHERS = tuple(one for one in VIEWERS if one != "administrator")
TALKS = (
    *("/agreements/documents/D-H", "/agreements/rounds/PACT-1", "/meetings/of/SES-H", "/meetings/decisions"),
    *("/meetings/actions", "/funding/programmes/EP-H", "/funding/tranches", "/funding/conditions/C-H"),
    "/funding/projects/P-H",
)
PHOTO = (f"/deliveries/receipts/images/{IMAGE}",)
ENTERED = ("/agreements/rounds/PACT-1", "/funding/conditions/C-1", "/meetings/of/SES-1/room")
SECRETS = (
    Secret("a package, computed", _computed, "desk-xb", ("/ledger/packages/XB-H1",), computed=True),
    Secret("a package, not computed yet", _package, "desk-xb", ("/submissions/",)),
    Secret("a person of the party", _person, "administrator", ("/administration/users",), OTHERS),
    Secret("an upload in quarantine", _upload, "desk-xb", ("/submissions/",), OTHERS),
    Secret("a run", _run, "administrator", ("/administration/runs",), OTHERS),
    Secret("what the party read", _read, "auditor", ("/administration/audit/",)),
    Secret("offers and deliveries, computed", _moved, "desk-xb", ("/planning/offers/XB-O7",), computed=True),
    Secret("a row entered by form", _entered, "planner", ENTERED),
    Secret("a scenario of the planners", _supposed, "desk-xb", (f"/planning/shared/{SCENARIO}",)),
    Secret("texts, meetings and money, computed", _negotiated, "desk-xb", TALKS, computed=True),
    Secret("a call under a clause", _called, "desk-xb", ("/agreements/calls",)),
    Secret("a proof of a receipt, computed", _proved, "desk-xb", PHOTO, computed=True),
    Secret(
        "a text that was handed back",
        _returned,
        "desk-xb",
        (f"/agreements/rounds/PACT-1/returned/{RETURNED}",),
        OTHERS,
    ),
)
