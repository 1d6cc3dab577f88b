package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The forms of the cases of public test suites, with values of our own, and what Koprik reads. Where it differs on
 * purpose, the line says what the suite expects and why. {@code docs/conformance.md} counts the cases of the suites.
 */
class PublicSuiteVerdictsTest {

    /** A line: which suite, whether Koprik agrees, the text, and what it reads. */
    record Form(String suite, boolean agrees, String text, List<String> keys, String theirs, String reason) {

        private static Form of(String line) {
            String[] parts = line.split(" \\| ", -1);
            String keys = parts[3].strip();
            return new Form(
                    parts[0],
                    parts[1].equals("agree"),
                    parts[2].replace('␤', '\n'),
                    keys.equals("-") ? List.of() : keys(keys),
                    parts.length > 4 ? parts[4] : "",
                    parts.length > 5 ? parts[5] : "");
        }

        /** Keys may hold blanks; each begins with the code of a kind and a colon. */
        private static List<String> keys(String text) {
            return List.of(text.split(" (?=[a-z0-9-]+\\??:)", -1));
        }
    }

    static Stream<Form> forms() throws IOException {
        try (InputStream in = PublicSuiteVerdictsTest.class.getResourceAsStream("/recognition/public-suites.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("##")).map(Form::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsTheFormsOfSuites(Form form) {
        List<String> found = Recognition.PLAIN.recognise(form.text).stream()
                .map(one -> one.doubtful()
                        ? one.observable().key().replaceFirst(":", "?:")
                        : one.observable().key())
                .toList();
        assertEquals(form.keys, found, form.reason);
    }

    @Test
    void everyDifferenceHasAReason() throws IOException {
        Map<String, int[]> counts = new TreeMap<>();
        forms().forEach(form -> {
            assertEquals(form.agrees, form.theirs.isEmpty(), form.text);
            assertEquals(form.agrees, form.reason.isEmpty(), form.text);
            counts.computeIfAbsent(form.suite, suite -> new int[2])[form.agrees ? 0 : 1]++;
        });
        counts.forEach((suite, count) -> System.out.println(suite + ": agrees " + count[0] + ", differs " + count[1]));
        assertTrue(counts.keySet().containsAll(List.of("ioc-finder", "iocextract", "ioc-fanger", "python-stdnum")));
    }
}
