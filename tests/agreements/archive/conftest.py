from tests.partners.imports.conftest import mended, operator, read, unit

__all__ = ["mended", "operator", "read", "unit"]
