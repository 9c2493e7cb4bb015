"""The pages of law: the support finder, a firm's answers, the library."""
