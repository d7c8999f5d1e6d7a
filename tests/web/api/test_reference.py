"""The example of the reference does what it says."""

import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.api.program import program
from tests.web.submissions.uploading import relief, work, workbook
from tests.web.world import World

from konvoi.web.submissions.models import Upload

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text("utf-8")
TOKEN = "Bearer "


class Library:
    """The client library of the example, which asks the instance of the test."""

    def __init__(self, client: Any, *, base_url: str, headers: dict[str, str]) -> None:
        assert client.defaults["HTTP_AUTHORIZATION"] == headers["Authorization"]
        self.client, self.base = client, base_url.removeprefix("https://testserver")

    def get(self, address: str) -> Any:
        return _answered(self.client.get(self.base + address))

    def post(self, address: str, headers: dict[str, str], files: dict[str, Any] | None = None) -> Any:
        given = {
            name: SimpleUploadedFile(Path(one.name).name, one.read()) for name, one in (files or {}).items()
        }
        return _answered(self.client.post(self.base + address, given, headers=headers))


def _answered(answer: Any) -> Any:
    def raise_for_status() -> None:
        assert answer.status_code < 400, answer.content

    return SimpleNamespace(json=answer.json, headers=answer.headers, raise_for_status=raise_for_status)


def test_the_example_hands_in_and_confirms(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = program(world, "desk-xa", "submit")
    secret = token.defaults["HTTP_AUTHORIZATION"].removeprefix(TOKEN)
    (tmp_path / "list.xlsx").write_bytes(workbook("XA", [relief("XA-7", "XA", 700_000)]))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "sleep", lambda seconds: work())
    library = SimpleNamespace(Client=lambda **given: Library(token, **given))
    monkeypatch.setitem(sys.modules, "httpx", library)
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert code is not None
    exec(code[1], {"HOST": "https://testserver", "TOKEN": secret})
    assert "'new': 1" in capsys.readouterr().out
    work()
    assert Upload.objects.get().state == "stored"
