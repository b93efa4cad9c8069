"""The story simulator: seeded worlds of news with their true record, to score the record of ultimora against."""
