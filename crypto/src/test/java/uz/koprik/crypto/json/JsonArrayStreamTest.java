package uz.koprik.crypto.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonArrayStreamTest {

    private static final int MAX = 1 << 20;

    @Test
    void yieldsTheUntouchedBytesOfEveryItemAndWhatStandsAround() throws Exception {
        String text =
                "{\"type\" : \"bundle\",\n \"objects\": [ {\"a\": \"x]}\\\"\\\\\" , \"b\":[[1 ]]}\n,\"s\\\\\", 12 ,[ ],true\n],\"n\":{\"m\":[1]}}\n";
        JsonArrayStream stream = stream(text, MAX);
        assertEquals("{\"a\": \"x]}\\\"\\\\\" , \"b\":[[1 ]]}", string(stream.next()));
        assertEquals(2, stream.line());
        assertEquals(0, stream.index());
        assertEquals("\"s\\\\\"", string(stream.next()));
        assertEquals(3, stream.line());
        assertEquals("12", string(stream.next()));
        assertEquals("[ ]", string(stream.next()));
        assertThrows(IllegalStateException.class, stream::header);
        assertEquals("true", string(stream.next()));
        assertEquals(4, stream.index());
        assertNull(stream.next());
        assertNull(stream.next());
        assertTrue(stream.found());
        assertEquals("{\"n\":{\"m\":[1]},\"type\":\"bundle\"}", CanonicalJson.text(stream.header()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|false|{}",
                "{'more':false}|false|{'more':false}",
                "{'objects':[]}|true|{}",
                "{'objects':[ ] , 'more':true}|true|{'more':true}",
                "{'id':'a','objects':[]}|true|{'id':'a'}"
            })
    void readsEnvelopesWithoutItems(String text, boolean found, String header) throws Exception {
        JsonArrayStream stream = stream(text.replace('\'', '"'), MAX);
        assertNull(stream.next());
        assertEquals(found, stream.found());
        assertEquals(header.replace('\'', '"'), CanonicalJson.text(stream.header()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|object is expected|``|1",
                "|object is expected|``|1",
                "{'objects':[1],'objects':[2]}|this name twice|/objects|1",
                "{'a':1,~'objects':[1],'\\u0061':2}|this name twice|/a|2",
                "{'objects':[1]} x|after the end|``|1",
                "{'objects':[1]}~{}|after the end|``|2",
                "{'objects':{}}|array is expected|/objects|1",
                "{'objects':[1,]}|value is expected|/objects/1|1",
                "{'objects':[,1]}|value is expected|/objects/0|1",
                "{'objects':[1 2]}|comma or the end of the array|/objects/0|1",
                "{'objects':[{'a':1}|comma or the end of the array|/objects/0|1",
                "{'objects':[{'a':|ends inside a value|/objects/0|1",
                "{'objects':['a|ends inside a string|/objects/0|1",
                "{'objects':[1],}|name in double quotes|``|1",
                "{'objects'|colon|``|1",
                "{'objects':[1]|comma or the end of the object|``|1",
                "{'a':01,'objects':[]}|leading zeros|/a|1",
                "{'a':~{'b':~x}}|value is expected|/a/b|3",
                "{'objects':[}]}|value is expected|/objects/0|1"
            })
    void refusesAMalformedEnvelopeForGood(String text, String reason, String pointer, int line) {
        String json = text == null ? "" : text.replace('\'', '"').replace('~', '\n');
        JsonArrayStream stream = stream(json, MAX);
        MalformedJson e = assertThrows(MalformedJson.class, () -> drain(stream));
        assertTrue(e.reason().contains(reason), e.getMessage());
        assertEquals(pointer, e.pointer(), e.getMessage());
        assertEquals(line, e.line(), e.getMessage());
        assertFalse(stream.resumable());
        assertSame(e, assertThrows(MalformedJson.class, stream::next));
    }

    @Test
    void goesOnBehindAnItemThatIsTooLong() throws Exception {
        String longItem = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
        for (String shortItem : List.of("{\"b\":1}", "123", "\"s\"")) {
            JsonArrayStream stream =
                    stream("{\"objects\":[" + shortItem + ",\n" + longItem + "," + shortItem + "]}", 1000);
            assertEquals(shortItem, string(stream.next()));
            MalformedJson e = assertThrows(MalformedJson.class, stream::next);
            assertEquals("/objects/1", e.pointer());
            assertEquals(2, e.line());
            assertTrue(e.reason().contains("1000 bytes"), e.reason());
            assertTrue(stream.resumable());
            assertEquals(shortItem, string(stream.next()));
            assertNull(stream.next());
        }
    }

    @Test
    void refusesTheLastItemWhenItIsTooLongAndStillEndsWell() throws Exception {
        JsonArrayStream stream = stream("{\"objects\":[" + "9".repeat(11) + "],\"more\":true}", 10);
        assertThrows(MalformedJson.class, stream::next);
        assertNull(stream.next());
        assertTrue(stream.header().has("more"));
    }

    @Test
    void limitsWhatStandsAroundTheArray() {
        String text = "{\"a\":\"" + "x".repeat(40_000) + "\",\"b\":\"" + "y".repeat(40_000) + "\",\"objects\":[]}";
        MalformedJson e = assertThrows(MalformedJson.class, () -> drain(stream(text, MAX)));
        assertTrue(e.reason().contains("65536 bytes"), e.reason());
    }

    @Test
    void holdsAnItemOfExactlyTheLimit() throws Exception {
        for (int size : new int[] {2, 1000, 131_071, 131_072, 131_073, 400_000}) {
            String item = "\"" + "x".repeat(size - 2) + "\"";
            JsonArrayStream stream = stream("{\"pad\":\"pppp\",\"objects\":[" + item + "," + item + "]}", size);
            assertEquals(item, string(stream.next()));
            assertEquals(item, string(stream.next()));
            assertNull(stream.next());
        }
    }

    /** However the bytes arrive, and wherever a buffer ends, the items are the same. */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void doesNotDependOnHowTheBytesArrive(
            @ForAll("items") List<String> items, @ForAll @IntRange(min = 1, max = 7) int step) throws Exception {
        String text = "{\"x\":\"\\\"\",\"objects\":[" + String.join(" ,\n", items) + "],\"y\":[\"]\"]}";
        JsonArrayStream stream = new JsonArrayStream(trickle(text, step), "objects", MAX);
        assertEquals(items, drain(stream));
        assertEquals(2, stream.header().size());
    }

    @Provide
    Arbitrary<List<String>> items() {
        return new JsonPropertiesTest().values().map(CanonicalJson::text).list().ofMaxSize(6);
    }

    @Test
    void readsFarMoreThanMemoryWouldHoldOfIt() throws Exception {
        byte[] item = ("{\"type\":\"indicator\",\"description\":\"" + "d".repeat(1000) + "\\\\\"},\n").getBytes(UTF_8);
        int count = 50_000;
        InputStream in = new InputStream() {
            private long at = -HEAD.length;
            private final long total = (long) item.length * count;

            @Override
            public int read() {
                throw new UnsupportedOperationException("only blocks are read");
            }

            @Override
            public int read(byte[] b, int off, int len) {
                for (int i = 0; i < len; i++, at++) {
                    if (at >= total + TAIL.length) {
                        return i == 0 ? -1 : i;
                    }
                    b[off + i] = at < 0
                            ? HEAD[(int) (at + HEAD.length)]
                            : at < total ? item[(int) (at % item.length)] : TAIL[(int) (at - total)];
                }
                return len;
            }
        };
        JsonArrayStream stream = new JsonArrayStream(in, "objects", 10_000);
        int seen = 0;
        while (stream.next() != null) {
            seen++;
            assertEquals(seen, stream.line());
        }
        assertEquals(count + 1, seen);
    }

    private static final byte[] HEAD = "{\"objects\":[".getBytes(UTF_8);
    private static final byte[] TAIL = "0]}".getBytes(UTF_8);

    private static InputStream trickle(String text, int step) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, step));
            }
        };
    }

    private static List<String> drain(JsonArrayStream stream) throws IOException, MalformedJson {
        List<String> items = new ArrayList<>();
        for (byte[] item = stream.next(); item != null; item = stream.next()) {
            items.add(string(item));
        }
        return items;
    }

    private static JsonArrayStream stream(String text, int max) {
        return new JsonArrayStream(new ByteArrayInputStream(text.getBytes(UTF_8)), "objects", max);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
