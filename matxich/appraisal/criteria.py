"""The criteria set of a batch as the rulebook reads it, read once for each version."""

from typing import Any

import yaml
from django.utils.translation import get_language

from matxich.appraisal.models import Batch, CriteriaSet
from matxich.rulebook.appraisal.criteria import CriteriaSet as Criteria
from matxich.rulebook.appraisal.criteria import criteria_set, fingerprint
from matxich.rulebook.law.facts import Words

_KEPT: dict[str, Criteria] = {}
MOST_KEPT = 200


def criteria_of(batch: Batch) -> Criteria:
    return read(batch.criteria)


def read(one: CriteriaSet) -> Criteria:
    """By its content, so that a draft that was mended is read anew."""
    data = one.data
    key = fingerprint(data)
    if key not in _KEPT:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = criteria_set(data)
    return _KEPT[key]


def said(words: Words) -> str:
    """In Vietnamese to whoever reads Vietnamese, else in English."""
    return words.vi if (get_language() or "vi").startswith("vi") else words.en or words.vi


def data_of(text: str) -> dict[str, Any]:
    """A set as somebody typed it. ValueError for what is no YAML of keys with values; aliases are not read, a few lines
    of them would stand for gigabytes."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise ValueError("YAML: alias")
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(data, dict):
        raise ValueError("YAML: keys with values")
    return data
