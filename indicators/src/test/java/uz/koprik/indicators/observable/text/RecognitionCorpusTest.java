package uz.koprik.indicators.observable.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.observable.CardTokeniser;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Precision and recall on a corpus of one's own, in twelve languages and many layouts. A line has its values in marks:
 * {@code ⟦url:http://a.example/x⟧} is a URL that is sure, {@code ⟦domain?:run.sh⟧} one that is doubtful,
 * {@code ⟦ipv4+cidr:…⟧} is of several kinds, and {@code ⟦cidr:192.0.2.1/26=192.0.2.0/26⟧} gives the value where it is
 * not the normal form of the text. A line without marks has no value. {@code ␤} is the end of a line.
 */
class RecognitionCorpusTest {

    private static final List<String> FILES = List.of(
            "english.txt",
            "languages.txt",
            "layouts.txt",
            "defanged.txt",
            "numbers.txt",
            "labelled.txt",
            "suites.txt",
            "nothing.txt");

    private static final int LINES = 1500;
    private static final double PRECISION = 0.995;
    private static final double RECALL = 0.97;

    private static final Normalisation CONTEXT =
            Normalisation.withCards(CardTokeniser.keyed(new SecretKeySpec(new byte[32], "HmacSHA256")));

    private final Map<ObservableKind, Map<Count, Integer>> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int lines;

    private enum Count {
        SURE_RIGHT,
        SURE_WRONG,
        EXPECTED,
        FOUND,
        DOUBTFUL
    }

    @Test
    void valuesAreFoundAndNothingElse() throws IOException {
        Recognition tashkent = new Recognition(CONTEXT.withPhoneRegion("UZ"));
        for (String file : FILES) {
            int number = 0;
            for (String line : lines(file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("##")) {
                    lines++;
                    check(tashkent, file + ":" + number, line.replace('␤', '\n'));
                }
            }
        }
        String report = report();
        System.out.println(report);
        wrong.forEach(System.out::println);
        assertTrue(lines >= LINES, "lines: " + lines);
        Map<Count, Integer> all = new EnumMap<>(Count.class);
        counts.values().forEach(one -> one.forEach((what, number) -> all.merge(what, number, Integer::sum)));
        assertTrue(precision(all) >= PRECISION, () -> "precision of sure values " + precision(all) + "\n" + report);
        assertTrue(recall(all) >= RECALL, () -> "recall " + recall(all) + "\n" + report);
    }

    private static double precision(Map<Count, Integer> of) {
        return number(of, Count.SURE_RIGHT) / (double) (number(of, Count.SURE_RIGHT) + number(of, Count.SURE_WRONG));
    }

    private static double recall(Map<Count, Integer> of) {
        return number(of, Count.FOUND) / (double) number(of, Count.EXPECTED);
    }

    private static int number(Map<Count, Integer> of, Count what) {
        return of.getOrDefault(what, 0);
    }

    private void check(Recognition recognition, String where, String marked) {
        Map<String, Boolean> expected = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', at)) {
            int close = marked.indexOf('⟧', open);
            text.append(marked, at, open);
            int colon = marked.indexOf(':', open);
            String kinds = marked.substring(open + 1, colon);
            String body = marked.substring(colon + 1, close);
            int equals = body.lastIndexOf("=>");
            String written = equals < 0 ? body : body.substring(0, equals);
            String meant = equals < 0 ? body : body.substring(equals + 2);
            text.append(written);
            boolean doubtful = kinds.endsWith("?");
            for (String kind : (doubtful ? kinds.substring(0, kinds.length() - 1) : kinds).split("\\+", -1)) {
                expected.put(key(where, kind, meant), doubtful);
            }
            at = close + 1;
        }
        text.append(marked, at, marked.length());
        Map<String, Boolean> found = new HashMap<>();
        for (RecognisedValue one : recognition.recognise(text.toString())) {
            found.merge(one.observable().key(), one.doubtful(), Boolean::logicalAnd);
        }
        compare(where, text.toString(), expected, found);
    }

    private void compare(String where, String text, Map<String, Boolean> expected, Map<String, Boolean> found) {
        List<String> faults = new ArrayList<>();
        expected.forEach((key, doubtful) -> {
            count(key, Count.EXPECTED);
            if (found.containsKey(key)) {
                count(key, Count.FOUND);
                if (!doubtful && found.get(key)) {
                    faults.add("doubtful " + key);
                }
            } else {
                faults.add("missed " + key);
            }
        });
        found.forEach((key, doubtful) -> {
            if (doubtful) {
                count(key, Count.DOUBTFUL);
                if (!expected.containsKey(key)) {
                    faults.add("needless doubt " + key);
                }
            } else if (Boolean.FALSE.equals(expected.get(key))) {
                count(key, Count.SURE_RIGHT);
            } else {
                count(key, Count.SURE_WRONG);
                faults.add((expected.containsKey(key) ? "too sure " : "wrong ") + key);
            }
        });
        if (!faults.isEmpty()) {
            wrong.add(where + " " + faults + "  in: " + text);
        }
    }

    private void count(String key, Count what) {
        ObservableKind kind =
                ObservableKind.ofCode(key.substring(0, key.indexOf(':'))).orElseThrow();
        counts.computeIfAbsent(kind, k -> new EnumMap<>(Count.class)).merge(what, 1, Integer::sum);
    }

    private static String key(String where, String code, String text) {
        ObservableKind kind = ObservableKind.ofCode(code)
                .orElseThrow(() -> new IllegalArgumentException(where + ": there is no kind " + code));
        try {
            return kind.normalise(text, CONTEXT.withPhoneRegion("UZ")).key();
        } catch (uz.koprik.indicators.observable.InvalidObservable e) {
            throw new IllegalArgumentException(where + ": " + code + " " + text + ": " + e.reason(), e);
        }
    }

    private String report() {
        StringBuilder out = new StringBuilder(lines + " lines\n")
                .append(String.format(
                        Locale.ROOT,
                        "%-14s %9s %7s %10s %9s%n",
                        "kind",
                        "precision",
                        "recall",
                        "expected",
                        "doubtful"));
        counts.forEach((kind, of) -> out.append(String.format(
                Locale.ROOT,
                "%-14s %9.4f %7.4f %10d %9d%n",
                kind.code(),
                precision(of),
                recall(of),
                number(of, Count.EXPECTED),
                number(of, Count.DOUBTFUL))));
        return out.toString();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = RecognitionCorpusTest.class.getResourceAsStream("/recognition/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
