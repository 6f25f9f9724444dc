"""Answers as models write them, small: every construct, in several languages, whole and broken."""

ANSWER = """# A walk through a town

The first street is **wide** and the second one *narrow*; ~~nobody~~ everybody knows `both`. A soft
break, a hard one\\
and [a map](https://example.org/map?a=1&b=2).

```python
def streets(town):
    \"\"\"Names of all streets.\"\"\"
    return [s.name for s in town]  # in order


print(streets(None))
```

| Street | Houses | Since |
|:-------|-------:|:-----:|
| High   | 12     | `1820` |
| Mill \\| Lane | 7 | **1754** |

1. Start at the gate:
   - turn left,
   - go on
     1. past the well,
     2. past the school.
2. Then rest.

   > Nobody hurries here.

3. ```sh
   ls -l
   ```

- [x] seen
- [ ] not seen

---

> A saying
> over two lines
>
> - with a list
>
> > and a deeper one

Setext heading
--------------

    indented code
      stays so

مرحبا بالعالم، شارع Main هنا.

שלום עולם

街は静かです。**强调**文字 🎉 👩🏽‍💻

~~~~text
``` is not the end
~~~
~~~~

Last words: List<int> x; if a<b && c>d, <b>bold</b> and <script>alert(1)</script>.
"""

BROKEN = {
    "an open fence": "before\n\n```python\nx = 1\n",
    "a fence that was only begun": "before\n\n```py",
    "a fence that almost closes": "```\na\n``\n",
    "a fence in a list": "- item\n\n  ```\n  code\n  ```\n- next",
    "an indented fence": "  ```\n  a\n    b\n  ```\nafter",
    "an open table": "| a | b |\n|---|---|\n| 1 |",
    "half a table head": "| a | b |\n|---",
    "text right after a table": "| a |\n|---|\n| 1 |\n\nafter\n\n| b |\n|---|\n",
    "open emphasis": "**bold *and `code",
    "carriage returns": "one\r\n\r\n```\r\ncode\r\nmore\r\n```\r\n\rtwo\r",
    "other line ends": "a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg\n\n```\nx\u2028y\n```\n\nh\x1d\n\ni",
    "unfit characters": "nul \x00, object \ufffc, frame \ufdd0 \ufdd1, half \ud83d pair",
    "references": "[one] and [two]\n\n[one]: https://example.org/1\n\nmore\n\n[two]: https://example.org/2\n",
    "only blank lines": "\n \n\t\n",
    "empty items": "-\n- \n1.\n",
    "a list in a list at once": "- - a\n  - b\n-",
    "table in a list": "- item\n\n  | a |\n  |---|\n  | 1 |\n\nafter",
    "a heading in a list": "1. # Title\n   text\n",
    "a quote of code": "> ```\n> code\n> ```\n> text",
    "deep quotes": ">" * 60 + " x",
    "numbers": "999999999. big\n1000000000. bigger\n",
    "a rule in a list": "- ---\n- ***\n",
}


def cut(text, size):
    return [text[start : start + size] for start in range(0, len(text), size)]


def long_table(rows):
    lines = [f"| {number} | cell of row {number} | `c{number}` |\n" for number in range(rows)]
    return "| n | text | code |\n|--:|---|:-:|\n" + "".join(lines)
