package uz.koprik.gateway.feeds;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.partners.CardOffers;
import uz.koprik.gateway.partners.CardSchedule;
import uz.koprik.gateway.partners.PartnerFailure;

/**
 * Fetches the cards of partner centres: from time to time, and when a signature by an unknown key or a partner says
 * that there is a newer one. Reports a new card of this centre to all partners, by one request each. Each gateway does
 * so, since each has a trust list. Safe for use by many threads at once.
 */
final class CardFetches {

    private static final Logger LOG = LoggerFactory.getLogger(CardFetches.class);

    /** After the start. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** From one report to a partner that does not answer to the next, at first and at last. */
    private static final Duration REPORT_AGAIN = Duration.ofSeconds(10);

    private static final Duration REPORT_AGAIN_LAST = Duration.ofMinutes(10);

    private final FeedContext context;
    private final Supplier<TrustList> list;
    private final CardOffers offers;
    private final Duration interval;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What is known of one partner. */
    private static final class Partner {
        final AtomicBoolean running = new AtomicBoolean();
        final CardSchedule schedule;
        final AtomicBoolean reporting = new AtomicBoolean();
        volatile CardOffers.Verdict verdict;

        /** The number of the own card that it knows, and that of the last attempt to report one. */
        volatile long reported;

        volatile long attempted;
        volatile Instant reportFrom;
        volatile Duration reportPause = REPORT_AGAIN;

        Partner(CardSchedule schedule, long own, Instant reportFrom) {
            this.schedule = schedule;
            this.attempted = own;
            this.reportFrom = reportFrom;
        }
    }

    /** @param interval from one look to the next */
    CardFetches(FeedContext context, Supplier<TrustList> list, CardOffers offers, Duration interval) {
        this.context = context;
        this.list = list;
        this.offers = offers;
        this.interval = interval;
    }

    /** Begins what is due. Returns at once; call it every second. */
    void look() {
        if (closed || context.clockTrouble().get().isPresent()) {
            return;
        }
        Instant now = context.clock().instant();
        boolean unknown = context.unknownKey().getAndSet(false);
        long own = context.cards().own().orElse(0);
        TrustList known = list.get();
        for (TrustedCentre centre : known.centres()) {
            if (!centre.name().equals(context.self()) && !centre.endpoint().isEmpty()) {
                Partner partner = partner(centre.name(), own, now);
                if (unknown) {
                    partner.schedule.wish();
                }
                fetchIfDue(centre.name(), partner, known, now);
                reportIfDue(centre.name(), partner, own, now);
            }
        }
    }

    private Partner partner(String name, long own, Instant now) {
        Instant first = now.plus(interval.compareTo(SOON) < 0 ? interval : SOON);
        return partners.computeIfAbsent(name, n -> new Partner(new CardSchedule(interval, first), own, first));
    }

    private void fetchIfDue(String name, Partner partner, TrustList known, Instant now) {
        partner.schedule.named(context.cards().take(name));
        if (!partner.running.get() && partner.schedule.due(now, known.card(name))) {
            partner.running.set(true);
            ThreadPools.virtualOnce("card-" + name, () -> fetch(name, partner));
        }
    }

    /** A new number is reported at once, an old one again after failures. */
    private void reportIfDue(String name, Partner partner, long own, Instant now) {
        boolean due = partner.reported != own && (partner.attempted != own || !now.isBefore(partner.reportFrom));
        if (due && own > 0 && partner.reporting.compareAndSet(false, true)) {
            if (partner.attempted != own) {
                partner.reportPause = REPORT_AGAIN;
            }
            partner.attempted = own;
            ThreadPools.virtualOnce("report-card-" + name, () -> report(name, partner, own));
        }
    }

    private void report(String name, Partner partner, long own) {
        try (TaxiiClient client = new TaxiiClient(context, context.peer(name), () -> closed)) {
            client.maxContentLength();
            partner.reported = own;
        } catch (PartnerFailure unreachable) {
            LOG.debug("the own card was not reported to {}: {}", name, unreachable.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("the own card was not reported to {}", name, bug);
        } finally {
            Duration pause = partner.reportPause;
            partner.reportFrom = context.clock().instant().plus(pause);
            Duration twice = pause.multipliedBy(2);
            partner.reportPause = twice.compareTo(REPORT_AGAIN_LAST) > 0 ? REPORT_AGAIN_LAST : twice;
            partner.reporting.set(false);
        }
    }

    private void fetch(String name, Partner partner) {
        boolean done = false;
        try (TaxiiClient client = new TaxiiClient(context, context.peer(name), () -> closed)) {
            Optional<byte[]> card = client.card();
            if (card.isPresent()) {
                TrustList known = list.get();
                CardOffers.Verdict verdict = offers.offer(name, card.get(), known);
                partner.schedule.judged(verdict, context.clock().instant(), known.card(name));
                judged(name, partner, verdict);
            }
            done = true;
        } catch (PartnerFailure unreachable) {
            LOG.debug("the card of {} was not fetched: {}", name, unreachable.getMessage());
        } catch (IOException | TrustListRejected | KeyFileRejected ours) {
            LOG.error("the new card of {} cannot be taken: {}", name, ours.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("the card of {} was not fetched", name, bug);
        } finally {
            if (!done) {
                partner.schedule.failed(context.clock().instant());
            }
            partner.running.set(false);
        }
    }

    private static void judged(String name, Partner partner, CardOffers.Verdict verdict) {
        CardOffers.Verdict before = partner.verdict;
        partner.verdict = verdict;
        boolean same = before != null && before.sentence().equals(verdict.sentence());
        switch (verdict.result()) {
            case REFUSED -> {
                if (!same) {
                    LOG.warn(
                            "the new card of {} is refused: {}",
                            name,
                            verdict.sentence().text());
                }
            }
            case WAITS -> {
                if (!same) {
                    LOG.warn("{}: {}", name, verdict.sentence().text());
                }
            }
            case KNOWN, TAKEN -> LOG.debug("the card of {} is in use", name);
        }
    }

    /** The card of a partner that people should look at; empty when there is none. */
    Optional<CardOffers.Verdict> note(String name) {
        return Optional.ofNullable(partners.get(name))
                .map(partner -> partner.verdict)
                .filter(verdict -> !verdict.sentence().isEmpty())
                .filter(verdict ->
                        list.get().card(name).filter(verdict::settledBy).isEmpty());
    }

    /** The fingerprint of the card in use, when the partner showed just that card since this gateway started. */
    Optional<String> fingerprint(String name) {
        return Optional.ofNullable(partners.get(name))
                .map(partner -> partner.verdict)
                .filter(verdict -> list.get()
                        .card(name)
                        .filter(known -> known.sequence() == verdict.sequence()
                                && known.term().issued().equals(verdict.issued()))
                        .isPresent())
                .map(CardOffers.Verdict::fingerprint);
    }

    /** Lets what runs end soon. */
    void close() {
        closed = true;
    }
}
