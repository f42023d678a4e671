"""What happens to Villa Quimera: a storm, figures that are late, missing or reissued. Told in docs/demo-city.md."""

from dataclasses import dataclass

CITY = "villa_quimera"

STORM = {"2022-12": 1.0, "2023-01": 0.6, "2023-02": 0.3}
"""How much of the storm is felt in each month."""
STORM_EFFECTS = {
    "requests_received": 0.55,
    "requests_on_time": -0.18,
    "requests_overdue": 0.5,
    "days_to_resolve": 0.45,
    "calls_answered": -0.25,
    "street_lights": -0.06,
    "emergency_on_time": -0.12,
    "fire_calls": 0.9,
    "bus_punctuality": -0.13,
    "bus_passengers": -0.15,
    "bike_trips": -0.4,
    "hotel_nights": -0.35,
    "library_visits": -0.3,
    "sports_users": -0.25,
    "potholes_on_time": -0.3,
    "works_on_schedule": -0.2,
    "water_losses": 0.08,
}
"""By what share each indicator of the city moves at its worst."""

RISE = {"centro_viejo": 1.22, "puerto_bruma": 1.3}
"""Districts where robberies rise in the last months: how much more of the city's they end up with than they had."""
RISE_BEGINS = "2026-06"

NEVER_MEASURED = frozenset({"school_meals_local"})
"""Goals of the city whose first value has not come yet."""
STOPPED = {"satisfaction": "2026-03"}
"""The city's last month of what nobody sends any more."""


@dataclass(frozen=True)
class Months:
    """Some months of one indicator of the city, from one to another."""

    indicator: str
    first: str
    last: str


GAPS: dict[Months, str] = {
    Months("calls_answered", "2024-03", "2024-04"): "s/d: cambio de centralita",
    Months("nitrogen_dioxide", "2022-12", "2022-12"): "s/d: estaciones averiadas por el temporal",
    Months("bike_trips", "2021-08", "2021-08"): "s/d: sistema en obras",
}
"""Values that the city's areas could not give, and why, in the areas' own words."""
PEERS_GAP = "s/d"

DELAYED: dict[Months, str] = {
    Months("permit_days", "2025-05", "2025-06"): "2025-08",
    Months("permits_granted", "2025-05", "2025-06"): "2025-08",
}
"""Months that came late, and the month with which they came."""

REISSUED: dict[Months, tuple[str, float]] = {
    Months("recycling", "2024-01", "2024-12"): ("2025-04", 0.045),
    Months("robberies", "2026-06", "2026-09"): ("2026-10", -0.04),
}
"""Months whose values were corrected long after: with which month, and by what share they had been too high."""

PEERS_GAPS = 0.004
REVISED = 0.045
"""The share of values that are missing in other cities, and that are corrected a month after they came."""
REVISION = 0.012
"""By what share a corrected value had usually been off."""
