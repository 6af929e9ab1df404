"""Measures asking and grading on labelled cases, and a setting over a simulated year."""
