"""Years of rounds: where load goes, who gains and who waits, under a policy that was not tried yet."""
