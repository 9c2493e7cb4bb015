"""Pages about the look itself: the gallery, the theme, the language."""

from django.urls import path
from django.views.i18n import set_language

from ui.gallery import gallery
from ui.theme import set_theme

urlpatterns = [
    path("thanh-phan/", gallery, name="gallery"),
    path("giao-dien/", set_theme, name="set_theme"),
    path("ngon-ngu/", set_language, name="set_language"),
]
