package uz.koprik.indicators.store.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstSeenIndexTest {

    @Test
    void remembersTheFirstOfVeryMany() {
        FirstSeenIndex met = new FirstSeenIndex();
        int count = 100_000;
        for (int i = 1; i <= count; i++) {
            met.add(List.of("value " + i, "again " + i % 100), i);
        }
        for (int i = 1; i <= count; i++) {
            assertEquals(i, met.of("value " + i));
        }
        assertEquals(100, met.of("again 0"));
        assertEquals(7, met.of("again 7"));
        assertEquals(FirstSeenIndex.NEVER, met.of("never met"));
        assertEquals(7, met.of(List.of("never met", "value 9", "again 7")));
        assertEquals(FirstSeenIndex.NEVER, met.of(List.of()));
    }
}
