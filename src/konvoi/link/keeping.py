"""Weights as a file that people read, kept with a run and read back: TOML."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from konvoi.link.calibration import CALIBRATION, Calibration
from konvoi.link.comparison import Codes, Comparison
from konvoi.link.weights import Weights
from konvoi.model.finding import Finding, Place, Severity

_HEAD = """\
# Weights of a match. An answer weighs bits = log2(true / chance): true and chance are the shares of pairs
# that belong together, and of others, which give it. `prior` is the share of pairs in blocks that belong
# together; `crowds` holds one for each class of density, from pairs that meet none but each other on, each
# class twice as dense as the one before. `together`: what all answers weigh beside their sum.
"""
_PLACES = 9


def kept(weights: Weights) -> str:
    """The file of weights."""
    lines = [_HEAD, f"origin = {_text(weights.origin)}", f"prior = {_number(weights.prior)}"]
    lines += [f"crowds = [{', '.join(map(_number, weights.crowds))}]"] if weights.crowds else []
    for comparison, true, chance in zip(weights.comparisons, weights.true, weights.chance, strict=True):
        lines += ["", "[[comparison]]", f"name = {_text(comparison.name)}", "answers = ["]
        for answer, t, c in zip(comparison.answers, true, chance, strict=True):
            shares = f"true = {_number(t)}, chance = {_number(c)}, bits = {np.log2(t / c):.4f}"
            lines.append(f"  {{ answer = {_text(answer.label)}, {shares} }},")
        lines.append("]")
    codes = Codes(weights.comparisons)
    for code, bits in sorted(weights.together.items()):
        answers = ", ".join(_text(label) for _, label in codes.words(code))
        lines += ["", "[[together]]", f"code = {code}", f"answers = [{answers}]", f"bits = {bits!r}"]
    for step in weights.calibration.steps.iter_rows(named=True) if weights.calibration else ():
        lines += ["", "[[calibration]]", *(f"{name} = {_number(step[name])}" for name in CALIBRATION)]
    if weights.calibration is None:
        lines += ["", "# Not calibrated: no pair was judged."]
    return "\n".join(lines) + "\n"


def taken(
    text: str, comparisons: tuple[Comparison, ...], file: str = ""
) -> tuple[Weights | None, tuple[Finding, ...]]:
    """The weights that a file holds for these comparisons; None where it does not fit, and why."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_unfit(file, "", str(error), "a file of weights as konvoi match writes it"),)
    wrong = tuple(_faults(found, comparisons, file))
    if wrong:
        return None, wrong
    answers = [one["answers"] for one in found["comparison"]]
    steps = found.get("calibration", [])
    return (
        Weights(
            comparisons,
            float(found["prior"]),
            tuple(np.array([float(a["true"]) for a in one]) for one in answers),
            tuple(np.array([float(a["chance"]) for a in one]) for one in answers),
            {int(one["code"]): float(one["bits"]) for one in found.get("together", [])},
            tuple(float(one) for one in found.get("crowds", [])),
            str(found.get("origin", "declared")),
            Calibration(pl.DataFrame(steps, schema=CALIBRATION)) if steps else None,
        ),
        (),
    )


def _faults(found: Mapping[str, object], comparisons: tuple[Comparison, ...], file: str) -> Iterator[Finding]:
    """Why a file does not fit: other comparisons, other answers, a number that is none."""
    known = _tables(found.get("comparison"))
    names = [str(one.get("name")) for one in known]
    wanted = [comparison.name for comparison in comparisons]
    if names != wanted:
        yield _unfit(file, "comparison", ", ".join(names), "comparisons {names}", names=", ".join(wanted))
        return
    for comparison, one in zip(comparisons, known, strict=True):
        answers = _tables(one.get("answers"))
        labels = [answer.label for answer in comparison.answers]
        if [str(answer.get("answer")) for answer in answers] != labels:
            read = ", ".join(str(answer.get("answer")) for answer in answers)
            yield _unfit(file, comparison.name, read, "answers {names}", names=", ".join(labels))
        for answer in answers:
            if not all(_share(answer.get(side)) for side in ("true", "chance")):
                yield _unfit(file, comparison.name, str(answer), "shares above 0 and at most 1")
    if not _share(found.get("prior")) or not all(_share(one) for one in _list(found.get("crowds"))):
        yield _unfit(file, "prior", str(found.get("prior")), "shares above 0 and at most 1")
    yield from _odd(found, comparisons, file)


def _odd(found: Mapping[str, object], comparisons: tuple[Comparison, ...], file: str) -> Iterator[Finding]:
    """Whole codes whose answers are others, steps that are none."""
    codes = Codes(comparisons)
    room = np.prod([float(size) for size in codes.sizes])
    for one in _tables(found.get("together")):
        code, bits = one.get("code"), one.get("bits")
        right = isinstance(code, int) and 0 <= code < room and isinstance(bits, int | float)
        if not right or [label for _, label in codes.words(int(str(code)))] != one.get("answers"):
            yield _unfit(file, "together", str(one), "a code with its answers, and bits")
    for step in _tables(found.get("calibration")):
        if not all(isinstance(step.get(name), int | float) for name in CALIBRATION):
            yield _unfit(file, "calibration", str(step), "numbers for {names}", names=", ".join(CALIBRATION))


def _tables(value: object) -> list[Mapping[str, object]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _share(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value <= 1


def _unfit(file: str, part: str, read: str, expected: str, **values: str) -> Finding:
    remedy = "take the weights of a run with these very settings, or leave them out"
    return Finding(
        Severity.ERROR,
        "weights-unfit",
        Place(file, part),
        read=read,
        expected=expected,
        remedy=remedy,
        values=values,
    )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(number: float) -> str:
    return repr(number) if isinstance(number, int) else f"{float(number):.{_PLACES}g}"
