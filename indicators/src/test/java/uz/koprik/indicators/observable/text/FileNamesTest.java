package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    private static boolean doubtful(String text) {
        return FileNames.isDoubtful(
                text, Recognition.PLAIN.recogniseOne(text).orElseThrow().observable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nofile.json",
                "report.docx",
                "setup.exe",
                "INVOICE.PDF",
                "x.tar.gz",
                "backup.zip",
                "clip.mov",
                "run.sh",
                "a.tar.zip",
                "dump.7z",
                "nofile.json:80",
                "macro.xlsm"
            })
    void aFileNameIsDoubtful(String text) {
        assertTrue(doubtful(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example.com",
                "evil.com",
                "www.backup.zip",
                "backup[.]zip",
                "http://report.docx/x",
                "192.0.2.1",
                "json.example.org"
            })
    void aDomainIsNot(String text) {
        assertFalse(doubtful(text));
    }

    @Test
    void pathsAreRecognised() {
        List.of("./a.zip", "../a", "~/a", "/tmp/a.bin", "C:\\x\\y.txt", "C:/x", "dir/file.txt", "\\\\host\\share")
                .forEach(path -> assertTrue(FileNames.isPath(path), path));
        List.of("evil.com/a.exe", "http://a.example/b.exe", "nofile.json", "and/or")
                .forEach(word -> assertFalse(FileNames.isPath(word), word));
    }

    @Test
    void runningTextHasNoFileNames() {
        assertEquals(List.of(), Recognition.PLAIN.recognise("see macro.xlsm, invoice.pdf and dump.evtx"));
    }
}
