package uz.koprik.crypto.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

class JsonPropertiesTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void canonicalTextReadsBackEqualAndStaysAsItIs(@ForAll("values") Json value) throws MalformedJson {
        byte[] canonical = CanonicalJson.bytes(value);
        Json read = StrictJson.parse(canonical);
        assertArrayEquals(canonical, CanonicalJson.bytes(read));
        assertEquals(0, read.start());
        assertEquals(canonical.length, read.end());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anotherReaderReadsTheSame(@ForAll("values") Json value) throws IOException {
        JsonNode node = JACKSON.readTree(CanonicalJson.bytes(value));
        assertTrue(same(value, node), () -> CanonicalJson.text(value));
    }

    @Property(tries = 2000)
    void everyDoubleGivesItselfBack(@ForAll("doubles") double value) throws MalformedJson {
        String text = EcmaNumber.text(value);
        assertEquals(value == 0 ? 0.0 : value, Double.parseDouble(text));
        if (value != Math.rint(value) || Math.abs(value) < 1L << 53 || Math.abs(value) >= 1e21) {
            assertEquals(text, CanonicalJson.text(StrictJson.parse(text.getBytes(US_ASCII))));
        }
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefusedButNeverCrash(@ForAll("nearJson") byte[] bytes) {
        try {
            Json read = StrictJson.parse(bytes);
            assertTrue(read.end() <= bytes.length);
        } catch (MalformedJson e) {
            assertTrue(e.offset() <= bytes.length && e.line() >= 1 && e.column() >= 1, e.getMessage());
        }
    }

    @Provide
    Arbitrary<Double> doubles() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    }

    @Provide
    Arbitrary<byte[]> nearJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\u",
                        "d83d",
                        "de00",
                        "0",
                        "-",
                        "1",
                        ".",
                        "e",
                        "+",
                        "true",
                        "null",
                        " ",
                        "\n",
                        "a",
                        "\u00e9",
                        "\uD83D\uDE00",
                        "\u0001",
                        "\"a\":",
                        "\"\"",
                        "99999999999999999")
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
    }

    @Provide
    Arbitrary<Json> values() {
        return values(3);
    }

    /** Without edge cases, whose combinations explode with the depth. */
    private Arbitrary<Json> values(int depth) {
        if (depth == 0) {
            return scalars();
        }
        return Arbitraries.frequencyOf(
                        Tuple.of(3, scalars()),
                        Tuple.of(1, values(depth - 1).list().ofMaxSize(4).map(JsonArray::new)),
                        Tuple.of(
                                2,
                                Arbitraries.maps(text(), values(depth - 1))
                                        .ofMaxSize(5)
                                        .map(JsonPropertiesTest::object)))
                .withoutEdgeCases();
    }

    private Arbitrary<Json> scalars() {
        Arbitrary<Json> numbers = doubles()
                .filter(d -> Math.abs(d) < 1L << 53 || Math.abs(d) >= 1e21)
                .map(d -> new JsonNumber(d == 0 ? 0 : d, false, -1, -1));
        Arbitrary<Json> integers =
                Arbitraries.longs().between(-(1L << 53) + 1, (1L << 53) - 1).map(JsonNumber::new);
        return Arbitraries.oneOf(
                numbers,
                integers,
                text().map(JsonString::new),
                Arbitraries.of(true, false).map(JsonBoolean::new),
                Arbitraries.just(new JsonNull(-1, -1)));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().all().ofMaxLength(12).filter(s -> s.codePoints()
                .noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }

    private static Json object(Map<String, Json> members) {
        JsonObject.Builder builder = JsonObject.builder();
        new LinkedHashMap<>(members).forEach(builder::put);
        return builder.build();
    }

    private static boolean same(Json value, JsonNode node) {
        return switch (value) {
            case JsonObject o -> {
                boolean all = node.isObject() && node.size() == o.size();
                for (int i = 0; all && i < o.size(); i++) {
                    all = node.has(o.name(i)) && same(o.value(i), node.get(o.name(i)));
                }
                yield all;
            }
            case JsonArray a -> {
                boolean all = node.isArray() && node.size() == a.items().size();
                for (int i = 0; all && i < a.items().size(); i++) {
                    all = same(a.items().get(i), node.get(i));
                }
                yield all;
            }
            case JsonString s -> node.isTextual() && node.textValue().equals(s.value());
            case JsonNumber n -> node.isNumber() && node.doubleValue() == n.value();
            case JsonBoolean b -> node.isBoolean() && node.booleanValue() == b.value();
            case JsonNull ignored -> node.isNull();
        };
    }
}
