"""A partner's own workbook comes back with its findings marked; nothing else in it is touched."""
