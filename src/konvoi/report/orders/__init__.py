"""Orders on paper: what each partner, hub, carrier and consignee gets, as page, workbook and calendar."""
