"""Chat templates: what they render, what happens to broken and hostile ones."""

import json
import subprocess
import sys
import time

import pytest

from chatdesk.domain.generation import Turn
from chatdesk.engine.chat_formats import FORMATS, PLAIN
from chatdesk.engine.template import ChatTemplate, TemplateError, choose
from tests.engine import chat_templates
from tests.engine.hostile_templates import ESCAPES, GREEDY

TALK = (Turn("system", "Be brief."), Turn("user", "Hi"), Turn("assistant", "Hello!"), Turn("user", "Why?"))


def template(source):
    return ChatTemplate(source, "<s>", "</s>")


def render(source, *turns, thinking=None, continues=False):
    return template(source).render(turns, thinking, continues)


def test_chatml_renders_every_turn_and_asks_for_an_answer():
    assert render(chat_templates.CHATML, *TALK) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
        "<|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n"
    )


def test_an_unframed_prompt_is_the_texts_as_they_stand_after_the_first_token():
    assert template(chat_templates.CHATML).unframed((Turn("user", "English: Hi\nGerman:"),)) == (
        "<s>English: Hi\nGerman:"
    )


def test_llama_3_renders_its_header_and_the_date():
    text = render(chat_templates.LLAMA_3, *TALK)
    assert text.startswith("<s><|start_header_id|>system<|end_header_id|>\n\nToday: ")
    assert text.endswith("Why?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")


def test_a_template_that_refuses_a_system_turn_gets_it_in_the_first_user_turn():
    assert render(chat_templates.GEMMA, *TALK) == (
        "<s><start_of_turn>user\nBe brief.\n\nHi<end_of_turn>\n<start_of_turn>model\nHello!<end_of_turn>\n"
        "<start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\n"
    )
    assert (
        render(chat_templates.MISTRAL, *TALK)
        == "<s>[INST] Be brief.\n\nHi [/INST] Hello!</s>[INST] Why? [/INST]"
    )


def test_a_template_that_silently_drops_the_system_turn_gets_it_in_the_first_user_turn():
    source = "{% for m in messages %}{% if m.role == 'user' %}[{{ m.content }}]{% endif %}{% endfor %}"
    assert render(source, *TALK) == "[Be brief.\n\nHi][Why?]"


def test_neighbours_of_one_role_are_merged_where_turns_must_alternate():
    turns = (Turn("user", "One."), Turn("user", "Two."))
    assert "One.\n\nTwo." in render(chat_templates.GEMMA, *turns)
    assert (
        render(chat_templates.MISTRAL, Turn("system", "S"), *turns) == "<s>[INST] S\n\nOne.\n\nTwo. [/INST]"
    )


def test_a_system_turn_alone_becomes_a_user_turn_where_there_is_no_system():
    assert render(chat_templates.GEMMA, Turn("system", "S")).startswith(
        "<s><start_of_turn>user\nS<end_of_turn>"
    )


@pytest.mark.parametrize("name", chat_templates.ALL)
def test_a_prompt_begins_with_the_prompt_before_it(name):
    chat = template(chat_templates.ALL[name])
    before = chat.render(TALK[:2], None, False)
    after = chat.render(TALK, None, False)
    common = before.removesuffix("<think>\n")
    assert after.startswith(common)


@pytest.mark.parametrize("name", chat_templates.ALL)
def test_a_continued_answer_ends_the_prompt_as_it_stands(name):
    chat = template(chat_templates.ALL[name])
    whole = chat.render(TALK[:2], None, False)
    text = chat.render((*TALK[:2], Turn("assistant", "  Hello, I ")), None, True)
    assert text.endswith("  Hello, I ")
    assert text.startswith(whole.rstrip())


def test_a_continued_answer_does_not_stand_within_thinking():
    text = render(chat_templates.DEEPSEEK_R1, Turn("user", "Hi"), Turn("assistant", "He"), continues=True)
    assert text.endswith("<｜Assistant｜><think>\n</think>\n\nHe")
    text = render(chat_templates.HARMONY, Turn("user", "Hi"), Turn("assistant", "He"), continues=True)
    assert text.endswith("<|start|>assistant<|channel|>final<|message|>He")


def test_thinking_is_switched_only_when_asked():
    chat = template(chat_templates.QWEN_3)
    assert chat.switches_thinking
    assert chat.render(TALK, None, False).endswith("assistant\n")
    assert chat.render(TALK, True, False).endswith("assistant\n")
    assert chat.render(TALK, False, False).endswith("<think>\n\n</think>\n\n")


def test_thinking_that_can_only_be_shortened_is_no_switch():
    chat = template(chat_templates.HARMONY)
    assert not chat.switches_thinking
    assert "Reasoning: medium" in chat.render(TALK, None, False)
    assert "Reasoning: low" in chat.render(TALK, False, False)


def test_an_effort_of_none_switches_thinking_off():
    chat = template(chat_templates.EFFORT_NONE)
    assert chat.switches_thinking
    assert chat.render(TALK, False, False).startswith("[EFFORT]none")
    assert chat.render(TALK, True, False).startswith("[EFFORT]high")


def test_an_effort_that_the_template_refuses_is_left_out():
    source = chat_templates.EFFORT_NONE.replace("'none'", "'medium'")
    assert render(source, *TALK, thinking=False).startswith("[EFFORT]high")


@pytest.mark.parametrize("name", ["ChatML", "Llama 3", "Gemma", "Mistral", "DeepSeek R1"])
def test_templates_without_a_switch_have_none(name):
    assert not template(chat_templates.ALL[name]).switches_thinking


def test_text_methods_work_in_loops_blocks_and_macros():
    source = (
        "{% macro f(t) %}{{ t.strip().split(',', 1)[0].replace('a', 'b') }}{% endmacro %}"
        "{% for m in messages %}{{ m.content.split(',')[-1].lstrip() }}|{{ f(m.content) }}|"
        "{{ m.content.rsplit(sep=',', maxsplit=1)[0] }}|{{ '-'.join(['x', 'y']) }}|"
        "{{ m.get('content').upper() }}"
        "{% endfor %}"
    )
    assert render(source, Turn("user", " a, c")) == "c|b| a|x-y| A, C"


def test_filters_that_templates_use_give_what_they_should():
    source = (
        "{{ messages | map(attribute='role') | join(', ') }};"
        "{{ messages | selectattr('role', 'equalto', 'user') | list | length }};"
        "{{ {'b': 'ä<', 'a': [1, 2.5, none, true]} | tojson }};{{ 'a\nb' | indent(2) }};"
        "{{ '%s-%03d' % ('x', 7) }};"
        "{{ messages | length * 2 }};{{ ['b', 'a'] | sort | first }};{{ {'k': 1}.items() | list }};"
        "{{ 3.14159 | round(2) }};"
        "{{ 'x' ~ 1 ~ none }};{{ nothing | default('d') }};{{ '7' | int + 1 }};"
        "{{ messages[-1]['content'] | string | title }}"
    )
    assert render(source, *TALK[1:]) == (
        'user, assistant, user;2;{"b": "ä<", "a": [1, 2.5, null, true]};a\n  b;x-007;6;a;'
        "[('k', 1)];3.14;x1None;d;8;Why?"
    )


def test_generation_blocks_and_loop_controls_are_known():
    source = (
        "{% for m in messages %}{% if loop.index > 2 %}{% break %}{% endif %}"
        "{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}"
    )
    assert render(source, *TALK) == "Be brief.Hi"


def test_a_refusal_says_what_the_template_says():
    with pytest.raises(TemplateError, match="only on Sundays"):
        render("{{ raise_exception('only on Sundays') }}", *TALK)


def test_hostile_templates_end_soon_and_stay_small():
    program = """
import json, sys, time
try:
    import resource
except ImportError:
    resource = None
from chatdesk.domain.generation import Turn
from chatdesk.engine.template import ChatTemplate, TemplateError
from tests.engine.hostile_templates import GREEDY
scale = 1 if sys.platform == "darwin" else 1024
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale if resource else 0
ChatTemplate("x", "", "").render((Turn("user", "hi"),), None, False)
before = peak()
for name, source in GREEDY.items():
    started = time.process_time()
    try:
        ending = "rendered " + ChatTemplate(source, "", "").render((Turn("user", "hi"),), None, False)[:50]
    except TemplateError as error:
        ending = ""
    print(json.dumps([name, time.process_time() - started, peak() - before, ending]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=55, check=True
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(GREEDY)
    assert [name for name, _, _, ending in results if ending] == []
    assert [name for name, seconds, _, _ in results if seconds > 2] == []
    assert max(size for _, _, size, _ in results) < 200e6


@pytest.mark.parametrize("source", ESCAPES)
def test_a_template_does_not_get_at_python(source):
    try:
        text = render(source, Turn("user", "hi"))
    except TemplateError:
        return
    assert text in ("", "0", "[(Undefined, [{'a': 1}])]")


def test_a_conversation_stays_as_it_was():
    turns = (Turn("user", "hi"),)
    with pytest.raises(TemplateError):
        render("{{ messages[0].update(content='other') }}", *turns)
    assert turns == (Turn("user", "hi"),)


def test_a_long_conversation_renders_within_its_bounds():
    turns = tuple(Turn("assistant" if i % 2 else "user", "word " * 500) for i in range(2001))
    chat = template(chat_templates.QWEN_3)
    assert len(chat.render(turns, True, False)) > 5_000_000


def test_an_ordinary_template_renders_in_a_few_milliseconds_after_the_first_time():
    turns = (TALK[0], *TALK[1:3] * 10, TALK[3])
    chat = template(chat_templates.QWEN_3)
    chat.render(turns, True, False)
    times = []
    for _ in range(10):
        started = time.process_time()
        chat.render(turns, True, False)
        times.append(time.process_time() - started)
    assert min(times) < 0.005


@pytest.mark.parametrize("name", chat_templates.ALL)
def test_a_files_own_template_is_used_when_it_works(name):
    chat, problem = choose(chat_templates.ALL[name], "<s>", "</s>", "llama", "Model")
    assert problem == ""
    assert chat.source == chat_templates.ALL[name]


@pytest.mark.parametrize(
    ("source", "eos", "architecture", "expected"),
    [
        (None, "<|im_end|>", "llama", "ChatML"),
        (None, "</s>", "qwen2", "ChatML"),
        ("{% for m in %}<|start_header_id|>", "</s>", "llama", "Llama 3"),
        ("{{ '<start_of_turn>' + 1 }}", "<eos>", "gemma2", "Gemma"),
        (None, "<eos>", "gemma3", "Gemma"),
        ("[INST] {{ raise_exception('no') }}", "</s>", "llama", "Mistral"),
        (None, "<|end|>", "phi3", "Phi 3"),
        (None, "<|return|>", "gpt-oss", "Harmony"),
        ("{{ 'x' * 10**9 }}", "</s>", "llama", "User:"),
        (None, "</s>", "gpt2", "User:"),
        ("always the same", "</s>", "llama", "User:"),
    ],
)
def test_a_broken_or_missing_template_gives_way_to_a_known_format(source, eos, architecture, expected):
    chat, problem = choose(source, "<s>", eos, architecture, "Model X")
    assert "Model X" in problem
    assert expected in problem
    assert "Why?" in chat.render(TALK, None, False)


@pytest.mark.parametrize("known", [*FORMATS, PLAIN], ids=lambda known: known.name)
def test_every_known_format_renders_a_whole_conversation(known):
    text = render(known.source, *TALK)
    assert [text.find(turn.text) for turn in TALK] == sorted(text.find(turn.text) for turn in TALK)
    assert "-1" not in [str(text.find(turn.text)) for turn in TALK]


def test_the_starter_models_template_is_used(starter):
    from chatdesk.engine.gguf import read_header

    source = read_header(starter).metadata["tokenizer.chat_template"]
    chat, problem = choose(source, "", "<|im_end|>", "llama", "Starter")
    assert problem == ""
    assert chat.render(TALK, None, False).endswith("<|im_start|>assistant\n")
