"""Use cases of referrals: load, decide, save. Called alike by HTTP, Kafka and pages."""
