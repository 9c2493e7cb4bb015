"""Pages of zones: for everybody, and for the officials who keep them."""
