"""Writes derivatives.fixture.json: derivatives by SymPy, evaluated to 25 digits. Run: /usr/bin/python3 derivatives.fixture.py"""
import json
import os
import sympy as sp

x, u = sp.symbols('x u', positive=True)
R = sp.Rational
cases = [
    (r'x^5 - 3 x^2 + \frac{7}{x}', x**5 - 3*x**2 + 7/x),
    (r'\sqrt{1 + x^2 u}', sp.sqrt(1 + x**2*u)),
    (r'\sqrt[3]{x + u}', sp.cbrt(x + u)),
    (r'x^u', x**u),
    (r'u^x', u**x),
    (r'(x + u)^{x u}', (x + u)**(x*u)),
    (r'e^{-x^2/2}', sp.exp(-x**2/2)),
    (r'\log(1 + x^2)/x', sp.log(1 + x**2)/x),
    (r'\operatorname{erf}(x u)', sp.erf(x*u)),
    (r'\operatorname{erfc}(x/u) e^{x}', sp.erfc(x/u)*sp.exp(x)),
    (r'\tanh(3x - u)', sp.tanh(3*x - u)),
    (r'\tanh^2(x)', sp.tanh(x)**2),
    (r'\sinh x \cosh u x', sp.sinh(x)*sp.cosh(u)*x),
    (r'\sin(x) \cos(x u)', sp.sin(x)*sp.cos(x*u)),
    (r'\tan(x/3)', sp.tan(x/3)),
    (r'\arctan(x u)', sp.atan(x*u)),
    (r'\sin^{-1}(x/4)', sp.asin(x/4)),
    (r'\arccos(x/5)', sp.acos(x/5)),
    (r'\sin^{-1}\left(\frac{x}{\sqrt{1 + x^2}}\right)', sp.asin(x/sp.sqrt(1 + x**2))),
    (r'\frac{x^2}{u x^2 + 1} - 2 \log\left(\frac{x^2}{u x^2 + 1}\right)', x**2/(u*x**2 + 1) - 2*sp.log(x**2/(u*x**2 + 1))),
    (r'\exp\left[-\frac{1}{2}\left\{\frac{x^2}{u + 1} + \log(u + x)\right\}\right]', sp.exp(-R(1, 2)*(x**2/(u + 1) + sp.log(u + x)))),
    (r'\frac{1}{\sqrt{2\pi u}} e^{-\frac{x^2}{2u}}', sp.exp(-x**2/(2*u))/sp.sqrt(2*sp.pi*u)),
    (r'\log \log (2 + x)', sp.log(sp.log(2 + x))),
]
points = [(R(7, 10), R(13, 10)), (R(3, 2), R(2, 5)), (R(21, 10), R(9, 10))]
out = []
for latex, e in cases:
    for order in (1, 2):
        for name, v in (('x', x), ('u', u)):
            d = sp.diff(e, v, order)
            for a, b in points:
                value = sp.N(d.subs({x: a, u: b}), 25)
                out.append({'latex': latex, 'variable': name, 'order': order, 'x': float(a), 'u': float(b), 'value': str(value)})
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'derivatives.fixture.json'), 'w') as f:
    json.dump(out, f, indent=0)
    f.write('\n')
