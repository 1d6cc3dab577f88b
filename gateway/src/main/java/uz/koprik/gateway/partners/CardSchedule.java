package uz.koprik.gateway.partners;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import uz.koprik.crypto.trust.CardFacts;

/**
 * When the card of one partner is fetched: from time to time, and at once when the partner names a higher sequence
 * number than that of the card on the trust list. Each reason has a limit of its own, since partners and senders of
 * unknown signatures do not decide how often others are asked. Safe for use by many threads at once.
 */
public final class CardSchedule {

    /** From one fetch because of an unknown key, or after a failure, to the next. */
    static final Duration CALM = Duration.ofMinutes(10);

    /** From one fetch because of a named number to the next, if the card has that number. */
    static final Duration NEWS = Duration.ofMinutes(1);

    private final Duration interval;
    private Instant next;
    private boolean wanted;
    private Instant lastWish = Instant.MIN;

    /** The highest number that the partner named since the last fetch, and the one for which that fetch was. */
    private long named;

    private long asked;

    /** The number on a card that waits for a person; nobody fetches it again. */
    private long waiting;

    private Instant newsFrom = Instant.MIN;
    private Duration pause = NEWS;

    /** The card on the list when a fetched card was refused or left to a person; null when none was. */
    private Optional<CardFacts> doubtful;

    /**
     * @param interval from one fetch to the next when nothing else happens
     * @param first when the card is fetched first
     */
    public CardSchedule(Duration interval, Instant first) {
        this.interval = interval;
        this.next = first;
    }

    /** An object was refused whose key nobody knows. */
    public synchronized void wish() {
        wanted = true;
    }

    /** The partner named the sequence number of its card. */
    public synchronized void named(long number) {
        named = Math.max(named, number);
    }

    /**
     * Whether the card is to be fetched now. After {@code true}, call {@link #judged} or {@link #failed}.
     *
     * @param held the card on the trust list; empty when it has none of the partner
     */
    public synchronized boolean due(Instant now, Optional<CardFacts> held) {
        boolean due = !now.isBefore(next);
        if (wanted && !now.isBefore(lastWish.plus(CALM))) {
            wanted = false;
            lastWish = now;
            due = true;
        }
        if (doubtful != null && !doubtful.equals(held)) {
            doubtful = null;
            due = true;
        }
        asked = 0;
        if (named > Math.max(waiting, held.map(CardFacts::sequence).orElse(0L)) && !now.isBefore(newsFrom)) {
            asked = named;
            newsFrom = now.plus(pause);
            due = true;
        }
        if (due) {
            next = now.plus(interval);
            named = 0;
        }
        return due;
    }

    /**
     * The card was fetched. When it is not the one that the partner named, the pause after the next one is twice as
     * long.
     *
     * @param held the card on the trust list when it was judged
     */
    public synchronized void judged(CardOffers.Verdict verdict, Instant now, Optional<CardFacts> held) {
        boolean good = verdict.result() == CardOffers.Result.KNOWN || verdict.result() == CardOffers.Result.TAKEN;
        doubtful = good ? null : held;
        if (verdict.result() == CardOffers.Result.WAITS) {
            waiting = Math.max(waiting, verdict.sequence());
        }
        if (asked > 0) {
            boolean honest = verdict.result() != CardOffers.Result.REFUSED && verdict.sequence() >= asked;
            pauseFor(honest ? NEWS : longer(pause, interval), now);
        }
    }

    /** The card could not be fetched, or this centre could not judge or keep it. */
    public synchronized void failed(Instant now) {
        Instant again = now.plus(CALM);
        next = again.isBefore(next) ? again : next;
        if (asked > 0) {
            named = Math.max(named, asked);
            pauseFor(longer(pause, CALM), now);
        }
    }

    private void pauseFor(Duration time, Instant now) {
        newsFrom = time.compareTo(pause) < 0 ? now.plus(time) : newsFrom;
        pause = time;
    }

    private static Duration longer(Duration pause, Duration most) {
        Duration twice = pause.multipliedBy(2);
        Duration limit = most.compareTo(NEWS) < 0 ? NEWS : most;
        return twice.compareTo(limit) > 0 ? limit : twice;
    }
}
