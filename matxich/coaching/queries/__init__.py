"""What is asked of cohorts, firms in them, measurements, people and courses."""
