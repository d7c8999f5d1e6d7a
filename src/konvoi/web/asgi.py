"""The application that the server runs."""

import os
import warnings

from django.core.asgi import get_asgi_application

from konvoi.web.instance import SCOPE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
# Files of the style are sent whole; Django warns of it with each.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

# What the server sees each request sets.
os.environ.pop(SCOPE, None)

application = get_asgi_application()
