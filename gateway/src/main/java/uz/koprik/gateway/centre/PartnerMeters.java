package uz.koprik.gateway.centre;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.crypto.trust.TrustedKey;
import uz.koprik.gateway.feeds.PartnerReport;
import uz.koprik.gateway.feeds.PartnerState;

/**
 * How the exchange with each partner goes, and when keys, cards, lists and certificates end, as meters. Their number is
 * bounded by the number of partners. Those of a partner that was removed go; so {@link #refresh()} is called before
 * reading.
 */
final class PartnerMeters {

    private final MeterRegistry meters;
    private final Supplier<List<PartnerReport>> partners;
    private final Supplier<TrustList> trust;
    private final Supplier<TrustedKey> ownKey;
    private final X509Certificate ownCertificate;
    private final Map<Key, Meter> registered = new HashMap<>();
    private volatile Map<Key, Double> values = Map.of();

    /** A meter; {@code counts} when its value only grows. */
    private record Key(String name, Tags tags, String unit, String description, boolean counts) {}

    PartnerMeters(
            MeterRegistry meters,
            Supplier<List<PartnerReport>> partners,
            Supplier<TrustList> trust,
            Supplier<TrustedKey> ownKey,
            X509Certificate ownCertificate) {
        this.meters = meters;
        this.partners = partners;
        this.trust = trust;
        this.ownKey = ownKey;
        this.ownCertificate = ownCertificate;
    }

    /** Reads the state of all partners; adds and removes meters for partners that came and went. */
    synchronized void refresh() {
        Reading reading = new Reading();
        TrustList list = trust.get();
        reading.moment("koprik.trust.list.expiry", Tags.empty(), "End of the trust list", list.expires());
        reading.moment(
                "koprik.key.expiry",
                Tags.empty(),
                "End of the signing key of this centre",
                ownKey.get().validUntil());
        reading.moment(
                "koprik.certificate.expiry",
                Tags.empty(),
                "End of the TLS certificate of this centre",
                ownCertificate.getNotAfter().toInstant());
        reading.card(Tags.empty(), "koprik.card.expiry", list, list.owner());
        for (PartnerReport partner : partners.get()) {
            reading.partner(partner, list);
        }
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

        void partner(PartnerReport report, TrustList list) {
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
            report.settings()
                    .agreement()
                    .validUntil()
                    .ifPresent(end -> moment(
                            "koprik.partner.agreement.expiry", tags, "End of the agreement with the partner", end));
            report.certificate()
                    .ifPresent(end -> moment(
                            "koprik.partner.certificate.expiry",
                            tags,
                            "End of the TLS certificate that the partner last showed",
                            end));
            report.centre()
                    .flatMap(Reading::lastKey)
                    .ifPresent(end -> moment(
                            "koprik.partner.key.expiry", tags, "End of the last signing key of the partner", end));
            card(tags, "koprik.partner.card.expiry", list, report.settings().name());
        }

        private static Optional<Instant> lastKey(TrustedCentre centre) {
            return centre.keys().stream().map(TrustedKey::validUntil).max(Instant::compareTo);
        }

        void card(Tags tags, String name, TrustList list, String centre) {
            list.cardExpires(centre)
                    .ifPresent(end -> moment(name, tags, "End of the time in which the card can be added", end));
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
