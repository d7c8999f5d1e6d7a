"""Subject meetings: decisions of meetings, and the action items that follow from them."""
