package uz.koprik.indicators.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {

    @Test
    void bindsAndTighterThanOrTighterThanFollowedBy() throws PatternSyntaxError {
        Pattern pattern =
                Pattern.parse("[a:b = 1] AND [a:b = 2] OR [a:b = 3] FOLLOWEDBY [a:b = 4 OR a:b = 5 AND a:b = 6]");
        var followed = (ObservationExpression.FollowedBy) pattern.root();
        var or = (ObservationExpression.Or) followed.operands().getFirst();
        assertTrue(or.operands().getFirst() instanceof ObservationExpression.And);
        var last = (ObservationExpression.Observation) followed.operands().getLast();
        var comparison = (ComparisonExpression.Or) last.comparison();
        assertTrue(comparison.operands().getLast() instanceof ComparisonExpression.And);
    }

    @Test
    void qualifierBelongsToTheObservationBeforeIt() throws PatternSyntaxError {
        var and = (ObservationExpression.And)
                Pattern.parse("[a:b = 1] AND [a:b = 2] REPEATS 3 TIMES").root();
        assertTrue(and.operands().getFirst() instanceof ObservationExpression.Observation);
        var qualified =
                (ObservationExpression.QualifiedExpression) and.operands().getLast();
        assertEquals(new Qualifier.Repeats(BigInteger.valueOf(3)), qualified.qualifier());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[ file : hashes . 'MD5' == '79054025255fb1a26e4bc422aef54eb4' ] | [file:hashes.MD5 = '79054025255fb1a26e4bc422aef54eb4']",
                "[a:'b' <> 1] | [a:b != 1]",
                "[a:'b-c'.d[*].e[-1] NOT IN(1,'x' , true)] | [a:'b-c'.d[*].e[-1] NOT IN (1, 'x', true)]",
                "[a:b IN ()] | [a:b IN ()]",
                "(([a:b=1])) | [a:b = 1]",
                "([a:b=1] OR [a:b=2]) AND [a:b=3] | ([a:b = 1] OR [a:b = 2]) AND [a:b = 3]",
                "[(a:b=1 OR a:b=2) AND a:b=3] | [(a:b = 1 OR a:b = 2) AND a:b = 3]",
                "([a:b=1] WITHIN 5 SECONDS) WITHIN .5 SECONDS | ([a:b = 1] WITHIN 5 SECONDS) WITHIN 0.5 SECONDS",
                "([a:b=1] FOLLOWEDBY [a:b=2]) WITHIN 1.5 SECONDS | ([a:b = 1] FOLLOWEDBY [a:b = 2]) WITHIN 1.5 SECONDS",
                "[EXISTS a:b AND a:c LIKE 'x%'] | [EXISTS a:b AND a:c LIKE 'x%']",
                "/* why */ [a:b=1] // because | [a:b = 1]",
                "[a:b = h'FFd8' AND a:c = b'dGVzdA=='] | [a:b = h'ffd8' AND a:c = b'dGVzdA==']",
                "[a:'IN' = +7.50] | [a:'IN' = 7.50]",
                "[a:b = 1] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00.5Z' | [a:b = 1] START t'2026-01-01T00:00:00Z' STOP t'2026-02-01T00:00:00.5Z'",
            })
    void writesTheNormalForm(String text, String normal) throws PatternSyntaxError {
        assertEquals(normal, Pattern.parse(text).toString());
        assertEquals(Pattern.parse(text), Pattern.parse(normal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "file:size = 1 | 1 | [ or ( | file",
                "[file:size = ] | 14 | a literal | ]",
                "[file.size = 1] | 6 | : | .",
                "[a:b = 1] within 2 SECONDS | 11 | AND, OR, FOLLOWEDBY, a qualifier or the end of the pattern | within",
                "[a:b = 1 | 9 | AND, OR or ] | the end of the pattern",
                "[a:b MATCHES 1] | 14 | a string | 1",
                "[a:b > true] | 8 | a literal that has an order | true",
                "[a:b = 01] | 8 | a number without leading zeros | a leading zero",
                "[a:b-c = 1] | 4 | a name, in quotes since it has a hyphen | b-c",
                "[a:b = 'x] | 8 | a quote at the end of the string | the end of the pattern",
                "[a:b = 'secret' 'more'] | 17 | AND, OR or ] | a string",
                "[a:b = 'x\\n'] | 10 | \\' or \\\\ | another escape",
                "[a:b = b'===='] | 8 | padded base 64, b'dGVzdA==' | something else in the quotes",
                "[a:b = t'2026-13-01T00:00:00Z'] | 8 | a timestamp such as t'2026-01-31T12:00:00Z' | something else in the quotes",
                "[file:hashes.MD5 = 'f00'] | 20 | 32 hexadecimal digits of a MD5 hash | another string",
                "[a:b = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS | 28 | no second qualifier of this kind | WITHIN",
                "[a:b = 1] REPEATS 0 TIMES | 19 | a positive whole number | zero",
                "[a:b[x] = 1] | 6 | an index or * | x",
                "[a:b = \"x\"] | 8 | a part of a pattern | the character \"",
                "[a:b /* = 1] | 6 | */ at the end of the comment | the end of the pattern",
                "[a:b[99999999999] = 1] | 6 | a smaller index | 99999999999",
            })
    void saysWhereAndWhatIsExpected(String text, int column, String expected, String found) {
        PatternSyntaxError error = assertThrows(PatternSyntaxError.class, () -> Pattern.parse(text));
        assertEquals(
                List.of(1, column, expected, found),
                List.of(error.line(), error.column(), error.expected(), error.found()));
        assertEquals("line 1, column " + column + ": " + expected + " is expected, not " + found, error.getMessage());
    }

    @Test
    void countsLines() {
        PatternSyntaxError error =
                assertThrows(PatternSyntaxError.class, () -> Pattern.parse("[a:b = 1\n  OR\n  a:c ! 2]"));
        assertEquals(List.of(3, 7), List.of(error.line(), error.column()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "(",
                "()",
                "[]",
                "[a]",
                "[a:]",
                "[a:b]",
                "[a:b =",
                "[a:b IN (1,)]",
                "[a:b NOT]",
                "[a:b = 1]]",
                "[a:b = 1] AND",
                "[a:b = 1] START 'x' STOP 'y'",
                "[a:b. = 1]",
                "[a:b = 5.]",
                "[a:b = null]"
            })
    void refusesWhatIsNotWhole(String text) {
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse(text));
    }

    @Test
    void limitsDepthAndLength() throws PatternSyntaxError {
        int deep = Pattern.MAX_DEPTH;
        Pattern.parse("(".repeat(deep) + "[a:b = 1]" + ")".repeat(deep));
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse("(".repeat(100_000) + "[a:b = 1]"));
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse("[" + "(".repeat(100_000) + "a:b = 1"));
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse("[a:b = '" + "x".repeat(Pattern.MAX_LENGTH) + "']"));
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse("([a:b = 1])" + " WITHIN 5 SECONDS".repeat(10_000)));
        String wide = "[a:b = 1]" + " OR [a:b = 1]".repeat(70_000);
        assertEquals(70_001, Pattern.parse(wide).assertedValues().size());
    }

    @Test
    void assertsOnlyWhatIsLookedFor() throws PatternSyntaxError {
        Pattern pattern = Pattern.parse("[domain-name:value = 'a.example' OR domain-name:value NOT = 'b.example'"
                + " OR domain-name:value != 'c.example' OR domain-name:value LIKE 'd%' OR EXISTS domain-name:value]"
                + " FOLLOWEDBY ([ipv4-addr:value IN ('192.0.2.1', '192.0.2.2') AND file:size > 5]"
                + " AND [file:name NOT IN ('x')]) WITHIN 5 SECONDS");
        assertEquals(
                List.of("0 domain-name:value a.example", "1 ipv4-addr:value 192.0.2.1", "1 ipv4-addr:value 192.0.2.2"),
                pattern.assertedValues().stream()
                        .map(v ->
                                v.observation() + " " + v.path() + " " + ((Constant.StringConstant) v.value()).value())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[a:b = 'x'] | x",
                "[a:b != 'x'] | -",
                "[a:b NOT = 'x'] | -",
                "[a:b NOT != 'x'] | x",
                "[a:b NOT IN ('x', 'y')] | -",
                "[a:b IN ('x', 'y')] | x y",
                "[a:b IN ()] | -",
                "[a:b = 'x' AND a:c != 'y'] | x",
                "[a:b = 'x' OR a:c != 'y'] | x",
                "[a:b != 'x' OR a:c NOT IN ('y')] | -",
                "[a:b = 'x' AND (a:c = 'y' OR a:c != 'z')] | x y",
                "[a:b = 'x' AND a:c != 'x'] | x",
                "[a:b != 'x'] OR [a:b = 'x'] | x",
                "[a:b != 'x'] AND [a:b = 'y'] | y",
                "[a:b = 'x'] FOLLOWEDBY [a:c NOT = 'y'] | x",
                "([a:b = 'x'] OR [a:b = 'y']) REPEATS 2 TIMES WITHIN 5 SECONDS | x y",
                "[a:b = 'x'] OR [a:b = 'x'] | x x",
                "[a:b LIKE 'x' OR a:b MATCHES 'x' OR a:b ISSUBSET '192.0.2.0/24' OR a:b ISSUPERSET '192.0.2.0'] | -",
                "[a:b > 'x' OR a:b >= 'x' OR a:b < 'x' OR a:b <= 'x' OR a:b NOT < 'x' OR EXISTS a:b] | -",
            })
    void leavesOutWhatIsOnlyNegated(String text, String expected) throws PatternSyntaxError {
        String values = Pattern.parse(text).assertedValues().stream()
                .map(v -> ((Constant.StringConstant) v.value()).value())
                .collect(Collectors.joining(" "));
        assertEquals(expected, values.isEmpty() ? "-" : values);
    }

    @Test
    void takesDoubledQualifiersWhenAsked() throws PatternSyntaxError {
        String doubled = "[a:b = 1] REPEATS 2 TIMES REPEATS 3 TIMES";
        assertThrows(PatternSyntaxError.class, () -> Pattern.parse(doubled));
        assertEquals(
                "([a:b = 1] REPEATS 2 TIMES) REPEATS 3 TIMES",
                Pattern.parseLeniently(doubled).toString());
    }

    @Property(tries = 500)
    void anyTextSurvivesQuoting(@ForAll String text) throws PatternSyntaxError {
        String pattern = PatternWriter.equality("x-test:value", text);
        AssertedValue value = Pattern.parse(pattern).assertedValues().getFirst();
        assertEquals(new Constant.StringConstant(text), value.value());
        assertEquals(pattern, Pattern.parse(pattern).toString());
    }

    @Property(tries = 5000)
    void nothingButPatternSyntaxErrorComesOut(@ForAll("nearPatterns") String text) {
        try {
            Pattern pattern = Pattern.parse(text);
            assertEquals(pattern, Pattern.parse(pattern.toString()), text);
        } catch (PatternSyntaxError e) {
            assertTrue(e.line() >= 1 && e.column() >= 1, e.getMessage());
        }
    }

    @Provide
    Arbitrary<String> nearPatterns() {
        Arbitrary<String> pieces = Arbitraries.of(
                "[",
                "]",
                "(",
                ")",
                ":",
                ".",
                ",",
                "*",
                "=",
                "==",
                "!=",
                "<>",
                "<",
                "<=",
                ">",
                ">=",
                "'",
                "'x'",
                "'a\\'b\\\\'",
                "\\",
                "1",
                "-1",
                "+2",
                "0",
                "00",
                ".5",
                "1.5",
                "-",
                "h'ff'",
                "h'f'",
                "b'dGVzdA=='",
                "b'x'",
                "t'2026-01-01T00:00:00Z'",
                "t'",
                "AND",
                "OR",
                "NOT",
                "FOLLOWEDBY",
                "LIKE",
                "MATCHES",
                "ISSUBSET",
                "ISSUPERSET",
                "EXISTS",
                "IN",
                "START",
                "STOP",
                "SECONDS",
                "true",
                "false",
                "WITHIN",
                "REPEATS",
                "TIMES",
                "LAST",
                "file",
                "hashes",
                "x-y",
                "a:b",
                "a:b = 1",
                "[a:b = 1]",
                "/*",
                "*/",
                "//",
                "\n",
                "\u00a0",
                "é",
                "\ud83d",
                "\u0000",
                "\"");
        return pieces.list().ofMinSize(1).ofMaxSize(24).flatMap(list -> Arbitraries.of("", " ")
                .map(space -> String.join(space, list)));
    }
}
