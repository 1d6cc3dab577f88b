package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.wording.Sentence;

class RowReaderTest {

    @Provide
    Arbitrary<List<String>> row() {
        return Arbitraries.strings()
                .withChars('a', 'ж', '"', ',', ';', '\n', ' ', '#')
                .ofMaxLength(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** RFC 4180: what is quoted and doubled comes back as it was. */
    @Property(tries = 500)
    void readsBackWhatWasQuoted(@ForAll("row") List<String> first, @ForAll("row") List<String> second)
            throws IOException {
        RowReader rows = reader(quoted(first) + "\r\n" + quoted(second));
        assertTrue(rows.next());
        assertEquals(Sentence.NONE, rows.fault());
        assertEquals(first, rows.fields());
        assertTrue(rows.next());
        assertEquals(second, rows.fields());
        assertFalse(rows.next());
    }

    @Test
    void numbersRowsByTheLineTheyBeginOn() throws IOException {
        RowReader rows = reader("a\n\n\"b\nb\"\n# no\nc\n");
        assertTrue(rows.next() && rows.number() == 1);
        assertTrue(rows.next() && rows.number() == 3);
        assertTrue(rows.next() && rows.number() == 6);
        assertFalse(rows.next());
    }

    /** Each field of the row is short; only together they are endless. */
    @Test
    void refusesARowOfEndlessQuotedFieldsAndGoesOn() throws IOException {
        RowReader rows = reader("a,b\n\"x\n" + "y\",\"z\n".repeat(ImportOptions.MAX_ROW_BYTES) + "y\"\nlast,row\n");
        assertTrue(rows.next() && rows.fault().isEmpty());
        assertTrue(rows.next());
        assertEquals(2, rows.number());
        assertTrue(rows.fault().text().startsWith("the row is longer than 65536 bytes"), rows.fault()::text);
        assertTrue(
                rows.fields().size() < ImportOptions.MAX_ROW_BYTES / 4,
                rows.fields().size() + " fields");
        while (!rows.fields().equals(List.of("last", "row"))) {
            assertTrue(rows.next());
        }
        assertFalse(rows.next());
    }

    @Test
    void namesTheLinesThatAnOpenQuoteTakesWithIt() throws IOException {
        RowReader rows = reader("a\n\"b\nc\nd\n");
        assertTrue(rows.next());
        assertTrue(rows.next());
        assertEquals(2, rows.number());
        assertEquals(
                "a quoted field has no end; lines 2 to 4 are left out",
                rows.fault().text());
        assertFalse(rows.next());
    }

    private static String quoted(List<String> row) {
        return row.stream()
                .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    private static RowReader reader(String text) {
        return new RowReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ',');
    }
}
