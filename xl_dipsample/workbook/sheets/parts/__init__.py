"""What several sheets share: layout, blocks, cross tables, count formulas."""
