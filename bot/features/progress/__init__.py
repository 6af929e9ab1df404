"""How a learner stands: figures, and the way to an exam."""
