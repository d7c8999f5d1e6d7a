"""Words for goods in several languages, as one word each: general words alone, no makes."""

from functools import cache, lru_cache

from konvoi.kit.latin import latin
from konvoi.kit.text import fold

AMMUNITION = "ammunition"
"""The word that distinguishes ammunition from the weapon that fires it."""

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
    words = [plain for word in text.split() for plain in _plain(word)]
    meanings, lengths = _meanings()
    found: set[str] = set()
    at = 0
    while at < len(words):
        for length in lengths.get(words[at], ()):
            phrase = " ".join(words[at : at + length])
            if phrase in meanings:
                found.add(meanings[phrase])
                at += length
                break
        else:
            found.add(words[at])
            at += 1
    return " ".join(sorted(found - _EMPTY))


@lru_cache(maxsize=100_000)
def _plain(word: str) -> tuple[str, ...]:
    """A written word folded, in Latin letters, without the s of a plural; with a hyphen it is several."""
    return tuple(_singular(part) for part in fold(latin(word)).split())


def _singular(word: str) -> str:
    """A word without the s of an English or French plural."""
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


@cache
def _meanings() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """The first of its group for each word or phrase; lengths of phrases by first word, the longest first."""
    found: dict[str, str] = {}
    for group in _GROUPS:
        phrases = [tuple(plain for word in one.split() for plain in _plain(word)) for one in group.split(",")]
        # A phrase is kept as one word, so that its parts do not match other goods.
        found |= {" ".join(phrase): "_".join(phrases[0]) for phrase in phrases}
    lengths: dict[str, set[int]] = {}
    for phrase in found:
        lengths.setdefault(phrase.split()[0], set()).add(len(phrase.split()))
    return found, {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()}
