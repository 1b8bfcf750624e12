"""SymPy expressions as the nested lists that tree.ts reads."""
import sympy as sp

NAMES = {"loggamma": "logGamma", "Abs": "abs"}


def tree(e):
    if isinstance(e, sp.Rational):
        return ["q", str(e.p), str(e.q)]
    if e is sp.I:
        return ["i"]
    if e is sp.pi:
        return ["pi"]
    if e is sp.E:
        return ["f", "exp", ["q", "1", "1"]]
    if isinstance(e, sp.Symbol):
        return ["s", e.name]
    if isinstance(e, sp.Add):
        return ["+"] + [tree(a) for a in e.args]
    if isinstance(e, sp.Mul):
        return ["*"] + [tree(a) for a in e.args]
    if isinstance(e, sp.exp):
        return ["f", "exp", tree(e.args[0])]
    if isinstance(e, sp.Pow):
        return ["^", tree(e.base), tree(e.exp)]
    if isinstance(e, sp.Function):
        name = type(e).__name__
        return ["f", NAMES.get(name, name)] + [tree(a) for a in e.args]
    raise ValueError(f"no tree for {sp.srepr(e)}")
