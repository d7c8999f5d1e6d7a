"""How found promises are scored against labels."""

from bench.promised import SETS, cases, misses, read


def test_a_sum_counts_where_value_and_currency_are_right_and_it_is_promised() -> None:
    text = (
        "Norway has given NOK 1 billion and will give NOK 2 billion in 2025, including NOK 500 million for A."
    )
    sums = [
        {
            "value": "2000000000",
            "currency": "NOK",
            "kind": "promised",
            "bound": "",
            "from": 2025,
            "until": 2025,
        }
    ]
    case = {"giver": "NO", "signed": "2024-05-31", "text": text, "sums": sums}
    found = read(case)
    assert found.got == found.wanted
    assert not [*misses([(case, found)])]
    wrong = {**case, "sums": [{**sums[0], "value": "3000000000"}]}
    assert [*misses([(wrong, read(wrong))])] == [f"-3000000000 NOK +2000000000 NOK {text}"]


def test_every_label_is_a_number_with_a_kind() -> None:
    kinds = {one["kind"] for name in SETS for case in cases(name) for one in case["sums"]}
    assert kinds == {"promised", "past", "part"}
