"""Study groups, boards and live quizzes, as values."""
