"""The parts of the Kiel workbook: columns, days, goods, rows, rates, shares, and its own totals."""
