"""Brings the portal up on a bare machine; imports the standard library alone."""
