"""`{% load paper %}`: what pages say in the words of papers."""

from django import template

from pokmas.documents.letterhead import without_scheme

register = template.Library()
register.filter(without_scheme)
