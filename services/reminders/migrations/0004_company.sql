-- When whoever was to go along said that they cannot; null once somebody else does.
ALTER TABLE commitment ADD COLUMN fell_through_at timestamptz;
