package uz.koprik.gateway.recalls;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerLine;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * Shows partners the recalls and receipts that concern them, and takes theirs: at the start, after each change, from
 * time to time, and again after failures for as long as they last. A request of its own, so that no backlog of objects
 * delays it. Each gateway does so; what the partner holds already is not sent. Safe for use by many threads at once.
 */
public final class RecallExchange {

    /** Where a centre takes pieces of its partners. */
    public static final String PATH = "/api/recall-exchanges";

    private static final Logger LOG = LoggerFactory.getLogger(RecallExchange.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(10);

    /** From one exchange to the next when nothing changed: a restored home learns what it lost. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    /** How long after a recall came the store is looked at again: batches of that moment may hold the object. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(5);

    /** A page that a partner cut before its receipt may be read this long after it. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final Duration SETTLE = Duration.ofSeconds(15);

    /** Pieces in one request or answer; more follow at once. */
    private static final int MOST_PIECES = 500;

    /** Characters of a digest by which pieces are distinguished. */
    private static final int DIGEST = 16;

    private final RecallBook book;
    private final RecallIntake intake;
    private final RecallKeeper keeper;
    private final PartnerLine line;
    private final Map<String, Partner> partners = new ConcurrentHashMap<>();
    private volatile Instant settled = Instant.EPOCH;
    private volatile boolean closed;

    /** How the exchange with one partner goes. */
    private static final class Partner {
        final AtomicBoolean running = new AtomicBoolean();
        /** Recalls about which the partner is to look once more. */
        final Set<String> again = ConcurrentHashMap.newKeySet();
        /** Beginnings of digests of the pieces that it holds as it last said, and of those that were posted to it. */
        volatile Set<String> holds = Set.of();

        volatile Set<String> posted = Set.of();
        volatile long looked = -1;
        volatile Instant next = Instant.EPOCH;
        volatile Duration pause = FIRST_PAUSE;
        volatile Optional<Sentence> trouble = Optional.empty();
        volatile boolean unable;
        volatile Optional<Instant> success = Optional.empty();
    }

    /**
     * How the exchange of recalls with a partner goes.
     *
     * @param success when this centre last exchanged recalls with it
     * @param trouble why the last attempt failed; empty when it did not
     * @param unable whether it runs a version that knows no recalls
     */
    public record Contact(Optional<Instant> success, Optional<Sentence> trouble, boolean unable) {}

    RecallExchange(RecallBook book, RecallIntake intake, RecallKeeper keeper, PartnerLine line) {
        this.book = book;
        this.intake = intake;
        this.keeper = keeper;
        this.line = line;
    }

    /** Begins what is due. Returns soon; call it every second. */
    public void look() {
        if (closed) {
            return;
        }
        book.tend();
        Instant now = book.now();
        if (!now.isBefore(settled.plus(SETTLE))) {
            settled = now;
            keeper.settleSince(now.minus(ON_THE_WAY));
            noteSightings();
        }
        for (TrustedCentre centre : book.partners()) {
            if (centre.endpoint().isEmpty()) {
                continue; // it makes the connection
            }
            Partner partner = partner(centre.identity());
            boolean due = !now.isBefore(partner.next) || (partner.trouble.isEmpty() && news(centre, partner));
            if (due && partner.running.compareAndSet(false, true)) {
                ThreadPools.virtualOnce("recalls-" + centre.name(), () -> exchange(centre, partner));
            }
        }
    }

    private Partner partner(String identity) {
        return partners.computeIfAbsent(identity, id -> new Partner());
    }

    private boolean news(TrustedCentre centre, Partner partner) {
        if (!partner.again.isEmpty()) {
            return true;
        }
        long generation = book.generation();
        if (partner.looked == generation) {
            return false;
        }
        partner.looked = generation;
        return !missing(centre, partner.holds, partner.posted).isEmpty();
    }

    /** That a partner gave a recalled object here although it said that it gave the object up. */
    private void noteSightings() {
        for (Map.Entry<RecallBook.Sighting, Instant> one : book.takeSightings().entrySet()) {
            Optional<TrustedCentre> centre = book.partner(one.getKey().partner());
            Optional<RecallRecord> record = book.find(one.getKey().recall());
            boolean after = centre.isPresent()
                    && record.flatMap(found -> found.receipt(centre.get().identity()))
                            .filter(receipt ->
                                    receipt.firstSeen().plus(UNDER_WAY).isBefore(one.getValue()))
                            .isPresent();
            if (after) {
                try {
                    contradict(record.get(), centre.get().identity(), Optional.of(one.getValue()));
                } catch (StoreUnavailable | DamagedRecalls later) {
                    LOG.warn("what {} still has is not noted: {}", centre.get().name(), later.getMessage());
                }
            }
        }
    }

    /** Notes whether a partner that answered a recall was seen to have the object still. */
    void contradict(RecallRecord record, String identity, Optional<Instant> seen)
            throws StoreUnavailable, DamagedRecalls {
        boolean answered = record.receipt(identity)
                .filter(receipt -> seen.isEmpty() || receipt.firstSeen().isBefore(seen.get()))
                .isPresent();
        if (answered && record.contradicted().containsKey(identity) != seen.isPresent()) {
            book.change(record, now -> now.withContradiction(identity, seen));
            seen.ifPresent(at -> LOG.warn(
                    "{} has {} still, although its receipt of the recall says that it gave it up",
                    book.speaker(identity).map(TrustedCentre::name).orElse(identity),
                    record.recall().object()));
        }
    }

    private void exchange(TrustedCentre centre, Partner partner) {
        Optional<Sentence> trouble = Optional.empty();
        boolean unable = false;
        boolean more = false;
        Set<String> again = Set.copyOf(partner.again);
        try {
            Map<String, StixObject> news = missing(centre, partner.holds, partner.posted);
            Optional<byte[]> answer =
                    line.post(centre.name(), PATH, CanonicalJson.bytes(body(centre, news.values(), again)));
            if (answer.isPresent()) {
                JsonObject json = StrictJson.parseObject(answer.get());
                List<byte[]> pieces = pieces(json);
                Set<String> posted = new HashSet<>(partner.posted);
                posted.addAll(news.keySet());
                // Refusals of one partner are receipts that it does not keep; they need no answer.
                intake.take(centre, pieces);
                partner.holds = texts(json, "holds");
                partner.posted = posted;
                partner.again.removeAll(again);
                more = pieces.size() >= MOST_PIECES || news.size() >= MOST_PIECES;
            } else {
                unable = true;
            }
        } catch (MalformedJson malformed) {
            trouble = Optional.of(ExchangeTrouble.PARTNER_NOT_JSON.of(centre.name()));
        } catch (StoreUnavailable | DamagedRecalls ours) {
            trouble = Optional.of(ExchangeTrouble.EXCHANGE_OWN_STORE.of(ours.getMessage()));
        } catch (PartnerFailure unreachable) {
            trouble = Optional.of(unreachable.trouble());
        } catch (RuntimeException bug) {
            trouble =
                    Optional.of(ExchangeTrouble.EXCHANGE_ERROR.of(bug.getClass().getSimpleName()));
            LOG.error("recalls were not exchanged with {}", centre.name(), bug);
        } finally {
            partner.unable = trouble.isEmpty() ? unable : partner.unable;
            partner.looked = -1;
            settle(partner, trouble, more);
            partner.running.set(false);
        }
    }

    private void settle(Partner partner, Optional<Sentence> trouble, boolean more) {
        if (trouble.isEmpty()) {
            partner.success = partner.unable ? partner.success : Optional.of(book.now());
            partner.pause = FIRST_PAUSE;
            partner.next = more ? book.now() : book.now().plus(INTERVAL);
        } else {
            LOG.debug("recalls wait: {}", trouble.get().text());
            partner.next = book.now().plus(partner.pause);
            Duration twice = partner.pause.multipliedBy(2);
            partner.pause = twice.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : twice;
        }
        partner.trouble = trouble;
    }

    /**
     * Takes what a partner posted.
     *
     * @param body as {@link #PATH} takes it
     * @return the answer: what this centre holds, and what the partner lacks of it
     * @throws RecallRefused when the body is not of that form
     */
    public byte[] received(String sender, byte[] body) throws RecallRefused, StoreUnavailable, DamagedRecalls {
        JsonObject json;
        try {
            json = StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new RecallRefused(
                    RecallRefused.Kind.INVALID,
                    "at " + malformed.pointer() + ": the body is not JSON: " + malformed.reason());
        }
        if (!(json.get("pieces") instanceof JsonArray) || !(json.get("holds") instanceof JsonArray)) {
            throw new RecallRefused(
                    RecallRefused.Kind.INVALID,
                    "\"pieces\", a list of recalls and receipts, and \"holds\" are required");
        }
        TrustedCentre centre = book.partner(sender)
                .orElseThrow(
                        () -> new RecallRefused(RecallRefused.Kind.ABSENT, sender + " is on the trust list no more"));
        List<StixObject> refusals = intake.take(centre, pieces(json));
        again(centre, texts(json, "again"));
        Partner known = partner(centre.identity());
        known.unable = false;
        known.holds = texts(json, "holds");
        known.looked = -1;
        if (!known.trouble.isEmpty()) {
            known.next = book.now(); // it is there again
        }
        Map<String, StixObject> news = missing(centre, known.holds, Set.of());
        List<StixObject> all = new ArrayList<>(refusals);
        all.addAll(news.values());
        return CanonicalJson.bytes(body(centre, all, Set.of()));
    }

    /** Looks once more at recalls that the partner asks about, and passes the question on. */
    private void again(TrustedCentre centre, Set<String> ids) throws StoreUnavailable, DamagedRecalls {
        for (String id : ids) {
            Optional<RecallRecord> record = book.find(id).filter(found -> upstream(found, centre) && !book.ours(found));
            if (record.isPresent()) {
                keeper.settle(record.get());
                again(record.get());
            }
        }
    }

    /** Lets the partners to which a recall goes look once more. */
    public void again(RecallRecord record) {
        for (RecallRecord.Target target : record.targets()) {
            target.identity().ifPresent(identity -> {
                Partner partner = partner(identity);
                partner.again.add(record.recall().id());
                partner.next = book.now();
            });
        }
    }

    private JsonObject body(TrustedCentre centre, Iterable<StixObject> pieces, Set<String> again) {
        List<Json> objects = new ArrayList<>();
        pieces.forEach(piece -> objects.add(piece.json()));
        JsonObject.Builder json =
                JsonObject.builder().put("pieces", new JsonArray(objects)).put("holds", texts(held(centre)));
        if (!again.isEmpty()) {
            json.put("again", texts(again));
        }
        return json.build();
    }

    /** What the partner is shown and does not hold, recalls first. */
    private Map<String, StixObject> missing(TrustedCentre centre, Set<String> holds, Set<String> posted) {
        Map<String, StixObject> missing = new LinkedHashMap<>();
        Map<String, StixObject> receipts = new LinkedHashMap<>();
        for (RecallRecord record : book.all()) {
            boolean upstream = upstream(record, centre);
            if (upstream || record.goesTo(centre.identity())) {
                put(missing, record.object(), holds, posted);
            }
            for (RecallRecord.SignedReceipt one :
                    upstream ? record.receipts() : List.<RecallRecord.SignedReceipt>of()) {
                if (!one.receipt().centre().equals(centre.identity())) {
                    put(receipts, one.object(), holds, posted);
                }
            }
        }
        receipts.forEach(missing::put);
        Map<String, StixObject> some = new LinkedHashMap<>();
        missing.entrySet().stream().limit(MOST_PIECES).forEach(one -> some.put(one.getKey(), one.getValue()));
        return some;
    }

    private static void put(Map<String, StixObject> pieces, StixObject object, Set<String> holds, Set<String> posted) {
        String digest = object.digest().substring(0, DIGEST);
        if (!holds.contains(digest) && !posted.contains(digest)) {
            pieces.put(digest, object);
        }
    }

    /** What this centre holds of the recalls that it has in common with a partner. */
    private Set<String> held(TrustedCentre centre) {
        Set<String> held = new HashSet<>();
        for (RecallRecord record : book.all()) {
            if (upstream(record, centre) || record.goesTo(centre.identity())) {
                held.add(record.object().digest().substring(0, DIGEST));
                record.receipts().forEach(one -> held.add(one.object().digest().substring(0, DIGEST)));
            }
        }
        return held;
    }

    /** Whether a partner made the recall, or sent it here. */
    private boolean upstream(RecallRecord record, TrustedCentre centre) {
        return record.from().equals(centre.name())
                || book.speaker(record.recall().producer())
                        .filter(producer -> producer.identity().equals(centre.identity()))
                        .isPresent();
    }

    private static List<byte[]> pieces(JsonObject json) {
        return json.items("pieces").stream()
                .limit(2L * MOST_PIECES)
                .map(CanonicalJson::bytes)
                .toList();
    }

    private static JsonArray texts(Set<String> texts) {
        return new JsonArray(texts.stream().<Json>map(JsonString::new).toList());
    }

    private static Set<String> texts(JsonObject json, String name) {
        Set<String> texts = new HashSet<>();
        for (Json item : json.items(name)) {
            if (item instanceof JsonString text) {
                texts.add(text.value());
            }
        }
        return texts;
    }

    /** How the exchange with the partner of that identity goes. */
    public Contact contact(String identity) {
        Partner partner = partners.get(identity);
        return partner == null
                ? new Contact(Optional.empty(), Optional.empty(), false)
                : new Contact(partner.success, partner.trouble, partner.unable);
    }

    /** Lets what runs end soon. */
    public void close() {
        closed = true;
    }
}
