"""What happens to cohorts, firms in them, measurements, people and courses."""
