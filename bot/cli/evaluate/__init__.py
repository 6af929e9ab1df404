"""`eval`: measure asking and grading on labelled cases."""
