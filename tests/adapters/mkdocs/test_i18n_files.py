"""Files for each language are those that the i18n plugin's own functions make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs_static_i18n import is_relative_to
from mkdocs_static_i18n.plugin import I18n

from hexapla.adapters.mkdocs import i18n_files

LANGUAGES = ["en", "de", "pt-BR", "zh_TW"]
PARTS = st.sampled_from(
    ["en", "de", "pt-BR", "zh_TW", "ml", "posts", "a", "README", "en-x", "index", "été b", "_c"]
)
NAMES = st.sampled_from(
    [
        "a.md",
        "README.md",
        "index.md",
        "README.html",
        "XREADME.html",
        "p.png",
        "de",
        "en",
        "日本.md",
        "x.de.md",
    ]
)


def own():
    """Return the plugin's own function, from a module of its own: ours may stand in its place."""
    from importlib.util import find_spec, module_from_spec

    spec = find_spec("mkdocs_static_i18n.folder")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.create_i18n_file


OWN = own()


@pytest.mark.parametrize("directory_urls", [True, False])
@given(folders=st.lists(PARTS, max_size=3), name=NAMES, current=st.sampled_from(LANGUAGES))
def test_a_file_is_what_the_plugin_makes_of_it(directory_urls, folders, name, current):
    config = MkDocsConfig()
    config.load_dict(
        {"docs_dir": "/site/docs", "site_dir": "/site/built", "use_directory_urls": directory_urls}
    )
    file = File("/".join([*folders, name]), "/site/docs", "/site/built", directory_urls)
    for again in (False, True):
        theirs = OWN(file, current, "en", LANGUAGES, config)
        ours = i18n_files.file_of(file, current, "en", LANGUAGES, config)
        assert _facts(ours) == _facts(theirs)
        # Of a file that was placed for one language, the plugin makes that of another.
        file = OWN(file, "de", "en", LANGUAGES, config) if not again else file


def _facts(file):
    known = "src_uri src_dir dest_dir dest_uri abs_dest_path abs_src_path url name locale locale_alternate_of localization norm_src_uri inclusion use_directory_urls"
    return {name: getattr(file, name) for name in known.split()} | {"alternates": list(file.alternates)}


@given(st.lists(PARTS, min_size=1, max_size=4), st.lists(PARTS, min_size=1, max_size=3))
def test_a_path_is_below_another_as_for_the_plugin(parts, above):
    path, parent = "/" + "/".join(parts), "/" + "/".join(above)
    assert i18n_files.is_below(path, parent) == is_relative_to(path, parent)
    assert i18n_files.is_below(path, "/") == is_relative_to(path, "/")


def test_languages_are_those_that_the_plugin_reads_each_time():
    i18n_files.use_quick_files()
    plugin = I18n()
    errors, warnings = plugin.load_config({"languages": [
        {"locale": "de", "name": "Deutsch"},
        {"locale": "en", "name": "English", "default": True},
        {"locale": "zh", "name": "Chinese", "build": False},
    ]})  # fmt: skip
    assert not errors
    assert not warnings
    for _ in range(2):
        assert plugin.all_languages == ["de", "en", "zh"]
        assert plugin.build_languages == ["de", "en"]
        assert plugin.default_language == "en"


@pytest.mark.parametrize("structure", ["folder", "suffix"])
@settings(max_examples=40)
@pytest.mark.parametrize("fallback", [True, False])
@given(
    paths=st.sets(
        st.builds(lambda folders, name: "/".join([*folders, name]), st.lists(PARTS, max_size=2), NAMES)
    )
)
def test_files_of_a_language_are_those_that_the_plugin_arranges(fallback, structure, paths):
    i18n_files.use_quick_files()
    config = MkDocsConfig()
    config.load_dict({"docs_dir": "/site/docs", "site_dir": "/site/built"})
    for current in LANGUAGES:
        arranged = []
        for arrange in (I18n.reconfigure_files, I18n.reconfigure_files.__wrapped__):
            plugin = I18n()
            languages = [{"locale": code, "name": code, "default": code == "en"} for code in LANGUAGES]
            assert plugin.load_config({"languages": languages, "fallback_to_default": fallback}) == ([], [])
            plugin.current_language = current
            files = [
                File(path, "/site/docs", "/site/built", use_directory_urls=True) for path in sorted(paths)
            ]
            files.append(File("de/theme.css", "/theme", "/site/built", use_directory_urls=True))
            try:
                arranged.append([_alone(file) for file in arrange(plugin, Files(files), config)])
            except Exception as error:
                arranged.append(str(error))
        assert arranged[0] == arranged[1]


def _alone(file):
    """Return what is known of a file, with its versions where it is a page: nobody asks for those of others."""
    versions = {code: one.url for code, one in getattr(file, "alternates", {}).items()}
    return file.src_uri, file.dest_uri, file.url, versions if file.is_documentation_page() else {}
