package uz.koprik.gateway.centre;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerState;
import uz.koprik.gateway.renewal.Expiries;
import uz.koprik.gateway.renewal.Expiry;

/**
 * How the exchange with each partner goes, and when keys, cards, lists and certificates end, as meters. Their number is
 * bounded by the number of partners. Those of a partner that was removed go; so {@link #refresh()} is called before
 * reading.
 */
final class PartnerMeters {

    private final MeterRegistry meters;
    private final Supplier<List<PartnerReport>> partners;
    private final Expiries expiries;
    private final LongFunction<Optional<Instant>> added;
    private final InstantSource clock;
    private final Map<Key, Meter> registered = new HashMap<>();
    private volatile Map<Key, Double> values = Map.of();

    /** A meter; {@code counts} when its value only grows. */
    private record Key(String name, Tags tags, String unit, String description, boolean counts) {}

    /** @param added when the entry of a sequence number was added; empty when that is not known now */
    PartnerMeters(
            MeterRegistry meters,
            Supplier<List<PartnerReport>> partners,
            Expiries expiries,
            LongFunction<Optional<Instant>> added,
            InstantSource clock) {
        this.meters = meters;
        this.partners = partners;
        this.expiries = expiries;
        this.added = added;
        this.clock = clock;
    }

    /** Reads the state of all partners; adds and removes meters for partners that came and went. */
    synchronized void refresh() {
        Reading reading = new Reading(added, clock.instant());
        expiries.all().forEach(reading::expiry);
        partners.get().forEach(reading::partner);
        values = Map.copyOf(reading.values);
        registered.keySet().removeIf(key -> {
            boolean gone = !values.containsKey(key);
            if (gone) {
                meters.remove(registered.get(key));
            }
            return gone;
        });
        values.keySet().forEach(key -> registered.computeIfAbsent(key, this::register));
    }

    private Meter register(Key key) {
        return key.counts()
                ? FunctionCounter.builder(key.name(), this, all -> all.value(key))
                        .tags(key.tags())
                        .description(key.description())
                        .register(meters)
                : Gauge.builder(key.name(), this, all -> all.value(key))
                        .tags(key.tags())
                        .baseUnit(key.unit())
                        .description(key.description())
                        .register(meters);
    }

    private double value(Key key) {
        return values.getOrDefault(key, Double.NaN);
    }

    /** Collects the values of one moment. */
    private static final class Reading {

        private final Map<Key, Double> values = new HashMap<>();
        private final LongFunction<Optional<Instant>> added;
        private final Instant now;

        Reading(LongFunction<Optional<Instant>> added, Instant now) {
            this.added = added;
            this.now = now;
        }

        void partner(PartnerReport report) {
            Tags tags = Tags.of("partner", report.settings().name());
            direction(
                    tags.and("direction", "pulled"),
                    report.memory().in(),
                    report.settings().pull());
            direction(
                    tags.and("direction", "pushed"),
                    report.memory().out(),
                    report.settings().push());
            direction(tags.and("direction", "received"), report.received(), false);
            waiting(tags.and("direction", "pulled"), report.memory().waitingIn());
            waiting(tags.and("direction", "pushed"), report.memory().waitingOut());
            gauge(
                    "koprik.partner.push.lag",
                    tags,
                    "entries",
                    "Entries that the push has not looked at yet",
                    report.settings().push() ? (double) report.pushLag() : 0);
            lagSeconds(tags, report);
            gauge(
                    "koprik.partner.card.waits",
                    tags,
                    null,
                    "1 while a new card of the partner is refused or waits for a person, else 0",
                    report.card().isPresent() ? 1 : 0);
            enabled(tags.and("direction", "pulled"), report.settings().pull());
            enabled(tags.and("direction", "pushed"), report.settings().push());
        }

        private void lagSeconds(Tags tags, PartnerReport report) {
            boolean lags = report.settings().push() && report.pushLag() > 0;
            Optional<Instant> oldest = lags ? added.apply(report.memory().pushedSeq() + 1) : Optional.of(now);
            oldest.ifPresent(at -> gauge(
                    "koprik.partner.push.lag.age",
                    tags,
                    "seconds",
                    "Age of the oldest entry that the push has not looked at yet; 0 when there is none",
                    Math.max(0, Duration.between(at, now).toMillis() / 1000.0)));
        }

        private void enabled(Tags tags, boolean on) {
            gauge("koprik.partner.enabled", tags, null, "1 when the direction is switched on, else 0", on ? 1 : 0);
        }

        /** All ends under one name, and each under the name that it had before. */
        void expiry(Expiry expiry) {
            moment(
                    "koprik.expiry",
                    Tags.of("what", expiry.kind().word(), "of", expiry.of()),
                    "End of a key, card, list, certificate or agreement",
                    expiry.at());
            Tags tags = expiry.own() ? Tags.empty() : Tags.of("partner", expiry.of());
            String whose = expiry.own() ? "koprik." : "koprik.partner.";
            switch (expiry.kind()) {
                case TRUST_LIST -> moment(whose + "trust.list.expiry", tags, "End of the trust list", expiry.at());
                case CARD ->
                    moment(whose + "card.expiry", tags, "End of the time in which the card can be added", expiry.at());
                case SIGNING_KEY -> moment(whose + "key.expiry", tags, "End of the last signing key", expiry.at());
                case CERTIFICATE ->
                    moment(whose + "certificate.expiry", tags, "End of the TLS certificate", expiry.at());
                case AGREEMENT ->
                    moment(whose + "agreement.expiry", tags, "End of the agreement with the partner", expiry.at());
            }
        }

        private void direction(Tags tags, PartnerState.Direction direction, boolean on) {
            direction
                    .contact()
                    .ifPresent(at ->
                            moment("koprik.partner.last.contact", tags, "Last answer or request of the partner", at));
            direction
                    .success()
                    .ifPresent(at ->
                            moment("koprik.partner.last.success", tags, "Last round or submission that succeeded", at));
            boolean failing = on && !direction.error().isEmpty();
            gauge("koprik.partner.failing", tags, null, "1 while rounds fail, else 0", failing ? 1 : 0);
            if (failing) {
                direction
                        .errorSince()
                        .ifPresent(at -> moment(
                                "koprik.partner.failing.since", tags, "First failure since the last success", at));
            }
            objects(tags, "accepted", direction.done());
            objects(tags, "unchanged", direction.unchanged());
            objects(tags, "refused", direction.refused());
            direction
                    .reasons()
                    .forEach((code, count) -> put(
                            new Key(
                                    "koprik.partner.refusals",
                                    tags.and("reason", code.toLowerCase(Locale.ROOT)),
                                    null,
                                    "Refused objects of the exchange, by reason",
                                    true),
                            count));
        }

        private void objects(Tags tags, String outcome, long count) {
            put(
                    new Key(
                            "koprik.partner.objects",
                            tags.and("outcome", outcome),
                            null,
                            "Objects of the exchange, by outcome",
                            true),
                    (double) count);
        }

        private void waiting(Tags tags, Map<String, Long> reasons) {
            gauge(
                    "koprik.partner.waiting",
                    tags,
                    "objects",
                    "Refused objects whose reason can pass, and which are offered again",
                    (double)
                            reasons.values().stream().mapToLong(Long::longValue).sum());
        }

        void moment(String name, Tags tags, String description, Instant at) {
            gauge(name + ".timestamp", tags, "seconds", description, at.toEpochMilli() / 1000.0);
        }

        private void gauge(String name, Tags tags, String unit, String description, double value) {
            put(new Key(name, tags, unit, description, false), value);
        }

        private void put(Key key, double value) {
            values.put(key, value);
        }
    }
}
