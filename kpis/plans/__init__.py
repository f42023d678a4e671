"""What a plan's figures mean: the truth line of every node, how it adds up, its money against its work, what moved, what lacks care."""
