package uz.koprik.indicators.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.pattern.Pattern;

/** What is known of a pattern by its values alone. */
class PatternValuesTest {

    private static String anchors(String pattern) throws Exception {
        return PatternValues.of(Pattern.parse(pattern).root())
                .map(values -> String.join(
                        " ", new TreeSet<>(values.stream().map(Observable::key).toList())))
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443] | ipv4:198.51.100.7",
                "[network-traffic:dst_ref.value = '198.51.100.7' AND network-traffic:dst_port = 443] | ipv4:198.51.100.7",
                "[domain-name:value IN ('EXAMPLE.com', 'example.net')] | domain:example.com domain:example.net",
                "[domain-name:value IN ('a.example.com', 'b.example.com') AND url:value = 'https://example.com/x'] | url:https://example.com/x",
                "[domain-name:value = 'example.com' OR domain-name:value LIKE '%.example.com'] | none",
                "[domain-name:value = 'example.com'] OR [file:mime_type = 'a/b'] | none",
                "[domain-name:value = 'example.com'] AND [file:mime_type = 'a/b'] | domain:example.com",
                "[file:mime_type = 'a/b'] FOLLOWEDBY [domain-name:value = 'example.com'] | domain:example.com",
                "[domain-name:value = 'example.com'] REPEATS 5 TIMES | domain:example.com",
                "[file:mime_type = 'a/b' AND file:hashes.MD5 != 'd41d8cd98f00b204e9800998ecf8427e'] | none",
                "[domain-name:value NOT IN ('example.com')] | none",
                "[domain-name:value NOT != 'example.com'] | domain:example.com",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24'] | none",
                "[domain-name:value = 'not a domain'] | none",
                "[user-account:account_type = 'telegram' AND user-account:account_login = '@example'] | none",
            })
    void whoeverMatchesCarriesOneOfThese(String pattern, String expected) throws Exception {
        assertEquals(expected, anchors(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[domain-name:value = 'example.com']",
                "[domain-name:value = 'example.com' OR url:value = 'https://example.com/x']",
                "[domain-name:value = 'example.com'] OR [domain-name:value IN ('a.example.com', 'b.example.com')]",
            })
    void isFoundByItsValues(String pattern) throws Exception {
        assertEquals(true, PatternValues.plain(Pattern.parse(pattern).root()));
    }

    @Test
    void hasToBeTested() throws Exception {
        for (String pattern : List.of(
                "[ipv4-addr:value = '198.51.100.7' AND network-traffic:dst_port = 443]",
                "[domain-name:value = 'example.com'] AND [domain-name:value = 'example.net']",
                "[domain-name:value = 'example.com'] START t'2026-11-01T00:00:00Z' STOP t'2026-11-02T00:00:00Z'",
                "[domain-name:value = 'example.com' OR file:mime_type = 'a/b']",
                "[domain-name:value LIKE '%.example.com']",
                "[file:mime_type = 'a/b']",
                "[EXISTS domain-name:value]")) {
            assertEquals(false, PatternValues.plain(Pattern.parse(pattern).root()), pattern);
        }
    }
}
