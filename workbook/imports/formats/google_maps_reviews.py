"""Reviews the owner of an account wrote on Google Maps: they are about others, and are refused."""

from __future__ import annotations

from workbook.imports.format import RefusedFormat, Signature, dig, dig_text, first_item


def _is_map(value: object) -> bool:
    about = dig(first_item(value, "features"), "properties")
    return dig_text(value, "type") == "FeatureCollection" and isinstance(about, dict)


FORMAT = RefusedFormat(id="google_maps_reviews", signature=Signature(document=_is_map))
