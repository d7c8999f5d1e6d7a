"""Weights as a file that people read, kept with a run and read back: TOML."""

import io
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from konvoi.link.calibration import CALIBRATION, Calibration
from konvoi.link.comparison import Codes, Comparison
from konvoi.link.weights import Weights
from konvoi.model.finding import Finding, Place, Severity

_HEAD = """\
# Weights of a match. An answer weighs `bits`: true and chance are the shares of pairs that belong together,
# and of others, which give it. By itself it weighs log2(true / chance); where pairs were judged, what it
# weighs beside the other answers, for some mostly come together. `prior` is the share of pairs in blocks
# that belong together; `crowds` holds one for each class of density, from pairs that meet none but each
# other on, each class twice as dense as the one before. `same` and `different`: how many judged pairs that
# belong together, and that do not, gave the answer, where that was counted.
"""
_CODES = """\
# What all answers of a pair weigh beside their sum. One line a whole code: the number of the answer to each
# comparison, as they stand above (0 is the first answer), then the bits.
"""
_STEPS = """\
# What probabilities were worth on judged pairs. One line a step: {names}.
"""
_PLACES = 9


def kept(weights: Weights) -> str:
    """The file of weights."""
    lines = [_HEAD, f"origin = {_text(weights.origin)}", f"prior = {_number(weights.prior)}"]
    lines += [f"crowds = [{', '.join(map(_number, weights.crowds))}]"] if weights.crowds else []
    if weights.judged:
        same, different = weights.judged[0].sum(axis=0)
        lines += [f"# Judged pairs behind them: {same:.14g} the same, {different:.14g} different."]
    shares = zip(weights.true, weights.chance, weights.bits, weights.counted, strict=True)
    for comparison, each in zip(weights.comparisons, shares, strict=True):
        lines += ["", "[[comparison]]", f"name = {_text(comparison.name)}", "answers = ["]
        for answer, t, c, b, judged in zip(comparison.answers, *each, strict=True):
            told = f"true = {_number(t)}, chance = {_number(c)}, bits = {b:.14g}"
            if weights.judged:
                told += f", same = {judged[0]:.14g}, different = {judged[1]:.14g}"
            lines.append(f"  {{ answer = {_text(answer.label)}, {told} }},")
        lines.append("]")
    lines += _block("together", _CODES, _codes(weights)) if weights.together else []
    if weights.calibration is None:
        why = "too few pairs of chance were judged" if weights.judged else "no pair was judged"
        lines += ["", f"# Not calibrated: {why}."]
    else:
        steps = weights.calibration.steps.iter_rows()
        rows = (" ".join(map(_number, step)) for step in steps)
        lines += _block("calibration", _STEPS.format(names=", ".join(CALIBRATION)), rows)
    return "\n".join(lines) + "\n"


def _block(name: str, head: str, rows: Iterable[str]) -> list[str]:
    """A table of figures as one text of lines: many of them are read at once, and compared line by line."""
    return ["", f"[{name}]", head + "lines = '''", *rows, "'''"]


def _codes(weights: Weights) -> Iterator[str]:
    """Whole codes in the order of their answers, with their bits."""
    codes = Codes(weights.comparisons)
    for levels, bits in sorted((codes.unpack(code), bits) for code, bits in weights.together.items()):
        yield f"{' '.join(map(str, levels))} {bits!r}"


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
    steps = _figures(found.get("calibration"), len(CALIBRATION))
    return (
        Weights(
            comparisons,
            float(found["prior"]),
            tuple(np.array([float(a["true"]) for a in one]) for one in answers),
            tuple(np.array([float(a["chance"]) for a in one]) for one in answers),
            _packed(_figures(found.get("together"), len(comparisons) + 1), comparisons),
            tuple(float(one) for one in found.get("crowds", [])),
            str(found.get("origin", "declared")),
            Calibration(_staired(steps)) if steps is not None and steps.height else None,
            tuple(np.array([float(a["bits"]) for a in one]) for one in answers),
            _judged(answers),
        ),
        (),
    )


def _judged(answers: Sequence[Sequence[Mapping[str, float]]]) -> tuple[np.ndarray, ...]:
    """Return the number of reviewed pairs by answer; empty if it was not counted."""
    sides = ("same", "different")
    if not any(side in a for one in answers for a in one for side in sides):
        return ()
    return tuple(np.array([[float(a.get(side, 0)) for side in sides] for a in one]) for one in answers)


def _figures(block: object, width: int) -> pl.DataFrame | None:
    """The figures of a block of lines; None where a line is none of so many figures."""
    text = block.get("lines") if isinstance(block, dict) else "" if block is None else None
    if not isinstance(text, str):
        return None
    names = [str(n) for n in range(width)]
    if not text.strip():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.Float64))
    try:
        table = pl.read_csv(io.StringIO(text), separator=" ", has_header=False, infer_schema=False)
        table = table.cast(pl.Float64)
    except pl.exceptions.PolarsError:
        return None
    whole = table.width == width and not sum(table.null_count().row(0))
    return table.rename(dict(zip(table.columns, names, strict=True))) if whole else None


def _packed(lines: pl.DataFrame | None, comparisons: tuple[Comparison, ...]) -> dict[int, float]:
    """Bits by code."""
    if lines is None:
        return {}
    levels = lines.to_numpy()[:, :-1].astype(np.int64)
    codes = levels @ np.array(Codes(comparisons).factors, dtype=np.int64)
    return dict(zip(codes.tolist(), lines.to_series(lines.width - 1).to_list(), strict=True))


def _staired(steps: pl.DataFrame) -> pl.DataFrame:
    return steps.rename(dict(zip(steps.columns, CALIBRATION, strict=True))).cast(CALIBRATION)


def _faults(found: Mapping[str, object], comparisons: tuple[Comparison, ...], file: str) -> Iterator[Finding]:
    """Yield why a file does not fit: other comparisons, other answers, a number that is none."""
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
            if not isinstance(bits := answer.get("bits"), int | float) or not np.isfinite(bits):
                yield _unfit(file, comparison.name, str(answer), "bits that are a number")
            if not all(_count(answer.get(side, 0)) for side in ("same", "different")):
                yield _unfit(file, comparison.name, str(answer), "counts of judged pairs")
    if not _share(found.get("prior")) or not all(_share(one) for one in _list(found.get("crowds"))):
        yield _unfit(file, "prior", str(found.get("prior")), "shares above 0 and at most 1")
    yield from _odd(found, comparisons, file)


def _odd(found: Mapping[str, object], comparisons: tuple[Comparison, ...], file: str) -> Iterator[Finding]:
    """Whole codes whose answers are none, steps that are none."""
    sizes = np.array(Codes(comparisons).sizes)
    lines = _figures(found.get("together"), len(sizes) + 1)
    fault = "lines of {count} numbers: one answer for each comparison, and bits"
    if lines is None:
        yield _unfit(file, "together", "lines", fault, count=str(len(sizes) + 1))
    else:
        levels = lines.to_numpy()[:, :-1]
        wrong = ((levels < 0) | (levels >= sizes) | (levels != np.floor(levels))).any(axis=1)
        wrong |= ~np.isfinite(lines.to_numpy()).all(axis=1)
        for row in np.flatnonzero(wrong)[:1].tolist():
            read = " ".join(f"{one:g}" for one in lines.row(row))
            yield _unfit(file, "together", read, fault, count=str(len(sizes) + 1))
    if _figures(found.get("calibration"), len(CALIBRATION)) is None:
        yield _unfit(file, "calibration", "lines", "numbers for {names}", names=", ".join(CALIBRATION))


def _tables(value: object) -> list[Mapping[str, object]]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _share(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value <= 1


def _count(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < float("inf")


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
