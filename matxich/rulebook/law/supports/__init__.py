"""Kinds of support: what each is, when it exists, whom it serves and how its amount is reckoned."""
