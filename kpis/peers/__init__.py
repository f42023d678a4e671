"""Peers: the places most like one's own by what no government chose, with the reason for each, and where one stands among them."""
