from tests.face.conftest import browser_type_launch_args  # noqa: F401
