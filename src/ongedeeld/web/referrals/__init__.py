"""Referrals that get an answer: on whose word or which ground, to whom, and what came of it."""
