"""Administrative papers: the layout of decree 30/2020/NĐ-CP, the forms of TT 36/2013/TT-BCT, the words of templates."""
