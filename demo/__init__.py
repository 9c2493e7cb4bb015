"""A believable country of invented firms: nothing here describes a real one. Tax codes begin with the unissued 99."""
