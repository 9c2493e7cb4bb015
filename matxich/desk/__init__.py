"""The officials’ face: the day’s work, navigation. Owns no models."""
