"""The commands of this room, one a file: `add` says what it takes, `run` does it."""
