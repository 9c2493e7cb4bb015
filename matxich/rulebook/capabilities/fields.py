"""The catalogue of structured fields, in the order a passport shows them."""

from matxich.rulebook.capabilities import (
    capacity,
    certificate,
    contact,
    credit_need,
    customer,
    digital,
    energy,
    exports,
    machine,
    ownership,
    product,
    site,
    size_range,
    tolerance,
)
from matxich.rulebook.capabilities.model import Field

_ORDER = (
    *(ownership.FIELD, site.FIELD, product.FIELD, machine.FIELD, size_range.FIELD, tolerance.FIELD, capacity.FIELD),
    *(certificate.FIELD, digital.FIELD, customer.FIELD, exports.FIELD, energy.FIELD, credit_need.FIELD, contact.FIELD),
)
FIELDS: dict[str, Field] = {field.code: field for field in _ORDER}
# The flat field of lists: the structured field that reads its texts.
BY_LIST_FIELD: dict[str, str] = {field.list_field: field.code for field in _ORDER if field.list_field}
