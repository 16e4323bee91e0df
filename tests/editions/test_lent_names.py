"""A signatory's name follows the way in which passages are borrowed."""

from tests.conftest import WriteSite

TABLE = "name,name:pt,name:ar,name:aii\nAda,Adá,,\nZin,,زين,\nSargon,,,ܣܪܓܘܢ\n"


def test_a_name_in_a_parents_language_stands_in_and_is_marked(write_site: WriteSite) -> None:
    header = 'msgid ""\nmsgstr "X-Letter-Fallback: {}\\n"\n'
    site = write_site("# Hi\n\n<!-- signatories: p.csv -->\n", pt_BR="", ar_MA="", pt_PT="", ckb="")
    (site.letter.parent / "p.csv").write_text(TABLE, encoding="utf-8")
    site.po("pt_PT").write_text(header.format("none"), encoding="utf-8")
    site.po("ckb").write_text(header.format("aii, ar"), encoding="utf-8")
    client = site.client()
    shown = {tag: client.get(f"/{tag}/").text for tag in ("en", "pt-BR", "pt-PT", "ar-MA", "ckb")}
    assert '<bdi lang="pt" dir="ltr">Adá</bdi>' in shown["pt-BR"]
    assert '<bdi lang="ar" dir="rtl">زين</bdi>' in shown["ar-MA"]
    assert '<bdi lang="ar" dir="rtl">زين</bdi>' in shown["ckb"]
    assert "ܣܪܓܘܢ" in shown["ckb"]
    assert ">Ada<" in shown["pt-PT"], "its header borrows nothing"
    for tag in ("en", "pt-PT"):
        assert not any(name in shown[tag] for name in ("Adá", "زين", "ܣܪܓܘܢ"))
    assert "زين" in client.get("/ar-MA/letter.txt").text
