"""Pages travel packed, whether or not a proxy stands in front."""

from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Packs text; photos and PDFs are packed already and keep their length.

    Django adds bytes of random length to each answer and masks the CSRF token anew,
    so that sizes tell nothing of what is inside (BREACH).
    """

    def process_response(self, request, response):
        if not response.headers.get("Content-Type", "").startswith("text/"):
            return response
        return super().process_response(request, response)
