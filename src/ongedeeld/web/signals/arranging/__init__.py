"""Arranging who answers: teams, rules in their order, and the work of a team."""
