"""Who did and who saw what: an append-only record and its writer."""
