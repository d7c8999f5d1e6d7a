"""Other forms of given names: short ones, as people use them, and those of other languages.

They are compared by sound, so that one line serves all alphabets. Another form is good for a question only:
many names share a short one (Slava: Vladislav, Vyacheslav, Stanislav), and John is no Ivan on most papers.
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

_LANGUAGES = """
Abraham Ibrahim Avraam Avraham
Alexander Alejandro Alessandro Alexandre Iskander Sandor
Andrew Andreas Andre Andrei Andrea Andres Andrzej Andras
Anna Anne Ann Ana Hannah
Anthony Anton Antoine Antonio Antonin Antoni Antal
Barbara Varvara Barbe
Basil Vasily Basile Basilio Vassilis Bazyli
Catherine Katharina Catalina Caterina Katarzyna Katerina
Charles Karl Carlos Carlo Karel Karol Karoly
Christopher Christoph Christophe Cristobal Cristoforo Krzysztof Khristofor
Constantine Konstantin Constantin Costantino Konstantinos Konstanty
Daniel Daniil Daniele Danilo
David Davide Davit Dawid Dawud
Demetrius Dmitry Dimitrios Demetrio Dimitar
Elias Ilya Elijah Elie Eliasz Ilias
Elizabeth Elisabeth Elizaveta Isabel Elisabetta Elzbieta Erzsebet Yelyzaveta
Eugene Eugen Evgeny Eugenio Eugeniusz
Francis Franz Francois Francisco Francesco Frantisek Franciszek Ferenc
Frederick Friedrich Frederic Federico Fryderyk Fredrik Fridrikh
George Georg Georges Georgy Jorge Giorgio Giorgi Georgios Jerzy Jiri Gyorgy Yuri Egor
Gregory Gregor Gregoire Gregorio Grigory Grzegorz
Helen Helena Elena Helene
Henry Heinrich Henri Enrique Enrico Hendrik Henryk Genrikh
Irene Irina Irena
Isaac Isaak Ishaq Itzhak
Jacob Jacques James Jaime Giacomo Yakov Jakub Yaqub
John Johann Johannes Juan Jean Ivan Giovanni Jan Joao Johan Ioannis Hovhannes Ioan Janos Ivane Yan
Joseph Josef Jose Giuseppe Iosif Jozef Yusuf Yosef
Julia Julie Yulia Giulia Julija
Lawrence Laurent Lorenzo Lorenz Lavrentii
Louis Ludwig Luis Luigi Ludvik Ludwik Lajos
Luke Lukas Luc Luca Luka
Margaret Margarete Marguerite Margarita Malgorzata Margherita
Mark Marcus Marc Marco Marek Marko
Mary Maria Marie Mariam Maryam
Matthew Matthias Matthieu Mateo Matteo Matvei Mateusz
Michael Michel Miguel Michele Michal Mihai Mikael Mihaly
Moses Musa Moshe Moise Moisei
Nicholas Nikolaus Nicolas Nicola Nikolai Nicolae Miklos Mikolaj Nikolaos
Paul Pablo Paolo Pawel Paulo
Peter Pierre Pedro Pietro Petros
Philip Philippe Felipe Filippo Filip
Sergius Serge Sergio Sergei Sergiusz
Solomon Salomon Suleiman Shlomo
Sophia Sophie Zofia
Stephen Steven Stefan Etienne Esteban Stefano Stepan Istvan
Susan Susanne Suzanne Zuzana
Theodore Theodor Fyodor Teodoro Teodor
Theresa Therese Teresa Tereza
Thomas Tomas Tommaso Foma Tomasz
Timothy Timofei Timoteo Timothee
Vladimir Waldemar Valdemar
Vladislav Ladislav Laszlo Ladislaus Wladyslaw
Wenceslas Vaclav Wenzel Vyacheslav
William Wilhelm Guillaume Guillermo Guglielmo Willem
"""
"""Given names of one origin, each line one name."""


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


def _languages() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in _LANGUAGES.strip().splitlines():
        same = words(line)
        for one in same:
            found[sound(one)].update((other, None) for other in same if sound(other) != sound(one))
    return {key: tuple(of) for key, of in found.items()}


_OTHER = _languages()


def other_forms(word: str) -> tuple[str, ...]:
    """Return what a short form stands for, the short forms of a given name, and its forms in other languages.

    >>> other_forms("Гриша"), other_forms("Irina"), other_forms("Kovalenko")
    (('grigory',), ('ira', 'irka', 'irene', 'irena'), ())
    """
    heard = " ".join(map(sound, words(word)))
    return tuple(dict.fromkeys((*_WHOLE.get(heard, ()), *_SHORT.get(heard, ()), *_OTHER.get(heard, ()))))
