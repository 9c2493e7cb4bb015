"""What a real installation refuses to start with."""

import pytest

from matxich.cli.installation import UnsafeSettings, refuse_unsafe_settings


@pytest.fixture
def production(settings):
    """A real installation, safe so far; gives a way to name the identity provider."""
    settings.PRODUCTION, settings.DEBUG, settings.ALLOWED_HOSTS = True, False, ["matxich.test"]

    def provider(issuer):
        apps = [{"provider_id": "vneid", "settings": {"server_url": issuer}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}

    return provider


def test_an_identity_provider_is_asked_over_https_only(production):
    refuse_unsafe_settings()
    production("https://dinh-danh.test")
    refuse_unsafe_settings()
    production("http://dinh-danh.test")
    with pytest.raises(UnsafeSettings, match="MATXICH_OIDC_ISSUER không dùng https"):
        refuse_unsafe_settings()


def test_elsewhere_a_local_provider_may_be_tried(production, settings):
    production("http://127.0.0.1:9000")
    settings.PRODUCTION = False
    refuse_unsafe_settings()
