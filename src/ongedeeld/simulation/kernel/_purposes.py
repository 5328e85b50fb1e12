"""What a draw is for: a small number that keeps draws of one key and month apart."""

TENANT, PREVENTED, SOLD = 0, 1, 2
STOPS, SEARCHES, ARRIVALS = 3, 4, 5
TYPE, AGE, WISH, WISHED_DISTRICT, REGISTERED, REGISTERED_DAY, PARTNER, STEP_FREE = 6, 7, 8, 9, 10, 11, 12, 13
REACTS, DECLINES, LOT, EQUAL = 14, 15, 16, 17
SITTING_TYPE, SITTING_AGE, SITTING_SINCE, SITTING_SUPPORT = 18, 19, 20, 21
FLAG = 32
"""The first of the flags; the flag in place f has the number ``FLAG + f``."""
