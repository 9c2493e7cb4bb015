"""Official papers, from the draft in an agency's template to the number, the issue and the end; their registers."""
