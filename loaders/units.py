"""The units of the code list, by what sources write."""

from __future__ import annotations

from ontology.schemes import Unit

UNITS = {
    "%": Unit.PERCENT,
    "Ja=1, Nej=0": Unit.YES_IS_1,
    "MW": Unit.MEGAWATT,
    "MWh": Unit.MEGAWATT_HOUR,
    "MWh/inv": Unit.MEGAWATT_HOUR_PER_INHABITANT,
    "andel (%)": Unit.PERCENT,
    "antal/1000 inv": Unit.NUMBER_PER_THOUSAND_INHABITANTS,
    "gram/ätande": Unit.GRAM_PER_MEAL,
    "hektar": Unit.HECTARE,
    "kg": Unit.KILOGRAM,
    "kg/inv": Unit.KILOGRAM_PER_INHABITANT,
    "kg/invånare": Unit.KILOGRAM_PER_INHABITANT,
    "km": Unit.KILOMETRE,
    "meter/inv": Unit.METRE_PER_INHABITANT,
    "mil/inv": Unit.TEN_KILOMETRES_PER_INHABITANT,
    "ton CO2-ekv": Unit.TONNE_CO2E,
    "ton CO2-ekv/inv": Unit.TONNE_CO2E_PER_INHABITANT,
    "ton CO2e": Unit.TONNE_CO2E,
    "ton CO2e/inv": Unit.TONNE_CO2E_PER_INHABITANT,
    "ton NMVOC": Unit.TONNE_NMVOC,
    "ton NMVOC/inv": Unit.TONNE_NMVOC_PER_INHABITANT,
}
"""The units as sources write them. Any other stands in the name of what is measured alone."""


def unit_among(*written: str) -> Unit:
    """The first unit that is known of some that may be one; else that the name of what is measured states it."""
    return next((UNITS[unit] for unit in written if unit in UNITS), Unit.AS_NAMED)
