"""Key points: the phrases of a rubric met in an answer."""
