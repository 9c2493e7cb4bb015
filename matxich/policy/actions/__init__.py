"""What this room writes: reports of what a proposed change of the law would do."""
