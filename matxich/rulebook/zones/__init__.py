"""Industrial zones and clusters: what is known of one, what follows from it, who reports what by when."""
