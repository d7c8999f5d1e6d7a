"""The API against its own OpenAPI document: what schemathesis is told, and what it finds."""
