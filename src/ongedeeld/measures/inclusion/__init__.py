"""The inclusive city: room, amenities, taking part, public space and encounter; never one number.

Every function takes a City, gives a small frozen answer and says what is not known. Missing is never zero.
"""

from ongedeeld.measures.inclusion.answer import Assumption, Measured, Outcome, inclusion_assumptions
from ongedeeld.measures.inclusion.answers import (
    YES_OR_NO,
    answers_by_year,
    answers_of_residents,
    change_of_answers,
)
from ongedeeld.measures.inclusion.encounter import (
    INDOOR_KINDS,
    OUTDOOR_KINDS,
    RECOGNITION_QUESTIONS,
    MeetingPlaces,
    change_of_recognition,
    meeting_places,
    recognition,
)
from ongedeeld.measures.inclusion.households import (
    AGES,
    INCOMES,
    SIZES,
    TYPES,
    HouseholdType,
    PublishedHouseholds,
    highest_rent,
    households_as_published,
    published_households,
)
from ongedeeld.measures.inclusion.opening_hours import weekly_hours
from ongedeeld.measures.inclusion.participation import participation
from ongedeeld.measures.inclusion.public_space import (
    AEDES_QUESTIONS,
    ASPECTS,
    change_in_liking,
    change_of_inspections,
    inspected,
    inspections_by_year,
    liked_by_residents,
)
from ongedeeld.measures.inclusion.reach import (
    DAILY_AMENITIES,
    DAILY_KINDS,
    published_reach,
    reach_of_places,
    weakest_links,
)
from ongedeeld.measures.inclusion.room import Room, room_for_groups
from ongedeeld.measures.inclusion.ways import StraightLine, WalkingNetwork, Ways, walking_network

__all__ = [
    "AEDES_QUESTIONS",
    "AGES",
    "ASPECTS",
    "DAILY_AMENITIES",
    "DAILY_KINDS",
    "INCOMES",
    "INDOOR_KINDS",
    "OUTDOOR_KINDS",
    "RECOGNITION_QUESTIONS",
    "SIZES",
    "TYPES",
    "YES_OR_NO",
    "Assumption",
    "HouseholdType",
    "Measured",
    "MeetingPlaces",
    "Outcome",
    "PublishedHouseholds",
    "Room",
    "StraightLine",
    "WalkingNetwork",
    "Ways",
    "answers_by_year",
    "answers_of_residents",
    "change_in_liking",
    "change_of_answers",
    "change_of_inspections",
    "change_of_recognition",
    "highest_rent",
    "households_as_published",
    "inclusion_assumptions",
    "inspected",
    "inspections_by_year",
    "liked_by_residents",
    "meeting_places",
    "participation",
    "published_households",
    "published_reach",
    "reach_of_places",
    "recognition",
    "room_for_groups",
    "walking_network",
    "weakest_links",
    "weekly_hours",
]
