"""The door for a web server."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ongedeeld.web.site.settings")
application = get_wsgi_application()

# What pages need is loaded now and stays. While Python looked through all of it for what can go, some page
# took 0.2 to 0.4 seconds longer every now and then.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
