"""Uploads that nobody confirms are removed in time, and their desk is told before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.submissions.uploading import checked, relief, stored, workbook
from tests.web.world import World, text

from konvoi.web.access.models import AuditEvent
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import folder_of, marked_names
from konvoi.web.submissions.sweep import sweep

BOOK = workbook("XA", [relief("XA-2", "XA", "5O0000")])


def _age(upload: Upload, days: int) -> None:
    Upload.objects.filter(pk=upload.pk).update(changed=timezone.now() - timedelta(days=days))


@pytest.mark.slow
def test_an_upload_that_nobody_confirms_is_removed_with_its_files_and_the_desk_is_told_before(
    world: World,
) -> None:
    client = world.client("desk-xa")
    upload = checked(client, {"list.xlsx": BOOK})
    for path in (f"/submissions/uploads/{upload.pk}", "/submissions/", "/"):
        assert "removed" in text(client.get(path)).casefold(), path
    _age(upload, 29)
    assert sweep() == 0
    _age(upload, 31)
    assert folder_of(upload).is_dir()
    assert sweep() == 1
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert not folder_of(upload).exists()
    event = AuditEvent.objects.get(action="upload-removed")
    assert (event.party, event.object, event.detail) == ("XA", str(upload.pk), {"files": 1})
    assert client.get(f"/submissions/uploads/{upload.pk}").status_code == 404


@pytest.mark.slow
def test_a_stored_upload_stays_and_its_marked_workbook_goes_in_its_time(world: World) -> None:
    upload = stored(world, "desk-xa", {"list.xlsx": BOOK})
    assert marked_names(upload) == ["list.xlsx"]
    _age(upload, 89)
    assert sweep() == 0
    assert marked_names(upload) == ["list.xlsx"]
    _age(upload, 91)
    sweep()
    assert marked_names(upload) == []
    assert Upload.objects.get(pk=upload.pk).state == Upload.State.STORED


@pytest.mark.slow
def test_the_days_are_settings(world: World) -> None:
    from tests.web.administration.test_pages import _toml, changed

    upload = checked(world.client("desk-xa"), {"list.xlsx": BOOK})
    _age(upload, 8)
    assert sweep() == 0
    changed(world, _toml(world) + "\n[retention]\nunconfirmed_uploads = 7\n")
    assert sweep() == 1
