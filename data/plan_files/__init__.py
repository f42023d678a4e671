"""Plans in files: those of other systems and our own, read whole or not at all, and written back cell for cell.

The way of a file in: `cells` reads its rows exactly as they are written; a format (`gobierto`, `decidim`, `tet`, `sispt`) says by a
map what its columns are, or somebody writes the map (`plan_map`); `mapped` makes the plan of the rows. `own` is our own file.
The way out: `exporting`, with `writing_rows` for what changed since, and `written` for the file.
"""
