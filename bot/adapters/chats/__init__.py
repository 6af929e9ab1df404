"""The platforms that carry messages, a folder each, and beside them what all share: the policy and the rate limits."""
