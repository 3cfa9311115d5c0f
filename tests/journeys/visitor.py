"""A person at a screen, for tests of whole journeys."""

import re

import pytest
from django.core import mail

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


class Visitor:
    """One person at a screen; complains about anything the browser complains about."""

    def __init__(self, browser, base, size):
        self.base = base
        self.page = browser.new_context(viewport=size, locale="id-ID").new_page()
        self.page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))

    def signed_in(self, client):
        """Carry a session over that has passed the second factor."""
        self.page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": self.base}
                for name, morsel in client.cookies.items()
            ]
        )
        return self

    def open(self, path):
        answer = self.page.goto(self.base + path)
        assert answer.status < 400, path
        return self

    def follow(self, words):
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        return self

    def fill(self, **values):
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)
        return self

    def choose(self, **values):
        """Choose in lists whose choice may ask the server for the next question."""
        for name, value in values.items():
            field = self.page.locator(f"main select[name='{name}']")
            field.wait_for()
            self.page.wait_for_load_state()  # its script listens from then on
            field.select_option(value)
        return self

    def tick(self, name, value=None):
        chosen = f"[value='{value}']" if value is not None else ""
        self.page.locator(f"main input[name='{name}']{chosen}").check()
        return self

    def attach(self, name, file_name, kind, content):
        self.page.locator(f"main input[type=file][name='{name}']").set_input_files(
            {"name": file_name, "mimeType": kind, "buffer": content}
        )
        return self

    def press(self, words):
        self.page.locator("main").get_by_role("button", name=words).last.click()
        self.page.wait_for_load_state()
        return self

    def unfold(self, words):
        self.page.locator("main summary", has_text=words).first.click()
        return self

    def confirm(self, words):
        """Open the question and answer it with the same words."""
        self.page.locator("main summary", has_text=words).click()
        self.page.locator("dialog[open], details[open]").get_by_role(
            "button", name=words, exact=True
        ).click()
        self.page.wait_for_load_state()
        return self

    def sign_up(self, name, address, password):
        """Make an account on the page that asks for one, and follow its mail."""
        self.fill(full_name=name, email=address, password1=password)
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
        self.press("Buat akun")
        link = re.search(r"https?://\S+confirm-email\S+", mail.outbox[-1].body)[0]
        self.open(re.sub(r"^https?://[^/]+", "", link)).press("Ya, ini surel saya")
        return self

    def fits(self):
        """Nothing stands beside the screen."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], self.page.url
        return self

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()
        return self
