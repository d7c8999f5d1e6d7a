"""Heads of columns in languages of partners that are proposed and not read: what each may mean."""

from collections.abc import Mapping
from functools import cache

from konvoi.kit.text import fold
from konvoi.model.table import Table

_KEY = ""
"""Stands for the first column of a table's key: the partner's own reference."""

_HEADS: Mapping[str, str] = {
    _KEY: (
        "ref|ref no|ref nr|référence|referencia|riferimento|referência|referentie|referens|reference no|"
        "nr|no|numer|numéro|número|numero|nummer|číslo|broj|številka|szám|sorszám|viitenumero|viide|"
        "numurs|numeris|număr|номер|αριθμός|sygnatura|oznaczenie|id|identifiant|identificador|"
        "identificativo|identyfikator|sıra no"
    ),
    "party": (
        "pays|país|paese|land|donor|donateur|donante|donatore|doador|kraj|darczyńca|země|krajina|dárce|"
        "država|donator|ország|adományozó|țara|donatorul|maa|riik|valsts|šalis|държава|страна|донор|χώρα|"
        "ülke|giver|bidragsgiver"
    ),
    "counterparty": (
        "destinataire|bénéficiaire|destinatario|beneficiario|destinatário|beneficiário|ontvanger|"
        "odbiorca|příjemce|príjemca|primatelj|prejemnik|kedvezményezett|beneficiar|modtager|mottagare|"
        "mottaker|vastaanottaja|saaja|saņēmējs|gavėjas|получател|παραλήπτης|recipient|beneficiary|alıcı"
    ),
    "day": (
        "date|fecha|data|datum|dato|dátum|päivämäärä|pvm|kuupäev|datums|dată|дата|ημερομηνία|tarih|dzień|"
        "jour|día|giorno|dia"
    ),
    "kind": (
        "nature|type|tipo|rodzaj|typ|druh|vrsta|típus|tip|soort|slag|laji|liik|veids|rūšis|вид|тип|είδος|"
        "catégorie|categoría|categoria|kategoria|kategorie|kategória|kategori|category|tür"
    ),
    "title": (
        "intitulé|titre|libellé|título|titolo|tytuł|nazwa|název|názov|naziv|naslov|cím|megnevezés|titlu|"
        "titel|tittel|omschrijving|otsikko|nimetus|pealkiri|nosaukums|pavadinimas|заглавие|наименование|"
        "τίτλος|description|désignation|descripción|descrizione|descrição|opis|popis|beskrivelse|"
        "beskrivning|başlık"
    ),
    "stage": (
        "statut|état|étape|estado|stato|etap|status|stav|faza|állapot|stadiu|staat|tila|olek|statuss|"
        "būsena|статус|етап|κατάσταση|durum"
    ),
    "amount": (
        "montant|valeur|importe|monto|valor|importo|valore|montante|kwota|wartość|částka|čiastka|hodnota|"
        "iznos|vrijednost|znesek|vrednost|összeg|érték|sumă|valoare|bedrag|waarde|belopp|värde|beløb|"
        "beløp|värdi|summa|arvo|vērtība|vertė|стойност|ποσό|αξία|tutar|value"
    ),
    "currency": (
        "devise|monnaie|moneda|divisa|valuta|moeda|waluta|měna|mena|valūta|valiuta|pénznem|deviza|monedă|"
        "valutta|vääring|валута|νόμισμα|para birimi|ccy"
    ),
    "good": (
        "article|bien|artículo|bene|artigo|towar|zboží|tovar|roba|blago|áru|bun|goed|vara|vare|tavara|"
        "kaup|prece|prekė|стока|είδος|item|malzeme"
    ),
    "quantity": (
        "quantité|nombre|cantidad|quantità|quantidade|ilość|liczba|množství|množstvo|količina|mennyiség|"
        "cantitate|aantal|hoeveelheid|antal|antall|määrä|kogus|daudzums|kiekis|количество|ποσότητα|"
        "miktar|adet"
    ),
    "unit": (
        "unité|unidad|unità|unidade|jednostka|jednotka|jedinica|enota|egység|unitate|eenheid|enhet|enhed|"
        "yksikkö|ühik|vienība|vienetas|мярка|μονάδα|birim"
    ),
    "promised": (
        "échéance|plazo|scadenza|prazo|termin|termín|rok|határidő|termen|leverdatum|frist|määräaika|"
        "tähtaeg|termiņš|terminas|срок|προθεσμία"
    ),
}


@cache
def _meanings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for column, words in _HEADS.items():
        for word in words.split("|"):
            found.setdefault(fold(word), []).append(column)
    return {word: tuple(columns) for word, columns in found.items()}


def foreign_column(table: Table, head: str) -> str:
    """Return the column of a table that a folded head in another language may mean; empty for none or two.

    >>> from konvoi.model.tables import BY_NAME
    >>> foreign_column(BY_NAME["packages"], "kwota"), foreign_column(BY_NAME["lines"], "numero")
    ('amount', 'line')
    >>> foreign_column(BY_NAME["packages"], "unite")
    ''
    """
    known = {column.name for column in table.columns}
    found = {
        name
        for column in _meanings().get(head, ())
        if (name := column or (table.key[0] if table.key else "")) in known
    }
    return found.pop() if len(found) == 1 else ""
