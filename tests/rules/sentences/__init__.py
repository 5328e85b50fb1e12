"""The Dutch sentences that the cases are written in."""

from tests.rules.sentences import duties, household, letting, other, policy
from tests.rules.sentences.case import ASKED, GIVEN, ask, understand

__all__ = ["ASKED", "GIVEN", "ask", "duties", "household", "letting", "other", "policy", "understand"]
