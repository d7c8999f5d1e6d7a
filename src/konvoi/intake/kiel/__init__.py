"""The parts of the Kiel workbook: columns, days, goods, rows, rates, shares, and what it claims of itself."""
