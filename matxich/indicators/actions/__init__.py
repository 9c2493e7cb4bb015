"""What happens to targets, figures told by others, reports and readiness."""
