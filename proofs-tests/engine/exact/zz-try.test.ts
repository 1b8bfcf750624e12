import { test, expect } from 'vitest'
import * as x from '/work/main/src/expression/expression.js'
import { decideEqual } from '/work/main/src/exact/equality.js'
import { normalForm } from '/work/main/src/exact/normal-form.js'
import { describe as d } from '/work/main/src/numeric/describe.js'
const s=x.symbol, n=x.rational
const {add,multiply:mul,power:pow,squareRoot:sqrt,exp,log,call,divide,subtract:sub,imaginaryUnit:i,pi}=x
const X=s('x'),Y=s('y'),N=s('N'),D=s('D'),b=s('b'),q=s('q'),w=s('w')
const pos={positive:new Set(['N','D','b','x','y'])}
const show=(r:unknown)=>JSON.stringify(r)
const cases:[string,x.Expression,x.Expression,object?][]=[
 ['binom',pow(add(X,Y),5),pow(add(Y,X),5)],
 ['sq',pow(add(X,n(1)),2),add(pow(X,2),mul(n(2),X),n(1))],
 ['rat',add(divide(n(1),sub(X,Y)),divide(n(1),add(X,Y))),divide(mul(n(2),X),sub(pow(X,2),pow(Y,2)))],
 ['sqrt',sqrt(divide(mul(N,pow(b,2)),D)),divide(mul(sqrt(N),b),sqrt(D)),pos],
 ['sqrt nopos',sqrt(pow(X,2)),X],
 ['sqrt abs',sqrt(pow(X,2)),call('abs',X)],
 ['cos2',call('cos',mul(n(2),q)),sub(mul(n(2),pow(call('cos',q),2)),n(1))],
 ['sin2+cos2',add(pow(call('cos',q),2),pow(call('sin',q),2)),n(1)],
 ['halfangle',sub(n(2),mul(n(2),call('cos',q))),mul(n(4),pow(call('sin',divide(q,n(2))),2))],
 ['eiq',exp(mul(n(-1),i,add(q,s('p')),s('l'))),mul(exp(mul(n(-1),i,q,s('l'))),exp(mul(n(-1),i,s('p'),s('l'))))],
 ['log',log(divide(X,Y)),sub(log(X),log(Y)),pos],
 ['log nopos',log(divide(X,Y)),sub(log(X),log(Y))],
 ['xn',mul(pow(X,s('n')),X),pow(X,add(s('n'),n(1))),pos],
 ['gamma',call('gamma',add(X,n(2))),mul(X,add(X,n(1)),call('gamma',X)),pos],
 ['tanh',call('tanh',X),divide(call('sinh',X),call('cosh',X))],
 ['tanh2',call('tanh',mul(n(2),X)),divide(mul(n(2),call('tanh',X)),add(n(1),pow(call('tanh',X),2)))],
 ['cospi3',call('cos',divide(pi,n(3))),n(1,2)],
 ['cospi6',call('cos',divide(pi,n(6))),divide(sqrt(n(3)),n(2))],
 ['cospi5',call('cos',divide(pi,n(5))),divide(add(n(1),sqrt(n(5))),n(4))],
 ['sqrt8',sqrt(n(8)),mul(n(2),sqrt(n(2)))],
 ['wrong',mul(n(2),X),mul(n(3),X)],
 ['x4',mul(pow(X,n(1,4)),pow(X,n(1,4))),sqrt(X),pos],
 ['lgsum',log(add(divide(mul(w,w,X),N),b)),sub(log(add(mul(w,w,X),mul(N,b))),log(N)),pos],
 ['explog',exp(mul(n(1,2),log(X))),sqrt(X),pos],
 ['1-s2',sqrt(sub(n(1),pow(s('s'),2))),mul(sqrt(sub(n(1),s('s'))),sqrt(add(n(1),s('s')))),{domains:new Map([['s',{minimum:-1,maximum:1,includeMinimum:false,includeMaximum:false,integer:false}]])}],
 ['sum', {kind:'indexedSum',index:'l',range:{kind:'family',family:'site'},body:add(mul(X,x.indexed('e',{slot:'site',index:x.index('l')})),n(0))}, mul(X,{kind:'indexedSum',index:'k',range:{kind:'family',family:'site'},body:x.indexed('e',{slot:'site',index:x.index('k')})})],
 ['sum shift', {kind:'indexedSum',index:'l',range:{kind:'family',family:'site'},body:x.indexed('e',{slot:'site',index:x.index('l',1)})}, {kind:'indexedSum',index:'k',range:{kind:'family',family:'site'},body:x.indexed('e',{slot:'site',index:x.index('k')})}],
 ['denest', divide(n(1),add(sqrt(n(2)),n(1))), sub(sqrt(n(2)),n(1))],
 ['factorial', divide(call('factorial',N),call('factorial',sub(N,n(2)))), mul(N,sub(N,n(1))), pos],
]
test('x',()=>{ for(const [name,a,bb,o] of cases){ const t=performance.now(); const r=decideEqual(a,bb,o); console.log(name,show(r),(performance.now()-t).toFixed(1)+'ms', r.outcome==='equal'?'':d(normalForm(sub(a,bb),o).expression)) } })
