"""Meetings: agenda, attendance, the decision sheet in the room, decisions, action items and the protocol."""
