"""Indonesian unless the person chose otherwise here."""

from django.conf import settings
from django.utils import translation


class ChosenLanguageMiddleware:
    """The language of the cookie that Django's `set_language` leaves, else Indonesian.

    What the browser prefers does not count: phones set to English are common among
    people who read Indonesian, and a paper quoted from the screen should be the same
    for all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def in_readers_words(text: str) -> str:
    """What is kept in Indonesian, as far as the reader's catalogue knows it."""
    return translation.gettext(text) if text else ""
