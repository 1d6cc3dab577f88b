package uz.koprik.gateway.api.misp;

import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.gateway.release.ReleasedSelection;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.translate.export.MispFeedEvent;
import uz.koprik.indicators.translate.export.MispFeedHead;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * Reads parts of the sequence for one request. A part has {@value #PART} sequence numbers, as many as stores count
 * changes for, and the objects whose first visible version lies in it. For one thread.
 */
final class FeedReader {

    static final int PART = 4096;

    private static final int PAGE = 512;
    private static final PageFilter INDICATORS =
            new PageFilter(Set.of("indicator"), Set.of(), Set.of(), Versions.ALL, 0, true);

    private final Release release;
    private final LocalCentre localCentre;
    private final ProtectedValues protectedValues;
    private final Recipient recipient;
    private final ReleasedSelection selection;
    private final Tlp limit;
    private final Instant now;
    private final Runnable progress;
    private final Map<String, String> organisations = new HashMap<>();

    /**
     * @param limit the strictest marking of what goes into the feed
     * @param progress called for each page
     */
    FeedReader(
            Release release,
            LocalCentre localCentre,
            ProtectedValues protectedValues,
            Recipient recipient,
            Tlp limit,
            Instant now,
            Runnable progress) {
        this.release = release;
        this.localCentre = localCentre;
        this.protectedValues = protectedValues;
        this.recipient = recipient;
        this.selection = release.select(recipient, INDICATORS);
        this.limit = limit;
        this.now = now;
        this.progress = progress;
    }

    /** Equal for recipients whose feeds stay equal. */
    record Sight(Object rule, Tlp limit) {}

    /**
     * What a part contains.
     *
     * @param collected its events
     * @param heads how they begin
     * @param parts the parts in which the latest versions of its objects lie
     * @param nextChange when validity of an object starts or ends next, in microseconds since the epoch
     */
    record Part(
            Map<EventKey, MispFeedEvent> collected, Map<EventKey, MispFeedHead> heads, BitSet parts, long nextChange) {}

    Sight sight() {
        return new Sight(selection.rule(), limit);
    }

    Instant now() {
        return now;
    }

    /** Changes when an entry of the part is superseded, restricted or withdrawn. */
    long stamp(int part) {
        return release.stamp((long) part * PART + 1, (long) (part + 1) * PART);
    }

    static int part(long seq) {
        return (int) ((seq - 1) / PART);
    }

    /**
     * The parts that entries after a sequence number belong to.
     *
     * @param touched receives them
     * @return the last sequence number that was looked at
     */
    long newEntries(long afterSeq, BitSet touched) throws StoreUnavailable {
        long after = afterSeq;
        while (true) {
            Page page = release.page(selection, after, PAGE);
            for (Entry entry : page.entries()) {
                // At first all parts with entries are read anyway.
                touched.set(part(afterSeq == 0 ? entry.seq() : firstSeq(entry)));
            }
            progress.run();
            after = page.nextAfter();
            if (!page.more()) {
                return after;
            }
        }
    }

    /** The first visible version of an object. One whose {@code modified} is its {@code created} has none before it. */
    private long firstSeq(Entry entry) throws StoreUnavailable {
        EntryMetadata facts = entry.facts();
        if (facts.version() == facts.created()) {
            return entry.seq();
        }
        return release.provenVersions(recipient, facts.id()).stream()
                .map(Entry::seq)
                .min(Comparator.naturalOrder())
                .orElse(entry.seq());
    }

    /** Reads a part. */
    Part read(int part, Predicate<EventKey> wanted) throws StoreUnavailable {
        Map<EventKey, MispFeedEvent> collected = new LinkedHashMap<>();
        BitSet parts = new BitSet();
        parts.set(part);
        long after = (long) part * PART;
        long end = after + PART;
        boolean more = true;
        while (more) {
            Page page = release.page(selection, after, PAGE);
            for (Entry entry : page.entries()) {
                if (entry.seq() <= end) {
                    add(entry, part, wanted, collected, parts);
                }
            }
            progress.run();
            after = page.nextAfter();
            more = page.more() && after < end;
        }
        collected.values().removeIf(MispFeedEvent::isEmpty);
        Map<EventKey, MispFeedHead> heads = new HashMap<>();
        long nextChange = Long.MAX_VALUE;
        for (Map.Entry<EventKey, MispFeedEvent> event : collected.entrySet()) {
            heads.put(event.getKey(), head(event.getKey()));
            nextChange = Math.min(nextChange, event.getValue().nextChange());
        }
        return new Part(collected, heads, parts, nextChange);
    }

    private void add(
            Entry entry, int part, Predicate<EventKey> wanted, Map<EventKey, MispFeedEvent> collected, BitSet parts)
            throws StoreUnavailable {
        EventKey key = EventKey.of(entry.facts().producer().orElse(""), entry.added(), part);
        if (!wanted.test(key) || firstSeq(entry) != entry.seq()) {
            return;
        }
        Optional<Entry> latest = entry.superseded()
                ? release.latestProven(recipient, entry.facts().id())
                : Optional.of(entry);
        if (latest.isEmpty()) {
            return;
        }
        Entry current = latest.get();
        parts.set(part(current.seq()));
        if (current.release().house() || current.release().tlp().compareTo(limit) > 0) {
            return;
        }
        collected
                .computeIfAbsent(key, one -> new MispFeedEvent(now, protectedValues))
                .add(StoredObject.stix(current), current.release().tlp(), current.added());
    }

    private MispFeedHead head(EventKey key) throws StoreUnavailable {
        String producer = key.producer().isEmpty() ? localCentre.identity() : key.producer();
        String name = organisations.get(producer);
        if (name == null) {
            name = release.latest(recipient, producer)
                    .flatMap(entry -> StoredObject.json(entry).string("name"))
                    .orElse(producer.equals(localCentre.identity()) ? localCentre.name() : producer);
            organisations.put(producer, name);
        }
        String uuid = Uuid5.koprik(
                        "misp-feed",
                        localCentre.identity(),
                        producer,
                        key.producer().isEmpty() ? "unsaid" : "",
                        key.date(),
                        String.valueOf(key.part()))
                .toString();
        String info = "Indicators of " + name + ", " + key.date() + (key.part() == 0 ? "" : ", part " + key.part());
        return new MispFeedHead(uuid, info, key.date(), producer.substring(producer.length() - 36), name);
    }
}
