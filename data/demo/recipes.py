"""The recipes of the demo's indicators, by theme. What happens to the city on top of them is in story.py."""

from data.demo.recipe import Recipe, line

SECURITY = {
    "robberies": Recipe(
        {"2020-11": 41, "2024-12": 34.6, "2026-05": 29.4, "2026-09": 29.9, "2026-10": 31.6},
        noise=0.006, memory=12, of="residents", per=10_000, spread=0.25, districts="parts",
    ),
    "home_breakins": Recipe(line(74, 66, 61), noise=0.08, season="summer", swing=0.12, districts="parts"),
    "emergency_on_time": Recipe(line(71, 76, 83.2), of=2900, districts="parts"),
    "road_deaths": Recipe(line(38, 30, 25), noise=0.01, memory=12, sized=True),
    "road_injuries": Recipe(line(128, 114, 104), noise=0.06, season="summer", swing=0.1, districts="parts"),
    "street_lights": Recipe(
        {"2020-11": 91.8, "2024-12": 93.4, "2025-06": 94, "2026-03": 97, "2026-10": 97.3},
        noise=0.04, of=38_400, of_noise=0.001, spread=0.3, districts="parts",
    ),
    "feels_safe": Recipe(line(61, 58, 62.2), noise=0.01, of="answers", late=1),
    "fire_calls": Recipe(line(205, 212, 216), noise=0.06, season="summer", swing=0.2, districts="parts"),
}  # fmt: skip

MOBILITY = {
    "bus_punctuality": Recipe(
        {"2020-11": 79.5, "2024-12": 77.8, "2026-08": 79, "2026-09": 79.2, "2026-10": 77.6}, noise=0.025, of=186_000, spread=0.2
    ),
    "bus_passengers": Recipe(line(2_080_000, 2_610_000, 2_790_000), noise=0.015, season="school", swing=0.16),
    "sustainable_trips": Recipe(line(39.5, 42, 46), noise=0.006, of="answers", late=1),
    "cycle_lanes": Recipe(
        {"2020-11": 15.2, "2021-09": 17.6, "2022-10": 20.1, "2023-12": 22.4, "2024-10": 24, "2025-05": 27.5, "2025-09": 31.2,
         "2026-03": 36, "2026-06": 41.3, "2026-09": 42},
        noise=0, stock=True, sized=True, spread=0.3, districts="parts",
    ),
    "bus_lanes": Recipe({"2020-11": 6.2, "2023-05": 7, "2025-03": 18.4}, noise=0, stock=True, sized=True, spread=0.3),
    "bike_trips": Recipe(line(41_000, 63_000, 88_000), noise=0.03, season="summer", swing=0.22, spread=0.3),
    "electric_buses": Recipe(
        {"2020-11": 3.2, "2022-03": 8.6, "2023-06": 14, "2024-09": 21.5, "2025-10": 30.1, "2026-05": 36.6},
        noise=0, stock=True, of=186, of_noise=0, spread=0.3,
    ),
    "accessible_stops": Recipe(line(54, 66, 74), noise=0, of=612, of_noise=0),
}  # fmt: skip

CITIZEN_SERVICE = {
    "requests_received": Recipe(line(3900, 4350, 4800), noise=0.03, season="school", swing=0.12, districts="parts"),
    "requests_on_time": Recipe(
        {"2020-11": 62, "2024-12": 64.2, "2025-09": 65, "2026-03": 73.5, "2026-10": 74.6},
        noise=0.012, of=4200, season="summer", swing=-0.03, districts="parts",
    ),
    "requests_overdue": Recipe(
        {"2020-11": 1680, "2024-12": 1590, "2025-09": 1570, "2026-03": 1010, "2026-10": 960}, noise=0.02, sized=True, districts="parts"
    ),
    "days_to_resolve": Recipe(
        {"2020-11": 14.6, "2024-12": 13.8, "2025-09": 13.5, "2026-03": 9.8, "2026-10": 9.3}, noise=0.02, districts="alike"
    ),
    "requests_by_app": Recipe({"2020-11": 17, "2024-12": 23, "2025-09": 24.5, "2026-03": 52, "2026-10": 61}, noise=0.02, of=4500),
    "online_procedures": Recipe(line(21, 38, 53.6), noise=0, of=420, of_noise=0),
    "waiting_minutes": Recipe(line(31, 27, 19), noise=0.02, season="school", swing=0.05),
    "calls_answered": Recipe({"2020-11": 68, "2024-02": 66, "2024-05": 78, "2026-10": 83}, noise=0.03, of=21_500),
    "satisfaction": Recipe(line(54.5, 57, 59.5), noise=0.01, of="answers", late=1),
}  # fmt: skip

ENVIRONMENT = {
    "bad_air_days": Recipe(line(34, 22, 14), noise=0.01, memory=12, spread=0.3),
    "nitrogen_dioxide": Recipe(line(31, 26.5, 23), noise=0.03, season="winter", swing=0.22),
    "recycling": Recipe(line(26.5, 31, 36.2), noise=0.01, of=13_900_000, of_noise=0.01, spread=0.2, districts="parts"),
    "waste_per_resident": Recipe(
        line(35.2, 34, 33.1), noise=0.015, season="summer", swing=0.07, of="residents", per=1, districts="parts"
    ),
    "water_use": Recipe(line(131, 126, 121), noise=0.012, season="summer", swing=0.09),
    "water_losses": Recipe(line(23.8, 22.5, 21.3), noise=0.01, of=8_600_000, of_noise=0.01, spread=0.3),
    "green_area": Recipe({"2020-11": 8.3, "2024-12": 8.9, "2025-12": 10, "2026-10": 10.4}, noise=0, of="residents", per=1, late=3),
    "trees_planted": Recipe(line(180, 260, 330), noise=0.1, season="planting", swing=0.9, districts="parts"),
    "energy_use": Recipe(line(5400, 4950, 4420), noise=0.02, season="winter", swing=0.18),
    "carbon_per_resident": Recipe(line(4.9, 4.31, 3.98), noise=0.01, of="residents", per=1, late=6),
}  # fmt: skip

HOUSING_WORKS = {
    "permit_days": Recipe(line(104, 96, 83), noise=0.008),
    "permits_granted": Recipe(line(92, 101, 108), noise=0.07, season="school", swing=0.2, districts="parts"),
    "affordable_homes": Recipe(
        {"2020-11": 548, "2021-12": 566, "2023-03": 602, "2024-06": 640, "2025-09": 706, "2026-06": 790}, noise=0, stock=True, sized=True
    ),
    "rent": Recipe(line(8.9, 11.6, 12.8), noise=0.008, late=1, districts="alike"),
    "works_on_schedule": Recipe(line(63, 66, 69), noise=0.03, of=64, of_noise=0.05),
    "potholes_on_time": Recipe(line(58, 63, 70), noise=0.04, of=390, season="winter", swing=-0.1, districts="parts"),
    "homes_renovated": Recipe(line(34, 48, 62), noise=0.12, season="year_end", swing=0.25, districts="parts"),
    "works_paid": Recipe(line(3_150_000, 3_600_000, 4_250_000), noise=0.08, season="year_end", swing=0.5),
}

ECONOMY = {
    "unemployment": Recipe(
        line(15.1, 12.4, 10.6),
        noise=0.006,
        season="summer",
        swing=-0.02,
        of=198_000,
        of_noise=0.002,
        late=1,
        spread=0.25,
        districts="parts",
    ),
    "youth_unemployment": Recipe(line(33.5, 28, 24.6), noise=0.012, season="summer", swing=-0.05, of=16_900, of_noise=0.004, late=1),
    "residents_in_work": Recipe(
        line(166_000, 174_300, 178_900), noise=0.002, season="summer", swing=0.015, sized=True, late=1, spread=0.05
    ),
    "new_businesses": Recipe(line(118, 137, 149), noise=0.06, season="school", swing=0.2, districts="parts"),
    "business_closures": Recipe(line(121, 112, 109), noise=0.06, season="year_end", swing=0.2, districts="parts"),
    "hotel_nights": Recipe(line(84_000, 126_000, 138_000), noise=0.03, season="summer", swing=0.45, spread=0.4),
    "local_purchases": Recipe(line(29, 33, 37), noise=0.02, of=21_000_000, of_noise=0.06, late=1),
    "household_income": Recipe(line(28_600, 32_100, 33_900), noise=0.004, late=9, spread=0.1),
}

EDUCATION_SOCIAL = {
    "nursery_places": Recipe(line(27.4, 31, 34.6), noise=0, of=9300, of_noise=0.004, late=3),
    "school_meals_local": Recipe(line(14, 17, 22), noise=0.03, of=1_250_000, of_noise=0.04, late=1),
    "early_leavers": Recipe(line(16.8, 14.2, 13.1), noise=0.012, of=28_200, of_noise=0.006, late=4),
    "library_visits": Recipe(line(44_000, 58_000, 63_500), noise=0.03, season="school", swing=0.28, districts="parts"),
    "sports_users": Recipe(line(112_000, 141_000, 153_000), noise=0.025, season="school", swing=0.3),
    "home_care_days": Recipe(line(82, 71, 64), noise=0.02),
    "social_aid_on_time": Recipe(line(55, 64, 72), noise=0.03, of=740, of_noise=0.06),
    "telecare_users": Recipe(line(4100, 5350, 6120), noise=0.003, sized=True),
}

FINANCE_GOVERNMENT = {
    "payment_days": Recipe(line(46, 37, 31), noise=0.006, spread=0.25),
    "debt_per_resident": Recipe(line(742, 612, 535), noise=0.002, of="residents", per=1, late=1, spread=0.35),
    "budget_spent": Recipe(line(89, 91, 92), noise=0.008, season="budget", swing=1, of=486_000_000, of_noise=0, spread=0.04),
    "taxes_on_time": Recipe(line(84, 86.5, 88.4), noise=0.04, of=52_000, of_noise=0.1),
    "open_contracts": Recipe(line(66, 71, 76), noise=0.05, of=118, of_noise=0.1),
    "investment_per_resident": Recipe(line(118, 141, 163), noise=0.02, of="residents", per=1, late=3, spread=0.25),
    "staff_absence": Recipe(line(6.4, 6.9, 6.6), noise=0.03, season="winter", swing=0.16, of=73_500, of_noise=0.01),
    "information_on_time": Recipe(line(61, 74, 86), noise=0.06, of=74, of_noise=0.12),
}

RECIPES: dict[str, Recipe] = {
    **SECURITY,
    **MOBILITY,
    **CITIZEN_SERVICE,
    **ENVIRONMENT,
    **HOUSING_WORKS,
    **ECONOMY,
    **EDUCATION_SOCIAL,
    **FINANCE_GOVERNMENT,
}
