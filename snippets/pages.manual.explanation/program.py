# pages.manual.explanation: written by hexapla from docs/en/manual/explanation.md

# %% cell-1
import ast

original = "total = 0.1 + 0.2  # a sum"
translation = "total = 0.1 + 0.2  # eine Summe"
ast.dump(ast.parse(original)) == ast.dump(ast.parse(translation))
