"""Pages made for the tests, in the ways in which news sites write them."""

from __future__ import annotations

import json
from typing import Any

BODY_IT = (
    "Il ministro delle Infrastrutture ha firmato lunedì a Genova l'accordo con la Regione per il nuovo terminal del "
    "porto, atteso da quasi dieci anni dagli operatori dello scalo.",
    "«I cantieri apriranno domani», ha detto il presidente dell'autorità portuale al termine dell'incontro, al quale "
    "hanno partecipato anche i rappresentanti dei sindacati.",
    "L'opera costerà 420 milioni di euro e sarà finanziata per due terzi dallo Stato. Le associazioni dei pescatori "
    "hanno annunciato un ricorso al tribunale amministrativo.",
)
BODY_EN = (
    "The transport minister signed an agreement on Monday with the regional government of Westmark to rebuild the "
    "bridge that collapsed last winter, after months of talks over who would pay.",
    "“Work will start tomorrow,” the minister told reporters outside the town hall, where about two hundred residents "
    "had gathered to demand a date.",
    "The bridge will cost £85m, two thirds of it paid by the state. A group of farmers said it would challenge the "
    "route in court.",
)


def data(kind: str, **fields: Any) -> str:
    """A script of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **fields}, ensure_ascii=False)}</script>'


def page(head: str, body: str, language: str = "it") -> bytes:
    """A page of that head and body."""
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'.encode()


def paragraphs(lines: tuple[str, ...], between: str = "") -> str:
    """Paragraphs, with something between the first and the second."""
    first, *rest = (f"<p>{line}</p>" for line in lines)
    return first + between + "".join(rest)


def italian(**changes: str) -> bytes:
    """A page with all its data, its article among what surrounds one."""
    parts = {
        "head": "<title>Porto, firmato l'accordo per il terminal | Il Giornale del Porto</title>"
        '<meta property="og:title" content="Porto, firmato l\'accordo per il terminal">'
        '<meta property="og:site_name" content="Il Giornale del Porto">'
        '<link rel="canonical" href="https://www.example.org/2025/03/10/porto/">'
        + data(
            "NewsArticle",
            headline="Porto, firmato l'accordo per il terminal",
            datePublished="2025-03-10T18:30:00+01:00",
            dateModified="2025-03-10T19:05:00+01:00",
            author=[{"@type": "Person", "name": "Anna Berti"}, {"@type": "Person", "name": "Luca Neri"}],
            articleSection="Economia",
            publisher={"@type": "Organization", "name": "Il Giornale del Porto"},
            description="La Regione e il governo chiudono una trattativa lunga dieci anni: lavori al via",
        ),
        "inside": '<aside class="related"><p>Leggi anche <a href="/x">Il vecchio terminal chiude</a></p></aside>'
        '<figure><img src="a.jpg"><figcaption>Il porto di Genova visto dal mare (Foto Ansa)</figcaption></figure>'
        '<div class="newsletter-signup"><p>Iscriviti alla newsletter del mattino per ricevere le notizie.</p></div>',
    } | changes
    return page(
        parts["head"],
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        "<article><header><h1>Porto, firmato l'accordo per il terminal</h1>"
        '<p class="sommario">La Regione e il governo chiudono una trattativa lunga dieci anni: lavori al via</p>'
        '<p class="byline">di Anna Berti e Luca Neri</p></header>'
        f'<div class="content">{paragraphs(BODY_IT, parts["inside"])}</div></article>'
        '<section class="cookie-banner"><p>Questo sito usa i cookie per migliorare la tua esperienza.</p></section>'
        "<footer><p>© 2025 Il Giornale del Porto. Riproduzione riservata.</p></footer>",
    )


def live_blog() -> bytes:
    """A live blog of two days, its newest entry first, as sites have it."""
    posts = [
        (
            "2025-03-11T08:10:00+01:00",
            "Riapre la stazione",
            "La stazione di Bologna ha riaperto questa mattina alle 7.",
        ),
        (
            "2025-03-10T21:40:00+01:00",
            "Vertice in prefettura",
            "Il prefetto incontrerà domani i sindaci della provincia.",
        ),
        (
            "2025-03-10T19:00:00+01:00",
            "Evacuata la stazione",
            "La stazione di Bologna è stata evacuata oggi per un allarme.",
        ),
    ]
    updates = [
        {"@type": "BlogPosting", "headline": h, "datePublished": d, "articleBody": f"<p>{b}</p>"} for d, h, b in posts
    ]
    shown = "".join(f"<section><h2>{h}</h2><p>{b}</p></section>" for _, h, b in posts)
    told = data(
        "LiveBlogPosting",
        headline="Bologna, l'allarme in stazione: la diretta",
        datePublished="2025-03-10T18:50:00+01:00",
        dateModified="2025-03-11T08:10:00+01:00",
        liveBlogUpdate=updates,
    )
    title = "Bologna, l&#39;allarme in stazione: la diretta"
    intro = "<p>Traffico ferroviario fermo da ore nel nodo di Bologna: gli aggiornamenti in tempo reale.</p>"
    return page(f"<title>{title}</title>{told}", f"<main><h1>{title}</h1>{intro}{shown}</main>")
