"""What has happened to jobs, told to those who wait for it."""
