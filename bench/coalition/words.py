"""Goods, places and titles of the coalition, in English, German and Ukrainian.

The words come from public lists (IFRC standard item catalogue, MIT licence; fact sheets of the US government,
public domain) and from common usage of ministries and agencies. None is taken from the product.
"""

from decimal import Decimal
from typing import NamedTuple


class Good(NamedTuple):
    """A good: identifier, kind of support, unit, price of one unit in EUR, and its names."""

    id: str
    kind: str
    unit: str
    price: Decimal
    en: str
    de: str
    uk: str

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return {"de": self.de, "uk": self.uk}.get(language, self.en)


class Place(NamedTuple):
    """A town or region by its names."""

    en: str
    de: str
    uk: str

    def name(self, language: str) -> str:
        """Return the name in a language."""
        return {"de": self.de, "uk": self.uk}.get(language, self.en)


_GOODS = """
tarpaulin|humanitarian|piece|16|woven plastic tarpaulins 4 x 6 m
  |Gewebeplanen 4 x 6 m|брезенти ткані 4 x 6 м
kitchen-set|humanitarian|piece|38|kitchen sets, family of five
  |Küchensets für fünf Personen|кухонні набори на сім'ю
winter-tent|humanitarian|piece|640|winterised family tents
  |wintertaugliche Familienzelte|утеплені сімейні намети
thermal-blanket|humanitarian|piece|9|high thermal blankets
  |Wärmedecken|термоковдри
jerrycan|humanitarian|piece|2.4|foldable jerrycans 10 L
  |Faltkanister 10 l|складані каністри 10 л
hygiene-parcel|humanitarian|piece|15|hygiene parcels
  |Hygienepakete|гігієнічні пакунки
health-kit|humanitarian|piece|17200|interagency emergency health kits
  |Notfallgesundheitssets|екстрені медичні комплекти
wheelchair|humanitarian|piece|185|folding wheelchairs
  |Faltrollstühle|складані інвалідні візки
clinic-van|humanitarian|piece|96000|mobile clinic vans
  |fahrbare Ambulatorien|пересувні амбулаторії
water-bladder|humanitarian|piece|1450|water bladders 10 m3
  |Wasserblasen 10 m3|м'які ємності для води 10 м3
ration-box|humanitarian|piece|22|ready-to-eat ration boxes
  |Verpflegungskartons|набори сухих пайків
armour-vest|military|piece|870|sets of body armor
  |Schutzwesten|бронежилети
night-monocular|military|piece|2950|night observation monoculars
  |Nachtsichtmonokulare|монокуляри нічного бачення
battery-radar|military|piece|9800000|counter-battery radars
  |Artillerieaufklärungsradare|контрбатарейні радари
armoured-ambulance|military|piece|312000|armoured ambulances
  |geschützte Sanitätswagen|броньовані санітарні машини
mine-roller|military|piece|243000|mine rollers
  |Minenroller|мінні котки
assault-boat|military|piece|49000|rigid assault boats
  |Sturmboote|штурмові човни
mortar-round|military|piece|430|mortar rounds 120 mm
  |Wurfgranaten 120 mm|мінометні постріли 120 мм
demining-machine|military|piece|615000|remote demining machines
  |ferngesteuerte Räumgeräte|машини дистанційного розмінування
cargo-truck|military|piece|166000|cargo trucks 6x6
  |Lastkraftwagen 6x6|вантажівки 6x6
radio-handset|military|piece|3150|encrypted radio handsets
  |verschlüsselte Handfunkgeräte|захищені портативні радіостанції
diesel-genset|energy|piece|38500|diesel gensets 200 kVA
  |Dieselaggregate 200 kVA|дизель-агрегати 200 кВА
autotransformer|energy|piece|3400000|autotransformers 330 kV
  |Spartransformatoren 330 kV|автотрансформатори 330 кВ
gas-turbine|energy|piece|16000000|mobile gas turbines 25 MW
  |mobile Gasturbinen 25 MW|мобільні газові турбіни 25 МВт
boiler-module|energy|piece|142000|modular boiler houses 1 MW
  |Containerheizwerke 1 MW|модульні котельні 1 МВт
cable-10kv|energy|km|21500|cable drums 10 kV
  |Kabeltrommeln 10 kV|барабани кабелю 10 кВ
inverter-set|energy|piece|4700|inverter and storage sets
  |Wechselrichter mit Speicher|інвертори з накопичувачами
circuit-breaker|energy|piece|61500|circuit breakers 110 kV
  |Leistungsschalter 110 kV|вимикачі 110 кВ
modular-bridge|reconstruction|piece|785000|modular bridges 30 m
  |Baukastenbrücken 30 m|збірні мости 30 м
school-bus|reconstruction|piece|88500|school buses
  |Schulbusse|шкільні автобуси
excavator|reconstruction|piece|156000|tracked excavators
  |Raupenbagger|гусеничні екскаватори
modular-house|reconstruction|piece|22500|modular dwellings
  |Wohnmodule|модульні будинки
pump-unit|reconstruction|piece|41500|waterworks pump units
  |Pumpenaggregate für Wasserwerke|насосні агрегати для водоканалів
glazing|reconstruction|m2|96|window glazing
  |Fensterverglasung|віконне скління
"""
"""A good takes two lines: identifier, kind, unit, price and English name; German and Ukrainian name."""

_PLACES = """
Kherson|Cherson|Херсон
Mykolaiv|Mykolajiw|Миколаїв
Zaporizhzhia|Saporischschja|Запоріжжя
Sumy|Sumy|Суми
Chernihiv|Tschernihiw|Чернігів
Poltava|Poltawa|Полтава
Vinnytsia|Winnyzja|Вінниця
Zhytomyr|Schytomyr|Житомир
Rivne|Riwne|Рівне
Lutsk|Luzk|Луцьк
Ternopil|Ternopil|Тернопіль
Uzhhorod|Uschhorod|Ужгород
Chernivtsi|Tscherniwzi|Чернівці
Cherkasy|Tscherkassy|Черкаси
Kropyvnytskyi|Kropywnyzkyj|Кропивницький
Kryvyi Rih|Krywyj Rih|Кривий Ріг
Izmail|Ismajil|Ізмаїл
Kramatorsk|Kramatorsk|Краматорськ
Sloviansk|Slowjansk|Слов'янськ
Nikopol|Nikopol|Нікополь
Okhtyrka|Ochtyrka|Охтирка
Konotop|Konotop|Конотоп
Izium|Isjum|Ізюм
Kupiansk|Kupjansk|Куп'янськ
Balakliia|Balaklija|Балаклія
Trostianets|Trostjanez|Тростянець
Nizhyn|Nischyn|Ніжин
Pavlohrad|Pawlohrad|Павлоград
Kovel|Kowel|Ковель
Drohobych|Drohobytsch|Дрогобич
"""


def _good(text: str) -> Good:
    """Read a good of the list above."""
    name, kind, unit, price, en, de, uk = text.split("|")
    return Good(name, kind, unit, Decimal(price), en, de, uk)


GOODS = {good.id: good for good in map(_good, _GOODS.replace("\n  |", "|").strip().splitlines())}
PLACES = [Place(*line.split("|")) for line in _PLACES.strip().splitlines()]

TITLES = {
    "en": ("{n} {good} for {place}", "{good}: {n} for {place}", "Supply of {n} {good}, {place}"),
    "de": ("{n} {good} für {place}", "{good}: {n} nach {place}", "Bereitstellung von {n} {good}, {place}"),
    "uk": ("{n} {good} для: {place}", "{good}: {n}, {place}", "Постачання {n}: {good}, {place}"),
}

# Uses of financial support: each names another use, so that no two of one partner are alike.
USES = {
    "en": (
        "salaries of teachers",
        "pensions of war veterans",
        "housing utility allowances",
        "wages of rescue services",
        "allowances for displaced households",
        "guarantees for winter grain exporters",
        "interest relief of small farms",
        "payroll of hospitals",
    ),
    "de": (
        "Gehälter von Lehrkräften",
        "Renten von Veteranen",
        "Wohnkostenzuschüsse",
        "Löhne der Rettungsdienste",
        "Hilfen für vertriebene Haushalte",
        "Garantien für Getreideexporteure",
        "Zinszuschüsse für Kleinbetriebe",
        "Personalkosten der Krankenhäuser",
    ),
    "uk": (
        "оплата праці вчителів",
        "пенсії ветеранам",
        "житлові субсидії",
        "заробітна плата рятувальників",
        "виплати переселенцям",
        "гарантії експортерам зерна",
        "здешевлення кредитів фермерам",
        "заробітна плата лікарень",
    ),
}
