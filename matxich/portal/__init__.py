"""The public face: home, map, directory. Owns no models."""
