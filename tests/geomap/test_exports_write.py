"""Writing a result: whole or not at all, and an error that says what to do."""

import errno
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.errors import GeomapError, OutputError
from geomap.exports import write_output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fault(destination: str, content: str = "new") -> str:
    with pytest.raises(OutputError) as caught:
        write_output(destination, content)
    assert isinstance(caught.value, GeomapError)
    said = str(caught.value)
    assert "\n" not in said
    return said


class TestFile:
    def test_the_content_is_written_as_it_is(self, folder: Path) -> None:
        write_output("out.geojson", "خبر\r\nb\n")
        assert Path("out.geojson").read_bytes() == "خبر\r\nb\n".encode()
        assert names(folder) == ["out.geojson"]

    def test_an_old_result_is_replaced_whole(self, folder: Path) -> None:
        Path("out").write_text("a much longer old result")
        write_output("out", "new")
        assert Path("out").read_text() == "new"
        assert names(folder) == ["out"]

    def test_a_failed_write_leaves_the_old_result_and_no_litter(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Path("out").write_text("old")

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        assert fault("out") == "out: the disk is full; free some space or choose another disk"
        assert Path("out").read_text() == "old"
        assert names(folder) == ["out"]

    def test_an_interrupted_write_leaves_no_litter(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_output("out", "new")
        assert names(folder) == []

    @pytest.mark.usefixtures("folder")
    def test_a_new_file_has_the_rights_of_any_new_file(self) -> None:
        Path("any").touch()
        write_output("out", "new")
        assert Path("out").stat().st_mode == Path("any").stat().st_mode

    @pytest.mark.usefixtures("folder")
    def test_an_old_file_keeps_its_rights(self) -> None:
        Path("out").touch()
        Path("out").chmod(0o640)
        write_output("out", "new")
        assert stat.S_IMODE(Path("out").stat().st_mode) == 0o640

    @pytest.mark.usefixtures("folder")
    def test_a_link_stays_a_link(self) -> None:
        Path("real").write_text("old")
        Path("link").symlink_to("real")
        write_output("link", "new")
        assert Path("link").is_symlink()
        assert Path("real").read_text() == "new"

    def test_a_device_is_written_to_not_replaced(self) -> None:
        write_output(os.devnull, "new")
        assert not Path(os.devnull).is_file()

    @pytest.mark.usefixtures("folder")
    def test_a_stranger_of_the_same_name_is_left_alone(self) -> None:
        stranger = Path(f".geomap-{os.getpid()}-0.tmp")
        stranger.write_text("mine")
        write_output("out", "new")
        assert stranger.read_text() == "mine"

    @pytest.mark.usefixtures("folder")
    def test_what_no_encoder_writes_is_replaced(self) -> None:
        write_output("out", "a\ud800b")
        assert Path("out").read_bytes() == b"a?b"


@pytest.mark.usefixtures("folder")
class TestFaults:
    def test_no_such_folder(self) -> None:
        assert (
            fault("no/where.html")
            == "no/where.html: there is no folder no; make it (mkdir -p no) or choose another place"
        )

    def test_a_folder(self) -> None:
        Path("f").mkdir()
        for destination in ("f", "f/", "new/", "."):
            assert fault(destination) == f"{destination}: is a folder; name a file in it"

    def test_no_name(self) -> None:
        assert fault("") == "'': is a folder; name a file in it"

    def test_a_file_where_a_folder_should_be(self) -> None:
        Path("f").touch()
        assert fault("f/out") == "f/out: f is not a folder; choose another place"

    def test_a_name_with_a_nul(self) -> None:
        assert "no file can have this name" in fault("a\0b")

    def test_a_name_too_long(self) -> None:
        assert "the name is too long; choose a shorter one" in fault("a" * 5000)

    def test_a_file_that_its_owner_protects(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("out").write_text("old")
        Path("out").chmod(0o444)
        monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write anything
        assert fault("out").startswith("out: no permission to write it; ")
        assert Path("out").read_text() == "old"

    @pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS, errno.EDQUOT, errno.EIO])
    def test_every_other_fault_names_the_file_and_a_cure(self, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> int:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "open", fail)
        said = fault("out")
        assert said.startswith("out: ")
        assert "; " in said


class TestStandardOutput:
    def test_it_is_utf_8_whatever_the_locale(self, monkeypatch: pytest.MonkeyPatch) -> None:
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", newline="\r\n"))
        sys.stdout.write("first ")
        write_output("-", "خبر\n")
        assert raw.getvalue() == "first خبر\n".encode()

    def test_a_notebook_takes_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        notebook = io.StringIO()
        monkeypatch.setattr(sys, "stdout", notebook)
        write_output("-", "خبر")
        assert notebook.getvalue() == "خبر"

    @pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
    @pytest.mark.parametrize("option", [[], ["-u"]])
    def test_a_reader_that_leaves_is_an_error_without_a_traceback(self, option: list[str]) -> None:
        code = (
            "from geomap.exports.write import write_output\n"
            "from geomap.errors import OutputError\n"
            "import sys\n"
            "try:\n    write_output('-', 'x' * 10_000_000)\n"
            "except OutputError as error:\n    print(error, file=sys.stderr); sys.exit(3)\n"
        )
        with subprocess.Popen(
            [sys.executable, *option, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(1)
            process.stdout.close()
            said = process.stderr.read()
        assert said == "standard output: its reader stopped reading; let it read to the end\n"
        assert process.returncode == 3

    @pytest.mark.parametrize("option", [[], ["-u"]])
    def test_a_slow_reader_gets_everything(self, option: list[str]) -> None:
        # Unbuffered, one write into a pipe takes 64 KB and says so; the rest was lost silently.
        code = "from geomap.exports.write import write_output; write_output('-', 'x' * 1_000_000)"
        done = subprocess.run([sys.executable, *option, "-c", code], capture_output=True, check=True)
        assert len(done.stdout) == 1_000_000
