"""Chat templates that try to hang, to take all memory or to get at Python; each ends in TemplateError."""

# ruff: noqa: E501  one template a line

DOUBLING = "{% set ns = namespace(a='aaaaaaaaaaaaaaaa') %}{% for i in range(60) %}"
END = "{% endfor %}{{ ns.a }}"

GREEDY = {
    "a huge product": "{{ 'a' * 10**9 }}",
    "a huge product of two steps": "{{ 'ab' * 10000 * 100000 }}",
    "a huge list": "{{ ([0] * 10**9) | length }}",
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
    "silent loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a range without end": "{% for a in range(10**12) %}{% endfor %}",
    "doubling with +": DOUBLING + "{% set ns.a = ns.a + ns.a %}" + END,
    "doubling with ~": DOUBLING + "{% set ns.a = ns.a ~ ns.a %}" + END,
    "doubling with join": DOUBLING + "{% set ns.a = [ns.a, ns.a] | join %}" + END,
    "doubling with the method join": DOUBLING + "{% set ns.a = '-'.join([ns.a, ns.a]) %}" + END,
    "doubling with replace": DOUBLING + "{% set ns.a = ns.a | replace('a', 'aa') %}" + END,
    "doubling with the method replace": DOUBLING + "{% set ns.a = ns.a.replace('', ns.a) %}" + END,
    "doubling with a captured block": DOUBLING
    + "{% set b %}{{ ns.a }}{{ ns.a }}{% endset %}{% set ns.a = b %}"
    + END,
    "doubling with printf": DOUBLING + "{% set ns.a = '%s%s' % (ns.a, ns.a) %}" + END,
    "doubling with format": DOUBLING + "{% set ns.a = '%s%s' | format(ns.a, ns.a) %}" + END,
    "doubling with indent": DOUBLING + "{% set ns.a = (ns.a ~ '\n' * 99) | indent(999) %}" + END,
    "doubling lists": DOUBLING + "{% set ns.a = [ns.a, ns.a] %}" + END,
    "doubling tuples that are compared": (
        "{% set ns = namespace(a=(1,), b=(1,)) %}{% for i in range(39) %}"
        "{% set ns.a = (ns.a, ns.a) %}{% set ns.b = (ns.b, ns.b) %}{% endfor %}{{ ns.a == ns.b }}"
    ),
    "doubling dictionaries": DOUBLING + "{% set ns.a = dict(a=ns.a, b=ns.a) %}" + END,
    "doubling lists as JSON": DOUBLING + "{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a | tojson }}",
    "adding lists": DOUBLING + "{% set ns.a = (ns.a | list) + (ns.a | list) %}" + END,
    "lists nested deeply": (
        "{% set ns = namespace(a=()) %}{% for i in range(99999) %}{% set ns.a = (ns.a,) %}{% endfor %}"
        "{{ [ns.a] | unique | list }}"
    ),
    "namespaces in namespaces": (
        "{% set a = namespace(x=1) %}"
        + "".join(f"{{% set a = namespace(x=a, y=a, z={i}) %}}" for i in range(60))
        + "{{ a }}"
    ),
    "a macro that calls itself": "{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}",
    "a macro that calls itself often": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "much text in loops": (
        "{% for a in range(9999) %}{% for b in range(9999) %}" + "x" * 5000 + "{% endfor %}{% endfor %}"
    ),
    "powers of powers": "{{ 10 ** 10 ** 10 }}",
    "squares of squares": "{% set ns = namespace(a=9) %}{% for i in range(99) %}{% set ns.a = ns.a * ns.a %}{% endfor %}",
    "rounding to a huge power": "{{ 5 | round(-1000000000) }}{{ 5 | round(method='floor', precision=-999999999) }}",
    "a wide number": "{{ '%999999999d' % 1 }}",
    "a wide number by filter": "{{ '%999999999d' | format(1) }}",
    "a wide number by method": "{{ '{:999999999}'.format(1) }}",
    "a wide number by mapping": "{{ '{a:999999999}'.format_map({'a': 1}) }}",
    "a centred text": "{{ 'a' | center(999999999) }}",
    "a centred text by method": "{{ 'a'.center(999999999) }}",
    "zeros": "{{ 'a'.zfill(999999999) }}",
    "bytes": "{{ (1).to_bytes(999999999, 'big') }}",
    "tabs": "{{ '\t'.expandtabs(999999999) }}",
    "much JSON indentation": "{{ [[[1]]] | tojson(indent=999999999) }}",
    "a text indented far": "{{ ('a\n' * 1000) | indent(999999) }}",
    "many parts": "{{ ('a ' * 20000000).split(' ') | length }}",
    "many characters": "{{ ('ā' * 20000000) | list | length }}",
    "many characters in a loop": "{% for c in 'ā' * 20000000 if c == 'b' %}{{ loop.length }}{% endfor %}",
    "many sorted characters": "{{ ('ā' * 20000000) | sort | length }}",
    "a slow strip": "{{ ('a' * 4000000).strip('b' * 4000000 + 'a') }}",
    "a slow search": "{{ ('a' * 8000000).rfind('b' + 'a' * 4000000) }}",
    "many comparisons": "{% set a = 'a' * 9000000 %}{% set b = 'a' * 9000000 %}"
    + "{% if a != b %}{% endif %}" * 6000,
    "many searches": "{% set a = 'a' * 9000000 %}" + "{{ 'aab' in a }}" * 6000,
    "filler words": "{{ lipsum(99999) }}",
    "padding": "{{ [1] | batch(999999999, 'x') | list | length }}",
    "slices": "{{ [1] | slice(999999999) | list | length }}",
    "sums of lists": "{{ ([[1] * 999] * 9999) | sum(start=[]) | length }}",
    "a date of any width": "{{ strftime_now('%999999999d' * 99) }}",
    "a long template": "{{ messages }}" * 60000,
    "a deep expression": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "a long chain": "{{ 1" + " + 1" * 20000 + " }}",
    "a deep nest": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "itself": "{% include 'self' %}",
    "a library": "{% import 'os' as os %}",
    "a parent": "{% extends 'layout' %}",
    "escaping": "{% autoescape true %}{{ '<' * 9000000 }}{% endautoescape %}",
    "syntax": "{% if %}",
    "an unknown tag": "{% nonsense %}",
    "an unknown filter": "{{ 'a' | nonsense }}",
    "an attribute of nothing": "{{ nothing.at.all }}",
    "a call of nothing": "{{ nothing() }}",
    "a division": "{{ 1 / 0 }}",
    "wrong types": "{{ 'a' + 1 }}",
    "its own refusal": "{{ raise_exception('no') }}",
}

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ messages.__class__.__init__.__globals__ }}",
    "{{ raise_exception.__globals__ }}",
    "{{ raise_exception.__func__.__globals__['sys'] }}",
    "{{ raise_exception.__self__ }}",
    "{{ raise_exception.__self__.globals }}",
    "{{ strftime_now.__self__.meter }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace.__base__ }}",
    "{{ dict.__base__ }}",
    "{{ dict.mro() }}",
    "{{ dict.fromkeys([1], 2) }}",
    "{{ range.__self__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ ''.join.__self__.__class__ }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '%s'.__mod__ }}",
    "{{ ('' | attr('__class__')) }}",
    "{{ [''] | map(attribute='__class__') | first }}",
    "{{ [''] | map('attr', '__class__') | first }}",
    "{{ [''] | selectattr('__class__') | list | length }}",
    "{{ [{'a': 1}] | groupby('__class__') }}",
    "{{ [''] | sort(attribute='__class__') | first | attr('__class__') }}",
    "{{ loop.__class__ }}",
    "{% for a in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for a in [1] %}{{ loop._undefined }}{% endfor %}",
    "{% macro f() %}{% endmacro %}{{ f._func.__globals__ }}",
    "{% macro f() %}{% endmacro %}{{ f.__init__.__globals__ }}",
    "{% set n = namespace() %}{{ n._Namespace__attrs }}",
    "{{ messages.append(1) }}",
    "{{ messages[0].update({'role': 'system'}) }}",
    "{{ messages[0].clear() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ (messages | map('upper')).gi_frame }}",
    "{{ environment.from_string('x') }}",
    "{{ metered_step.__self__ }}",
    "{{ caller.__globals__ }}",
]
