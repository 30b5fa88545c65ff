"""Municipal referral: almenboligloven § 59, and what stands beside it."""
