package uz.koprik.indicators.pattern.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.pattern.Pattern;

/** What patterns mean; sections are of STIX 2.1. */
class MatchTest {

    private static final String FILE =
            """
            "0":{"type":"directory","path":"C:\\\\Windows"},
            "1":{"type":"file","name":"foo\\nbar.exe","size":1280,"ratio":7.5,"is_x":true,"parent_directory_ref":"0","hashes":
            {"SHA-256":"ab"},"magic_hex":"ffd8","data_bin":"dGVzdA==","bad_hex":"xyz","other_ref":"9","no_ref":5,"gone":null,
            "tags":["a","b","c"],"when":"2026-01-01T00:00:00.1234567Z","latin":"\\u00ff\\u00d8","smile":"\\ud83d\\ude00","private":"\\uffee",
            "contains_refs":["0","9"],"extensions":{"x-ext":{"a-b":[{"c":1},{"c":2}]}}},
            "2":{"type":"ipv4-addr","value":"192.0.2.17/28"},"3":{"type":"ipv6-addr","value":"2001:db8::1"},
            "4":{"type":"domain-name","value":"example.com"}""";

    private static boolean matches(String pattern, String... observed) throws MatchFailure {
        return Sightings.compiled(pattern).match(Sightings.read(observed)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:size = 1280",
                "file:size = 1280.0",
                "file:size < 1280.5",
                "file:ratio >= 7.5",
                "file:size NOT IN (1, 2)",
                "file:size != 'x'",
                "file:size < 99999999999999999999999",
                "file:is_x = true",
                "file:is_x != 1",
                "file:name LIKE 'foo%'",
                "file:name LIKE 'foo_bar%exe'",
                "file:name LIKE '%'",
                "file:name NOT LIKE 'foo'",
                "file:name MATCHES 'o.b' OR file:name MATCHES 'BAR|bar'",
                "file:name MATCHES 'exe$'",
                "file:name NOT MATCHES '^bar'",
                "file:magic_hex = h'FFD8'",
                "file:magic_hex = b'/9g='",
                "file:latin = h'ffd8'",
                "file:magic_hex MATCHES '^\\\\xff'",
                "file:data_bin = 'test'",
                "file:data_bin LIKE 't__t'",
                "file:data_bin > 'tesa'",
                "file:data_bin NOT > 'Ā'",
                "file:smile > 'x'",
                "file:smile LIKE '_'",
                "file:smile > '\uffee'",
                "file:private < '\ud83d\ude00'",
                "file:tags[*] = 'b'",
                "file:tags[0] = 'a'",
                "file:tags[-1] = 'c'",
                "file:tags[*] != 'a'",
                "file:extensions.'x-ext'.'a-b'[*].c = 2",
                "EXISTS file:extensions.'x-ext'",
                "EXISTS file:gone",
                "EXISTS file:hashes.'SHA-256'",
                "file:parent_directory_ref.path = 'C:\\\\Windows'",
                "file:contains_refs[*].path LIKE 'C:%'",
                "file:contains_refs[1] = '9'",
                "file:parent_directory_ref = '0'",
                "EXISTS file:other_ref",
                "file:name = 'x' OR file:size > 1",
                "file:when = t'2026-01-01T00:00:00.1234567000Z'",
                "file:when < t'2026-01-01T00:00:00.12345671Z'",
                "file:when != t'2026-01-01T00:00:00.123456Z'",
                "ipv4-addr:value ISSUBSET '192.0.2.0/24'",
                "ipv4-addr:value ISSUPERSET '192.0.2.30'",
                "ipv4-addr:value ISSUBSET '0.0.0.0/0'",
                "ipv4-addr:value NOT ISSUBSET '198.51.100.0/24'",
                "ipv6-addr:value ISSUBSET '2001:DB8::/32'",
                "ipv6-addr:value NOT ISSUBSET '192.0.2.0/24'",
                "domain-name:value NOT ISSUBSET '192.0.2.0/24'",
            })
    void holds(String comparison) throws MatchFailure {
        assertTrue(matches("[" + comparison + "]", Sightings.observed(0, 0, 1, FILE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:size = '1280'",
                "file:size NOT < 'x'",
                "file:size >= 'x'",
                "file:is_x = 1",
                "file:is_x IN (1, 2)",
                "file:none != 'x'",
                "file:none NOT = 'x'",
                "EXISTS file:none",
                "EXISTS file:tags[3]",
                "EXISTS file:tags[-4]",
                "file:tags = 'a'",
                "file:name = 'foo'",
                "file:name LIKE 'foo'",
                "file:name LIKE 'FOO%'",
                "file:name LIKE 'foobar%exe'",
                "file:name MATCHES 'o.b'",
                "file:smile < '\uffee'",
                "file:size LIKE '1%'",
                "file:magic_hex = 'ffd8'",
                "file:data_bin MATCHES 'Ā'",
                "file:data_bin < 'Ā'",
                "file:name IN ()",
                "file:other_ref.name = 'x'",
                "file:contains_refs.path = 'x'",
                "file:parent_directory_ref.path = 'x'",
                "file:name LIKE 'foo%' AND directory:path LIKE 'C%'",
                "ipv4-addr:value ISSUBSET '192.0.2.16/29'",
                "domain-name:value ISSUBSET '0.0.0.0/0'",
                "ipv6-addr:value ISSUBSET '0.0.0.0/0'",
                "observed-data:number_observed = 1",
            })
    void doesNotHold(String comparison) throws MatchFailure {
        assertFalse(matches("[" + comparison + "]", Sightings.observed(0, 0, 1, FILE)));
    }

    /** What is malformed decides nothing, so that a match beside it is found and only a doubt is an error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "file:name = t'2026-01-01T00:00:00Z' | is not a timestamp",
                "file:name NOT IN (t'2026-01-01T00:00:00Z') | is not a timestamp",
                "file:bad_hex = h'00' | not hexadecimal",
                "file:bad_hex MATCHES 'x' AND file:size = 1280 | not hexadecimal",
                "file:no_ref.path = 'x' | something else than an identifier",
            })
    void saysThatDataIsMalformed(String comparison, String reason) throws MatchFailure {
        MatchFailure failure = assertThrows(
                MatchFailure.class, () -> matches("[" + comparison + "]", Sightings.observed(0, 0, 1, FILE)));
        assertTrue(failure.getMessage().contains(reason) && !failure.tooMuchWork(), failure.getMessage());
        assertTrue(matches("[" + comparison + " OR file:size > 5]", Sightings.observed(0, 0, 1, FILE)));
        assertFalse(matches("[(" + comparison + ") AND file:size < 5]", Sightings.observed(0, 0, 1, FILE)));
        assertFalse(matches("[" + comparison + "] AND [file:size < 5]", Sightings.observed(0, 0, 2, FILE)));
        assertThrows(
                MatchFailure.class,
                () -> matches("[" + comparison + "] AND [file:size > 5]", Sightings.observed(0, 0, 2, FILE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[a:b MATCHES '(x'] | regular expression",
                "[a:b MATCHES '(?=x)y'] | not supported",
                "[a:b MATCHES '((x{100}){100}){100}'] | too large",
                "[a:b IN (1, true)] | several types",
                "[a:b = t'2026-02-30T00:00:00Z'] | no such day",
                "[a:b = 1] START t'2026-02-30T00:00:00Z' STOP t'2026-03-01T00:00:00Z' | no such day",
                "[a:b ISSUBSET 'example.com'] | 192.0.2.0/24",
            })
    void refusesWhatCannotBeTested(String text, String reason) throws Exception {
        Pattern pattern = Pattern.parse(text);
        UnmatchablePattern refused = assertThrows(UnmatchablePattern.class, () -> CompiledPattern.of(pattern));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void refusesGroupsThatAreNestedTooDeep() throws Exception {
        String taken = "(a|b".repeat(200) + ")*".repeat(200);
        assertTrue(matches("[file:name MATCHES '" + taken + "']", Sightings.observed(0, 0, 1, FILE)));
        String refused = "(".repeat(4900) + "a" + ")".repeat(4900);
        UnmatchablePattern reason = assertThrows(
                UnmatchablePattern.class,
                () -> CompiledPattern.of(Pattern.parse("[file:name MATCHES '" + refused + "']")));
        assertTrue(reason.getMessage().contains("more than 200 deep"), reason.getMessage());
        String signs = "[file:name MATCHES '^[" + "(".repeat(4900) + "]$']";
        assertFalse(matches(signs, Sightings.observed(0, 0, 1, FILE)), "in a class they are no groups");
    }

    @Test
    void refusesAPathThatGoesInCircles() {
        String path = "[a:x_ref" + ".x_ref".repeat(200) + ".v = 1]";
        assertThrows(UnmatchablePattern.class, () -> CompiledPattern.of(Pattern.parse(path)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[a:v = 1] AND [a:v = 2] | 0 2",
                "[a:v = 1] AND [a:v = 1] | 0 1",
                "[a:v = 2] FOLLOWEDBY [a:v = 1] | -",
                "[a:v = 1] FOLLOWEDBY [a:v = 2] | 0 2",
                "[a:v = 8] OR [a:v = 2] | 2",
                "[a:v = 1] REPEATS 2 TIMES | 0 1",
                "[a:v = 1] REPEATS 3 TIMES | -",
                "[a:v = 5] REPEATS 1000 TIMES | 9",
                "[a:v = 5] REPEATS 1001 TIMES | -",
                "[a:v = 5] AND [a:v = 5] REPEATS 999 TIMES | 9",
                "[a:v = 5] AND [a:v = 5] REPEATS 1000 TIMES | -",
                "([a:v = 1] AND [a:v = 2]) WITHIN 2 SECONDS | 0 2",
                "([a:v = 1] AND [a:v = 2]) WITHIN 0.9 SECONDS | -",
                "[a:v < 3] REPEATS 3 TIMES WITHIN 2 SECONDS | 0 1 2",
                "[a:v < 3] REPEATS 3 TIMES WITHIN 1 SECONDS | -",
                "[a:v = 1] START t'2026-01-01T00:00:01Z' STOP t'2026-01-01T00:00:02Z' | 1",
                "[a:v = 2] START t'2026-01-01T00:00:00Z' STOP t'2026-01-01T00:00:02Z' | -",
                "[a:v = 2] START t'2026-01-01T00:00:02Z' STOP t'2026-01-01T00:00:02Z' | -",
                "([a:v = 1] FOLLOWEDBY [a:v IN (2, 3)]) REPEATS 2 TIMES | 0 1 2 3",
                "([a:v = 1] FOLLOWEDBY [a:v IN (2, 3)]) REPEATS 3 TIMES | -",
                "([a:v = 1] AND [a:v = 2]) WITHIN 2 SECONDS REPEATS 2 TIMES | -",
            })
    void bindsObservations(String pattern, String expected) throws MatchFailure {
        List<Observation> observations =
                Sightings.read(one(0, 1, 1), one(1, 1, 1), one(2, 2, 1), one(3, 3, 1), one(9, 5, 1000));
        String found = Sightings.compiled(pattern)
                .match(observations)
                .map(m -> m.observed().stream()
                        .map(o -> o.id().orElseThrow().replace("observed-data--", ""))
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .orElse("-");
        assertEquals(expected, found);
    }

    private static String one(int second, int value, int times) {
        return Sightings.observed(second, second, times, "'0':{'type':'a','v':" + value + "}");
    }

    @Test
    void saysWhichPartIsShownByWhat() throws MatchFailure {
        List<Observation> observations = Sightings.read(one(0, 1, 1), one(1, 2, 1), one(2, 2, 1));
        Match match = Sightings.compiled("[a:v = 7] OR [a:v = 2] REPEATS 2 TIMES")
                .match(observations)
                .orElseThrow();
        assertEquals(List.of(new Match.Binding(1, observations.subList(1, 3))), match.bindings());
    }

    @Test
    void findsOnlyWhatTheObservationNames() throws Exception {
        String bundle =
                """
                {"type":"bundle","objects":[{"type":"observed-data","id":"observed-data--1","first_observed":"2026-01-01T00:00:00Z",
                "last_observed":"2026-01-01T00:00:00Z","number_observed":1,"object_refs":["file--1","file--gone"]},
                {"type":"file","id":"file--1","name":"x","parent_directory_ref":"directory--1"},
                {"type":"directory","id":"directory--1","path":"/tmp"},{"type":"file","id":"file--2","name":"y"}]}""";
        List<Observation> observations = Observations.read(StrictJson.parse(bundle.getBytes(StandardCharsets.UTF_8)));
        assertTrue(Sightings.compiled("[file:name = 'x']").match(observations).isPresent());
        assertFalse(Sightings.compiled("[file:name = 'y']").match(observations).isPresent());
        assertFalse(Sightings.compiled("[EXISTS directory:path]")
                .match(observations)
                .isPresent());
        assertFalse(Sightings.compiled("[file:parent_directory_ref.path = '/tmp']")
                .match(observations)
                .isPresent());
        List<Observation> named = Observations.read(
                StrictJson.parse(bundle.replace("file--gone", "directory--1").getBytes(StandardCharsets.UTF_8)));
        assertTrue(Sightings.compiled("[file:parent_directory_ref.path = '/tmp']")
                .match(named)
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{\"type\":\"observed-data\",\"id\":\"observed-data--1\"} | observed-data--1: first_observed",
                "{\"type\":\"observed-data\",\"first_observed\":\"2026-01-02T00:00:00Z\",\"last_observed\":\"2026-01-01T00:00:00Z\"} | before",
                "{\"type\":\"observed-data\",\"first_observed\":\"2026-01-01T00:00:00Z\",\"last_observed\":\"2026-01-01T00:00:00Z\",\"number_observed\":0} | number_observed",
                "[5] | an object is expected",
                "7 | a bundle or an object",
            })
    void refusesMalformedObservations(String json, String reason) {
        MalformedObservation refused = assertThrows(
                MalformedObservation.class,
                () -> Observations.read(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8))));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void answersWithoutTryingAllWaysWhenThereAreTooFew() throws MatchFailure {
        String[] alike = IntStream.range(0, 30).mapToObj(i -> one(i, 1, 1)).toArray(String[]::new);
        String pattern = Stream.generate(() -> "[a:v = 1]").limit(31).collect(Collectors.joining(" AND "));
        assertFalse(matches(pattern, alike));
        assertTrue(matches(pattern.replaceFirst(" AND .a:v = 1.$", ""), alike));
        assertTrue(matches("[a:v = 1] REPEATS 10 TIMES WITHIN 9 SECONDS", alike));
        assertFalse(matches("[a:v = 1] REPEATS 10 TIMES WITHIN 8 SECONDS", alike));
        assertTrue(matches("([a:v = 1] FOLLOWEDBY [a:v = 1]) REPEATS 15 TIMES", alike));
    }

    /** Very many failed logins and one that succeeds: what patterns of several observations are written for. */
    @Test
    void solvesWhatAnalystsWrite() throws MatchFailure {
        List<Observation> log = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            log.addAll(Sightings.read(Sightings.observed(
                    i / 60 % 60, i / 60 % 60, 1, "'0':{'type':'a','v':" + (i == 2000 ? 2 : 1) + "}")));
        }
        CompiledPattern burst =
                Sightings.compiled("([a:v = 1] REPEATS 500 TIMES FOLLOWEDBY [a:v = 2]) WITHIN 10 SECONDS");
        assertEquals(501, burst.match(log).orElseThrow().observed().size());
        assertTrue(Sightings.compiled("([a:v = 2] FOLLOWEDBY [a:v = 1] REPEATS 500 TIMES) WITHIN 8 SECONDS")
                .match(log)
                .isPresent());
        assertFalse(Sightings.compiled("([a:v = 1] REPEATS 500 TIMES FOLLOWEDBY [a:v = 2]) WITHIN 6 SECONDS")
                .match(log)
                .isPresent());
        assertFalse(Sightings.compiled("[a:v = 1] REPEATS 2100 TIMES FOLLOWEDBY [a:v = 2]")
                .match(log)
                .isPresent());
        assertFalse(Sightings.compiled("[a:v = 2] FOLLOWEDBY [a:v = 1] REPEATS 1500 TIMES")
                .match(log)
                .isPresent());
    }

    @Test
    void cutsWhatWouldExplode() {
        // Ten groups of three: enough observations for eleven pairs, but only ten pairs are close together.
        String[] groups = IntStream.range(0, 30)
                .mapToObj(i -> one(i / 3 * 6 + i % 3, 1, 1))
                .toArray(String[]::new);
        String pairs = "(([a:v = 1] AND [a:v = 1]) WITHIN 2 SECONDS) REPEATS 11 TIMES";
        MatchFailure failure = assertThrows(MatchFailure.class, () -> matches(pairs, groups));
        assertTrue(failure.tooMuchWork(), failure.getMessage());
        String round = IntStream.range(0, 9)
                .mapToObj(i -> "'" + i + "':{'type':'p','k_refs':['0','1','2','3','4','5','6','7','8']}")
                .collect(Collectors.joining(","));
        String path = "[p:k_refs[*]" + ".k_refs[*]".repeat(30) + ".v = 1]";
        assertTrue(assertThrows(MatchFailure.class, () -> matches(path, Sightings.observed(0, 0, 1, round)))
                .tooMuchWork());
        String deep = "([a:v IN (0, 1)] AND [a:v IN (0, 1)]) REPEATS 600 TIMES";
        String many = Sightings.observed(0, 0, 100_000, "'0':{'type':'a','v':1}");
        assertTrue(assertThrows(MatchFailure.class, () -> matches(deep, many)).tooMuchWork());
    }

    @Test
    void chargesLongTexts() {
        String marks = "\"" + "\\u0300\\u0323".repeat(60_000) + "\"";
        String object = "\"0\":{\"type\":\"a\",\"v\":" + marks + "}";
        assertTrue(
                assertThrows(MatchFailure.class, () -> matches("[a:v LIKE '%x']", Sightings.observed(0, 0, 1, object)))
                        .tooMuchWork());
        String long1 = "\"0\":{\"type\":\"a\",\"v\":\"" + "ab".repeat(100_000) + "\"}";
        assertTrue(assertThrows(
                        MatchFailure.class,
                        () -> matches("[a:v MATCHES '(a?b?){500}c']", Sightings.observed(0, 0, 1, long1)))
                .tooMuchWork());
        assertTrue(assertThrows(
                        MatchFailure.class,
                        () -> matches("[a:v LIKE '%" + "ab".repeat(40_000) + "c']", Sightings.observed(0, 0, 1, long1)))
                .tooMuchWork());
    }

    @Test
    void takesLongTextsThatAreHarmless() throws MatchFailure {
        String long1 = "\"0\":{\"type\":\"a\",\"v\":\"" + "ab".repeat(100_000) + "\"}";
        assertFalse(matches("[a:v MATCHES 'c$' OR a:v LIKE '%c']", Sightings.observed(0, 0, 1, long1)));
    }
}
