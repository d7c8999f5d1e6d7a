"""HiGHS as the planner uses it: silent, in one thread, the same each time."""

import highspy

Options = bool | int | float | str


def solver(**options: Options) -> highspy.Highs:
    """A solver without a model; options: HiGHS's own, by name."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    always: dict[str, Options] = {"output_flag": False, "threads": 1, "random_seed": 0, "parallel": "off"}
    for name, setting in (always | options).items():
        highs.setOptionValue(name, setting)
    return highs
