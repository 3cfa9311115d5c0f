from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from pokmas.accounts.sealed import parse_keys


@register(Tags.security)
def data_keys_can_be_read(app_configs, **kwargs):
    try:
        parse_keys(tuple(settings.DATA_KEYS))
    except ImproperlyConfigured as error:
        return [Error(str(error), id="accounts.E001")]
    return []
