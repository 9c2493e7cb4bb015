"""Vietnamese as it is written: letters, old encodings, numbers, dates, company names."""
