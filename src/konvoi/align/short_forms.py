"""Short forms of given names, as people use them; compared by sound, so that one line serves all alphabets.

A short form is good for a question only: many names share one (Slava: Vladislav, Vyacheslav, Stanislav).
"""

from collections import defaultdict
from collections.abc import Mapping

from konvoi.align.phonetic_key import sound, words

_FORMS = """
Aleksandr: Sasha Sashko Shura Sanya Alex Sandro
Aleksandra: Sasha Shura Olesya
Aleksei: Lyosha Alyosha Lesha Oleksa Alex
Anastasia: Nastya Nastia
Anatoly: Tolya Tolik
Andrei: Andryusha Andriyko
Andrew: Andy
Anna: Anya Anyuta Hania
Anthony: Tony
Anton: Antosha Tosha
Artem: Tyoma Tema
Benjamin: Ben Benny Bibi
Binyamin: Ben Benny Bibi
Bogdan: Danko Bodya
Boris: Borya
Catherine: Kate Cathy
Charles: Charlie Chuck
Christopher: Chris
Daniel: Dan Danny
Daniil: Danya Danko
Daria: Dasha
David: Dave
Denis: Den Deniska
Dmitry: Dima Mitya Dimon
Donald: Don
Edward: Ed Ted Eddie
Ekaterina: Katya Katia
Elena: Lena Olenka
Elizabeth: Liz Beth Betty
Elizaveta: Liza
Evgenia: Zhenya Zheka
Evgeny: Zhenya Zheka Gene
Frederick: Fred
Friedrich: Fritz
Fyodor: Fedya
Galina: Galya
Gennady: Gena
Georgy: Gosha Zhora
Giorgi: Gia Gogi
Gregory: Greg
Grigory: Grisha Grischa Hrysha Hryts
Halyna: Halya
Heinrich: Heinz
Igor: Gosha
Ihor: Ihorko
Ilya: Ilyusha
Irina: Ira Irka
Ivan: Vanya Ivanko
James: Jim Jimmy
Jeffrey: Jeff
Johannes: Hans Hannes
John: Jack Johnny
Josef: Sepp
Joseph: Joe
Kenneth: Ken
Kirill: Kirya
Konstantin: Kostya Kostik Kostia
Ksenia: Ksyusha
Larisa: Lara
Lawrence: Larry
Leonid: Lyonya Lionia
Lidia: Lida
Lyudmila: Lyuda Mila
Maksim: Max Maks
Margaret: Maggie Peggy
Maria: Masha Marusya Marichka
Matthew: Matt
Michael: Mike Mick Misha Mishka
Nadezhda: Nadya
Natalia: Natasha Nata
Nicholas: Nick
Nikita: Nik
Nikolai: Kolya Kolyan Nick
Oksana: Ksyusha
Olga: Olya
Pavel: Pasha Pavlik
Peter: Pete Petya Petryk
Polina: Polya
Rebecca: Becky
Richard: Rick Dick
Robert: Bob Rob Bobby
Roman: Roma Romka
Ronald: Ron
Samuel: Sam
Semyon: Syoma Senya
Sergei: Seryozha Serge Serhiyko
Sofia: Sonya
Stanislav: Stas Slava
Stepan: Styopa
Steven: Steve
Svetlana: Sveta Lana
Tamara: Toma
Tatiana: Tanya
Theodore: Ted Teddy
Thomas: Tom
Timothy: Tim
Vadim: Vadik
Valentin: Valya
Valentina: Valya
Valery: Valera Valerik
Vasily: Vasya Vasko
Viktor: Vitya
Viktoria: Vika
Vitaly: Vitalik Vitya
Vladimir: Vova Volodya Vovka
Vladislav: Vlad Vladik Slava
Vyacheslav: Slava Slavik
Wilhelm: Willi
William: Bill Will Billy
Yakov: Yasha
Yaroslav: Yarik Slava Yarko
Yulia: Yulya Yulka
Yuri: Yura Yurko
Zinaida: Zina
"""


def _read() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    whole: dict[str, dict[str, None]] = defaultdict(dict)
    short: dict[str, dict[str, None]] = defaultdict(dict)
    for line in _FORMS.strip().splitlines():
        (name, *forms) = words(line)
        for form in forms:
            if sound(form) != sound(name):
                whole[sound(form)][name] = None
                short[sound(name)][form] = None
    by_short = {key: tuple(of) for key, of in whole.items()}
    return by_short, {key: tuple(of) for key, of in short.items()}


_WHOLE, _SHORT = _read()


def other_forms(word: str) -> tuple[str, ...]:
    """Return the given names that a short form stands for, and the short forms of a given name.

    >>> other_forms("Гриша"), other_forms("Theodore"), other_forms("Kovalenko")
    (('grigory',), ('ted', 'teddy'), ())
    """
    heard = " ".join(map(sound, words(word)))
    return tuple(dict.fromkeys((*_WHOLE.get(heard, ()), *_SHORT.get(heard, ()))))
