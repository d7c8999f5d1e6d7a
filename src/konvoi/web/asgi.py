"""The application that the server runs."""

import os
import warnings

from django.core.asgi import get_asgi_application

from konvoi.web.body_limit import Application, limited
from konvoi.web.instance import SCOPE
from konvoi.web.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konvoi.web.settings")
# Files of the style are sent whole; Django warns of it with each.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

# What the server sees each request sets.
os.environ.pop(SCOPE, None)

# Granian runs this in a process of its own, which would outlive the one that started it.
end_with_parent()


def _application() -> Application:
    # The settings read the environment when they are imported: not before the scope has gone.
    from konvoi.web.settings import use_pool

    use_pool()
    return limited(get_asgi_application())


application = _application()
