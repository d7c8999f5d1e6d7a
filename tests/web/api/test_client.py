"""A Python client that is made from the OpenAPI document works: lists, pages, hands in, gets problems."""

import importlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.web.api.program import V1, program
from tests.web.live import served
from tests.web.submissions.uploading import relief, work, workbook
from tests.web.world import World

NAME = "konvoi_api_client"


def made(document: bytes, scratch: Path) -> None:
    """Make the client beside its document; the generator asks no other host."""
    (scratch / "openapi.json").write_bytes(document)
    (scratch / "settings.yml").write_text("post_hooks: []\n", encoding="utf-8")
    told = ["generate", "--path", "openapi.json", "--output-path", NAME, "--meta", "none"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "openapi_python_client", *told, "--config", "settings.yml"],
        cwd=scratch,
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "warning" not in said.lower(), said
    # A class and a member of one name, in small letters, would be one variable of the client.
    typed = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", NAME], cwd=scratch, capture_output=True, text=True
    )
    assert typed.returncode == 0, typed.stdout + typed.stderr


@pytest.mark.slow
def test_a_client_of_the_document_works(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = program(world, "desk-xa", "submit")
    made(token.get(f"{V1}openapi.json").content, tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    client = importlib.import_module(NAME)

    def operation(name: str) -> Any:
        return importlib.import_module(f"{NAME}.api.default.{name}")

    models, types = (importlib.import_module(f"{NAME}.{one}") for one in ("models", "types"))
    secret = token.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    with served() as address:
        api = client.AuthenticatedClient(base_url=f"{address}/api/v1", token=secret)

        whole = operation("packages").sync(client=api)
        assert isinstance(whole, models.PackagesList)
        names, after = [], types.UNSET
        while after is not None:
            page = operation("packages").sync(client=api, limit=1, after=after)
            names += [row.package for row in page.rows]
            after = page.next_
        assert names == [row.package for row in whole.rows]
        assert len(names) == whole.total > 1
        chosen = operation("packages").sync(
            client=api, party=["XA"], columns=[models.PackagesColumnsItem.PACKAGE]
        )
        assert {row.package for row in chosen.rows} < set(names)
        amounts = operation("table").sync(client=api, table="packages", limit=1)
        assert amounts.rows

        book = workbook("XA", [relief("XA-7", "XA", 700_000)])

        def hand_in() -> Any:
            file = types.File(payload=io.BytesIO(book), file_name="list.xlsx")
            body = models.FilesToUpload(files=[file])
            return operation("hand_in").sync_detailed(client=api, body=body, idempotency_key="list-1")

        first, again = hand_in(), hand_in()
        assert (first.status_code, again.parsed.upload) == (201, first.parsed.upload)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert operation("upload").sync(client=api, upload=first.parsed.upload).state == "checking"
        work()
        seen = operation("upload").sync_detailed(client=api, upload=first.parsed.upload)
        assert seen.parsed.confirmable
        assert seen.parsed.preview.files[0].counts["new"] == 1
        stored = operation("confirm").sync(
            client=api, upload=seen.parsed.upload, if_match=seen.headers["ETag"]
        )
        assert stored.state == "storing"

        wrong = operation("packages").sync(client=api, after="no-cursor")
        assert isinstance(wrong, models.Problem)
        assert (wrong.status, wrong.parameter) == (400, "after")
        hidden = operation("upload").sync(client=api, upload="00000000-0000-4000-8000-000000000000")
        assert hidden.type_.endswith("/not-found")
