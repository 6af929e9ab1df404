"""Names with slips in them, and pinyin."""
