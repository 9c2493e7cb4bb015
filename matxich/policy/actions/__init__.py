"""What this room writes: acts on figures, the history of support, reports of what a proposed change would do."""
