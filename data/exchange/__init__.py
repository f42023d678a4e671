"""A city's closed month as one signed file, and what a consultant's installation keeps of those that cities sent.

content      what such a file says: figures only, of no person
month_file   the file, signed and opened: every byte counts
signing      the city's key, and its fingerprint
making       the file of a closed month
trusting     whose months are received: of cities whose fingerprint was compared
receiving    a file: new, unchanged, in the place of an older one, or refused; batch: several
received     what was received, to be read
"""
