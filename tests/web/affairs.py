"""A small world with a text that is negotiated, a meeting and a programme, all invented, and its secrets."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.web.packages import AT
from tests.web.world import World, compute

from konvoi.flow.submissions.import_submission import take
from konvoi.web.do_job import main as do_job
from konvoi.web.form_rows.models import FormRow
from konvoi.web.runs.models import Job

READERS = ("cell", "public", "XA", "XB")
TEXT = """---
title: Pact of Merrow
---

# Part I: Delivery

1. The Parties keep one schedule of deliveries.

2. Each Party tells of each delay within 72 hours.

# Part II: Money

1. Each Party pays into the Fund.
"""
FILES: Mapping[str, Mapping[str, str]] = {
    "texts": {"pact-0.md": TEXT.replace("72", "24"), "pact-1.md": TEXT},
    "agreements": {
        "documents.csv": "document,title,parties,kind,day,in_force,ends,marking\n"
        "D-PACT,Pact of Merrow,XA;XB;XV,agreement,,,,\n"
        "D-XA,Agreement with Arvenia,XA;XV,agreement,2030-11-04,2030-11-04,2031-12-31,public\n",
        "rounds.csv": "round,document,deadline,opened,rule,text\n"
        "PACT-0,D-PACT,2031-02-10,2031-02-01,silence says nothing,pact-0.md\n"
        "PACT-1,D-PACT,2031-03-20,2031-02-20,silence accepts,pact-1.md\n",
        "positions.csv": "position,round,party,stance,day,clause,amendment,words,lifts\n"
        "PO-1,PACT-1,XB,amend,2031-02-26,I/2,,Each Party tells of each delay within 48 hours.,\n"
        "PO-2,PACT-1,XV,support,2031-02-27,I/2,PO-1,,\n"
        "PO-3,PACT-1,XB,scrutiny reserve,2031-02-27,II/1,,Its courts read it.,2031-03-01\n",
        "undertakings.csv": "undertaking,document,party,clause,force,amount,currency,until,marking\n"
        "U-XA-1,D-XA,XA,III/1,binding,5000000,EUR,2031-06-30,public\n",
        "allocations.csv": "allocation,party,day,undertaking,amount,currency,marking\n"
        "AL-1,XA,2031-02-01,U-XA-1,2000000,EUR,public\n",
        "guarantees.csv": "guarantee,document,clause,kind,trigger,who,whom,hours,on_request,marking\n"
        "G-1,D-XA,I/1,consultation,Armed attack,XA,XV,24,no,public\n",
    },
    "meetings": {
        "sessions.csv": "session,day,town,title,until,host,marking\n"
        "SES-0,2031-02-05,Merrow,Security advisers,,XA,coalition\n"
        "SES-1,2031-03-10,Merrow,Security advisers,2031-03-11,XB,coalition\n",
        "attendance.csv": "session,party,how,head,office\n"
        "SES-0,XA,in person,Player A1,Adviser\nSES-0,XB,online,Player B1,Adviser\n",
        "agenda.csv": "item,session,topic,title,party,about\n"
        "AG-0,SES-0,security,Schedule of deliveries,XA,\n"
        "AG-1,SES-1,documents,Pact of Merrow: what is open,XA,D-PACT\n"
        "AG-2,SES-1,security,Schedule of deliveries,XB,\n",
        "decisions.csv": "decision,session,words,item,state,reservations\n"
        "DEC-0,SES-0,One schedule is kept.,AG-0,adopted,XB: until its parliament agrees\n",
        "steps.csv": "step,title,party,due,state,follows\n"
        "STEP-0,Name the days of delivery,XB,2031-02-20,open,DEC-0\n",
    },
    "funding": {
        "statements.csv": "statement,party,day,class,address,words,language,marking\n"
        "ST-1,XB,2031-02-28,official,https://example.org/st-1,The first step is met.,en,public\n",
        "programmes.csv": "programme,party,title,rule,currency,grant,marking\n"
        "EP-1,XB,Facility of Bolaria,by step weight,EUR,10000000,public\n",
        "tranches.csv": "tranche,programme,stage,currency,day,amount,marking\n"
        "TR-1,EP-1,expected,EUR,2031-04-15,6000000,public\n",
        "conditions.csv": "condition,programme,title,tranche,due,amount,currency,marking\n"
        "C-1,EP-1,The law is adopted,TR-1,2031-03-31,4000000,EUR,public\n"
        "C-2,EP-1,The register is open,TR-1,2031-03-31,2000000,EUR,public\n",
        "assessments.csv": "assessment,condition,party,day,verdict,source,marking\n"
        "AS-2,C-2,XB,2031-03-01,not met,ST-1,public\n",
        "financing_needs.csv": "financing_need,from,to,amount,currency,party,marking\n"
        "FN-1,2031-04-01,2031-06-30,9000000,EUR,XV,public\n",
        "projects.csv": "project,title,owner,stage,currency,cost,marking\n"
        "P-1,School of Tarnvel,XV,prepared,EUR,4000000,public\n",
    },
}


def with_affairs(world: World, readers: tuple[str, ...] = READERS) -> World:
    """Hand in the documents of the coordination cell and compute the results of an instance."""
    submit_affairs(world.folder)
    compute(world.folder, readers, "affairs")
    return world


def submit_affairs(folder: Path) -> None:
    """Hand in the documents of the coordination cell."""
    with TemporaryDirectory() as scratch:
        for name, files in FILES.items():
            place = Path(scratch) / name
            place.mkdir()
            if name != "texts":
                head = "party,X-CELL\nday,2031-03-02\nmarking,coalition\n"
                (place / "konvoi.csv").write_text(head, encoding="utf-8")
            for file, text in files.items():
                (place / file).write_text(text, encoding="utf-8")
            take([Path(scratch) / name], party="X-CELL", folder=folder, at=AT)


def work_off(monkeypatch: object) -> list[FormRow]:
    """Do the jobs that wait for rows of forms, as the worker does; return the rows as they are then."""
    for job in Job.objects.filter(state=Job.State.WAITING).exclude(kind="run").order_by("created"):
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
        monkeypatch.setattr("sys.argv", ["do_job", str(job.pk)])  # type: ignore[attr-defined]
        do_job()
    return list(FormRow.objects.order_by("created"))
