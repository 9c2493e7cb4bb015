"""Mắt Xích: the system a supporting-industries programme runs on."""
