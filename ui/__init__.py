"""How Mắt Xích looks: assets, templates, components and their gallery. No domain, no models."""
