"""Lists as officials send them: tables found in a sheet, columns understood, rows read with every doubt noted."""
