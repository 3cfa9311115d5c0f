"""`{% once %}`: a part of a page that does not depend on who looks at what."""

from django import template
from django.utils.translation import get_language

# More than there are roles, entries of the navigation and languages.
MOST = 1000


class OnceNode(template.Node):
    """Rendered once for each language and each value of the names it is given.

    It sees nothing but these, so what belongs to one person cannot reach another.
    """

    def __init__(self, given, nodelist):
        self.given, self.nodelist = given, nodelist
        self.made = {}

    def render(self, context):
        values = {name: value.resolve(context) for name, value in self.given.items()}
        key = (get_language(), *values.values())
        made = self.made.get(key)
        if made is None:
            if len(self.made) >= MOST:
                self.made.clear()
            alone = template.Context(values)
            alone.template = context.template
            made = self.made[key] = self.nodelist.render(alone)
        return made


def once(parser, token):
    """`{% once %}…{% endonce %}`, or `{% once navigation %}…` for each navigation."""
    given = {name: parser.compile_filter(name) for name in token.split_contents()[1:]}
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return OnceNode(given, nodelist)
