package uz.koprik.gateway.sources;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.IndicatorWriter;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Writes the versions of the indicators of one feed (ADR 13). Their ids follow from the feed, the pattern and the name,
 * so each feed has its own indicator of a value, with its own marking and its own end.
 */
final class SourceObjects {

    /** The label of what a feed says that nobody signed. */
    static final String UNSIGNED = "unsigned-feed";

    /** What the submitters of all feeds begin with; no account has such a name. */
    private static final String SUBMITTER = "feed:";

    private static final long MICROS_OF_MILLI = 1000;

    private final SourceServices services;
    private final FeedSource source;
    private final Recipient recipient;
    private final IndicatorWriter writer;
    private final JsonArray references;

    SourceObjects(SourceServices services, FeedSource source) {
        this.services = services;
        this.source = source;
        this.recipient = Recipient.Operator.ofCentre(submitter(source));
        this.writer = new IndicatorWriter(
                services.localCentre().identity(),
                services.localCentre().signer(),
                services.localCentre().ids());
        JsonObject.Builder reference = JsonObject.builder().put("source_name", source.name());
        if (!source.url().isEmpty()) {
            reference.put("url", source.place());
        }
        this.references = new JsonArray(List.of(reference
                .put(
                        "description",
                        "Read from this feed, which its producer does not sign. The signature of this centre states that it read"
                                + " the entry there, not that the entry is right.")
                .build()));
    }

    /** The name under which a feed submits objects. */
    static String submitter(FeedSource source) {
        return SUBMITTER + source.name();
    }

    /**
     * An indicator without times.
     *
     * @param content the beginning of the digest of all that it says
     * @param begins whether the entry says since when it holds
     */
    record Draft(UUID key, JsonObject json, long content, boolean begins) {}

    /** The indicator of an entry. */
    Draft draft(NewIndicator indicator) {
        JsonObject json = writer.draft(indicator, "", Instant.EPOCH).with("external_references", references);
        UUID key = services.localCentre()
                .ids()
                .of("feed", source.name(), json.string("pattern").orElseThrow(), indicator.name());
        JsonObject named = json.with("id", new JsonString(id(key)));
        String terms = CanonicalJson.text(named) + "\n" + source.expires().toSeconds();
        return new Draft(
                key,
                named,
                digest(terms.getBytes(StandardCharsets.UTF_8)),
                indicator.validFrom().isPresent());
    }

    /** The beginning of a digest: two contents of one entry have the same one by accident only. */
    static long digest(byte[] content) {
        return ByteBuffer.wrap(Sha256.of(content)).getLong();
    }

    /** What is to be submitted. */
    sealed interface Next {

        /** Another version, or the first. */
        @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
        record Version(byte[] object, long until) implements Next {}

        /** What is stored says it all. */
        record Same(long until) implements Next {}

        /** A person of this centre decided otherwise, and that stays. */
        record Kept(String reason) implements Next {}
    }

    /** What is to be submitted so that an entry is in force. */
    Next next(Draft draft, Instant now) throws StoreUnavailable {
        Optional<Entry> latest = latest(draft.key());
        String time = StixTimestamp.format(millis(now));
        if (latest.isEmpty()) {
            JsonObject first =
                    draft.json().with("created", new JsonString(time)).with("modified", new JsonString(time));
            if (!draft.begins()) {
                first = first.with(
                        "valid_from", new JsonString(StixTimestamp.formatShort(begin(draft.json(), millis(now)))));
            }
            return version(first, now);
        }
        if (latest.get().facts().revoked()) {
            return new Next.Kept("revoked_here");
        }
        if (!ours(latest.get())) {
            return new Next.Kept("changed_here");
        }
        JsonObject stored = SignatureExtension.strip(StoredObject.json(latest.get()));
        JsonObject same = draft.json().with("created", stored.get("created")).with("modified", stored.get("modified"));
        if (!draft.begins()) {
            long from = StixTimestamp.parse(stored.string("valid_from").orElseThrow());
            same = same.with("valid_from", new JsonString(StixTimestamp.formatShort(begin(draft.json(), from))));
        }
        if (hasEnd(draft.json())) {
            return CanonicalJson.text(same).equals(CanonicalJson.text(stored))
                    ? new Next.Same(0)
                    : version(same.with("modified", later(latest.get(), now).get("modified")), now);
        }
        Optional<Long> until = stored.string("valid_until").map(StixTimestamp::parse);
        if (isInForce(until, now)
                && CanonicalJson.text(same).equals(CanonicalJson.text(stored.without("valid_until")))) {
            return new Next.Same(until.map(end -> end / MICROS_OF_MILLI).orElse(0L));
        }
        return version(same.with("modified", later(latest.get(), now).get("modified")), now);
    }

    /** Whether the end of a stored version is what the settings of the feed want now. */
    boolean isInForce(Optional<Long> untilMicros, Instant now) {
        return source.expires().isZero()
                ? untilMicros.isEmpty()
                : untilMicros.isPresent() && !isDue(untilMicros.get() / MICROS_OF_MILLI, now);
    }

    /** A version with the end that the settings of the feed want, unless the entry states one or is revoked. */
    Next version(JsonObject json, Instant now) {
        if (source.expires().isZero() || hasEnd(json) || json.has("revoked")) {
            return new Next.Version(CanonicalJson.bytes(json), 0);
        }
        long until = end(json, now.plus(source.expires()));
        return new Next.Version(CanonicalJson.bytes(until(json, until)), until / MICROS_OF_MILLI);
    }

    /** Whether an end is so near that it must move while the entry is in the feed. */
    boolean isDue(long until, Instant now) {
        Duration left = Duration.between(now, Instant.ofEpochMilli(until));
        return left.compareTo(source.expires().dividedBy(2)) < 0;
    }

    /** The version that moves the end of an indicator; empty when that is not for this feed to say. */
    Optional<Next.Version> renewed(UUID key, Instant now) throws StoreUnavailable {
        Optional<Entry> latest = latest(key).filter(SourceObjects::isChangeable);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        JsonObject next = later(latest.get(), now);
        long until = end(next, now.plus(source.expires()));
        return Optional.of(new Next.Version(CanonicalJson.bytes(until(next, until)), until / MICROS_OF_MILLI));
    }

    /** The version that ends an indicator now; empty when it has ended, or that is not for this feed to say. */
    Optional<byte[]> ended(UUID key, Instant now) throws StoreUnavailable {
        Optional<Entry> latest = latest(key).filter(SourceObjects::isChangeable);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        JsonObject next = later(latest.get(), now);
        boolean over = next.string("valid_until")
                .filter(end -> StixTimestamp.parse(end) <= StixTimestamp.micros(now))
                .isPresent();
        return over ? Optional.empty() : Optional.of(CanonicalJson.bytes(until(next, end(next, now))));
    }

    /** Whether a feed may write the next version. */
    static boolean isChangeable(Entry entry) {
        return !entry.facts().revoked() && ours(entry);
    }

    /** Whether a feed wrote the latest version: a version by a person is not replaced. */
    private static boolean ours(Entry entry) {
        return entry.facts().submittedBy().startsWith(SUBMITTER);
    }

    private Optional<Entry> latest(UUID key) throws StoreUnavailable {
        return latest(id(key));
    }

    /** The latest version of an object. */
    Optional<Entry> latest(String id) throws StoreUnavailable {
        return services.release().latest(recipient, id);
    }

    /** The next version of an object, unsigned. */
    static JsonObject later(Entry latest, Instant now) {
        return StixWriter.nextVersion(StoredObject.stix(latest), now);
    }

    static String id(UUID key) {
        return "indicator--" + key;
    }

    private static JsonObject until(JsonObject json, long micros) {
        return json.with("valid_until", new JsonString(StixTimestamp.formatShort(micros)));
    }

    /** Whether the entry itself says when it ends. */
    private static boolean hasEnd(JsonObject json) {
        return json.has("valid_until");
    }

    /** A beginning before the end that the entry states. */
    private static long begin(JsonObject json, long wanted) {
        return json.string("valid_until")
                .map(StixTimestamp::parse)
                .map(end -> Math.min(wanted, end - MICROS_OF_MILLI))
                .orElse(wanted);
    }

    /** An end must be later than the beginning (STIX 2.1, section 4.7). */
    private static long end(JsonObject json, Instant wanted) {
        long begin = json.string("valid_from").map(StixTimestamp::parse).orElse(0L);
        return Math.max(millis(wanted), begin + MICROS_OF_MILLI);
    }

    private static long millis(Instant moment) {
        return moment.toEpochMilli() * MICROS_OF_MILLI;
    }
}
