import pytest
from sqlalchemy.engine import make_url

from emendata.data.secrets import address_of_file, address_of_server


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://bob:SECRET@example.org/x.csv?v=2", "https://example.org/x.csv?v=2"),
        ("HTTPS://SECRET@example.org/x.csv", "HTTPS://example.org/x.csv"),
        ("https://bob:SE/CRET@example.org/x.csv", "https://example.org/x.csv"),
        ("https://bob:SE?CRET@example.org/x.csv", "https://example.org/x.csv"),
        ("https://bob:SE#CRET@example.org/x.csv", "https://example.org/x.csv"),
        ("https://bob:SE@CRET@example.org/x.csv", "https://example.org/x.csv"),
        ("https://example.org:8080/pack@1.2/x.csv", "https://example.org:8080/pack@1.2/x.csv"),
        ("https://bob:SECRET@example.org/pack@1.2/x.csv", "https://example.org/pack@1.2/x.csv"),
        ("https://[::1]:8080/pack@1.2/x.csv", "https://[::1]:8080/pack@1.2/x.csv"),
        ("ftp://bob:SECRET@host/x.csv", "ftp://bob@host/x.csv"),
        ("ftp://:SECRET@host/x.csv", "ftp://host/x.csv"),
        ("s3://KEY:SE/CRET@bucket/x.csv", "s3://KEY@bucket/x.csv"),
        ("zip://a.csv::ftp://bob:SECRET@host/x.zip", "zip://a.csv::ftp://bob@host/x.zip"),
        ("filecache::zip://a@b.csv::s3://K:SECRET@b/x.zip", "filecache::zip://a@b.csv::s3://K@b/x.zip"),
        ("hf://datasets/name/pack@main/x.csv", "hf://datasets/name/pack@main/x.csv"),
        ("GitHub://people:pack@main/x.csv", "GitHub://people:pack@main/x.csv"),
        ("abfs://box@people.example.org/x.csv", "abfs://box@people.example.org/x.csv"),
        ("memory://x.csv", "memory://x.csv"),
    ],
)
def test_no_password_of_a_file_is_kept_and_what_is_none_stays(address: str, kept: str) -> None:
    found = address_of_file(address)
    assert found.kept == kept
    assert found.shown == kept.partition("?")[0]
    assert "SECRET" not in found.said(f"no entry for {address}")


def test_a_part_of_a_password_is_masked_where_it_may_be_taken_for_a_port() -> None:
    found = address_of_file("ftp://bob:SE/CRET@host/x.csv")
    assert found.said("nonnumeric port: 'SE'") == "nonnumeric port: '***'"


def test_the_words_of_others_have_no_secret_in_any_spelling() -> None:
    found = address_of_file("https://bob:a%20b!@example.org/x.csv?token=long+one&v=2")
    assert found.login == ("bob", "a b!")
    assert found.said("bob a b! a%20b%21 at ?token=long+one&v=2, long one.\nMore") == (
        "*** *** *** at ?***, ***"
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://bob:SECRET@h/d?sslmode=require", "postgresql://bob@h/d?sslmode=require"),
        ("postgresql://bob@h/d?Password=SECRET&HOST=x", "postgresql://bob@h/d?HOST=x"),
        ("postgresql://h/d?ssl_key_password=SECRET&token=SECRET&PWD=SECRET", "postgresql://h/d"),
        ("mssql+pyodbc:///?odbc_connect=DRIVER%3D%7Bx%7D%3BPWD%3DSECRET", "mssql+pyodbc://"),
        (
            "mssql+pyodbc://h/d?driver=ODBC+18&Encrypt=no&q=SECRET&q=b",
            "mssql+pyodbc://h/d?Encrypt=no&driver=ODBC+18",
        ),
    ],
)
def test_only_harmless_settings_of_a_server_are_kept(address: str, shown: str) -> None:
    found = address_of_server(make_url(address))
    assert (found.shown.replace(":///", "://"), found.kept) == (shown, found.shown)
    assert "SECRET" not in found.said("Login failed with SECRET")
