"""What a run brought, year by year: places, groups, mix, load and capacity, tallies, costs."""
