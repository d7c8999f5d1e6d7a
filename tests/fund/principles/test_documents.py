"""Documents published: kinds count, each once, and only with an address."""

from tests.fund.rebuilding import fact, said

from konvoi.fund.principles.documents import MEMBER
from konvoi.model.oc4ids import DOCUMENTS


def document(id: str, kind: str, url: bool = True, process: str | None = None) -> list[dict[str, object]]:
    place = DOCUMENTS[1 if process else 0]
    own = [fact(f"{place}/documentType", kind, item=id, process=process)]
    address = fact(f"{place}/url", f"https://example.org/{id}", item=id, process=process)
    return [*own, *([address] if url else [])]


def test_kinds_of_the_project_and_its_processes_count_once_each() -> None:
    told = [
        *document("1", "projectPlan"),
        *document("2", "projectPlan"),
        *document("3", "awardNotice", process="a"),
    ]
    assert said(MEMBER, *told, threshold=2) == ("met", "2")
    assert said(MEMBER, *told, threshold=3) == ("not met", "2")


def test_a_document_without_an_address_is_not_published() -> None:
    told = [*document("1", "projectPlan"), *document("2", "socialImpact", url=False)]
    assert said(MEMBER, *told, threshold=2) == ("not met", "1")


def test_without_a_word_of_documents_it_is_unknown() -> None:
    assert said(MEMBER, threshold=1)[0] == "unknown"
