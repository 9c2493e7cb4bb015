"""Indicators as an auditor reads them: the catalogue, figures with their qualifier, targets, folding, sentences."""
