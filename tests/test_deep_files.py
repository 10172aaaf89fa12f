"""Files whose terms, elements or objects nest too deep for the engine are refused by file and line, before it reads."""

from __future__ import annotations

import gzip
import io

import pyoxigraph as ox
import pytest

from loaders.collection import collect
from loaders.deep import TooDeep
from loaders.parsing import UnreadableFile, shallow
from loaders.rdf_files import read_rdf
from loaders.turtle_answers import read_turtle
from ontology.base import Base

DATA = Base("http://data.test/")
BEFORE = '<x:a> <x:b> "<<( <<(" .\n# <<( in a comment\n'
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
STARTS = f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="x:" rdf:version="1.2">\n'
TERM = '<rdf:Description rdf:about="x:s"><e:p rdf:parseType="Triple">'
DEEP = r"a triple term has others in it in more than 1,000 levels"
ELEMENTS = r"elements stand in one another in more than 2,000 levels"
OBJECTS = r"objects and lists stand in one another in more than 1,000 levels"


def statement(levels: int, opening: str = "<<( <x:s> <x:p> ", closing: str = " )>>") -> str:
    """A statement about a term of so many levels."""
    return f"<x:a> <x:b> {opening * levels}<x:o>{closing * levels} .\n"


def elements(levels: int, opening: str = TERM, before: str = "") -> str:
    """RDF/XML with a triple term of so many levels, each of two elements; the document is one more."""
    said = '<rdf:Description rdf:about="x:s"><e:p>1</e:p></rdf:Description>'
    return f"{STARTS}{before}{opening * levels}{said}{'</e:p></rdf:Description>' * levels}</rdf:RDF>"


def objects(levels: int, text: str = "x") -> str:
    """JSON-LD with so many objects in one another, the outer one with a text."""
    opened, closed = '"@included": {' * (levels - 1), "}" * (levels - 1)
    return f'{{"x:a": "{text}",\n{opened}"x:p": 1{closed}}}'


class Pieces(io.BytesIO):
    """A file that is read in pieces of a size at most."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.size = size

    def read(self, size: int | None = None) -> bytes:
        return super().read(min(self.size, size or self.size))


def parsed(content: str, kind: ox.RdfFormat, size: int = 4096) -> list[ox.Quad]:
    """What the engine reads of a file that is given in pieces. Raises TooDeep."""
    return list(ox.parse(shallow(Pieces(content.encode(), size), kind), format=kind))


FILES = {
    "deep.nt": (BEFORE + statement(3) + statement(1001), 4, DEEP),
    "deep.ttl": (BEFORE + statement(3) + statement(1001), 4, DEEP),
    "deep.trig": (BEFORE + statement(3) + statement(1001), 4, DEEP),
    "deep.nq.gz": (BEFORE + statement(3) + statement(1001), 4, DEEP),
    "deep.rdf": (elements(20_000), 3, ELEMENTS),
    "deep.owl.gz": (elements(1001), 3, ELEMENTS),
    "deep.jsonld": (objects(20_000), 2, OBJECTS),
    "deep.json.gz": (objects(1001), 2, OBJECTS),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_refused_with_the_line_of_what_nests_too_deep(tmp_path, name):
    content, line, said = FILES[name]
    (tmp_path / name).write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
    with pytest.raises(UnreadableFile, match=rf"{name}:{line}: {said}"):
        collect([tmp_path / name], (), DATA, tmp_path / "store")


@pytest.mark.parametrize(
    ("ending", "content", "said"),
    [
        ("nt", BEFORE + statement(1001), f"^line 3: {DEEP}"),
        ("ttl", BEFORE + statement(1001), f"^line 3: {DEEP}"),
        ("rdf", elements(1001), f"^line 3: {ELEMENTS}"),
        ("jsonld", objects(1001), f"^line 2: {OBJECTS}"),
    ],
)
def test_a_file_that_is_mapped_is_refused_alike(ending, content, said):
    with pytest.raises(ValueError, match=said):
        read_rdf(content.encode(), ending, "http://data.test/", None, 10)


def test_an_answer_in_turtle_is_refused_alike():
    with pytest.raises(ValueError, match=f"^line 3: {DEEP}"):
        read_turtle((BEFORE + statement(1001)).encode(), 10)


OPENINGS = [
    "<<( <x:s> <x:p> ",
    "<<(<x:s><x:p>",
    "<<( _:b a ",
    "<<(\n<x:s>\n<x:p>\n",
    "<<(<http://example.org/it's#here> a ",
    '<<( # a comment\n<x:s> # )>>, "<<(" <z>\r<x:p>#\n#\n ',
    "<<([]a",
    "<<( [ # none\n ] <x:p> ",
    f"<<( <x:{'s' * 3000}> <x:p> ",
    f"<<( <x:s> <x:p> # {'long ' * 1000}\n",
    "<<( <x:s> " + "#\n" * 1500 + " <x:p> ",
]


@pytest.mark.parametrize("opening", OPENINGS, ids=range(len(OPENINGS)))
@pytest.mark.parametrize("size", [1, 7, 4096, 1_000_000])
def test_a_term_is_seen_however_it_is_written_and_read(opening, size):
    in_pieces = max(size, len(opening) // 10)
    assert len(parsed(BEFORE + statement(1000, opening), ox.RdfFormat.TURTLE, in_pieces)) == 2
    with pytest.raises(TooDeep, match=DEEP) as refused:
        parsed(BEFORE + statement(1001, opening), ox.RdfFormat.TURTLE, in_pieces)
    assert refused.value.line == 3


def test_names_with_escaped_letters_are_seen():
    opening = r"<<( e:a\(b\# e:c\,d#" + "\n"
    start = "@prefix e: <x:> .\n"
    assert len(parsed(start + statement(1000, opening), ox.RdfFormat.TURTLE)) == 1
    with pytest.raises(TooDeep):
        parsed(start + statement(1001, opening), ox.RdfFormat.TURTLE)


def test_many_terms_beside_one_another_are_read_and_so_are_texts_that_look_like_them():
    text = '<x:a> <x:b> "<<( <<( <<( a b c", "<<( a b" .\n'
    assert len(parsed(statement(3) * 2000 + text * 2000, ox.RdfFormat.TURTLE, 1000)) == 6000


ELEMENT = {
    "as they are": TERM,
    "in single quotes": "<rdf:Description e:a='/>\"'><e:p rdf:parseType='Triple' >",
    "with comments": TERM + "<!-- </e:p> <e/> -- > -->",
    "with data": "<rdf:Description><e:q><![CDATA[</e:q></e>]]></e:q><e:p rdf:parseType='Triple'>",
    "with instructions": TERM + "<?a </e:p> > ?>",
    "with a DOCTYPE": TERM + "<!DOCTYPE a [ </a></a> <!-- <a>> -->",
    "with letters for others": '<rdf:Description rdf:about="x:s"><e:p rdf:parseType="&#84;riple">',
    "with empty elements": TERM.replace("<e:p", "<e:q rdf:resource='x:a'/><e:q e:a='>'\n/><e:p"),
}


@pytest.mark.parametrize("size", [1, 7, 2048, 1_000_000])
@pytest.mark.parametrize("kind", ELEMENT)
def test_elements_are_seen_however_they_are_written_and_read(kind, size):
    content = elements(1001, ELEMENT[kind])
    with pytest.raises(TooDeep, match=ELEMENTS):
        shallow(Pieces(content.encode(), len(content)), ox.RdfFormat.RDF_XML).read()
    with pytest.raises(TooDeep, match=ELEMENTS):
        parsed(content, ox.RdfFormat.RDF_XML, size)


@pytest.mark.parametrize("size", [1, 7, 2048, 1_000_000])
def test_elements_beside_one_another_are_read(size):
    thing = (
        '<rdf:Description rdf:about="x:s" e:a="/>" e:b=\'"\'><e:p>/> &lt;a></e:p><e:p><![CDATA[<a><a>]]></e:p>'
        "<e:q rdf:resource='x:a'/><!-- <a> --><?a <a> ?></rdf:Description >\n"
    )
    told = parsed(elements(996, before='<!DOCTYPE a [ <!ENTITY b "c"> ]>' + thing * 2100), ox.RdfFormat.RDF_XML, size)
    assert len(told) == 5 * 2100 + 1


@pytest.mark.parametrize("size", [1, 7, 1024, 1_000_000])
@pytest.mark.parametrize("text", ["x", "}]" * 2000, '\\"}]\\\\' * 700, "{[" * 2000, "\\\\"], ids=range(5))
def test_objects_are_counted_and_texts_are_not(text, size):
    assert parsed(objects(1000, text), ox.RdfFormat.JSON_LD, size)
    with pytest.raises(TooDeep, match=OBJECTS) as refused:
        parsed(objects(1001, text), ox.RdfFormat.JSON_LD, size)
    assert refused.value.line == 2


def test_objects_beside_one_another_are_read():
    thing = '{"@id": "x:a", "x:b": [[{"@id": "x:c"}]]}'
    assert len(parsed(f"[{', '.join([thing] * 3000)}]", ox.RdfFormat.JSON_LD)) == 3000


LONG = 17_000_000
PART = "longer than 16,777,216 bytes, which is the most that is read"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("long.ttl", '<x:a> <x:b> "{}" .'),
        ("long.nt", "<x:a> <x:b> <x:{}> ."),
        ("long.jsonld", '{{"@id": "x:a", "x:b": "{}"}}'),
        ("text.rdf", STARTS + '<rdf:Description rdf:about="x:a"><e:b>{}</e:b></rdf:Description></rdf:RDF>'),
        ("value.rdf", STARTS + '<rdf:Description rdf:about="x:a" e:b="{}"/></rdf:RDF>'),
        ("comment.rdf", STARTS + "<!--{}--></rdf:RDF>"),
        ("data.rdf", STARTS + '<rdf:Description rdf:about="x:a"><e:b><![CDATA[{}]]></e:b></rdf:Description></rdf:RDF>'),
        ("doctype.rdf", '<?xml version="1.0"?><!DOCTYPE a [{}]>'),
    ],
)
def test_a_part_that_is_longer_than_is_read_is_refused_and_not_held_in_memory(tmp_path, name, content):
    written = content.format("y" * LONG).encode()
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(written, 1))
    with pytest.raises(UnreadableFile, match=rf"{name}\.gz.*{PART}"):
        collect([tmp_path / f"{name}.gz"], (), DATA, tmp_path / "store")
    with pytest.raises(ValueError, match=PART):
        read_rdf(written, name.rpartition(".")[2], "http://data.test/", None, 10)


def test_an_answer_in_turtle_with_a_part_that_is_longer_than_is_read_is_refused_alike():
    with pytest.raises(ValueError, match=PART):
        read_turtle(f'<x:a> <x:b> "{"y" * LONG}" .'.encode(), 10)


def test_many_parts_are_no_long_one():
    many = "<!-- a comment -->" * 1_000_000 + "<?a b?>" * 100 + "text<![CDATA[<]]>" * 100
    watched = shallow(Pieces(many.encode(), 1_000_000), ox.RdfFormat.RDF_XML)
    while watched.read(1_000_000):
        pass
