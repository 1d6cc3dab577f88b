package uz.koprik.indicators.pattern.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.Pattern;
import uz.koprik.indicators.pattern.PatternSyntaxError;

/** Observed data and patterns for tests. */
final class Sightings {

    private Sightings() {}

    /** Observed data of STIX 2.0 form: {@code objects} is what stands between the braces. */
    static String observed(int second, int lastSecond, int times, String objects) {
        return ("{'type':'observed-data','id':'observed-data--%d','first_observed':'2026-01-01T00:00:%02dZ',"
                        + "'last_observed':'2026-01-01T00:00:%02dZ','number_observed':%d,'objects':{%s}}")
                .formatted(second, second, lastSecond, times, objects)
                .replace('\'', '"');
    }

    static List<Observation> read(String... json) {
        try {
            return Observations.read(
                    StrictJson.parse(("[" + String.join(",", json) + "]").getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson | MalformedObservation e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + String.join(",", json), e);
        }
    }

    static CompiledPattern compiled(String text) {
        try {
            return CompiledPattern.parse(text);
        } catch (PatternSyntaxError | UnmatchablePattern e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
        }
    }

    /** Up to five observations within ten seconds, of few different things. */
    static Arbitrary<List<Observation>> observations() {
        Arbitrary<String> value = Arbitraries.of(
                "'a'",
                "'b'",
                "1",
                "2",
                "true",
                "'2026-01-01T00:00:00Z'",
                "'no time'",
                "null",
                "['a','b']",
                "{'k':'a'}",
                "[{'k':'a'},{'k':1}]",
                "'616c'");
        Arbitrary<String> member = Combinators.combine(Arbitraries.of("p", "q", "l", "h_hex", "x_ref", "x_refs"), value)
                .as((n, v) -> n.endsWith("_ref")
                        ? "'" + n + "':'1'"
                        : n.endsWith("_refs") ? "'" + n + "':['0','1']" : "'" + n + "':" + v);
        Arbitrary<String> object = Combinators.combine(
                        Arbitraries.of("t", "u"),
                        member.list().ofMaxSize(4).uniqueElements(m -> m.substring(0, m.indexOf(':'))))
                .as((type, members) -> "{'type':'" + type + "'"
                        + String.join("", members.stream().map(m -> "," + m).toList()) + "}");
        Arbitrary<String> objects = object.list().ofMinSize(1).ofMaxSize(2).map(list -> {
            List<String> numbered = new ArrayList<>();
            list.forEach(o -> numbered.add("'" + numbered.size() + "':" + o));
            return String.join(",", numbered);
        });
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 3),
                        objects)
                .as((first, length, times, o) -> observed(first, first + length, times, o))
                .list()
                .ofMaxSize(5)
                .map(list -> read(list.toArray(String[]::new)));
    }

    /** Comparisons that fit such observations now and then. */
    static Arbitrary<String> comparisons() {
        Arbitrary<String> path = Arbitraries.of(
                "t:p",
                "t:q",
                "u:p",
                "t:l",
                "t:l[*]",
                "u:l[0].k",
                "t:l.k",
                "t:h_hex",
                "t:x_ref.p",
                "t:x_refs[*].q",
                "u:x_ref",
                "t:l[*].k",
                "t:x_refs[1]");
        Arbitrary<String> operator = Arbitraries.of(
                " = 'a'",
                " = 'b'",
                " != 'a'",
                " NOT != 'b'",
                " = 1",
                " > 1",
                " NOT > 1",
                " = true",
                " IN ('a', 'b')",
                " IN (1, 2.0)",
                " NOT IN ('a')",
                " IN ()",
                " LIKE '_'",
                " MATCHES 'a|b'",
                " = h'616c'",
                " = t'2026-01-01T00:00:00Z'",
                " < t'2026-02-01T00:00:00Z'",
                " = '1'",
                " = 'al'",
                " NOT IN ()");
        Arbitrary<String> one = Combinators.combine(path, operator).as(String::concat);
        Arbitrary<String> atom = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(5, one), net.jqwik.api.Tuple.of(1, path.map(p -> "EXISTS " + p)));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, atom),
                net.jqwik.api.Tuple.of(
                        1,
                        Combinators.combine(atom, Arbitraries.of(" AND ", " OR "), atom)
                                .as((a, o, b) -> a + o + b)),
                net.jqwik.api.Tuple.of(
                        1, Combinators.combine(atom, atom, atom).as((a, b, c) -> "(" + a + " OR " + b + ") AND " + c)));
    }

    /** Whole patterns, up to three levels deep. */
    static Arbitrary<Pattern> patterns() {
        return expression(2).map(text -> {
            try {
                return Pattern.parseLeniently(text);
            } catch (PatternSyntaxError e) {
                throw new IllegalStateException(text + ": " + e.getMessage(), e);
            }
        });
    }

    private static Arbitrary<String> expression(int depth) {
        Arbitrary<String> leaf = comparisons().map(c -> "[" + c + "]");
        Arbitrary<String> inner = depth == 0
                ? leaf
                : Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(1, leaf),
                        net.jqwik.api.Tuple.of(
                                2,
                                Combinators.combine(
                                                Arbitraries.lazy(() -> expression(depth - 1)),
                                                Arbitraries.of(" AND ", " OR ", " FOLLOWEDBY "),
                                                Arbitraries.lazy(() -> expression(depth - 1)))
                                        .as((a, o, b) -> "(" + a + o + b + ")")));
        Arbitrary<String> qualifier = Arbitraries.of(
                "",
                "",
                "",
                " REPEATS 2 TIMES",
                " REPEATS 3 TIMES",
                " WITHIN 1 SECONDS",
                " WITHIN 2.5 SECONDS",
                " START t'2026-01-01T00:00:02Z' STOP t'2026-01-01T00:00:06Z'",
                " REPEATS 2 TIMES WITHIN 2 SECONDS",
                " WITHIN 1 SECONDS REPEATS 2 TIMES");
        return Combinators.combine(inner, qualifier).as(String::concat);
    }
}
