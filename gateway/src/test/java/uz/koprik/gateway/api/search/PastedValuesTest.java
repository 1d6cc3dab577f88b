package uz.koprik.gateway.api.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.text.Recognition;

class PastedValuesTest {

    private static PastedValues read(String text) {
        return PastedValues.read(text, Recognition.PLAIN, 100);
    }

    @Test
    void linesEndAtAllLineBreaksOfUnicode() {
        PastedValues pasted = read("a.example.com\nno value\r\nb.example.com\rno value\u2028c.example.com\u2029\u0085"
                + "no value\u000Bd.example.com\u000Cno value\n\r\nno value");
        assertEquals(
                List.of("a.example.com", "b.example.com", "c.example.com", "d.example.com"),
                List.copyOf(pasted.spellings().values()));
        assertEquals(List.of(2, 4, 7, 9, 11), pasted.unrecognised());
    }

    @Test
    void aLineThatMayBeTheNameOfAFileIsDoubtful() {
        PastedValues pasted = read("run.sh\nsetup.exe\n  x.tar.zip \ninvoice.pdf/x\nhxxp://run[.]sh/a\nexample.com");
        assertEquals(
                List.of("run.sh", "setup.exe", "x.tar.zip", "invoice.pdf/x"),
                List.copyOf(pasted.doubtful().values()));
        assertEquals(
                List.of("hxxp://run[.]sh/a", "example.com"),
                List.copyOf(pasted.spellings().values()));
    }
}
