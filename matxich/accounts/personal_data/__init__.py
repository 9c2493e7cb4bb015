"""Requests of people about data kept on them, with the clocks of decree 356/2025/NĐ-CP."""
