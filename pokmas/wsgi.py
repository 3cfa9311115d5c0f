import os

from django.core.wsgi import get_wsgi_application

from pokmas.server.outside import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokmas.settings")
# Somebody waits for every answer here; background work may take its time.
os.environ.setdefault("POKMAS_STATEMENT_TIMEOUT", "5000")

application = Door(get_wsgi_application())
