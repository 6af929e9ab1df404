"""Who somebody is: the first meeting, one record on two platforms, their own data."""
