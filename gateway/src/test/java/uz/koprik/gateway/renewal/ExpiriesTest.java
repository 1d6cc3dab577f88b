package uz.koprik.gateway.renewal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.trust.CardContents;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.gateway.clock.TrustExpired;
import uz.koprik.gateway.partners.Endpoints;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.wording.Sentence;

/** What ends when, and how people learn of it. */
class ExpiriesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final CentreKeys keys = keys("tashkent", List.of("exchange.example.com", "192.0.2.7"));
    private final CentreKeys partner = keys("budapest", List.of("budapest.example.com"));

    private static CentreKeys keys(String name, List<String> hosts) {
        return CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), hosts, NOW);
    }

    private static Instant day(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    private CentreCard card(String endpoint) {
        return CentreCard.issue(
                new CardContents(
                        "tashkent",
                        "Tashkent",
                        "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                        List.of(keys.publicKey()),
                        List.of(keys.tlsPin()),
                        endpoint),
                List.of(keys.signingKey()),
                1,
                NOW);
    }

    private List<String> findings(String endpoint, Instant now) {
        return CardFindings.of(card(endpoint), keys.tlsCertificate(), now);
    }

    private Expiries expiries(int certificateDays, int agreementDays) throws Exception {
        TrustList list = TrustList.initial(card(""), NOW)
                .with(
                        CentreCard.issue(
                                "budapest",
                                "Budapest",
                                "identity--0d4d4b8e-6c57-4f0e-8e2d-2c9e7b1a3f55",
                                partner,
                                "",
                                NOW.minus(Duration.ofDays(30))),
                        Set.of("producer"),
                        NOW);
        PartnerSettings before = PartnerSettings.introduced("budapest");
        PartnerSettings settings = new PartnerSettings(
                "budapest",
                before.pull(),
                before.pullInterval(),
                before.push(),
                false,
                new Agreement(Tlp.GREEN, Optional.empty(), Optional.of(day(agreementDays)), ""),
                Optional.empty());
        return new Expiries(
                () -> list,
                () -> keys,
                () -> List.of(settings),
                name -> name.equals("budapest") ? Optional.of(day(certificateDays)) : Optional.empty());
    }

    @Test
    void knowsAllThatEnds() throws Exception {
        assertEquals(
                List.of(
                        new Expiry(Expiry.Kind.CERTIFICATE, "budapest", false, day(100)),
                        new Expiry(Expiry.Kind.AGREEMENT, "budapest", false, day(200)),
                        new Expiry(Expiry.Kind.CARD, "budapest", false, day(335)),
                        new Expiry(Expiry.Kind.TRUST_LIST, "tashkent", true, day(365)),
                        new Expiry(Expiry.Kind.CARD, "tashkent", true, day(365)),
                        new Expiry(Expiry.Kind.SIGNING_KEY, "tashkent", true, day(730)),
                        new Expiry(Expiry.Kind.CERTIFICATE, "tashkent", true, day(730)),
                        new Expiry(Expiry.Kind.SIGNING_KEY, "budapest", false, day(730))),
                expiries(100, 200).all());
        assertEquals(4, expiries(100, 200).own().size());
        assertEquals(4, expiries(100, 200).of("budapest").size());
        assertEquals(List.of(), expiries(100, 200).of("nobody"));
    }

    @Test
    void warnsSixtyThirtySevenAndOneDaysBeforeAnEnd() {
        Expiry expiry = new Expiry(Expiry.Kind.SIGNING_KEY, "budapest", false, day(100));
        assertEquals(OptionalInt.empty(), expiry.threshold(day(39)));
        assertEquals(OptionalInt.of(60), expiry.threshold(day(40)));
        assertEquals(OptionalInt.of(60), expiry.threshold(day(69)));
        assertEquals(OptionalInt.of(30), expiry.threshold(day(70)));
        assertEquals(OptionalInt.of(7), expiry.threshold(day(93)));
        assertEquals(OptionalInt.of(1), expiry.threshold(day(99)));
        assertEquals(OptionalInt.of(0), expiry.threshold(day(100)));
        assertTrue(
                expiry.sentence(day(71)).startsWith("the signing key of budapest ends in 29 days, at 2027-03-09T"),
                () -> expiry.sentence(day(71)));
        assertTrue(expiry.sentence(day(99).plusSeconds(1)).contains("ends within a day"));
        assertTrue(expiry.sentence(day(101)).contains("ended at "));
        for (Expiry.Kind kind : Expiry.Kind.values()) {
            for (boolean own : List.of(true, false)) {
                String sentence = new Expiry(kind, "budapest", own, day(100)).sentence(day(99));
                assertTrue(sentence.matches("the .* budapest ends in 1 day, at .*: \\S.*"), sentence);
            }
        }
    }

    @Test
    void logsEachEndOnceADay() throws Exception {
        Instant[] now = {day(10)};
        ExpiryLog log = new ExpiryLog(expiries(15, 20), () -> now[0]);
        Logger logger = (Logger) LoggerFactory.getLogger(ExpiryLog.class);
        String thread = Thread.currentThread().getName();
        ListAppender<ILoggingEvent> lines = new ListAppender<>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getThreadName().equals(thread)) { // centres of other tests have such lines, too
                    super.append(line);
                }
            }
        };
        lines.start();
        logger.addAppender(lines);
        try {
            log.look();
            log.look();
            now[0] = day(11).minusSeconds(1);
            log.look();
            assertEquals(2, lines.list.size(), () -> lines.list.toString());
            assertTrue(
                    lines.list.getFirst().getFormattedMessage().contains("TLS certificate of budapest ends in 5 days"));
            now[0] = day(11);
            log.look();
            assertEquals(4, lines.list.size(), () -> lines.list.toString());
        } finally {
            logger.detachAppender(lines);
        }
    }

    @Test
    void findsNothingWrongWithAGoodCard() {
        assertEquals(List.of(), findings("https://exchange.example.com:8443/taxii2/koprik/", NOW));
        assertEquals(List.of(), findings("https://192.0.2.7/taxii2/koprik/", NOW));
    }

    @Test
    void warnsOfAnAddressThatPartnersCannotUse() {
        for (String local : List.of("localhost", "127.0.0.1", "127.8.9.1", "[::1]", "0.0.0.0", "x.localhost")) {
            String finding =
                    findings("https://" + local + ":8443/taxii2/koprik/", NOW).getFirst();
            assertTrue(finding.contains("which only this machine reaches: set public_url in koprik.yaml"), finding);
        }
        assertTrue(findings("", NOW).getFirst().contains("names no address"));
        String other = findings("https://other.example.com/taxii2/koprik/", NOW).getFirst();
        assertTrue(
                other.contains("the host other.example.com, and the TLS certificate is made for exchange.example.com,"
                        + " 192.0.2.7"),
                other);
    }

    @Test
    void warnsOfWhatEndsSoon() {
        List<String> findings = findings("https://exchange.example.com/taxii2/koprik/", day(306));
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.getFirst().startsWith("the card of tashkent ends in 59 days"), findings::toString);
    }

    @Test
    void knowsWhichNamesACertificateCovers() {
        assertTrue(Endpoints.covers("*.example.com", "exchange.EXAMPLE.com"));
        assertFalse(Endpoints.covers("*.example.com", "a.b.example.com"));
        assertFalse(Endpoints.covers("*.example.com", "example.com"));
        assertTrue(Endpoints.covers("example.com", "example.com."));
    }

    @Test
    void theGateIsClosedOnceTheListExpired() throws Exception {
        TrustList list = TrustList.initial(card(""), NOW);
        new TrustGate(() -> list, () -> day(365)).require();
        TrustGate late = new TrustGate(() -> list, () -> day(365).plusSeconds(1));
        String words = assertThrows(TrustExpired.class, late::require).getMessage();
        assertTrue(words.startsWith("the trust list of this centre expired at " + day(365)), words);
        assertEquals(Optional.of(words), late.trouble().map(Sentence::text));
    }
}
