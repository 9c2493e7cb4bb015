"""What happens to programmes, plans, calls, money and agreements."""
