"""Text that would run if a page took it for its own: 200 pieces, put everywhere."""

from itertools import cycle, islice

from django.db import Error, models, transaction

from tests.house import rooms

CALL = "alert(1)"
# What a browser may run, by itself or when somebody points at it.
ACTIVE = [
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src=javascript:{CALL}></iframe>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<a href=javascript:{CALL}>buka</a>",
    f"<form action=javascript:{CALL}><button>kirim</button></form>",
    f"<input autofocus onfocus={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<body onload={CALL}>",
    f"<style>@import 'javascript:{CALL}';*{{animation:x}}</style>",
    f"<div style=animation-name:x onanimationstart={CALL}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    "<base href=//lain.test/>",
    "<link rel=stylesheet href=//lain.test/x.css>",
    f"<b hx-get=/people/me/ hx-trigger=load hx-on::load={CALL}>",
    f"<b data-hx-on:click={CALL} data-hx-get=/ data-hx-trigger=load>",
    f"<template><script>{CALL}</script></template><slot onslotchange={CALL}>",
    f"<button popovertarget=x onclick={CALL}>tekan</button>",
]
# How it gets out of the place where a page puts it.
ESCAPES = [
    "{}",
    '">{}',
    "'>{}",
    "</title></textarea></select>{}",
    "</script></style>-->{}",
    "]]>{}<!--",
    '" onmouseover=alert(1) x="{}',
    "\\u003c\\x3c&lt;%3C{}",
]
PAYLOADS = [escape.format(active) for active in ACTIVE for escape in ESCAPES]
# Read by the machine, not by people.
TECHNICAL = {
    *(
        "code",
        "collation",
        "email",
        "file",
        "key",
        "last_name",
        "mail_token",
        "password",
    ),
    *(
        "sha256",
        "state",
        "status",
        "thumbnail",
        "url",
        "zone",
        "codename",
        "permission",
    ),
}


def poison(start: int = 0) -> int:
    """Put the payloads into every text of every row; says how many texts took them.

    A long text takes all of them, a short one as many as fit, in turn from `start` on.
    """
    turn = islice(cycle(PAYLOADS), start, None)
    return sum(
        _write(row, field, _text(field, turn))
        for model in rooms.models()
        for row in model._base_manager.all()
        for field in model._meta.local_concrete_fields
        if _open(field)
    )


def _open(field) -> bool:
    text = isinstance(field, models.CharField | models.TextField)
    return (
        text
        and not field.choices
        and not field.generated
        and not isinstance(field, models.EmailField | models.SlugField)
        and field.name not in TECHNICAL
    )


def _text(field, turn) -> str:
    room = field.max_length or 100_000
    if room > sum(map(len, PAYLOADS)) + len(PAYLOADS):
        return " ".join(PAYLOADS)
    text = next(turn)
    while len(text) > room:
        text = next(turn)
        room += 1
    while len(text) + 1 + len(more := next(turn)) <= room:
        text = f"{text} {more}"
    if field.model._meta.label == "documents.Document":
        text = text.replace("/", "-")  # no name of a file has one
    return text[: field.max_length]


def _write(row, field, text) -> int:
    """1 if the database took it; rules such as those for a telephone number refuse."""
    try:
        with transaction.atomic():
            rows = type(row)._base_manager.filter(pk=row.pk)
            rows.update(**{field.name: text})
    except Error:
        return 0
    return 1
