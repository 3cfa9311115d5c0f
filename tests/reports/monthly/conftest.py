from tests.agreements.texts.conftest import emblem

__all__ = ["emblem"]
