"""Short local news for simulations: some 60 words each, hundreds of unrelated happenings, the background told again."""

from __future__ import annotations

import random
from dataclasses import dataclass

TOWNS = {
    "it": (
        "Ancona", "Arezzo", "Asti", "Avellino", "Belluno", "Biella", "Brindisi", "Caserta", "Chieti", "Como", "Cosenza",
        "Cremona", "Crotone", "Cuneo", "Fermo", "Foggia", "Grosseto", "Imperia", "Isernia", "Latina", "Lecce", "Lodi",
        "Lucca", "Macerata", "Mantova", "Matera", "Nuoro", "Oristano", "Pavia", "Pesaro", "Potenza", "Ragusa", "Rieti",
        "Rovigo", "Savona", "Siena", "Sondrio", "Taranto", "Teramo", "Terni", "Trapani", "Udine", "Varese", "Vercelli",
    ),
    "en": (
        "Aberdeen", "Bangor", "Barnsley", "Boston", "Bradford", "Burnley", "Carlisle", "Chester", "Crewe", "Darlington",
        "Derby", "Dover", "Dundee", "Durham", "Exeter", "Gloucester", "Grimsby", "Halifax", "Hastings", "Hereford",
        "Inverness", "Ipswich", "Kendal", "Lancaster", "Lincoln", "Luton", "Norwich", "Oldham", "Oxford", "Perth",
        "Preston", "Ripon", "Salford", "Stirling", "Swansea", "Truro", "Wakefield", "Warwick", "Wigan", "Worcester",
    ),
}  # fmt: skip
FAMILIES = {
    "it": ("Albani", "Bassi", "Colli", "Donati", "Elmi", "Fanti", "Gori", "Lodi", "Monti", "Neri", "Orsi", "Prati"),
    "en": ("Ashby", "Barlow", "Conway", "Dalton", "Ellis", "Farrow", "Garner", "Hobbs", "Marlow", "Norris", "Pryce"),
}
TOPICS = {
    "it": (
        ("{town}, chiuso il ponte sul fiume", "Il sindaco di {town}, {name}, ha ordinato ieri la chiusura del ponte.",
         "I lavori dureranno {n} giorni e costeranno {n} mila euro.",
         "Il ponte era stato riaperto due anni fa, dopo una lunga disputa con la provincia sui costi dei lavori."),
        ("Incendio in un deposito a {town}", "Un incendio ha distrutto nella notte un deposito vicino a {town}.",
         "Sono intervenute {n} squadre dei vigili del fuoco; non ci sono feriti, ha detto il comandante {name}.",
         "Le cause sono ancora da accertare; l'agenzia per l'ambiente ha prelevato campioni di aria e di acqua."),
        ("Sciopero dei bus a {town}", "Gli autisti dei bus di {town} hanno scioperato lunedì per il contratto.",
         "Secondo il sindacalista {name} ha aderito il {n} per cento del personale.",
         "La trattativa con l'azienda dei trasporti è ferma dall'estate, e nessun incontro è stato fissato."),
        ("{town}, arrestato un commerciante", "La polizia ha arrestato a {town} un commerciante di {n} anni, {name}.",
         "È accusato di avere venduto merce contraffatta; il suo avvocato respinge le accuse.",
         "L'indagine era cominciata dopo la segnalazione di alcuni clienti, e riguarda altri tre negozi."),
    ),
    "en": (
        ("{town} bridge closed to traffic", "The mayor of {town}, {name}, closed the old bridge to traffic on Monday.",
         "Repairs will take {n} days and cost {n} thousand pounds.",
         "The bridge had reopened two years ago after a long dispute with the county over who should pay."),
        ("Fire destroys {town} warehouse", "A fire destroyed a warehouse on the outskirts of {town} overnight.",
         "It took {n} crews to put it out; nobody was hurt, fire chief {name} said.",
         "The cause is not known yet, and officials have taken samples of air and water near the site."),
        ("{town} bus drivers walk out", "Bus drivers in {town} went on strike on Monday over their contract.",
         "Union leader {name} said {n} per cent of staff had joined.",
         "Talks with the transport company have been stuck since summer, and no meeting has been arranged."),
        ("Trader arrested in {town}", "Police in {town} have arrested {name}, a trader aged {n}.",
         "The trader is accused of selling fake goods; the defence lawyer denies the charges.",
         "The inquiry began when some customers complained, and three other shops are being looked at."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Brief:
    """A short article. ``happening`` is the same for those that tell one kind of thing of one town."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    happening: str


def brief(number: int) -> Brief:
    """The article with a number. One in four tells again, under its own headline, what the one before told."""
    relayed = number % 4 == 3
    about = number - 1 if relayed else number
    dice = random.Random(about)
    language = "it" if about % 5 < 3 else "en"
    headline, *paragraphs = dice.choice(TOPICS[language])
    words = {
        "town": dice.choice(TOWNS[language]),
        "name": dice.choice(FAMILIES[language]),
        "n": str(dice.randint(18, 90)),
    }
    title = headline.format(**words)
    shown = f"{title} ({number})" if relayed else title
    return Brief(shown, tuple(p.format(**words) for p in paragraphs), language, title)
