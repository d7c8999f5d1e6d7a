"""Phrases that show how a statement counts, by meaning and language.

A `*` stands for any ending. Phrases are compared in Latin letters, without case, accents and punctuation.
Only general vocabulary: no names of goods, programmes or parties.
"""

from collections.abc import Mapping

Phrases = Mapping[str, str]
"""Phrases by language, separated by commas."""

AT_LEAST: Phrases = {
    "en": (
        "over, more than, at least, above, upwards of, no fewer than, no less than, in excess of, some "
        "more than"
    ),
    "de": "über, mehr als, mindestens, wenigstens, gut, nicht weniger als, oberhalb von",
    "fr": "plus de, au moins, au delà de, pas moins de",
    "pl": "ponad, więcej niż, co najmniej, przynajmniej, przeszło, powyżej, nie mniej niż",
    "uk": (
        "понад, більше ніж, більш ніж, більш як, більше як, більше, щонайменше, не менше, не менш як, "
        "принаймні"
    ),
}
ABOUT: Phrases = {
    "en": (
        "about, around, approximately, approx, roughly, some, circa, ca, in the region of, an estimated, "
        "estimated"
    ),
    "de": "etwa, rund, ungefähr, circa, ca, zirka, in etwa, um die, schätzungsweise",
    "fr": "environ, à peu près, autour de, quelque, aux alentours de",
    "pl": "około, ok, mniej więcej, w przybliżeniu, szacunkowo, jakieś",
    "uk": "близько, приблизно, орієнтовно, біля, десь, порядку",
}
AT_MOST: Phrases = {
    "en": (
        "nearly, almost, close to, up to, just under, under, at most, no more than, less than, fewer "
        "than, not quite"
    ),
    "de": (
        "knapp, fast, beinahe, nahezu, annähernd, bis zu, höchstens, maximal, unter, weniger als, nicht ganz"
    ),
    "fr": "près de, presque, jusqu'à, moins de, au plus, pas tout à fait",
    "pl": "prawie, niemal, blisko, niespełna, nie więcej niż, najwyżej, mniej niż, maksymalnie",
    "uk": "майже, не більше, не більш як, щонайбільше, менш ніж, менше ніж, без малого",
}
"""Approximations; they count only before a number."""

SCALES = (
    "hundred*, thousand*, million*, billion*, dozen*, hundert*, tausend*, million*, milliard*, "
    "dutzend*, mio, mrd, "
    "mln, mld, bn, cent*, mille, milliers, douzaine*, stu*, set*, tysi*, milion*, сот*, тисяч*, мільйон*, "
    "мільярд*, млн, млрд, тис, десят*"
)
"""Number words, and what stands behind a number for its size."""

TO_DATE: Phrases = {
    "en": (
        "total to date, to date, so far, since, up to now, until now, thus far, cumulative*, bringing the "
        "total, "
        "brings the total, bringing total, running total, as of today"
    ),
    "de": (
        "bislang, bisher, seit, bis heute, bis dato, kumuliert*, bisherige*, damit insgesamt, steigt auf "
        "insgesamt, "
        "erhöht sich auf, seit beginn"
    ),
    "fr": "à ce jour, jusqu'à présent, depuis, jusqu'ici, cumul*, portant le total, porte le total",
    "pl": (
        "dotychczas*, do tej pory, do dziś, jak dotąd, od początku, narastająco, skumulowan*, od czasu, dotąd"
    ),
    "uk": (
        "на сьогодні, до сьогодні, до цього часу, досі, з початку, від початку, загалом з, разом з початку, "
        "наразі загалом, накопичувальн*, сукупно, станом на"
    ),
}
"""A statement that repeats what was stated since some day."""

RISES: Phrases = {
    "en": "bringing, brings, brought, taking, takes, raising, increasing, lifting, pushing",
    "de": "steigt, steigen, erhöht sich, erhöhen sich, wächst, beläuft sich damit, bringt",
    "fr": "portant, ce qui porte, faisant passer, amenant",
    "pl": "podnosząc, zwiększając, co podnosi, co zwiększa, wzrasta, wzrosła, rośnie",
    "uk": "доводить, доводячи, доводимо, збільшуючи, що збільшує, зростає, зросла, сягає тепер",
}
"""Verbs of a sum that grows by a gift, before `to` and the total."""

RAISES: Phrases = {
    "en": "raises, raise, increases, increase, lifts",
    "de": "erhöht, erhöhen, hebt",
    "fr": "augmente, élève",
    "pl": "podnosi, zwiększa",
    "uk": "збільшує, збільшуємо, підвищує, піднімає",
}
"""The same for any figure: for a total only beside a word for a sum."""

SUM: Phrases = {
    "en": "sum, amount given, support, aid, assistance, help, number of, contributions, value of",
    "de": "summe, gesamtsumme, hilfe, hilfen, unterstützung, leistungen, beiträge, anzahl, zahl der",
    "fr": "somme, soutien, aide, assistance, montant, contributions, nombre de",
    "pl": "sumę, suma, wsparcie, pomoc, kwotę, kwota, wartość, liczbę, liczba",
    "uk": "суму, сума, підтримку, підтримка, допомогу, допомога, обсяг, кількість",
}
"""Words for a sum of several gifts, beside those for a total."""

FROM_MONTH: Phrases = {"pl": "od", "uk": "з, із, від, починаючи з", "en": "from", "de": "ab", "fr": "de"}
"""Words that mean `since` before the name of a month or a year, beside a word for a total."""

IN_TOTAL: Phrases = {
    "en": "total, in total, a total of, altogether, overall, in all, combined, totalling, totaling, totals",
    "de": "insgesamt, gesamt*, zusammen, in summe, alles in allem",
    "fr": "au total, en tout, total*, globalement, dans l'ensemble",
    "pl": "łącznie, ogółem, razem, w sumie, całkowit*",
    "uk": "загалом, разом, усього, всього, сукупн*, загальн*",
}
"""Words for a total, which may repeat earlier statements."""

INCLUDING: Phrases = {
    "en": (
        "including, includes, include, inclusive of, of which, among which, among them, comprising, "
        "previously announced, "
        "already announced, incl"
    ),
    "de": (
        "einschließlich, inklusive, darunter, davon, inkl, einschl, bereits zugesagt*, bereits "
        "angekündigt*, umfasst"
    ),
    "fr": "y compris, dont, incluant, notamment, déjà annoncé*, comprenant, inclus",
    "pl": "w tym, włącznie z, wliczając, obejmuj*, z czego, wcześniej ogłoszon*",
    "uk": (
        "у тому числі, в тому числі, включно з, включаючи, зокрема, з них, із них, раніше оголошен*, з "
        "яких, включає"
    ),
}
"""A whole that contains what may be stated elsewhere."""

JOINT: Phrases = {
    "en": (
        "joint package, joint purchase, joint procurement, joint delivery, joint donation, joint "
        "contribution, "
        "joint initiative, joint order, joint gift, joint support, joint supply, joint aid, joint "
        "announcement, joint effort, "
        "joint with, jointly, together with, in cooperation with, co funded with, co financed with"
    ),
    "de": "gemeinsam*, zusammen mit, gemeinschaftlich*, in kooperation mit, mitfinanziert von",
    "fr": (
        "paquet commun, en commun, conjoint*, avec des partenaires, avec ses partenaires, ensemble avec, "
        "commune avec"
    ),
    "pl": "wspóln*, razem z, wraz z, we współpracy z",
    "uk": "спільн*, разом з, разом із, разом зі, у співпраці з, спільно",
}
"""One package of several parties."""

SHARE: Phrases = {
    "en": (
        "share of, our share, share in, part of the joint, contribution to the joint, portion of, own "
        "share, 's share"
    ),
    "de": (
        "anteil*, beitrag zum gemeinsam*, beitrag zur gemeinsam*, beteiligung an, teil des gemeinsam*, "
        "teil der gemeinsam*"
    ),
    "fr": "part du, part de la, quote part, contribution au paquet, sa part, participation au",
    "pl": "udział*, część wspóln*, wkład we wspóln*, wkład do wspóln*",
    "uk": "частк*, внесок у спільн*, частина спільн*, участь у спільн*, пай",
}
"""A party's own share of a joint package."""

MORE: Phrases = {
    "en": "additional*, another, further, extra, on top of, in addition, follow up, top up",
    "de": "zusätzlich*, weitere, weiterer, weiteres, weiteren, ergänzend*, aufstockung",
    "fr": "supplémentaire*, autre*, additionnel*, en plus, complémentaire*",
    "pl": "dodatkow*, kolejn*, następn*, uzupełniając*",
    "uk": "додатков*, ще, чергов*, наступн*, на додачу, іще",
}
"""A statement that adds to an earlier one."""

RENEWED: Phrases = {
    "en": (
        "again, once more, new, renew*, reaffirm*, reiterat*, confirm*, repeat*, reannounc*, re "
        "announc*, recall*, as announced, "
        "announce*, pledge*, "
        "commit*, promise*, will provide, will give, provide*, give*, deliver*, donate*, update*"
    ),
    "de": (
        "erneut*, nochmals, neu*, bekräftigt*, bestätigt*, wiederholt*, erneuert*, zusage*, "
        "zugesagt*, verspricht, kündigt, "
        "angekündigt*, liefert*"
    ),
    "fr": "renouvel*, réaffirm*, confirm*, réitér*, rappel*, promet*, annonc*, engag*, livr*, fourn*",
    "pl": (
        "potwierdz*, ponawia*, ponowi*, powtarza*, obiecuj*, zapowiada*, ogłasza*, deklaruj*, przekaz*, "
        "dostarcz*"
    ),
    "uk": (
        "підтверд*, повтор*, оновлю*, знову, обіця*, оголошу*, оголоси*, нада*, переда*, зобов'яз*, достав*"
    ),
}
"""Words of announcing, which do not name the content."""

GENERIC: Phrases = {
    "en": (
        "package*, support*, aid, assistance, help, delivery, donation*, gift*, contribution*, "
        "programme*, program*, military, "
        "humanitarian, financial, equipment, supplies, supply, for, to, of, the, a, an, and, with, from, "
        "in, on, by, as, at, its, "
        "their, our, part*, share*, joint*, total*, value, worth, ukraine, ukrainian*, people, "
        "government, state*, item*, "
        "partner*, grant*, funding, payment*, piece*, unit*, set*, one, two, three, four, five, six, "
        "through, via, paid"
    ),
    "de": (
        "paket*, hilfe*, unterstützung*, lieferung*, spende*, beitrag*, programm*, militärisch*, "
        "humanitär*, finanziell*, "
        "für, zu, von, der, die, das, des, dem, den, ein*, und, mit, aus, im, in, am, an, als, auf, nach, "
        "anteil*, teil*, "
        "partner*, gesamt*, wert, ukraine, stück, zuschuss, zahlung*"
    ),
    "fr": (
        "paquet*, soutien, aide*, assistance, livraison*, don, dons, contribution*, programme*, "
        "militaire*, humanitaire*, "
        "financier*, pour, de, du, des, la, le, les, un, une, et, avec, dans, en, par, au, aux, part*, "
        "partenaire*, valeur, "
        "ukraine, subvention*, d, l"
    ),
    "pl": (
        "pakiet*, wsparci*, pomoc*, dostaw*, darowizn*, wkład*, program*, wojskow*, humanitarn*, "
        "finansow*, dla, do, z, ze, na, "
        "i, oraz, w, we, od, za, część, części, partner*, wartoś*, ukrain*, sztuk*, dotacj*"
    ),
    "uk": (
        "пакет*, підтримк*, допомог*, постачан*, дар, внесок*, програм*, військов*, гуманітарн*, "
        "фінансов*, для, до, з, із, зі, "
        "на, і, та, й, у, в, від, за, частин*, партнер*, вартіст*, україн*, штук*, грант*, обладнанн*"
    ),
}
"""Words that do not name the content: a title of these alone names none."""

REVISED: Phrases = {
    "en": (
        "raised, raises, raise, increased, increases, increase, topped up, tops up, expanded, extended, "
        "doubled, "
        "tripled, reduced, reduces, lowered, cut, cuts, revised, adjusted, corrected"
    ),
    "de": (
        "erhöht*, erhöhung, aufgestockt, stockt, aufstockung, angehoben, anhebung, verdoppelt*, "
        "verdreifacht*, ausgeweitet, "
        "gekürzt, kürzung, gesenkt, verringert, reduziert*, angepasst, korrigiert"
    ),
    "fr": (
        "porté*, relev*, augment*, doubl*, tripl*, réduit*, ramené*, abaissé*, révisé*, ajusté*, corrigé*"
    ),
    "pl": ("zwiększ*, podniesion*, podnosi, podwyższ*, podwoj*, zmniejsz*, obniż*, skorygowan*, dostosowan*"),
    "uk": ("збільш*, підвищ*, подвоє*, подвою*, розшир*, зменш*, скороч*, знижен*, скоригован*, уточнен*"),
}
"""Words for the change of a figure that was stated before; only before `to` and a number."""

NEW_FIGURE: Phrases = {"en": "to", "de": "auf", "fr": "à", "pl": "do", "uk": "до"}
"""Words before the new figure of a change."""

BEFORE_NUMBER: Phrases = {
    "en": "a total of, now, about, around, over, more than, nearly",
    "de": "insgesamt, nun, nunmehr, rund, etwa, über, mehr als, knapp",
    "fr": "un total de, désormais, environ, plus de, près de",
    "pl": "łącznie, obecnie, około, ponad, prawie",
    "uk": "загалом, понад, близько, майже",
}
"""Words that may stand between `to` and the number."""

IN_PARTS: Phrases = {
    "en": "parts, tranches, instalments, installments, portions",
    "de": "raten, teilen, tranchen, teilbeträge*, teilzahlungen, etappen",
    "fr": "parties, tranches, versements, échéances",
    "pl": "ratach, raty, transzach, transze, częściach, częściami",
    "uk": "частинами, частинах, траншами, траншах, частини, транші, етапами",
}
"""A whole that is given in parts."""

PAYS_FUND: Phrases = {
    "en": (
        "payment to, payment into, payments to, payments into, paid into, paid to, pays into, "
        "contribution to, "
        "contributes to, deposit into, transfer to"
    ),
    "de": (
        "einzahlung*, beitrag zum, beitrag zur, beitrag an, zahlung an, zahlung in, zahlt in, überweisung an"
    ),
    "fr": "versement au, versement à, contribution au, contribution à, paiement au",
    "pl": "wpłat*, wkład do, wkład na, składk*, przelew do",
    "uk": "внесок до, внесок у, внески до, платіж до, сплата до, перерахування до, переказ до",
}
"""A payment into something, where a fund is named."""

FUND: Phrases = {
    "en": "fund, funds, trust fund, facility, pooled fund, trust, window",
    "de": "fonds, fazilität, treuhandfonds, stiftung",
    "fr": "fonds, facilité, fiducie",
    "pl": "fundusz*, instrument",
    "uk": "фонд*, механізм*, інструмент*",
}
"""Words by which a fund is named."""

PERIODS: Mapping[int, Phrases] = {
    7: {
        "en": "weekly",
        "de": "wöchentlich*",
        "fr": "hebdomadaire*",
        "pl": "tygodniow*",
        "uk": "щотижн*, тижнев*",
    },
    30: {
        "en": "monthly",
        "de": "monatlich*",
        "fr": "mensuel*",
        "pl": "miesięczn*",
        "uk": "щомісячн*, місячн*",
    },
    91: {
        "en": "quarterly",
        "de": "vierteljährlich*",
        "fr": "trimestriel*",
        "pl": "kwartaln*",
        "uk": "щокварталь*, квартальн*",
    },
    182: {
        "en": "half yearly, biannual*",
        "de": "halbjährlich*",
        "fr": "semestriel*",
        "pl": "półroczn*",
        "uk": "піврічн*",
    },
    365: {
        "en": "annual*, yearly",
        "de": "jährlich*",
        "fr": "annuel*",
        "pl": "roczn*, coroczn*",
        "uk": "щорічн*, річн*",
    },
}
"""Words for what is given once in so many days."""

MONTHS: Mapping[int, str] = {
    1: "january, januar, jänner, janvier, styczeń, stycznia, січень, січня, січні",
    2: "february, februar, feber, février, luty, lutego, лютий, лютого, лютому",
    3: "march, märz, mars, marzec, marca, березень, березня, березні",
    4: "april, avril, kwiecień, kwietnia, квітень, квітня, квітні",
    5: "mai, maj, maja, травень, травня, травні",
    6: "june, juni, juin, czerwiec, czerwca, червень, червня, червні",
    7: "july, juli, juillet, lipiec, lipca, липень, липня, липні",
    8: "august, août, sierpień, sierpnia, серпень, серпня, серпні",
    9: "september, septembre, wrzesień, września, вересень, вересня, вересні",
    10: "october, oktober, octobre, październik*, жовтень, жовтня, жовтні",
    11: "november, novembre, listopad, listopada, листопад, листопада, листопаді",
    12: "december, dezember, décembre, grudzień, grudnia, грудень, грудня, грудні",
}
"""Months; the English May is read only in capital letters, as it is a common verb."""

ORDINALS: Mapping[int, str] = {
    1: "first, erste*, premier*, première*, pierwsz*, перш*",
    2: "second, zweite*, deuxième*, seconde, drugi*, druga, другий, друга, друге, другу, другої, другого",
    3: "third, dritte*, troisième*, trzeci*, трет*",
    4: "fourth, vierte, vierter, viertes, vierten, quatrième*, czwart*, четверт*",
    5: "fifth, fünfte*, cinquième*, piąt*, п'ят*",
    6: "sixth, sechste*, sixième*, szóst*, шост*",
    7: "seventh, siebte*, septième*, siódm*, сьом*",
    8: "eighth, achte, achter, achtes, achten, huitième*, ósm*, восьм*",
    9: "ninth, neunte*, neuvième*, dziewiąt*, дев'ят*",
    10: "tenth, zehnte*, dixième*, dziesiąt*, десят*",
    99: "last, final, letzte*, abschließend*, dernier*, dernière*, ostatni*, останн*, фінальн*",
}
"""Ordinals that distinguish instalments."""

NUMBERED_PARTS = (
    "tranche*, transche*, instalment*, installment*, rate, part, phase, stage, lot, batch, round, "
    "week, package, shipment, "
    "teil, los, charge, paket, hilfspaket, etappe, runde, woche, partie, étape, paquet, semaine, "
    "transza, transz*, rata, faza, "
    "część, pakiet, partia, tydzień, etap, транш*, частина, фаза, етап, партія, пакет, тиждень, черга"
)
"""Things that are counted: `tranche 2`."""

OF_PARTS = "of, out of, von, sur, z, з, із, ze, de"
"""Words between a part and the number of all parts: `first of three`."""
