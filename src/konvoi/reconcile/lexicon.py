"""What goods are called in several languages, as one word each: general words alone, no makes."""

import re
from functools import cache

from konvoi.kit.latin import latin
from konvoi.kit.text import fold

AMMUNITION = "ammunition"
"""The word by which what is fired is told from what fires it."""

_GROUPS: tuple[str, ...] = (
    "ammunition, munition, round, shell, cartridge, geschoss, geschosse, patrone, patronen, obus, cartouche, "
    "amunicja, amunicji, pocisk, pociski, naboj, боєприпаси, боєприпасів, снаряд, снаряди, снарядів, набій, "
    "набої, патрон, патрони",
    "howitzer, artillery system, artillery piece, haubitze, haubitzen, obusier, haubica, haubice, "
    "гаубиця, гаубиці",
    "tank, kampfpanzer, panzer, char, czolg, czolgi, танк, танки, танків",
    "drone, unmanned aerial system, unmanned aerial vehicle, uav, uas, drohne, drohnen, dron, drony, дрон, "
    "дрони, безпілотник, безпілотники, бпла",
    "body armour, body armor, ballistic vest, bulletproof vest, schutzweste, schutzwesten, "
    "gilet pare balles, kamizelka kuloodporna, бронежилет, бронежилети, бронежилетів",
    "helmet, helm, helme, casque, шолом, шоломи, каска, каски",
    "generator, stromerzeuger, generatoren, generateur, agregat, agregaty, генератор, генератори",
    "ambulance, rettungswagen, krankenwagen, karetka, karetki",
    "tent, zelt, zelte, tente, namiot, namioty, намет, намети",
    "blanket, decke, decken, couverture, koc, koce, ковдра, ковдри",
    "truck, lorry, lorries, lastwagen, lkw, camion, ciezarowka, ciezarowki, вантажівка, вантажівки",
    "vehicle, fahrzeug, fahrzeuge, vehicule, pojazd, pojazdy, автомобіль, автомобілі, машина, машини",
    "rifle, gewehr, gewehre, fusil, гвинтівка, гвинтівки",
    "machine gun, maschinengewehr, maschinengewehre, mitrailleuse, кулемет, кулемети",
    "pistol, handgun, pistole, pistolen, pistolet, пістолет, пістолети",
    "boat, vessel, boot, boote, bateau, bateaux, катер, катери, човен, човни",
    "helicopter, hubschrauber, helicoptere, smiglowiec, smiglowce, вертоліт, вертольоти, гелікоптер",
    "food, lebensmittel, nourriture, zywnosc, zywnosci, продовольство, харчі",
    "medicine, medical supplies, medikamente, arzneimittel, medicament, leki, ліки, медикаменти",
    "water, wasser, eau, woda, wody, вода, води",
    "fuel, treibstoff, kraftstoff, carburant, paliwo, пальне, паливо",
    "hospital, krankenhaus, lazarett, hopital, szpital, госпіталь, лікарня",
    "radio, funkgerat, funkgerate, радіостанція, радіостанції",
    "radar, radare, радар, радари",
    "grenade, granate, granaten, granat, granaty, граната, гранати",
    "mortar, morser, mortier, mozdzierz, міномет, міномети",
    "missile, rakete, raketen, rakieta, rakiety, ракета, ракети, ракет",
    "armoured, armored, gepanzert, gepanzerte, blinde, opancerzony, opancerzone, броньований, броньовані",
    "antitank, anti tank, anti armour, anti armor, panzerabwehr, antichar, przeciwpancerny, протитанковий",
    "antiaircraft, anti aircraft, anti air, air defence, air defense, flugabwehr, luftverteidigung, "
    "przeciwlotniczy, зенітний, ппо",
)
_EMPTY = frozenset(
    {"of", "and", "the", "for", "with", "from", "or", "any", "other", "system", "set", "piece"}
)


def called(text: str) -> str:
    """The words of a good in one language and number, each once, in the order of the alphabet.

    >>> called("Drohnen"), called("Unmanned Aerial Systems"), called("rounds of small arms ammunition")
    ('drone', 'drone', 'ammunition arm small')
    """
    words = " ".join(_singular(word) for word in fold(latin(text)).split())
    plain = _pattern().sub(lambda found: _meanings()[found[0]], words)
    return " ".join(sorted({word for word in plain.split() if word not in _EMPTY}))


def _singular(word: str) -> str:
    """A word without the s of an English or French plural."""
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


@cache
def _meanings() -> dict[str, str]:
    """The first word of its group for each word or phrase."""
    found: dict[str, str] = {}
    for group in _GROUPS:
        first, *others = (
            " ".join(_singular(word) for word in fold(latin(one)).split()) for one in group.split(",")
        )
        # A phrase stands as one word, so that its parts do not meet other goods.
        found |= {one: first.replace(" ", "_") for one in (first, *others)}
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_meanings(), key=lambda one: (-len(one), one))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")
