"""What a translator attached: mails and archives are opened, all else is named."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from letter.merging.attachments import LARGEST, MOST, Attachment, ReceiveError, unpack_sent
from letter.merging.sent_catalogue import read_sent
from tests.merging.examples import HEADER

PO = f'{HEADER}\nmsgid "Peace"\nmsgstr "Aştî, û “azadî”"\n'.encode()
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def make_zip(files: Mapping[str | zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def make_mail(text: str, files: Mapping[str, bytes], **content: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "Zîn <zin@example.org>", "letter@example.org"
    mail["Subject"] = "wergera min"
    mail.set_content(text, **content)  # type: ignore[arg-type]
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail


def refuse(data: bytes, path: str = "x") -> str:
    """Say how a file is refused."""
    with pytest.raises(ReceiveError) as caught:
        unpack_sent(data, path)
    assert str(caught.value).startswith(path)
    return str(caught.value)


def test_a_plain_file_is_itself() -> None:
    assert unpack_sent(PO, "ku.po") == [Attachment("ku.po", PO)]


def test_an_archive_gives_its_catalogues_and_passes_over_what_systems_leave() -> None:
    data = make_zip(
        {
            "ku/letter.po": PO,
            "ku/letter.mo": b"\xde\x12\x04\x95",
            "__MACOSX/ku/._letter.po": b"\0\5",
            "ku/.DS_Store": b"\0\0\0\1Bud1",
            "ar/letter.mo": b"\xde\x12\x04\x95",
            "table.csv": b"source,target\r\n",
            "letter.pot": b'msgid "Peace"\nmsgstr ""\n',
            "photo.png": PNG,
            "read me.txt": b"Hello",
        }
    )
    found = unpack_sent(data, "letters.zip")
    paths = ["letters.zip: ku/letter.po", "letters.zip: ar/letter.mo", "letters.zip: table.csv"]
    assert [part.path for part in found] == paths
    assert found[0].data == PO
    assert found[0].notes == (
        "letters.zip: letter.pot: no catalogue: passed over",
        "letters.zip: photo.png: a picture: passed over",
        "letters.zip: read me.txt: no catalogue: passed over",
    )
    assert not found[1].notes


def test_an_archive_in_an_archive_in_a_mail_is_opened_but_none_deeper() -> None:
    data = make_zip({"a.zip": make_zip({"ku.po": PO})})
    (found,) = unpack_sent(make_mail("Silav", {"z.zip": data}).as_bytes(), "m.eml")
    assert found == Attachment("m.eml: z.zip: a.zip: ku.po", PO)
    deeper = make_mail("Silav", {"z.zip": make_zip({"b.zip": data})}).as_bytes()
    assert "lies too deep, in 3 others: unpack it first" in refuse(deeper)


def test_names_of_files_can_be_printed() -> None:
    data = make_zip({"nameya \x1b[31m\u202eop.po": PO})
    assert unpack_sent(data, "z")[0].path == "z: nameya �[31m�op.po"
    unflagged = make_zip({"wergêr.po": PO}).replace(b"\0\x08\x08\0", b"\0\0\x08\0")
    assert unpack_sent(unflagged, "z")[0].path == "z: wergêr.po"


def lie_over_one_another() -> bytes:
    """Make an archive whose two names lead to the same bytes."""
    data = bytearray(make_zip({"a.po": PO, "b.po": PO}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 42 : central + 46] = struct.pack("<I", 0)
    return bytes(data)


def make_link() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("ku.po")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


WHOLE = make_zip({"ku.po": PO})
CENTRAL = b"PK\x01\x02\x14\x03\x14\0"
LOCKED = WHOLE.replace(CENTRAL + b"\0", CENTRAL + b"\1")
PACKED = WHOLE.replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0")
MANY = make_zip({f"{n}.zip": make_zip({f"{m}": b"" for m in range(99)}) for n in range(9)})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (make_zip({"../ku.po": PO}), "“../ku.po” in it points outside of the archive"),
        (make_zip({"a/../../ku.po": PO}), "points outside"),
        (make_zip({"/etc/ku.po": PO}), "points outside"),
        (make_zip({"C:\\ku.po": PO}), "points outside"),
        (make_zip({"..\\ku.po": PO}), "points outside"),
        (make_zip({make_link(): b"/etc/passwd"}), "“ku.po” in it is a link and no file"),
        (LOCKED, "“ku.po” in it is locked with a password: ask for it without one"),
        (PACKED, "“ku.po” in it is packed in an unusual way"),
        (lie_over_one_another(), "its files lie over one another"),
        (make_zip({"ku.po": bytes(LARGEST + 1)}), "“ku.po” in it is larger than any letter"),
        (make_zip({f"{n}.po": bytes(LARGEST) for n in range(5)}), "far larger than any letter"),
        (make_zip({f"{n}.po": PO for n in range(MOST + 1)}), "holds 201 files"),
        (MANY, "holds far more files"),
        (WHOLE[:-30], "this .zip is broken"),
        (WHOLE[:60] + b"\xff" + WHOLE[61:], "this .zip is broken"),
        (make_zip({}), "holds no catalogue: ask for the .po file itself"),
        (make_zip({"a.png": PNG}), "holds no catalogue, only a.png (a picture): ask for the .po"),
        (bytes(LARGEST + 1), "far larger than any letter"),
    ],
)  # fmt: skip
def test_an_archive_made_to_do_harm_or_without_a_catalogue_is_refused(
    data: bytes, told: str
) -> None:
    assert told in refuse(data)


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
def test_what_is_attached_to_a_mail_comes_out_as_it_went_in(cte: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = "Zîn <zin@example.org>", "werger"
    mail.set_content("Silav!\n\n> msgid of the letter\n")
    mail.add_attachment(PO.decode(), subtype="x-gettext", filename="wergêr.po", cte=cte)
    mail.add_attachment(PNG, maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    (found,) = unpack_sent(mail.as_bytes(), "m.eml")
    assert found.path == "m.eml: wergêr.po"
    assert read_sent(found.data, found.path)[0].entries[0].msgstr == ("Aştî, û “azadî”",)
    assert found.notes == ()


def test_a_mail_forwarded_inside_a_mail_is_opened() -> None:
    outer = make_mail("see below", {})
    outer.add_attachment(make_mail("Silav", {"ku.po": PO}))
    (found,) = unpack_sent(outer.as_bytes(), "m.eml")
    assert (found.path, found.data) == ("m.eml: ku.po", PO)


@pytest.mark.parametrize(
    "content",
    [
        {"charset": "utf-8", "cte": "quoted-printable"},
        {"charset": "iso-8859-9", "cte": "8bit"},
        {"charset": "utf-8", "cte": "base64"},
    ],
)
def test_a_catalogue_pasted_into_a_mail_is_read(content: dict[str, str]) -> None:
    text = "Silav!\n\n" + PO.decode().replace("“", "«").replace("”", "»") + "\n-- \nZîn\n"
    (part,) = unpack_sent(make_mail(text, {}, **content).as_bytes(), "m.eml")
    assert part.path == "m.eml: the text of the mail"
    po, notes = read_sent(part.data, part.path)
    assert po.entries[0].msgid == "Peace"
    assert "azadî" in po.entries[0].msgstr[0]
    assert len(notes) == 2


@pytest.mark.parametrize("delsp", ["", "; delsp=yes"])
def test_lines_that_a_mail_marks_as_flowed_are_joined_as_it_says(delsp: str) -> None:
    gap = "  " if delsp else " "
    text = f'msgid "a"\nmsgstr "one two{gap}\nthree"\n'
    head = f"From: a@example.org\nSubject: x\nContent-Type: text/plain; format=flowed{delsp}\n\n"
    (part,) = unpack_sent((head + text).encode(), "m.eml")
    assert read_sent(part.data, "x")[0].entries[0].msgstr == ("one two three",)


def test_a_mail_that_is_html_alone_is_read() -> None:
    text = PO.decode().replace('"', "&quot;").replace("\n", "<br>\r\n")
    page = f"<style>p {{}}</style><p>Silav</p><div>{text.replace('msgid ', 'msgid&nbsp;')}</div>"
    mail = make_mail(f"<html>{page}</html>", {}, subtype="html")
    (part,) = unpack_sent(mail.as_bytes(), "m.eml")
    assert read_sent(part.data, "x")[0].entries[0].msgstr == ("Aştî, û “azadî”",)


def test_a_mail_without_a_catalogue_says_what_is_in_it() -> None:
    word = make_zip({"word/document.xml": b""})
    told = refuse(make_mail("Silav", {"werger.docx": word}).as_bytes())
    assert "holds no catalogue, only werger.docx (a Word document (.docx)): ask for" in told
    deep = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(3000))
    assert "holds no catalogue" in refuse(f"From: a\nSubject: x\n{deep}".encode())


ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def make_odf(mimetype: str) -> bytes:
    """Make an archive that starts as OpenDocument prescribes, with its type, not packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", "<x/>")
    return file.getvalue()


KINDS = {
    "a Word document (.docx)": make_zip({"[Content_Types].xml": b"", "word/document.xml": b""}),
    "an Excel workbook (.xlsx)": make_zip({"xl/workbook.xml": b""}),
    "a presentation (.pptx)": make_zip({"ppt/presentation.xml": b""}),
    "a document of Pages or Numbers": make_zip({"Index/Document.iwa": b""}),
    "a LibreOffice document (.odt)": make_odf(ODT),
    "a LibreOffice spreadsheet (.ods)": make_odf(ODS),
    "an e-book": make_odf("application/epub+zip"),
    "an old Word document (.doc)": OLE + "WordDocument".encode("utf-16-le"),
    "an old Excel workbook (.xls)": OLE + "Workbook".encode("utf-16-le"),
    "an old Excel workbook (.xls) ": OLE + "Book\0".encode("utf-16-le"),
    "an old Word document (.doc) ": OLE + "Workbook\0WordDocument".encode("utf-16-le"),
    "an old document of Office (.doc or .xls or .ppt)": OLE,
    "a document locked with a password": OLE + "EncryptedPackage".encode("utf-16-le"),
    "a mail saved by Outlook (.msg)": OLE + "__substg1.0_".encode("utf-16-le"),
    "a winmail.dat": b"\x78\x9f\x3e\x22\1\0",
    "an archive other than .zip": b"Rar!\x1a\7\0",
    "an archive other than .zip ": b"7z\xbc\xaf\x27\x1c",
    "an archive other than .zip  ": b"\x1f\x8b\x08\0",
    "an archive other than .zip   ": b"ku.po".ljust(257, b"\0") + b"ustar\0",
    "a PDF": b"%PDF-1.7\n",
    "a document in Rich Text (.rtf)": b"{\\rtf1\\ansi msgid",
    "a picture": PNG,
    "a picture ": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a picture  ": b"\0\0\0\x18ftypheic",
    "a picture   ": b"RIFF\0\0\0\0WEBPVP8 ",
    "a picture    ": b"GIF89a",
    "a recording or a film": b"OggS\0\2",
    "an XLIFF file": b'<?xml version="1.0"?>\n<xliff version="1.2">',
    "an XLIFF file ": '<?xml version="1.0"?><xliff>'.encode("utf-16"),
    "a translation memory (.tmx)": b'<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx>',
    "a Qt file (.ts)": b'<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1">',
    "a web page (.html)": b"<!DOCTYPE html><html><p>msgid",
    "an XML file": b'<?xml version="1.0"?><resources>',
    "a JSON file": b'{\n "Peace": "x"}',
    "a mailbox of several mails (.mbox)": b"From a@b Mon\nSubject: x\n\nHi\n\nFrom c@d Tue\n",
}


@pytest.mark.parametrize("what", KINDS)
def test_a_file_of_another_kind_is_named_whatever_its_name(what: str) -> None:
    told = refuse(KINDS[what], "letter.po")
    assert told.startswith(f"letter.po: is {what.strip()}")
    assert ": ask for" in told or ": unpack" in told or ": save" in told
    (found,) = unpack_sent(make_zip({"ku.po": PO, "other": KINDS[what]}), "z")
    assert found.notes[0].startswith(f"z: other: {what.strip()}")


def test_a_broken_archive_stops_nothing_that_lies_beside_it() -> None:
    """A Word document is an archive too, and often is cut off on its way."""
    beside: dict[str | zipfile.ZipInfo, bytes]
    beside = {"cut.docx": WHOLE[:-30], "locked.zip": LOCKED, "letter.zip": WHOLE}
    for data in (
        make_mail("", {str(name): data for name, data in beside.items()}).as_bytes(),
        make_zip(beside),
    ):
        (found,) = unpack_sent(data, "x")
        assert (found.path, found.data) == ("x: letter.zip: ku.po", PO)
        broken, locked = found.notes
        assert broken.startswith("x: cut.docx: this .zip is broken or was cut off")
        assert locked.startswith("x: locked.zip: “ku.po” in it is locked with a password")
    del beside["letter.zip"]
    assert "cut.docx (this .zip is broken" in refuse(make_zip(beside))


def test_a_catalogue_is_never_taken_for_another_kind() -> None:
    for start in (b"# From the <xliff> file\n", b"#. <html>\n", b"\xef\xbb\xbf", b'# {"a": 1}\n'):
        assert unpack_sent(start + PO, "x") == [Attachment("x", start + PO)]
