"""Words in the heads and cells of partners' own files, and what they may mean; for proposals alone."""

from collections.abc import Mapping
from functools import cache

from konvoi.kit.text import fold

_HEADS: Mapping[str, str] = {
    "": (
        "id|ref|reference|record id|activity id|project id|project number|code|iati identifier|crs id|crsid|"
        "crsnumber|project code|activity code|contract number|kennung|aktenzeichen|vorgangsnummer|unique id|"
        "номер|шифр|реєстраційний номер|numer umowy|identyfikator|numéro de dossier"
    ),
    "party": (
        "donor|donor name|donorname|funder|funding organisation|financed by|provider|giver|source|"
        "reporting organisation|reporting org|lead organisation|organisation|organization|org|agency|"
        "geber|geberland|spender|finanzierende stelle|донор|надавач|країна донор|організація|bailleur|"
        "bailleur de fonds|donator|fundator|darczyńca|pays donateur|financiador|ente finanziatore"
    ),
    "counterparty": (
        "recipient|recipient name|recipientname|beneficiary|beneficiary country|recipient country|"
        "empfänger|empfängerland|begünstigter|одержувач|"
        "отримувач|бенефіціар|bénéficiaire|odbiorca|pays bénéficiaire"
    ),
    "day": (
        "date|day|announcement date|commitment date|commitmentdate|"
        "date of commitment|start date|start|reported|"
        "reporting date|date reported|transaction date|year|signed|signature date|approval date|"
        "datum|tag|beginn|startdatum|zusagedatum|дата|дата підписання|початок|date d'engagement|data|rok"
    ),
    "kind": (
        "sector|sector name|sectorname|cluster|category|type of support|aid type|purpose|purposename|type|"
        "sektor|bereich|kategorie|art|сектор|кластер|вид допомоги|категорія|secteur|kategoria|rodzaj"
    ),
    "title": (
        "title|project|project title|projecttitle|"
        "activity|activity description|description|short description|"
        "shortdescription|name|project name|programme|intervention|"
        "titel|projekt|vorhaben|bezeichnung|maßnahme|"
        "назва|назва проєкту|проєкт|опис|захід|intitulé|projet|tytuł|nazwa projektu|nazwa|proyecto|progetto"
    ),
    "stage": (
        "status|stage|state|project status|activity status|"
        "commitment type|funding status|stand|umsetzungsstand|"
        "статус|стан|стадія|statut|état|etap|stan"
    ),
    "amount": (
        "amount|value|budget|total|total budget|funding|commitment|committed amount|usd commitment|"
        "usd_commitment|usd_disbursement|usd_received|eur amount|project value|cost|total cost|sum|price|"
        "betrag|summe|wert|volumen|mittel|zusagebetrag|сума|"
        "вартість|бюджет|обсяг|montant|kwota|wartość|importe|importo"
    ),
    "currency": "currency|ccy|currency code|currencycode|währung|валюта|devise|waluta|moneda|valuta",
    "implementer": (
        "implementing partner|implementer|implementing organisation|channel name|channelname|"
        "implementing agency|partner|durchführer|durchführungsorganisation|виконавець|opérateur|wykonawca"
    ),
    "place": (
        "location|place|oblast|region|admin1|adm1|admin 1|district|hromada|city|town|area|province|"
        "ort|область|громада|місто|місце|регіон|lieu|miejsce|miejscowość"
    ),
    "address": "url|link|website|source url|address|quelle|посилання|lien|strona",
    "line": "item id|line id|line|item no|item number|lfd nr|pos|position|posten|позиція|№ з/п|lp",
    "package": "package|package id|pledge|pledge id|decision|project id|paket|paketnummer|пакет|pakiet",
    "good": (
        "item|good|goods|product|commodity|item name|description of goods|material|article|equipment|"
        "gut|artikel|ware|gegenstand|bezeichnung|товар|найменування|предмет|produit|towar|nazwa towaru"
    ),
    "quantity": (
        "quantity|qty|number|units|pieces|count|no of units|amount of items|menge|anzahl|stückzahl|"
        "кількість|к-сть|quantité|ilość|cantidad|quantità"
    ),
    "unit": "unit|uom|unit of measure|einheit|mengeneinheit|одиниця|од. виміру|unité|jednostka|j.m.|unidad",
    "promised": (
        "delivery date|planned delivery|promised|eta|expected delivery|delivery|liefertermin|lieferdatum|"
        "термін поставки|дата поставки|échéance|termin dostawy"
    ),
    "need": "need id|request id|request number|bedarfsnummer|номер заявки|заявка",
    "site": "site|hub|warehouse|destination|delivery place|lager|zielort|склад|пункт призначення",
    "lat": "lat|latitude|y|breite|breitengrad|широта|szerokość|latitud",
    "lon": "lon|long|lng|longitude|x|länge|längengrad|довгота|długość|longitud",
    "country": "country|country code|iso|iso2|land|країна|pays|kraj|país",
    "due": "due|due date|needed by|deadline|required by|frist|bis|потрібно до|термін",
    "received": "received|quantity received|received quantity|erhalten|отримано|reçu",
    "reference": "waybill|consignment|delivery note|lieferschein|накладна|ттн|bon de livraison",
    "receipt": "receipt|receipt no|grn|goods receipt|empfangsbestätigung|акт|номер акта",
    "movement": "movement|shipment|shipment id|dispatch id|transport id|sendung|перевезення",
}

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "humanitarian": (
            "humanitarian|humanitarian aid|food|food security|shelter|shelter nfi|wash|health|protection|"
            "emergency response|medical|education|nfi|multi purpose cash|cash|humanitäre hilfe|medizin|"
            "гуманітарна|гуманітарна допомога|їжа|медицина|humanitaire|humanitarna|pomoc humanitarna"
        ),
        "military": (
            "military|military aid|defence|defense|weapons|ammunition|lethal|security assistance|"
            "militär|militärisch|ausrüstung|waffen|військова|"
            "військова допомога|оборона|militaire|wojskowa|militarna"
        ),
        "energy": (
            "energy|power|electricity|heating|energie|strom|енергетика|енергія|énergie|energetyka|energia"
        ),
        "financial": (
            "financial|budget support|general budget support|loan|"
            "grant|macro financial|macro financial assistance|"
            "finanzhilfe|budgethilfe|kredit|фінансова|бюджетна підтримка|financier|finansowa"
        ),
        "reconstruction": (
            "reconstruction|recovery|rebuilding|infrastructure|demining|housing|early recovery|wiederaufbau|"
            "відбудова|відновлення|reconstruction|odbudowa"
        ),
    },
    "stage": {
        "pledged": (
            "pledge|pledged|announced|planned|pipeline|"
            "angekündigt|zusage|оголошено|обіцяно|annoncé|zapowiedziane"
        ),
        "committed": (
            "commitment|committed|approved|signed|agreed|"
            "contracted|ongoing|active|implementation|in progress|"
            "laufend|bewilligt|vertraglich gebunden|підписано|"
            "затверджено|виконується|engagé|zatwierdzone|w trakcie"
        ),
        "allocated": "allocated|earmarked|zugewiesen|bereitgestellt|виділено|alloué|przydzielone",
        "disbursed": (
            "disbursed|disbursement|paid|paid out|completed|closed|spent|ausgezahlt|abgeschlossen|"
            "виплачено|завершено|décaissé|wypłacone|zakończone"
        ),
        "withdrawn": (
            "withdrawn|cancelled|canceled|terminated|storniert|zurückgezogen|скасовано|annulé|anulowane"
        ),
    },
}


@cache
def heads() -> Mapping[str, tuple[str, ...]]:
    """For each folded head, the columns that it may mean; an empty name is that of a row's own reference."""
    found: dict[str, list[str]] = {}
    for column, words in _HEADS.items():
        for word in words.split("|"):
            if column not in (known := found.setdefault(fold(word), [])):
                known.append(column)
    return {word: tuple(columns) for word, columns in found.items()}


@cache
def words(column: str) -> Mapping[str, str]:
    """For each folded word of partners, the choice of a column that it may mean."""
    return {
        fold(word): choice for choice, some in _CHOICES.get(column, {}).items() for word in some.split("|")
    }
