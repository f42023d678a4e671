"""What people see: words, tables, charts, maps, downloads. No SQL, no rules."""
