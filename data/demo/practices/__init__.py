"""The practices that the demo city knows of: kept, proposed and withdrawn; its own is among them."""
