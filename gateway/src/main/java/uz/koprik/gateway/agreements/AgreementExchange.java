package uz.koprik.gateway.agreements;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerLine;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * Keeps the pieces of both parties the same: posts all pieces with a partner to it, and takes those of the answer. It
 * does so at the start, after each change, from time to time, and again after failures for as long as they last. Each
 * gateway does so; what the partner holds already changes nothing. Safe for use by many threads at once.
 */
public final class AgreementExchange {

    /** Where a centre takes pieces of its partners. */
    public static final String PATH = "/api/agreement-exchanges";

    private static final Logger LOG = LoggerFactory.getLogger(AgreementExchange.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(10);

    /** The same while a proposal of this centre waits for a partner that may not be able to call. */
    private static final Duration WAITING = Duration.ofSeconds(15);

    /** From one exchange to the next when nothing changed: a restored home learns what it lost. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    /** More pieces of one exchange are not looked at. */
    private static final int MOST_AT_ONCE = 10 * AgreementBook.MOST_PIECES;

    private final AgreementBook book;
    private final AgreementIntake intake;
    private final PartnerLine line;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** How the exchange with one partner goes. */
    private static final class Partner {
        final AtomicBoolean running = new AtomicBoolean();
        /** Digests of the pieces that it holds as it last said, and of those that were posted to it. */
        volatile Set<String> holds = Set.of();

        volatile Set<String> posted = Set.of();

        /** The trust list at the last attempt: a later one may prove signatures that were refused. */
        volatile long trust;

        volatile Instant next = Instant.EPOCH;
        volatile Duration pause = FIRST_PAUSE;
        volatile Optional<Sentence> trouble = Optional.empty();
        volatile Optional<Instant> success = Optional.empty();
        volatile List<AgreementIntake.Refused> refused = List.of();
    }

    /**
     * How the exchange of agreements with a partner goes.
     *
     * @param delivered whether the partner holds all that this centre holds
     * @param success when this centre last exchanged agreements with it
     * @param trouble why the last attempt failed, of an {@link ExchangeTrouble}; empty when it did not
     * @param refused what the partner would not take
     */
    public record Delivery(
            boolean delivered,
            Optional<Instant> success,
            Optional<Sentence> trouble,
            List<AgreementIntake.Refused> refused) {

        public Delivery {
            refused = List.copyOf(refused);
        }
    }

    public AgreementExchange(AgreementBook book, AgreementIntake intake, PartnerLine line) {
        this.book = book;
        this.intake = intake;
        this.line = line;
    }

    /** Begins what is due. Returns at once; call it every second. */
    public void look() {
        if (closed) {
            return;
        }
        Instant now = book.now();
        for (TrustedCentre centre : book.partners()) {
            if (centre.endpoint().isEmpty()) {
                continue; // it makes the connection
            }
            Partner partner = partners.computeIfAbsent(centre.identity(), identity -> new Partner());
            boolean news = partner.trouble.isEmpty()
                    && own(centre.identity()).stream()
                            .anyMatch(digest -> !partner.holds.contains(digest) && !partner.posted.contains(digest));
            boolean due = news || partner.trust != book.trust().sequence() || !now.isBefore(partner.next);
            if (due && partner.running.compareAndSet(false, true)) {
                ThreadPools.virtualOnce("agreements-" + centre.name(), () -> exchange(centre, partner));
            }
        }
    }

    private void exchange(TrustedCentre centre, Partner partner) {
        Optional<Sentence> trouble = Optional.empty();
        partner.trust = book.trust().sequence();
        try {
            Set<String> own = own(centre.identity());
            Optional<byte[]> answer =
                    line.post(centre.name(), PATH, CanonicalJson.bytes(body(centre.identity(), List.of())));
            if (answer.isPresent()) {
                JsonObject json = StrictJson.parseObject(answer.get());
                partner.posted = own;
                partner.holds = digests(json);
                partner.refused = refused(json);
                intake.take(centre.name(), pieces(json));
            } else if (!own.isEmpty()) {
                trouble = Optional.of(ExchangeTrouble.PARTNER_EARLIER_VERSION.of(centre.name()));
            }
        } catch (MalformedJson malformed) {
            trouble = Optional.of(ExchangeTrouble.PARTNER_NOT_JSON.of(centre.name()));
        } catch (StoreUnavailable | DamagedAgreements ours) {
            trouble = Optional.of(ExchangeTrouble.EXCHANGE_OWN_STORE.of(ours.getMessage()));
        } catch (PartnerFailure unreachable) {
            trouble = Optional.of(unreachable.trouble());
        } catch (RuntimeException bug) {
            trouble =
                    Optional.of(ExchangeTrouble.EXCHANGE_ERROR.of(bug.getClass().getSimpleName()));
            LOG.error("agreements were not exchanged with {}", centre.name(), bug);
        } finally {
            settle(centre, partner, trouble);
            partner.running.set(false);
        }
    }

    private void settle(TrustedCentre centre, Partner partner, Optional<Sentence> trouble) {
        if (trouble.isEmpty()) {
            partner.success = Optional.of(book.now());
            partner.pause = FIRST_PAUSE;
            boolean waits =
                    book.with(centre.identity()).waiting(book.now()).stream().anyMatch(this::comesSoon);
            partner.next = book.now().plus(waits ? WAITING : INTERVAL);
        } else {
            LOG.debug("agreements wait: {}", trouble.get().text());
            partner.next = book.now().plus(partner.pause);
            Duration twice = partner.pause.multipliedBy(2);
            partner.pause = twice.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : twice;
        }
        partner.trouble = trouble;
    }

    /** Whether an answer may come that the partner has or gets: in a group it passes on those of others. */
    private boolean comesSoon(AgreementVersion version) {
        return version.text().group()
                ? version.missing().stream().anyMatch(party -> book.partners().stream()
                        .anyMatch(centre -> centre.identity().equals(party.identity())))
                : version.text().proposer().equals(book.self());
    }

    /**
     * Takes what a partner posted.
     *
     * @param body as {@link #PATH} takes it
     * @return the answer: all pieces of this centre, and what was refused
     * @throws AgreementRefused when the body is not of that form
     */
    public byte[] received(String partner, byte[] body) throws AgreementRefused, StoreUnavailable, DamagedAgreements {
        JsonObject json;
        try {
            json = StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new AgreementRefused(
                    AgreementRefused.Kind.INVALID, malformed.pointer(), "the body is not JSON: " + malformed.reason());
        }
        if (!(json.get("pieces") instanceof JsonArray)) {
            throw new AgreementRefused(
                    AgreementRefused.Kind.INVALID, "/pieces", "a list of agreements and notices is required");
        }
        List<AgreementIntake.Refused> refused = intake.take(partner, pieces(json));
        TrustedCentre centre = book.partner(partner)
                .orElseThrow(() -> new AgreementRefused(
                        AgreementRefused.Kind.ABSENT, "", partner + " is on the trust list no more"));
        Partner known = partners.computeIfAbsent(centre.identity(), identity -> new Partner());
        known.holds = digests(json);
        if (!known.trouble.isEmpty()) {
            known.next = book.now(); // it is there again
        }
        return CanonicalJson.bytes(body(centre.identity(), refused));
    }

    private JsonObject body(String identity, List<AgreementIntake.Refused> refused) {
        List<Json> pieces =
                book.pieces(identity).stream().<Json>map(StixObject::json).toList();
        JsonObject.Builder json = JsonObject.builder().put("pieces", new JsonArray(pieces));
        if (!refused.isEmpty()) {
            json.put(
                    "refused",
                    new JsonArray(refused.stream()
                            .<Json>map(one -> JsonObject.builder()
                                    .put("id", one.id())
                                    .put("pointer", one.pointer())
                                    .put("reason", one.reason())
                                    .put("code", one.why().code())
                                    .put("details", one.why().detailsJson())
                                    .build())
                            .toList()));
        }
        return json.build();
    }

    private Set<String> own(String identity) {
        return book.pieces(identity).stream().map(StixObject::digest).collect(Collectors.toSet());
    }

    private static Set<String> digests(JsonObject json) {
        return json.items("pieces").stream()
                .filter(JsonObject.class::isInstance)
                .map(item -> Sha256.hex(CanonicalJson.bytes(SignatureExtension.strip((JsonObject) item))))
                .collect(Collectors.toSet());
    }

    private static List<byte[]> pieces(JsonObject json) {
        List<byte[]> pieces = new ArrayList<>();
        for (Json item : json.items("pieces")) {
            pieces.add(CanonicalJson.bytes(item));
            if (pieces.size() == MOST_AT_ONCE) {
                break;
            }
        }
        return pieces;
    }

    private static List<AgreementIntake.Refused> refused(JsonObject json) {
        List<AgreementIntake.Refused> refused = new ArrayList<>();
        for (Json item : json.items("refused")) {
            if (item instanceof JsonObject one) {
                refused.add(new AgreementIntake.Refused(
                        one.string("id").orElse(""),
                        one.string("pointer").orElse(""),
                        Sentence.coded(
                                PieceFault.values(),
                                one.string("code").orElse(Sentence.OTHER),
                                Sentence.details(one, "details"),
                                one.string("reason").orElse(""))));
            }
        }
        return refused;
    }

    /** How the exchange with the partner of that identity goes. */
    public Delivery delivery(String identity) {
        Partner partner = partners.get(identity);
        return partner == null
                ? new Delivery(false, Optional.empty(), Optional.empty(), List.of())
                : new Delivery(
                        partner.holds.containsAll(own(identity)), partner.success, partner.trouble, partner.refused);
    }

    /** Lets what runs end soon. */
    public void close() {
        closed = true;
    }
}
