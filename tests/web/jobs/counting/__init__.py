"""An app of the tests: work that counts, so that a test sees whether something was done twice."""
