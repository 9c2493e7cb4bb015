"""Pages of programmes, calls and agreements."""
