"""Following the news: sources that are asked again and again, what is new read and added, and who is told."""
