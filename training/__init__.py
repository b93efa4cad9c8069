"""Recipe of the shipped parser: treebanks in, one small quantised model out."""
