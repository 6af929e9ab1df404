"""Finds the concept that a question is about, or says that there is none."""

from bot.core.retrieval.decision import OTHER_NUMBERS, Candidate, Decision, DecisionKind, MatchedTerm, Repair
from bot.core.retrieval.index import Index

__all__ = ["OTHER_NUMBERS", "Candidate", "Decision", "DecisionKind", "Index", "MatchedTerm", "Repair"]
