"""A model as a document that people can read, and back again without loss; docs/reference/lead-times.md."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from konvoi.forecast.leadtimes.cases import DEVIATION, ENDS, FACTORS, LONGEST, RECEIVED, SPAN
from konvoi.forecast.leadtimes.model import Learnt, Model
from konvoi.forecast.leadtimes.part import Group, Key, LongRun, Part, Strengths
from konvoi.forecast.leadtimes.regression import Regression
from konvoi.forecast.leadtimes.stack import MEMBERS, Stack
from konvoi.forecast.leadtimes.tail import Tail

FORMAT = "konvoi lead times 2"
FORMATS = ("konvoi lead times 1", FORMAT)
"""The formats that are read; the first has no mixture."""

PLACES = ("early", "on the day", "late", "ended otherwise")
_BOUND = 1e6
_LARGEST = 500.0
PARTS = {DEVIATION: ("when", "early", "late"), SPAN: ("days",)}

Document = Mapping[str, Any]


class NoModel(ValueError):
    """The document is no model of lead times; the message names the fault."""


def written(model: Model) -> str:
    """The model as JSON text, one line for each group, the same bytes for the same model."""
    head = {"format": FORMAT, "data": model.data, "digest": model.digest, "until": model.until.isoformat()}
    lines = ["{", *(f" {_text(name)}: {_text(value)}," for name, value in head.items()), ' "learnt": [']
    lines += [",\n".join(_learnt(one) for one in model.learnt), " ]", "}"]
    return "\n".join(line for line in lines if line) + "\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _learnt(one: Learnt) -> str:
    """One kind and measure, without what ends the line."""
    head = {"kind": one.kind, "measure": one.measure, "of": one.of, "cases": one.cases, "ended": one.ended}
    head["ladders"] = [list(ladder) for ladder in one.ladders]
    lines = ["  {" + ", ".join(f"{_text(name)}: {_text(value)}" for name, value in head.items()) + ","]
    lines += ['   "parts": {', _parts(one.parts)]
    return "\n".join([*lines, "   }}"] if one.stack is None else [*lines, "   },", *_stack(one.stack)])


def _parts(parts: Mapping[str, Part]) -> str:
    return ",\n".join(_part(name, part) for name, part in parts.items())


def _stack(stack: Stack) -> list[str]:
    """The mixture of one kind and measure, with what ends it."""
    weights = dict(zip(MEMBERS, stack.weights, strict=True))
    told = stack.regression
    effects = [f"     {_text(column)}: {_text(known)}" for column, known in told.effects.items()]
    return [
        f'   "weights": {_text(weights)}, "drift": {_text(stack.drift)},',
        '   "steady": {',
        _parts(stack.steady),
        "   },",
        f'   "regression": {{"edges": {_text(told.edges)}, "base": {_text(told.base)}, "effects": {{',
        *([",\n".join(effects)] if effects else []),
        "   }}}",
    ]


def _part(name: str, part: Part) -> str:
    names = PLACES if name == "when" else None
    run = part.long_run
    tail = part.long_run.tail
    long_run = dict(zip(names or ENDS, run.shares, strict=False)) if names or len(run.shares) > 1 else {}
    curve = {} if tail is None else {"scale": tail.scale, "shape": tail.shape, "days": run.size}
    head = {"top": part.strengths.top, "below": part.strengths.below, "long run": long_run | curve}
    lines = [
        f"    {_text(name)}: {{{', '.join(f'{_text(key)}: {_text(value)}' for key, value in head.items())},"
    ]
    groups = [f"      {_text(_group(key, group, names))}" for key, group in part.groups.items()]
    return "\n".join([*lines, '     "groups": [', ",\n".join(groups), "     ]}"])


def _group(key: Key, group: Group, names: tuple[str, ...] | None) -> dict[str, object]:
    """Return one group: its values, its ended cases, and the weights by day (or by outcome of a promise)."""
    told: dict[str, object] = {"of": dict(key), "cases": group.cases}
    if names:
        return told | {"came": {names[day]: weight for (_, day), weight in sorted(group.ended.items())}}
    ended: dict[str, dict[str, float]] = {}
    for (end, day), weight in sorted(group.ended.items()):
        ended.setdefault(ENDS[end], {})[str(day)] = weight
    still = {str(day): weight for day, weight in sorted(group.open.items())}
    return told | {"ended": ended} | ({"open": still} if still else {})


def read(text: str) -> Model:
    """The model of a document; raises NoModel where it is none, or damaged."""
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("format") not in FORMATS:
            raise NoModel(f"its format is not “{FORMAT}”")
        learnt = tuple(_read_learnt(one) for one in told["learnt"])
        return Model(str(told["data"]), str(told["digest"]), date.fromisoformat(told["until"]), learnt)
    except NoModel:
        raise
    except KeyError as missing:
        raise NoModel(f"it lacks {missing}") from None
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as wrong:
        raise NoModel(f"it is damaged: {wrong}") from None


def _read_learnt(one: Document) -> Learnt:
    ladders = tuple(tuple(str(name) for name in ladder) for ladder in one["ladders"])
    strange = {name for ladder in ladders for name in ladder} - set(FACTORS)
    if strange or not ladders or one["of"] not in PARTS:
        raise NoModel(f"it names {', '.join(sorted(strange)) or one['of']}, which is not known")
    parts = _read_parts(one["parts"], one["of"])
    counts = int(one["cases"]), int(one["ended"])
    stack = _read_stack(one) if "weights" in one else None
    days = {name: part.long_run.size for name, part in parts.items()}
    if stack is not None and days != {name: part.long_run.size for name, part in stack.steady.items()}:
        raise NoModel("its members differ in their days")
    return Learnt(str(one["kind"]), str(one["measure"]), str(one["of"]), *counts, ladders, parts, stack)


def _read_parts(told: Document, of: str) -> dict[str, Part]:
    return {name: _read_part(name, told[name]) for name in PARTS[of]}


def _read_stack(one: Document) -> Stack:
    """The mixture of one kind and measure; refused where its numbers cannot be."""
    weights = tuple(float(one["weights"][name]) for name in MEMBERS)
    _sound(np.array(weights), sum(weights))
    drift = float(one["drift"])
    told = one["regression"]
    edges = tuple(int(edge) for edge in told["edges"])
    base = tuple(float(share) for share in told["base"])
    effects = {
        str(column): {str(value): tuple(float(one) for one in effect) for value, effect in known.items()}
        for column, known in told["effects"].items()
    }
    vectors = [(drift,), base, *(effect for known in effects.values() for effect in known.values())]
    strange = set(effects) - set(FACTORS)
    if strange or abs(sum(weights) - 1.0) > 1e-6:
        raise NoModel(f"its mixture names {', '.join(sorted(strange)) or 'weights'}, which cannot be")
    if any(abs(number) > LONGEST for number in edges) or list(edges) != sorted(set(edges)):
        raise NoModel("its regression has days that cannot be")
    if any(len(one) != len(edges) + 1 for one in vectors[1:]):
        raise NoModel("its regression has effects that do not fit its days")
    if not all(abs(number) < _LARGEST for vector in vectors for number in vector):
        raise NoModel("its regression has numbers that cannot be")
    steady = _read_parts(one["steady"], str(one["of"]))
    return Stack(weights, drift, steady, Regression(edges, base, effects))


def _read_part(name: str, told: Document) -> Part:
    long_run = _read_long_run(name, told["long run"])
    days = {place: day for day, place in enumerate(PLACES)} if name == "when" else None
    groups = dict(_read_group(one, days, long_run.chances.shape) for one in told["groups"])
    return Part(long_run, Strengths(float(told["top"]), float(told["below"])), groups)


def _read_long_run(name: str, told: Document) -> LongRun:
    """The long run of a part; of those early there is one end alone."""
    names = {"when": PLACES, "early": ()}.get(name, ENDS)
    shares = tuple(float(told[one]) for one in names) or (1.0,)
    _sound(np.array(shares), sum(shares))
    if name == "when":
        return LongRun(shares, len(PLACES))
    tail = Tail(float(told["scale"]), float(told["shape"]))
    size = int(told["days"])
    if not (0 < tail.scale < _BOUND and 0 < tail.shape < _BOUND and 0 < size <= LONGEST + 1):
        raise NoModel(f"the long run of “{name}” has a curve that cannot be")
    return LongRun(shares, size, tail)


def _read_group(told: Document, days: Mapping[str, int] | None, shape: tuple[int, ...]) -> tuple[Key, Group]:
    key = tuple((str(column), str(value)) for column, value in told["of"].items())
    came = {RECEIVED: told["came"]} if days else told["ended"]
    ended = {
        (ENDS.index(end), days[day] if days else int(day)): float(weight)
        for end, weights in came.items()
        for day, weight in weights.items()
    }
    still = {int(day): float(weight) for day, weight in told.get("open", {}).items()}
    if any(not 0 <= day < shape[1] for day in (*still, *(day for _, day in ended))):
        raise NoModel("a group has a day beyond the last")
    if any(end >= shape[0] for end, _ in ended):
        raise NoModel("a group has an end that the long run lacks")
    _sound(np.array([*still.values(), *ended.values()]), 0.0)
    return key, Group(ended, still, int(told["cases"]))


def _sound(weights: np.typing.NDArray[np.float64], total: float) -> None:
    """Refuse weights below nought or without bound, and chances above one in all."""
    if weights.size and not (np.isfinite(weights).all() and weights.min() >= 0.0 and total < 1.0 + 1e-6):
        raise NoModel("it has weights that cannot be")
