"""The monthly meetings of the demo city: what they talked about, decided and asked for, and the concerns that people raised."""
