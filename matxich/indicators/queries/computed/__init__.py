"""queries/computed"""
