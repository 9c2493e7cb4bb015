"""What every page's frame needs: navigation, the ribbon, the theme."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    return {}
