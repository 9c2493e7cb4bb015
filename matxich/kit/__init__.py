"""Django helpers that know no domain."""
