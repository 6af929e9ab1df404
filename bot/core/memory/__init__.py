"""What a learner remembers, and which question comes next."""
