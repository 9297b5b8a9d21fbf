"""What the hand-outs say: one file each, in the manner of 3-fama (*Hand-outs*, *Safety, dignity, privacy*)."""
