"""Pictures of formulas and answers: LaTeX -> pandoc -> typst -> PNG, in a process of its own, kept on disk."""
