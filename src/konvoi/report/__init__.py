"""Values become pages, and pages become html, xlsx, json and calendars."""
