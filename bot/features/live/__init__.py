"""Live quizzes in a group."""
