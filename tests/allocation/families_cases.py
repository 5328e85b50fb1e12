"""Each instrument in a round of a few homes and seekers: who gets which home without it, and with it."""

from __future__ import annotations

from tests.allocation.families_cast import (
    AGREED,
    ANNA,
    BRAM,
    CARLA,
    MEDIATED,
    PUBLISHED,
    SCHEME,
    TWO,
    Case,
    Facts,
)
from tests.allocation.steered_city import DESIGNATED, MEREL, TULP

SUPPORT = 'months = 12\nhours_a_week = 2\npayer = "municipality"'


DEAR: tuple[Facts, ...] = ({"rent_cents": 750_00},)
CASES = {
    "two_rents": Case(
        'name = "two_rents"',
        seekers={CARLA: {"income_class": "below_daeb"}},
        homes=DEAR,
        without=(CARLA,),
        under=(ANNA,),
        rents=(713_02,),
    ),
    "lowered_target_rent": Case(
        'name = "lowered_target_rent"',
        seekers={CARLA: {"income_class": "below_daeb"}},
        homes=DEAR,
        without=(CARLA,),
        under=(ANNA,),
        rents=(713_02,),
    ),
    "senior_rent_kept": Case(
        'name = "senior_rent_kept"',
        seekers={ANNA: {"current_dwelling": "T1", "age_class": "67_and_over", "pension_age": True}},
        homes=DEAR,
        without=(None,),
        under=(ANNA,),
        rents=(600_00,),
    ),
    "wbmgp_income": Case(
        f'name = "wbmgp_income"\nareas = ["{MEREL}"]',
        seekers={ANNA: {"permit": "refused"}, BRAM: {"permit": "granted"}},
        homes=TWO,
        without=(BRAM, ANNA),
        under=(BRAM, ANNA),
        local=DESIGNATED,
    ),
    "wbmgp_nuisance": Case(
        f'name = "wbmgp_nuisance"\nareas = ["{MEREL}"]',
        seekers={ANNA: {"permit": "refused"}, BRAM: {"permit": "granted"}},
        homes=TWO,
        without=(BRAM, ANNA),
        under=(BRAM, ANNA),
        local=DESIGNATED,
    ),
    "wbmgp_priority": Case(
        f'name = "wbmgp_priority"\nareas = ["{MEREL}"]',
        seekers={CARLA: {"granted_priority": True}},
        local=DESIGNATED,
    ),
    "local_binding": Case(
        f'name = "local_binding"\nshare = 0.5\n{PUBLISHED}',
        seekers={ANNA: {"municipality_years": 2}, BRAM: {"bound": True}, CARLA: {"municipality_years": 8}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, BRAM),
    ),
    "vital_professions": Case(
        f'name = "vital_professions"\nprofessions = ["nurse"]\nshare = 0.5\n{PUBLISHED}',
        seekers={CARLA: {"profession": "nurse", "bound": True}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, CARLA),
    ),
    "label_seniors": Case(
        f'name = "label_seniors"\n{PUBLISHED}',
        seekers={CARLA: {"age_class": "67_and_over", "pension_age": True}},
        homes=({"label": "seniors"},),
    ),
    "label_large_families": Case(
        f'name = "label_large_families"\n{PUBLISHED}',
        seekers={CARLA: {"household_size": 5, "minors": 3}},
        homes=({"dwelling": "M4", "label": "large_families"},),
    ),
    "occupancy": Case(
        f'name = "occupancy"\n{PUBLISHED}',
        seekers={CARLA: {"household_size": 3, "minors": 2}},
        homes=({"dwelling": "M3"},),
    ),
    "label_youth": Case(
        f'name = "label_youth"\ncontract = "youth"\n{PUBLISHED}',
        seekers={CARLA: {"age_class": "under_23"}},
        homes=({"label": "youth"},),
    ),
    "label_students": Case(
        f'name = "label_students"\n{PUBLISHED}',
        seekers={CARLA: {"target_group": "student"}},
        homes=({"label": "students"},),
    ),
    "area_ranking": Case(
        f'name = "area_ranking"\nranking = ["{TULP}", "{MEREL}"]\nhomes = 1\n{AGREED}',
        seekers={CARLA: {"contingent": "Baken"}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(ANNA, CARLA),
    ),
    "motivation_letting": Case(
        f'name = "motivation_letting"\nshare = 1\n{PUBLISHED}', seekers={CARLA: {"motivation": True}}
    ),
    "mixed_complex": Case(
        f'name = "mixed_complex"\ncomplexes = ["Merelhof"]\ngroup = "youth"\nshare = 1\n{AGREED}',
        seekers={CARLA: {"age_class": "under_23"}},
    ),
    "neighbourly_work": Case(
        f'name = "neighbourly_work"\nhomes = 1\n{PUBLISHED}',
        seekers={BRAM: {"neighbourly_work": True}, CARLA: {"neighbourly_work": True}},
        homes=TWO,
        without=(ANNA, BRAM),
        under=(BRAM, ANNA),
    ),
    "contingent": Case(f'name = "contingent"\n{MEDIATED}', seekers={CARLA: {"contingent": "Baken"}}),
    "support_agreement": Case(
        f'name = "support_agreement"\n{MEDIATED}\n{SUPPORT}',
        seekers={BRAM: {"contingent": "Baken"}, CARLA: {"contingent": "Baken", "support": True}},
    ),
    "omklapcontract": Case(
        f'name = "omklapcontract"\n{MEDIATED}\n{SUPPORT}\nmonths_until_turned = 12',
        seekers={BRAM: {"contingent": "Baken"}, CARLA: {"contingent": "Baken", "support": True}},
    ),
    "urgency": Case(
        f'name = "urgency"\n{PUBLISHED}',
        seekers={CARLA: {"urgency": "medical"}},
        local=SCHEME,
        without=(CARLA,),
    ),
    "internal_movers": Case(
        f'name = "internal_movers"\nshare = 1\n{PUBLISHED}', seekers={CARLA: {"current_dwelling": "T1"}}
    ),
    "seniors_moving_on": Case(
        f'name = "seniors_moving_on"\n{PUBLISHED}',
        seekers={CARLA: {"current_dwelling": "T4", "age_class": "67_and_over", "pension_age": True}},
        homes=({"dwelling": "M1"},),
    ),
    "moving_chain": Case(
        f'name = "moving_chain"\nhomes = 1\n{PUBLISHED}',
        seekers={BRAM: {"current_dwelling": "T2"}, CARLA: {"current_dwelling": "T3"}},
    ),
    "registration_time": Case(f'name = "registration_time"\n{PUBLISHED}', under=(ANNA,)),
    "points": Case(
        f'name = "points"\n{PUBLISHED}\nwaiting_points_a_year = 1\nsearch_points_most = 30\n'
        "situation_points_most = 12\nstart_points_most = 0",
        # Anna has 11 years, Bram 8 years and 2 points, Carla 5 years and 12 of her 14 points.
        seekers={BRAM: {"situation_points": 2}, CARLA: {"situation_points": 14}},
    ),
}
