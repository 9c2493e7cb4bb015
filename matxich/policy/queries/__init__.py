"""What the law says of a firm of the register, and what the register says that the law asks about."""

from matxich.policy.queries.facts import NoSuchCommune, NoSuchFirm, facts_of, facts_of_commune, firm_of_tax_code

__all__ = ["NoSuchCommune", "NoSuchFirm", "facts_of", "facts_of_commune", "firm_of_tax_code"]
