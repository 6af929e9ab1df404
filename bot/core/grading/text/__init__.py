"""An answer as text: folded, mended, cut into clauses with their subjects."""
