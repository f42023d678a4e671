"""Formulas that somebody might send to see what happens: each must be refused before anything is evaluated."""

from collections.abc import Iterator

PYTHON = """
__import__('os').system('id')
__import__("subprocess").getoutput("id")
__builtins__
__class__
fires.__class__
fires.__class__.__mro__
fires.__class__.__base__.__subclasses__()
().__class__.__bases__[0].__subclasses__()
[].__class__.__base__
{}.__class__
''.__class__.__mro__[1]
(1).__class__
fires.__init__.__globals__
fires.to_list()
fires.value
fires . value
eval('1')
eval(fires)
exec("import os")
exec(fires)
compile('1', '', 'eval')
open('/etc/passwd').read()
open(fires)
print(fires)
input()
globals()
locals()
vars()
dir(fires)
getattr(fires, 'real')
setattr(fires, 'x', 1)
delattr(fires, 'x')
hasattr(fires, 'x')
type(fires)
type('X', (), {})
super()
object()
id(fires)
hash(fires)
breakpoint()
exit()
quit()
help()
memoryview(fires)
bytes(10)
bytearray(10)
range(10)
list(fires)
sorted(fires)
sum(fires)
len(fires)
pow(fires, 2)
pow(2, 99999)
divmod(fires, 2)
round(fires)
int(fires)
float(fires)
str(fires)
bool(fires)
complex(fires)
map(abs, fires)
filter(abs, fires)
reversed(fires)
any(fires)
all(fires)
iter(fires)
next(fires)
callable(fires)
import os
import os; os.system('id')
from os import system
lambda: 1
lambda x: x
(lambda: fires)()
(lambda x: x)(fires)
def f(): return 1
class A: pass
return fires
yield fires
(yield fires)
await fires
async fires
assert fires
del fires
raise fires
global fires
nonlocal fires
pass
break
continue
while 1: pass
for x in fires: x
if fires: calls
fires if calls else 1
fires if calls
try: fires
with fires: calls
not fires
fires and calls
fires or calls
fires in calls
fires is calls
fires is not calls
None
True
False
fires := 1
(fires := 1)
(x := fires)
fires = 1
fires == 1
fires != 1
fires < 1
fires > 1
fires <= 1
fires >= 1
fires += 1
fires -= 1
fires *= 2
fires /= 2
fires ** 2
fires ** 9 ** 9 ** 9
9 ** 9 ** 9 * fires
fires // 2
fires % 2
fires @ calls
fires & 1
fires | 1
fires ^ 2
~fires
fires << 1
fires >> 1
fires << 99999999
fires[0]
fires[0:1]
fires[::-1]
[fires]
[fires for x in calls]
(fires for x in calls)
{fires}
{fires: calls}
{**fires}
*fires
**fires
max(*fires)
max(**fires)
max(fires, key=calls)
abs(x=fires)
fires, calls
(fires, calls)
()
fires()
calls(1)
fires(calls)
(fires)(calls)
2(fires)
abs
abs()
abs(,)
abs(fires, calls)
abs(fires
abs fires
abs[fires]
abs{fires}
max()
max(fires)
min(fires)
max(fires,)
max(,fires)
max(fires,,calls)
max(fires calls)
previous()
previous(fires, 2)
year_ago()
year_ago(fires, calls)
previous
previous previous
fires;
fires; calls
fires;calls
@fires
`fires`
$fires
!fires
fires?
fires: calls
fires -> calls
fires...
...
.fires
fires.
fires\\calls
\\x66ires
"""
TEXTS = """
'fires'
"fires"
'fires' * 9999999
"a" + "b"
f'{fires}'
f"{__import__('os')}"
'{}'.format(fires)
'%s' % fires
'%s'
{fires!r}
{0.__class__}
{{7*7}}
${7*7}
#{7*7}
<%= 7*7 %>
b'fires'
r'fires'
u'fires'
'''fires'''
fires 'x'
# fires
fires # a comment
fires // a comment
fires /* a comment */
/* */ fires
-- fires'
<!-- fires -->
fires -- a comment
"""
SQL = """
select 1
select * from observation
fires; drop table observation
fires; drop table observation --
1; delete from load
' or '1'='1
' or 1=1 --
1 or 1=1
fires union select 1
fires) union select (1
(select 1)
(select value from observation)
read_csv('/etc/passwd')
read_text('/etc/passwd')
read_parquet(fires)
copy fires to 'x'
attach 'x'
install httpfs
load httpfs
pragma database_list
set threads = 1
fires::int
cast(fires as int)
case when fires then 1 end
coalesce(fires, 0)
nullif(fires, 0)
sum(fires) over ()
count(*)
fires is null
fires not null
fires between 1 and 2
fires like 1
exists(fires)
fires.calls
main.fires
"fires"."calls"
current_user
sleep(10)
pg_sleep(10)
$1
:fires
?
@@version
"""
NUMBERS = """
1e9999 * fires
1e5 * fires
1E5 * fires
1e-5 * fires
fires * 1e308
0x10 * fires
0b11 * fires
0o17 * fires
017 * fires
00 * fires
1_000 * fires
1,000 * fires
1.000.000 * fires
1.5.5 * fires
.5 * fires
5. * fires
1.e5 * fires
1j * fires
10L * fires
10n * fires
1'000 * fires
1 000 * fires
5% * fires
5fires
5 fires
fires 5
1..2
9999999999999999 * fires
99999999999999999999999999999999999999999999999999 * fires
0.1234567890123456 * fires
inf * fires
nan * fires
infinity + fires
NaN + fires
Infinity
-inf
1
-1
1 + 1
(2)
3.14 * 2
1 / 0
max(1, 2)
abs(-1)
+fires
++fires
+1 * fires
fires + + calls
fires * * calls
fires */ calls
* fires
/ fires
fires +
fires -
fires *
fires /
-
--
+
*
/
(
)
)(
())
(fires
fires)
((fires)
(fires))
fires)(calls
( )
,
,fires
fires,
fires calls
fires(
fires (calls)
(fires) (calls)
(fires) calls
"""
SHELL = """
`id`
$(id)
${IFS}id
fires | id
fires && id
fires || id
fires > /var/x
; id
&id
../../etc/passwd
/etc/passwd
file:///etc/passwd
http://example.org
<script>alert(1)</script>
<img src=x onerror=alert(1)>
javascript:alert(1)
=1+1
=cmd|' /C calc'!A0
@SUM(1+1)
+cmd
%s%s%s%n
%00
%2e%2e
\\
\\n
&amp;
{"a": 1}
[1, 2]
!!python/object/apply:os.system [id]
!ruby/object
*anchor
&anchor fires
null
true
~
"""
UNKNOWN = """
fire
fires_
fires2
_fires
_
__
os
sys
self
cls
pl
polars
col
lit
place
period
value
e
pi
i
nul
"""
UNSEEN = (
    "",
    " ",
    "   ",
    "\n",
    "\n\n",
    "\t",
    "fires\t+ calls",
    "\x00",
    "fires\x00",
    "\x00fires",
    "fires\x00+calls",
    "fires\r+ calls",
    "fires\x0b+ calls",
    "fires\x0c+ calls",
    "fires\x1b[31m",
    "fires\x7f",
    "fires\x85calls",
    "fires\xa0+ calls",
    "fires\u2003+ calls",
    "fires\u200b",
    "fi\u200bres",
    "fires\u200d",
    "fires\u2028calls",
    "fires\u2029calls",
    "fires\u3000+ calls",
    "\ufefffires",
    "fires\ufeff",
    "\u202efires",
    "\u202dfires + calls",
    "\u2066fires\u2069",
    "fire\u0455",  # Cyrillic dze
    "\u0561bs(fires)",
    "\u0430bs(fires)",  # Cyrillic a
    "f\u0456res",  # Cyrillic i
    "\ufb01res",  # one letter for fi
    "\uff46\uff49\uff52\uff45\uff53",  # full width
    "\U0001d41f\U0001d422\U0001d42b\U0001d41e\U0001d42c",  # mathematical bold
    "f\u00efres",
    "fires\u0301",
    "\u00f1",
    "\u706b",
    "\u0646\u0627\u0631",
    "fires \u2212 calls",
    "fires \u2013 calls",
    "fires \u00d7 calls",
    "fires \u00f7 calls",
    "fires \u2215 calls",
    "fires \u2217 calls",
    "fires \uff0b calls",
    "\uff08fires\uff09",
    "\u0661 * fires",  # Arabic digit
    "\u00b2 * fires",
    "fires\u00b2",
    "\u00bd * fires",
    "\u216b * fires",
    "\uff11 * fires",
    "5\u0665 * fires",
    "1\u00a0000 * fires",
    "\U0001f600",
    "fires + \U0001f525",
    "\ud800",
    "FIRES",
    "Fires",
    "fIres",
    "ABS(fires)",
    "Max(fires, calls)",
)


def hostile() -> list[str]:
    """Every one of them, once."""
    lists = (PYTHON, TEXTS, SQL, NUMBERS, SHELL, UNKNOWN)
    written = (line for text in lists for line in text.strip("\n").split("\n"))
    return list(dict.fromkeys([*written, *UNSEEN, *_too_much(), *_misplaced()]))


def _too_much() -> Iterator[str]:
    """Too long, too deep, too many."""
    yield from ("fires + " * times + "fires" for times in (50, 62, 500, 100_000))
    yield from ("(" * depth + "fires" + ")" * depth for depth in (13, 100, 240, 100_000))
    yield from ("-" * depth + "fires" for depth in (13, 100, 450, 100_000))
    yield from ("abs(" * depth + "fires" + ")" * depth for depth in (13, 90, 50_000))
    yield from ("previous(" * depth + "fires" + ")" * depth for depth in (13, 45))
    yield from ("(" * depth for depth in (1, 12, 400, 100_000))
    yield from (")" * depth for depth in (2, 12, 400))
    yield "max(" + ", ".join(["fires"] * 11) + ")"
    yield from ("9" * digits + " * fires" for digits in (16, 100, 490, 5000))
    yield from (" " * spaces + "fires" for spaces in (501, 10_000))
    yield "fires" * 200
    yield "fires * " + "(1 - " * 13 + "fires" + ")" * 13


def _misplaced() -> Iterator[str]:
    """Every visible character that is not of the grammar, before, inside and after a sum."""
    for mark in "!\"#$%&'.:;<=>?@[\\]^`{|}~":
        yield f"{mark}fires + calls"
        yield f"fires {mark} calls"
        yield f"fires + calls{mark}"
