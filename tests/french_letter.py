"""A letter in French with everything that a letter may have, partly in Arabic and English."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.conftest import Copy
from tests.tools import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LETTER = """---
language: fr
title: Pour l’eau de la vallée
description: Trente associations demandent une eau que l’on puisse boire.
date: 2025-03
updated: 2025-06-04
publisher: Les Amis de la *vallée*
contact: eau@example.org
imprint: https://example.org/mentions-legales
sign: https://example.org/signer
logo: city.png
---
# L’eau de la vallée est à tous

Nous, habitants de la vallée, demandons une eau que l’on puisse boire.[^loi] Ce que nous
demandons est dit [plus bas](#ce-que-nous-demandons), et au téléphone :
[+33 1 23 45 67 89](tel:+33123456789).

## Ce qui est arrivé

L’usine a fermé ~~en 2023~~ en 2024.[^usine] La loi le permet.[^loi]

## Ce que disent les mesures

| Année | Commune | Nitrates (mg/l) | Population desservie par le réseau |   |
|-------|:-------:|----------------:|------------------------------------|---|
| 2022  | Saint-Martin | 48 | 12 000 habitants dans trois hameaux |  |
| 2023  | Saint-Martin | 61 | 12 400 habitants dans trois hameaux | * |
| 2024  | Rochefort    | 112 | 3 100 habitants |  |

### À Rochefort

La mairie n’a rien publié.

## Ce que nous demandons

1. Des mesures chaque mois.
2. Leur publication.

## À qui

> À la préfecture.

## Jusqu’à quand

Jusqu’à l’été.

## Organisations

<!-- signatories -->
- Association pour l’eau
- جمعية المياه
- [Les Amis de la rivière](https://example.org/riviere)

## Habitants

<!-- signatories: people.csv -->

[^loi]: Loi du 3 janvier 1992, article premier.
[^usine]: L’usine de la route de Lyon.

    Elle employait 80 personnes.
"""

ENTRIES = {
    "ar": {
        "Pour l’eau de la vallée": "من أجل ماء الوادي",
        "Les Amis de la *vallée*": "أصدقاء *الوادي*",
        "L’eau de la vallée est à tous": "ماء الوادي للجميع",
        "Nous, habitants de la vallée, demandons une eau que l’on puisse boire.[^loi] Ce que nous "
        "demandons est dit [plus bas](#ce-que-nous-demandons), et au téléphone : "
        "[+33 1 23 45 67 89](tel:+33123456789).": "نحن سكان الوادي نطالب بماء صالح للشرب.[^loi] "
        "ما نطالب به مذكور [أدناه](#ce-que-nous-demandons)، وعلى الهاتف: "
        "[+33 1 23 45 67 89](tel:+33123456789).",
        "Ce qui est arrivé": "ما حدث",
        "Ce que disent les mesures": "ما تقوله القياسات",
        "Année": "السنة",
        "Commune": "البلدية",
        "Nitrates (mg/l)": "النترات (ملغ/ل)",
        "Saint-Martin": "سان مارتان",
        "3 100 habitants": "3 100 نسمة",
        "Ce que nous demandons": "ما نطالب به",
        "Organisations": "المنظمات",
        "Association pour l’eau": "جمعية الماء",
        "Loi du 3 janvier 1992, article premier.": "قانون 3 يناير 1992، المادة الأولى.",
    },
    "en": {
        "Pour l’eau de la vallée": "For the water of the valley",
        "L’eau de la vallée est à tous": "The water of the valley is everybody’s",
        "L’usine a fermé ~~en 2023~~ en 2024.[^usine] La loi le permet.[^loi]": "The works closed "
        "~~in 2023~~ in 2024.[^usine] The law allows it.[^loi]",
        "Commune": "Municipality",
        "L’usine de la route de Lyon.": "The works on the Lyon road.",
    },
}


def write_french_letter(folder: Path) -> Copy:
    """Write the letter, 300 names beside it, and its catalogues, into a folder."""
    copy = Copy(folder / "letter.md", folder / "locales")
    copy.letter.write_text(LETTER, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "browser" / "city.png", folder)
    rows = ["name,affiliation,country,date,name:ar"]
    for number in range(1, 301):
        name = f"هدى الخطيب {number}" if number % 10 == 0 else f"Jeanne Dupont-Lavigne {number}"
        more = "École primaire de Rochefort,France,2025-03-01," if number % 3 == 0 else ",,,"
        rows.append(f"{name},{more}" + ("جان دوبون" if number == 1 else ""))
    rows[11] = "Huda Al-Khatib,جامعة حلب,,2025,"
    (folder / "people.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for tag, entries in ENTRIES.items():
        blocks = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
        blocks += [f'msgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in entries.items()]
        copy.po(tag).parent.mkdir(parents=True)
        copy.po(tag).write_text("\n".join(blocks), encoding="utf-8")
    return copy
