"""The parts inside an .xlsx file: one small module per part, each reading or replacing only what it must."""
