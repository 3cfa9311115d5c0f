"""What hostile people type into text fields that end in a PDF."""

# {0} is the address of a listener that counts who comes.
ADDRESSES = [
    "http://{0}/a",
    "https://{0}/a",
    "//{0}/a",
    "ftp://{0}/a",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "file:/etc/passwd",
    "/etc/passwd",
    "../../../../etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
]
ELEMENTS = [
    '<img src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<style>@import url("{}");</style>',
    '"><svg><image href="{}"/></svg>',
]
SSRF = [element.replace("{}", place) for element in ELEMENTS for place in ADDRESSES]

# Printed as they stand, never worked out.
INJECTIONS = [
    "{{ settings.SECRET_KEY }}",
    "{{ 7|add:1035 }}",
    "{% load static %}{% static 'a' %}",
    "{% include 'base.html' %}",
    "{% debug %}",
    "{{ request.user.password }}",
    "{# hilang #}",
    "${7*149}",
    "#{7*149}",
    "<%= 7*149 %>",
    "{7*149}",
    "%(name)s %s %d",
    "{0} {name!r:>30}",
    "{0.__class__.__mro__}",
    "$(id) `id`",
    "&lt;b&gt; &amp; &#65;",
    "<b>tebal</b>",
    "]]> <!-- -->",
    "\\u0041\\n",
    "@{7*149} *{7*149} ~{7*149}",
]
