"""What a keyworker can say of each organisation, in our own words: one file for each sort of group."""
