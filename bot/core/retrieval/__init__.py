"""Finds the concept that a question is about, or says that there is none."""

from bot.core.retrieval.decision import Candidate, Decision, DecisionKind, MatchedTerm, Repair
from bot.core.retrieval.index import Index

__all__ = ["Candidate", "Decision", "DecisionKind", "Index", "MatchedTerm", "Repair"]
