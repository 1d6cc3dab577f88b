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
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.partners.CardOffers;

/**
 * Fetches the cards of partner centres: from time to time, and when a signature by an unknown key or a partner says
 * that there is a newer one. Each gateway does so, since each has a trust list. Safe for use by many threads at once.
 */
final class CardFetches {

    private static final Logger LOG = LoggerFactory.getLogger(CardFetches.class);

    /** A partner or a sender of unknown signatures does not decide how often others are asked. */
    private static final Duration CALM = Duration.ofMinutes(10);

    /** After the start, and after a failure. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FeedContext context;
    private final Supplier<TrustList> list;
    private final CardOffers offers;
    private final Duration interval;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What is known of one partner. */
    private static final class Partner {
        final AtomicBoolean running = new AtomicBoolean();
        volatile Instant next;
        volatile Instant lastWish = Instant.MIN;
        volatile boolean wanted;
        volatile CardOffers.Verdict verdict;

        Partner(Instant next) {
            this.next = next;
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
        for (TrustedCentre centre : list.get().centres()) {
            if (!centre.name().equals(context.self()) && !centre.endpoint().isEmpty()) {
                Partner partner = partner(centre.name(), now);
                partner.wanted |= unknown;
                if (due(partner, now) && partner.running.compareAndSet(false, true)) {
                    partner.next = now.plus(interval);
                    ThreadPools.virtualOnce("card-" + centre.name(), () -> fetch(centre.name(), partner));
                }
            }
        }
    }

    private Partner partner(String name, Instant now) {
        return partners.computeIfAbsent(
                name, n -> new Partner(now.plus(interval.compareTo(SOON) < 0 ? interval : SOON)));
    }

    private static boolean due(Partner partner, Instant now) {
        if (partner.wanted && !now.isBefore(partner.lastWish.plus(CALM))) {
            partner.wanted = false;
            partner.lastWish = now;
            return true;
        }
        return !now.isBefore(partner.next);
    }

    private void fetch(String name, Partner partner) {
        try (TaxiiClient client = new TaxiiClient(context, context.peer(name), () -> closed)) {
            Optional<byte[]> card = client.card();
            if (card.isPresent()) {
                judged(name, partner, offers.offer(name, card.get(), list.get()));
            }
        } catch (PartnerFailure unreachable) {
            LOG.debug("the card of {} was not fetched: {}", name, unreachable.getMessage());
        } catch (IOException | TrustListRejected ours) {
            LOG.error("the new card of {} cannot be taken: {}", name, ours.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("the card of {} was not fetched", name, bug);
        } finally {
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
                    LOG.warn("the new card of {} is refused: {}", name, verdict.sentence());
                }
            }
            case WAITS -> {
                if (!same) {
                    LOG.warn("{}: {}", name, verdict.sentence());
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

    /** Lets what runs end soon. */
    void close() {
        closed = true;
    }
}
