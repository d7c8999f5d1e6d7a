"""Whole numbers that nobody may overlook: in red, and with a sign, since colour alone says nothing."""


class Alarm(int):
    """A number that is drawn so; everywhere else it is the number that it is."""
