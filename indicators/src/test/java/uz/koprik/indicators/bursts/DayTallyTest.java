package uz.koprik.indicators.bursts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.lucene.LuceneStore;

/** A day counts what came since it began, by the hour, and follows the store. */
final class DayTallyTest {

    @TempDir
    Path folder;

    @Test
    void aDayFollowsTheStoreAndAnotherDayBeginsAnew() throws Exception {
        try (LuceneStore store = LuceneStore.open(folder)) {
            store.append(List.of(
                    Drafts.indicator(1).draft(),
                    Drafts.indicator(2).type("incident").house(true).draft()));
            Instant now = Instant.now();
            DayTally tally = new DayTally(store, Audience.of(new Recipient.Operator("olim"), now));
            Instant begin = now.minus(Duration.ofMinutes(150));
            DayTally.Day day = tally.since(begin);
            assertEquals(1, day.objects(), "case files are not counted");
            assertEquals(1, day.hours().get(2), () -> day.hours().toString());
            assertEquals(1, day.top(Dimension.PRODUCER, 5).getFirst().count());

            store.append(List.of(Drafts.indicator(3).draft()));
            assertEquals(2, tally.since(begin).objects());
            assertEquals(2, tally.since(begin).objects(), "nothing is counted twice");
            assertEquals(0, tally.since(now.plus(Duration.ofHours(1))).objects());
            assertEquals(2, tally.since(begin).objects());
        }
    }
}
