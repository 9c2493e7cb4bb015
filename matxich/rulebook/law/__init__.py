"""Dated law as data and conditions: what support a firm may get on a day, how much, by which article, and why (not).

`instruments` and `parameters` read the law's figures; `conditions` and `supports` say what has to hold; `answering`
judges one case with its reasons; `register` judges many firms at once with the same result; `reform` reads a proposed
change of figures and `simulation` says what it would do. Nothing here knows the time of day or reads a database.
"""
