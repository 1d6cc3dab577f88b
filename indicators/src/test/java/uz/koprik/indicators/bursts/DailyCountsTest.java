package uz.koprik.indicators.bursts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.lucene.LuceneStore;

/** Daily counts come from what one audience may see. */
final class DailyCountsTest {

    private static final String HERE = "identity--00000000-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    private static Map<Feature, int[]> counts(LuceneStore store, Recipient recipient) throws Exception {
        Instant now = Instant.now();
        return new DailyCounts(store, Audience.of(recipient, now))
                .upTo(LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay());
    }

    private static int sum(Map<Feature, int[]> counts, Feature feature) {
        int sum = 0;
        for (int count : counts.getOrDefault(feature, new int[0])) {
            sum += count;
        }
        return sum;
    }

    @Test
    void whatTheAudienceMayNotSeeIsNotCounted() throws Exception {
        try (LuceneStore store = LuceneStore.open(folder)) {
            store.append(List.of(
                    Drafts.indicator(1).draft(),
                    Drafts.indicator(2).tlp(Tlp.RED).draft(),
                    Drafts.indicator(3).type("incident").house(true).draft(),
                    Drafts.indicator(4)
                            .producer("identity--case")
                            .type("incident")
                            .house(true)
                            .draft()));
            Feature here = new Feature(Dimension.PRODUCER, HERE);
            Map<Feature, int[]> operator = counts(store, new Recipient.Operator("olim"));
            assertEquals(2, sum(operator, here));
            assertEquals(Set.of(here), operator.keySet(), "a case file reveals no producer");
            assertEquals(1, sum(counts(store, new Recipient.Client("reader", Tlp.GREEN)), here));
        }
    }
}
