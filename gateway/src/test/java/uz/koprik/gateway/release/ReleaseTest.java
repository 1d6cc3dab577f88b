package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.intake.Objects;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;

/** What release clears for one recipient. */
final class ReleaseTest {

    private static final Recipient ANALYST = new Recipient.Analyst("anna");
    private static final Recipient CLIENT = new Recipient.Client("reader", Tlp.GREEN);

    @TempDir
    Path folder;

    private static List<String> ids(List<ValueMatch> matches) {
        return matches.stream()
                .flatMap(match -> match.met().stream())
                .map(ValueMatch.MatchedObject::id)
                .toList();
    }

    @Test
    void theMatchesOfANewObjectAreThoseThatTheRecipientMaySee() throws Exception {
        try (TestCentre centre = new TestCentre("tashkent", folder)) {
            String pattern = "[domain-name:value = 'example.com']";
            String hidden = Objects.id("indicator");
            String open = Objects.id("indicator");
            centre.one(Objects.indicator(hidden, centre.identity, pattern, "2026-11-01T00:00:00.000Z", Tlp.RED));
            centre.one(Objects.indicator(open, centre.identity, pattern, "2026-11-01T00:00:00.000Z", Tlp.CLEAR));
            Outcome outcome = centre.one(Objects.indicator(
                    Objects.id("indicator"), centre.identity, pattern, "2026-11-01T00:00:00.000Z", Tlp.CLEAR));
            assertEquals(List.of(open, hidden), ids(centre.release.matches(ANALYST, outcome)));
            assertEquals(List.of(open), ids(centre.release.matches(CLIENT, outcome)));
            assertFalse(outcome.toString().contains(hidden), "an outcome that is printed reveals no match");
        }
    }

    @Test
    void aRecipientWhoMaySeeLessThanIsCountedGetsNoCounts() throws Exception {
        try (TestCentre centre = new TestCentre("tashkent", folder)) {
            centre.one(Objects.indicator(Objects.id("indicator"), centre.identity, "example.com"));
            long today = LocalDate.ofInstant(centre.now, ZoneOffset.UTC).toEpochDay();
            assertEquals(Map.of(), centre.release.dailyCounts(CLIENT, today));
            assertFalse(centre.release
                    .dailyCounts(ANALYST, LocalDate.now(ZoneOffset.UTC).toEpochDay())
                    .isEmpty());
        }
    }
}
