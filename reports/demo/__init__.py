"""A believable country in small, for a first look, screenshots and journeys.

The offices are real; every person, organisation and event is invented, and named so
that nobody takes it for real (Umpama, Andai, Rekaan: "for example").
"""
