"""Joint packages as an institution of the Union announces them: the whole, with the participants named."""

import numpy as np
from bench.pledges.announced import ELSEWHERE
from bench.pledges.book import JOINTLY, MINISTRY, PLEDGED, PRESS, ROLE, Book
from bench.pledges.chance import Flag, Whole
from bench.pledges.figures import rounded
from bench.pledges.world import Setting


def unreported(to: Setting, joint: Whole) -> Flag:
    """Members of joint packages that hand in nothing of their own."""
    return (joint >= 0) & to.chance.happens("joint/unreported", len(joint), to.rate.share("joint.unreported"))


def announce_wholes(book: Book, to: Setting) -> None:
    """Each package by the institution, and by as many pages as any package has."""
    world = book.world
    members = np.flatnonzero(world.joint >= 0)
    if not len(members):
        return
    group, head, of = np.unique(world.joint[members], return_index=True, return_inverse=True)
    cents = np.zeros(len(group), dtype=np.int64)
    np.add.at(cents, of, world.eur[members])
    node, head = book.fresh(len(group)), members[head]
    pages = to.rate.drawn("kiel.pages", to.chance, "joint/pages", len(group))
    which = np.repeat(np.arange(len(group)), pages)
    rank = np.arange(len(which)) - np.repeat(np.cumsum(pages) - pages, pages)
    exact = to.chance.happens("joint/exact", len(group), to.rate.share("joint.exact"))[which]
    digits = np.maximum(to.rate.drawn("sheets.digits", to.chance, "joint/digits", len(which)), 2)
    euros = cents[which] // 100
    institution = to.names.partners.codes.index("EU")
    first = np.full(len(group), world.day.max(), dtype=np.int64)
    np.minimum.at(first, of, world.day[members])
    book.add(
        book.of(
            head[which], node=node[which], source=np.where(rank == 0, MINISTRY, PRESS), role=ROLE["whole"],
            stage=PLEDGED,
            project=-1, giver=institution, publisher=np.where(rank == 0, institution, -1), currency=0,
            quantity=0,
            amount=np.where(exact, euros, rounded(euros, digits)), lead=JOINTLY, joint=group[which],
            day=first[which] + to.chance.below("joint/said", len(which), 30),
            language=np.where(rank == 0, 0, to.chance.weighted("joint/language", len(which), ELSEWHERE)),
        )
    )  # fmt: skip
    book.relate(members, node[of], "joint", world.eur[members])
