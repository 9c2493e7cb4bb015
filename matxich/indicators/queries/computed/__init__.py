"""One module for each room whose records figures rest on."""
