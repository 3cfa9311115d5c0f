"""What the tests of the whole house must know of this room."""

ANSWERS = {"days": "90, 60, 30"}
