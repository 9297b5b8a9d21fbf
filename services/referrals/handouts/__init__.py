"""The ten hand-outs of the guide in our own words, as PDF to print (3-fama, *Hand-outs 1 to 10*; ADR 0120)."""
