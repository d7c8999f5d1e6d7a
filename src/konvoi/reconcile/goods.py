"""Kinds of goods by what they are called in English, German, French, Ukrainian and Polish: whole phrases.

Where konvoi.reconcile.lexicon makes one word of many, this gives the kind of good in a sentence.
"""

PHRASES: dict[str, str] = {
    "generator": (
        "mobile diesel generator, diesel generator, generator set, genset, generator, dieselgeneratoren, "
        "stromaggregate, stromerzeuger, generateurs diesel, groupes electrogenes, дизельні генератори, "
        "електрогенератори, генератори, agregaty pradotworcze, generatory pradu"
    ),
    "transformer": (
        "high voltage transformer, power transformer, transformer, hochspannungstransformatoren, hs "
        "transformatoren, transformatoren, transformateurs, високовольтні трансформатори, силові "
        "трансформатори, трансформатори, transformatory"
    ),
    "ambulance": (
        "ambulance, emergency medical vehicle, krankenwagen, rettungswagen, rtw, vehicules sanitaires, "
        "автомобілі швидкої допомоги, карети швидкої допомоги, karetki pogotowia, ambulanse"
    ),
    "first aid": (
        "first aid kit, trauma kit, ifak, erste hilfe sets, verbandskasten, trousses de premiers secours, "
        "kits de traumatologie, аптечки першої допомоги, індивідуальні аптечки, аптечки, zestawy "
        "pierwszej pomocy, apteczki indywidualne, apteczki"
    ),
    "food": (
        "food assistance, food ration, food aid, gfd, nahrungsmittelhilfe, lebensmittelpakete, "
        "lebensmittel, aide alimentaire, rations alimentaires, продовольча допомога, харчові набори, "
        "продовольство, pomoc zywnosciowa, paczki zywnosciowe, zywnosc"
    ),
    "cash": (
        "multi purpose cash assistance, cash assistance, cash transfer, mpca, bargeldhilfe, "
        "geldtransfers, transferts monetaires, aide en especes, багатоцільова грошова допомога, грошова "
        "допомога, грошові виплати, wsparcie gotowkowe, transfery pieniezne"
    ),
    "shelter": (
        "winterised shelter unit, shelter unit, modular housing, winterfeste unterkunfte, wohncontainer, "
        "abris hivernises, logements modulaires, утеплені модульні будинки, модульні будинки, модульне "
        "житло, domy modulowe, schronienia zimowe"
    ),
    "water": (
        "water purification system, water purification, wash equipment, wasseraufbereitungsanlagen, "
        "trinkwasseranlagen, systemes de purification d eau, purification d eau, materiel eha, системи "
        "очищення води, водоочисне обладнання, systemy uzdatniania wody, stacje uzdatniania wody, "
        "desalination unit, entsalzungsanlagen, unites de dessalement, опріснювальні установки, jednostki "
        "odsalania"
    ),
    "demining": (
        "demining equipment, demining, humanitarian mine action, mine action, hma, minenraumgerat, "
        "minenraumung, equipements de deminage, deminage humanitaire, deminage, обладнання для "
        "розмінування, гуманітарне розмінування, розмінування, sprzet do rozminowywania, rozminowywanie "
        "humanitarne, rozminowywanie"
    ),
    "tent": (
        "family tent, general purpose tent, tent, familienzelte, mehrzweckzelte, tentes familiales, "
        "tentes polyvalentes, сімейні намети, намети загального призначення, намети, namioty rodzinne, "
        "namioty wielofunkcyjne, namioty, canvas shelter, leinwandzelte, abris en toile, брезентові "
        "намети, schronienia plocienne"
    ),
    "medicine": (
        "medical supplies, medicine, medical consumable, medizinisches material, arzneimittel, "
        "medikamente, fournitures medicales, medicaments, медичні засоби, ліки, медикаменти, srodki "
        "medyczne, leki"
    ),
    "fire engine": (
        "fire engine, fire truck, feuerwehrfahrzeuge, loschfahrzeuge, camions de pompiers, vehicules "
        "incendie, пожежні автомобілі, пожежні машини, wozy strazackie, samochody gasnicze"
    ),
    "helmet": (
        "combat helmet, helmet, gefechtshelme, helme, casques de combat, casques, захисні шоломи, бойові "
        "шоломи, шоломи, helmy bojowe, helmy ochronne, helmy"
    ),
    "body armour": (
        "ballistic vest, body armour, body armor, bulletproof vest, schutzwesten, ballistische westen, "
        "gilets pare balles, gilets balistiques, бронежилети, захисні жилети, kamizelki kuloodporne, "
        "kamizelki balistyczne"
    ),
    "artillery ammunition": (
        "155mm artillery round, 155 mm artillery round, artillery ammunition, 155 mm shell, artillery "
        "round, artillery shell, artilleriemunition, artilleriegeschosse, munitions d artillerie, obus de "
        "155 mm, артилерійські боєприпаси, снаряди 155 мм, amunicja artyleryjska, pociski 155 mm"
    ),
    "drone": (
        "reconnaissance drone, unmanned aerial system, unmanned aerial vehicle, uas, uav, drone, "
        "aufklarungsdrohnen, drohnen, drones de reconnaissance, systemes aeriens sans pilote, "
        "розвідувальні безпілотники, безпілотні літальні апарати, безпілотники, бпла, дрони, drony "
        "rozpoznawcze, drony, bezzalogowe statki powietrzne, bsp"
    ),
    "truck": (
        "logistics truck, utility vehicle, truck, lorry, lorries, lastkraftwagen, lkw, camions "
        "logistiques, poids lourds, вантажівки, вантажні автомобілі, ciezarowki, samochody ciezarowe"
    ),
    "field ration": (
        "field ration, meals ready to eat, mre, einmannpackungen, feldrationen, rations de combat, "
        "rations individuelles, сухпайки, польові раціони, racje polowe, racje zywnosciowe wojskowe"
    ),
    "night vision": (
        "night vision device, night vision, nvg, nachtsichtgerate, nachtsichtbrillen, appareils de vision "
        "nocturne, vision nocturne, jvn, прилади нічного бачення, пнб, noktowizory, gogle noktowizyjne"
    ),
    "radio": (
        "tactical radio, secure communications set, radio, funkgerate, fuhrungsfunk, postes radio "
        "tactiques, moyens de communication securises, тактичні радіостанції, радіостанції, засоби "
        "зв'язку, radiostacje taktyczne, radiostacje, srodki lacznosci"
    ),
    "training": (
        "training of personnel, military training, ausbildung von personal, militarische ausbildung, "
        "formation de personnel, formation militaire, навчання особового складу, військова підготовка, "
        "szkolenie personelu, szkolenie wojskowe"
    ),
    "budget support": (
        "direct budget support, budget support, dbs, direkte budgethilfe, budgethilfe, haushaltshilfe, "
        "appui budgetaire direct, appui budgetaire, aide budgetaire, пряма бюджетна підтримка, бюджетна "
        "підтримка, бюджетна допомога, bezposrednie wsparcie budzetowe, wsparcie budzetowe, wsparcie "
        "budzetu"
    ),
    "loan guarantee": (
        "loan guarantee, credit guarantee, kreditgarantien, burgschaften, garanties de pret, garanties de "
        "credit, кредитні гарантії, гарантії за позиками, gwarancje kredytowe, poreczenia kredytow"
    ),
    "loan": (
        "macro financial assistance loan, macro financial assistance, mfa loan, makrofinanzhilfe, "
        "darlehen, assistance macrofinanciere, pret amf, макрофінансова допомога, позика мфд, pomoc "
        "makrofinansowa, pozyczka"
    ),
    "mattress": (
        "mattress, mattresses, sleeping mat, matratzen, schlafmatten, matelas, tapis de couchage, "
        "матраци, килимки для сну, materace, maty do spania"
    ),
    "stretcher": (
        "stretcher, litter, krankentragen, tragen, brancards, civieres, ноші, медичні ноші, nosze, nosze "
        "ewakuacyjne"
    ),
    "rail": (
        "rail track repair material, rails and sleepers, gleisbaumaterial, schienen und schwellen, "
        "materiel ferroviaire, rails et traverses, матеріали для ремонту колій, рейки та шпали, materialy "
        "do naprawy torow, szyny i podklady"
    ),
    "seed": (
        "seeds for farmers, crop seed, seed, saatgut, semences, semences agricoles, насіння, посівний "
        "матеріал, nasiona, material siewny"
    ),
    "pension": (
        "support for pensions, pension payment, rentenzahlungen, unterstutzung der renten, soutien aux "
        "retraites, paiement des retraites, підтримка пенсійних виплат, виплата пенсій, wsparcie "
        "emerytur, wyplata emerytur"
    ),
}
"""Kinds of goods, and phrases that name each; plurals with s need not be listed."""

INSTEAD: tuple[str, ...] = ("instead of", "anstelle von", "anstelle", "au lieu de", "замість", "zamiast")
"""Words before a good that is replaced, and therefore not given."""

PLACES: dict[str, str] = {
    "kharkiv": ("kharkiv, charkiw, харків, charkow"),
    "odesa": ("odesa, odessa, одеса"),
    "dnipro": ("dnipro, дніпро, dniepr"),
    "kyiv": ("kyiv, kiew, kiev, київ, kijow"),
    "lviv": ("lviv, lwiw, львів, lwow, lemberg"),
    "zaporizhzhia": ("zaporizhzhia, saporischschja, zaporijjia, запоріжжя, zaporoze"),
    "mykolaiv": ("mykolaiv, mykolajiw, миколаїв, mikolajow"),
    "chernihiv": ("chernihiv, tschernihiw, tchernihiv, чернігів, czernihow"),
    "sumy": ("sumy, soumy, суми"),
    "kherson": ("kherson, cherson, херсон, chersson"),
    "poltava": ("poltava, poltawa, полтава"),
    "chernivtsi": ("chernivtsi, czernowitz, tchernivtsi, чернівці, czerniowce"),
    "zhytomyr": ("zhytomyr, schytomyr, jytomyr, житомир, zytomierz"),
    "vinnytsia": ("vinnytsia, winnyzja, вінниця, winnica"),
    "rivne": ("rivne, riwne, рівне, rowne"),
    "uzhhorod": ("uzhhorod, uschhorod, oujhorod, ужгород, uzhorod"),
    "ternopil": ("ternopil, тернопіль, tarnopol"),
    "khmelnytskyi": ("khmelnytskyi, chmelnyzkyj, khmelnytsky, хмельницький, chmielnicki"),
    "ivano-frankivsk": ("ivano frankivsk, iwano frankiwsk, івано франківськ, iwano frankiwsk"),
    "lutsk": ("lutsk, luzk, loutsk, луцьк, luck"),
    "cherkasy": ("cherkasy, tscherkassy, tcherkassy, черкаси, czerkasy"),
    "kropyvnytskyi": ("kropyvnytskyi, kropywnyzkyj, kropyvnytsky, кропивницький, kropywnycki"),
    "donetsk": ("donetsk, donezk, донецьк, donieck"),
    "luhansk": ("luhansk, louhansk, луганськ, lugansk"),
    "simferopol": ("simferopol, сімферополь"),
    "sevastopol": ("sevastopol, sewastopol, севастополь"),
}
"""The centres of Ukraine's regions, and how other languages write them."""

NUMBERED: dict[str, str] = {
    "hospital": "hospital, krankenhaus, hopital, лікарня, госпіталь, szpital",
    "clinic": "clinic, klinik, clinique, амбулаторія, клініка, поліклініка, przychodnia, klinika",
    "school": "school, schule, ecole, школа, szkola",
    "kindergarten": "kindergarten, ecole maternelle, дитячий садок, дитсадок, przedszkole",
    "substation": (
        "substation, umspannwerk, poste electrique, sous station, підстанція, stacja elektroenergetyczna, "
        "podstacja"
    ),
    "power plant": "power plant, kraftwerk, centrale electrique, електростанція, elektrownia",
    "reception centre": (
        "reception centre, reception center, aufnahmezentrum, centre d accueil, центр прийому, osrodek "
        "recepcyjny"
    ),
    "waterworks": "water utility, waterworks, wasserwerk, regie des eaux, водоканал, wodociagi",
    "fire station": "fire station, feuerwache, caserne, пожежна частина, remiza",
    "package": "package, paket, paquet, пакет, pakiet",
    "decision": "decision, beschluss, entscheidung, рішення, decyzja",
    "lot": "lot, los, партія, partia",
    "tranche": "tranche, транш, transza",
    "phase": "phase, фаза, faza, etap, етап",
    "agreement": "agreement, abkommen, vereinbarung, accord, угода, umowa",
    "act": "act, law, gesetz, loi, закон, ustawa",
    "brigade": "brigade, бригада, brygada",
}
"""Kinds of things that bear numbers, so that hospital 51 and substation 51 are two."""
