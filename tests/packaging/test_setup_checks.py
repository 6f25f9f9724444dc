"""The surroundings in which the checks run."""


def test_a_build_server_gets_plain_text(scripts):
    result = scripts["checks"].check_environment({"CI": "true", "FORCE_COLOR": "1", "A": "b"})
    assert result["QT_QPA_PLATFORM"] == "offscreen"
    assert result["A"] == "b"
    assert result["NO_COLOR"] == "1"
    assert "FORCE_COLOR" not in result
    assert "NO_COLOR" not in scripts["checks"].check_environment({})


def test_the_plain_locale_becomes_one_that_qt_accepts(scripts):
    check_environment = scripts["checks"].check_environment
    assert check_environment({"LC_ALL": "C"})["LC_ALL"] == "C.UTF-8"
    assert check_environment({"LC_ALL": "de_DE.UTF-8"})["LC_ALL"] == "de_DE.UTF-8"
    assert "LC_ALL" not in check_environment({})
