"""The browser: pages rendered by Chromium, in an image of its own."""
