"""Common German and Ukrainian names that no list names as such: given and family names put together anew.

Names are those most frequent in public statistics of both countries.
"""

from collections.abc import Iterator
from itertools import islice

_GERMAN_GIVEN = """
Alexander Andrea Andreas Angelika Anja Anna Birgit Christian Christine Claudia Daniel Dieter Elena Felix
Florian Frank Gabriele Hannah Hans Heike Helga Jan Jana Jens Johannes Jonas Julia Jürgen Karin Katharina
Klaus Laura Lena Lukas Maria Markus Martin Matthias Michael Monika Nicole Oliver Paul Peter Petra Sabine
Sandra Sebastian Silke Simon Sophie Stefan Stefanie Susanne Thomas Tobias Ulrike Ursula Uwe Wolfgang
"""
_GERMAN_FAMILY = """
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein
Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier
Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller
Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann
"""
_UKRAINIAN_GIVEN = """
Oleksandr Serhii Volodymyr Mykola Andrii Viktor Yurii Vasyl Ivan Anatolii Dmytro Oleh Ihor Petro Mykhailo
Roman Vitalii Oleksii Yevhen Valerii Maksym Bohdan Taras Ruslan Vadym Artem Hryhorii Pavlo Stepan Denys
Olena Tetiana Natalia Iryna Olha Liudmyla Svitlana Halyna Oksana Mariia Nadiia Anna Valentyna Larysa Yuliia
Kateryna Inna Viktoriia Alla Vira
"""
_UKRAINIAN_FAMILY = """
Melnyk Shevchenko Kovalenko Bondarenko Boiko Tkachenko Kravchenko Kovalchuk Koval Oliinyk Shevchuk
Polishchuk Tkachuk Bondar Marchenko Lysenko Moroz Savchenko Rudenko Petrenko Kravchuk Klymenko Savchuk
Kuzmenko Ponomarenko Vasylenko Levchenko Kharchenko Karpenko Sydorenko Havryliuk Shvets Popovych Romaniuk
Kushnir Panasenko Lytvyn Pavlenko Hrytsenko Kostenko Martyniuk Melnychuk Sokolenko Didenko Mazur Hnatiuk
Zinchenko Babenko Kolomiiets Bilous Kozak Honchar Honcharenko Zaitsev Nazarenko Demchenko Vovk Kyrychenko
Yurchenko Tarasenko
"""


def _names(given: str, family: str) -> Iterator[str]:
    """Yield each given name with family names, no two alike one after the other."""
    firsts, lasts = given.split(), family.split()
    for step in range(len(lasts)):
        for at, first in enumerate(firsts):
            yield f"{first} {lasts[(at * 7 + step) % len(lasts)]}"


def common_names(count: int) -> dict[str, tuple[str, ...]]:
    """Return so many German and so many Ukrainian names."""
    lists = {"German": (_GERMAN_GIVEN, _GERMAN_FAMILY), "Ukrainian": (_UKRAINIAN_GIVEN, _UKRAINIAN_FAMILY)}
    return {name: tuple(islice(_names(*parts), count)) for name, parts in lists.items()}
