"""The project's settings on a home of their own; DATABASE_URL decides the database as everywhere."""

import os
import tempfile

os.environ.setdefault("MATXICH_HOME", tempfile.mkdtemp(prefix="matxich-test-"))
os.environ.setdefault("MATXICH_SECRET_KEY", "tests-only")

if worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
    databases = os.environ.get("TEST_DATABASES", "").split()
    os.environ |= {"DATABASE_URL": databases[int(worker) % len(databases)]} if databases else {}

from config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
STATIC_ROOT.mkdir(exist_ok=True)
