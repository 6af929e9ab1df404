"""Study groups: one question a day, the answer hours later, a board."""
