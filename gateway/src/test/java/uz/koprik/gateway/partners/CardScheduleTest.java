package uz.koprik.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.trust.CardFacts;
import uz.koprik.crypto.trust.Term;
import uz.koprik.indicators.wording.Sentence;

class CardScheduleTest {

    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Optional<CardFacts> FIVE = card(5);

    private final CardSchedule schedule = new CardSchedule(DAY, START.plus(DAY));
    private Instant now = START;

    private static Optional<CardFacts> card(long sequence) {
        return Optional.of(new CardFacts(sequence, new Term(START, START.plus(DAY)), List.of(), List.of()));
    }

    private void judged(CardOffers.Result result, long sequence) {
        schedule.judged(new CardOffers.Verdict(result, sequence, START, "", Sentence.NONE), now, FIVE);
    }

    @Test
    void aHigherNumberIsFetchedAtOnceAndNoLowerOne() {
        assertFalse(schedule.due(now, FIVE));
        schedule.named(5);
        assertFalse(schedule.due(now, FIVE));
        schedule.named(6);
        assertTrue(schedule.due(now, FIVE));
        judged(CardOffers.Result.TAKEN, 6);
        assertFalse(schedule.due(now, card(6)));
    }

    @Test
    void cardsThatFollowEachOtherAreFetchedOnceAMinute() {
        for (int number = 6; number < 12; number++) {
            schedule.named(number);
            assertTrue(schedule.due(now, card(number - 1)), "card " + number);
            judged(CardOffers.Result.TAKEN, number);
            schedule.named(number + 1);
            now = now.plusSeconds(59);
            assertFalse(schedule.due(now, card(number)), "card " + (number + 1));
            now = now.plusSeconds(1);
        }
    }

    @Test
    void aNumberThatNoCardHasIsFetchedMoreAndMoreRarely() {
        int fetches = 0;
        for (int second = 0; second < DAY.toSeconds(); second++) {
            schedule.named(999_999_999_999_999L);
            if (schedule.due(now, FIVE)) {
                fetches++;
                judged(CardOffers.Result.KNOWN, 5);
            }
            now = now.plusSeconds(1);
        }
        assertEquals(11, fetches, "after 0, 1, 3, 7 minutes and so on");
        now = now.plus(DAY);
        assertTrue(schedule.due(now, FIVE));
        judged(CardOffers.Result.KNOWN, 5);
        now = now.plus(DAY);
        schedule.named(6);
        assertTrue(schedule.due(now, FIVE));
        judged(CardOffers.Result.TAKEN, 6);
        schedule.named(7);
        assertTrue(schedule.due(now.plusSeconds(60), card(6)), "a true number ends the suspicion");
    }

    @Test
    void aCardThatWaitsForAPersonIsFetchedOnce() {
        schedule.named(6);
        assertTrue(schedule.due(now, FIVE));
        judged(CardOffers.Result.WAITS, 6);
        now = now.plus(Duration.ofHours(1));
        schedule.named(6);
        assertFalse(schedule.due(now, FIVE));
        schedule.named(7);
        assertTrue(schedule.due(now, FIVE));
    }

    @Test
    void aRefusedCardIsJudgedAgainWhenAPersonAddedIt() {
        schedule.named(6);
        assertTrue(schedule.due(now, FIVE));
        judged(CardOffers.Result.REFUSED, 6);
        assertFalse(schedule.due(now, FIVE));
        assertTrue(schedule.due(now, card(6)));
        judged(CardOffers.Result.KNOWN, 6);
        assertFalse(schedule.due(now, card(7)));
    }

    @Test
    void aFetchThatFailedIsRepeatedByItself() {
        schedule.named(6);
        assertTrue(schedule.due(now, FIVE));
        schedule.failed(now);
        now = now.plusSeconds(59);
        assertFalse(schedule.due(now, FIVE));
        now = now.plusSeconds(1);
        assertTrue(schedule.due(now, FIVE));
    }

    @Test
    void aPartnerThatWasAwayAtItsTurnIsAskedAgainSoon() {
        now = START.plus(DAY);
        assertTrue(schedule.due(now, FIVE));
        schedule.failed(now);
        assertFalse(schedule.due(now.plus(CardSchedule.CALM).minusSeconds(1), FIVE));
        assertTrue(schedule.due(now.plus(CardSchedule.CALM), FIVE));
    }

    @Test
    void anUnknownKeyIsFetchedOnceInTenMinutes() {
        schedule.wish();
        assertTrue(schedule.due(now, FIVE));
        schedule.wish();
        assertFalse(schedule.due(now.plusSeconds(599), FIVE));
        assertTrue(schedule.due(now.plusSeconds(600), FIVE));
    }

    @Test
    void aHeaderThatIsNoNumberIsIgnored() {
        CardNews news = new CardNews();
        for (String header : new String[] {null, "", "-3", "+7", "1e3", "9999999999999999", "\u0667", " 8"}) {
            news.heard("budapest", header);
        }
        assertEquals(0, news.take("budapest"));
        news.heard("budapest", "8");
        news.heard("budapest", "7");
        assertEquals(8, news.take("budapest"));
        assertEquals(0, news.take("budapest"));
        assertTrue(news.own().isEmpty());
        news.show(() -> 3);
        assertEquals(3, news.own().orElseThrow());
    }
}
