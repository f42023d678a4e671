"""A report as a presentation that can be edited, for PowerPoint and LibreOffice."""
