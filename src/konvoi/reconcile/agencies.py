"""Agencies that carry out what others give, as they are called in five languages."""

AGENCIES: dict[str, str] = {
    "WFP": (
        "World Food Programme|World Food Program|Welternährungsprogramm|Programme alimentaire mondial|PAM|"
        "Всесвітня продовольча програма|ВПП|Światowy Program Żywnościowy"
    ),
    "UNICEF": (
        "United Nations Children's Fund|Kinderhilfswerk der Vereinten Nationen|"
        "Fonds des Nations unies pour l'enfance|Дитячий фонд ООН|ЮНІСЕФ|"
        "Fundusz Narodów Zjednoczonych na rzecz Dzieci"
    ),
    "UNHCR": (
        "United Nations High Commissioner for Refugees|UN Refugee Agency|"
        "Flüchtlingshilfswerk der Vereinten Nationen|Haut-Commissariat des Nations unies pour les réfugiés|"
        "HCR|"
        "Управління ООН у справах біженців|УВКБ ООН|Wysoki Komisarz NZ do spraw Uchodźców"
    ),
    "WHO": (
        "World Health Organization|World Health Organisation|Weltgesundheitsorganisation|"
        "Organisation mondiale de la santé|OMS|Всесвітня організація охорони здоров'я|ВООЗ|"
        "Światowa Organizacja Zdrowia"
    ),
    "ICRC": (
        "International Committee of the Red Cross|Internationales Komitee vom Roten Kreuz|IKRK|"
        "Comité international de la Croix-Rouge|CICR|Міжнародний комітет Червоного Хреста|МКЧХ|"
        "Międzynarodowy Komitet Czerwonego Krzyża"
    ),
    "IFRC": (
        "International Federation of Red Cross and Red Crescent Societies|"
        "Federation of Red Cross and Red Crescent Societies|Rotkreuz- und Rothalbmond-Föderation|"
        "Fédération des sociétés de la Croix-Rouge|Федерація товариств Червоного Хреста|"
        "Federacja Towarzystw Czerwonego Krzyża"
    ),
    "IOM": (
        "International Organization for Migration|Internationale Organisation für Migration|"
        "Organisation internationale pour les migrations|OIM|Міжнародна організація з міграції|МОМ|"
        "Międzynarodowa Organizacja ds. Migracji"
    ),
    "UNDP": (
        "United Nations Development Programme|Entwicklungsprogramm der Vereinten Nationen|"
        "Programme des Nations unies pour le développement|PNUD|Програма розвитку ООН|ПРООН|"
        "Program Narodów Zjednoczonych ds. Rozwoju"
    ),
    "UNFPA": (
        "United Nations Population Fund|Bevölkerungsfonds der Vereinten Nationen|"
        "Fonds des Nations unies pour la population|Фонд ООН у галузі народонаселення|"
        "Fundusz Ludnościowy Narodów Zjednoczonych"
    ),
    "FAO": (
        "Food and Agriculture Organization|Ernährungs- und Landwirtschaftsorganisation|"
        "Organisation pour l'alimentation et l'agriculture|Продовольча та сільськогосподарська організація|"
        "Organizacja ds. Wyżywienia i Rolnictwa"
    ),
    "NRC": (
        "Norwegian Refugee Council|Norwegischer Flüchtlingsrat|Conseil norvégien pour les réfugiés|"
        "Норвезька рада у справах біженців|Norweska Rada ds. Uchodźców"
    ),
    "DRC": (
        "Danish Refugee Council|Dänischer Flüchtlingsrat|Conseil danois pour les réfugiés|"
        "Данська рада у справах біженців|Duńska Rada ds. Uchodźców"
    ),
    "IRC": (
        "International Rescue Committee|Internationales Rettungskomitee|Comité international de secours|"
        "Міжнародний комітет порятунку|Międzynarodowy Komitet Ratunkowy"
    ),
    "Save the Children": (
        "STC|Save the Children International|Save the Children Deutschland|Save the Children France|"
        "Врятуймо дітей|Save the Children Polska"
    ),
}
"""Acronym or name, and the other names."""
