from tests.docs.blocks import Command, blocks_of, commands_of, looks_like

PAGE = """
Some words.

```python
print(1)
```

```text
1
```

Between them `code` and

```console
$ emendata checks
EM101  wrong_label
...
$ emendata audit a.csv \\
      --label b
```
"""


def test_a_text_block_right_below_python_is_its_output() -> None:
    python, _, console = blocks_of(PAGE)
    assert (python.body, python.expected, python.line) == ("print(1)\n", "1\n", 5)
    assert console.expected is None


def test_a_console_block_is_commands_with_what_they_print() -> None:
    console = blocks_of(PAGE)[2]
    assert commands_of(console.body) == [
        Command("emendata checks", "EM101  wrong_label\n...\n"),
        Command("emendata audit a.csv --label b", ""),
    ]


def test_dots_match_anything_and_white_space_counts_once() -> None:
    assert looks_like("Wrote ... rows", "Wrote\n   out.csv, many\trows")
    assert not looks_like("Wrote ... rows", "Wrote out.csv, many lines")
    assert not looks_like("Wrote", "Wrote nothing")


def test_numbers_may_differ_a_little_and_words_may_not() -> None:
    assert looks_like("7 of 1,780 rows (0.98)", "6 of 1,782 rows (0.91)")
    assert not looks_like("7 of 1,780 rows", "12 of 1,780 rows")
    assert not looks_like("row r40", "row r41")
    assert not looks_like("EM101", "EM102")
