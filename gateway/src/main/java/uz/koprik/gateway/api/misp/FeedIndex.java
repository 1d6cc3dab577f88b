package uz.koprik.gateway.api.misp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.translate.export.MispFeedEvent;
import uz.koprik.indicators.translate.export.MispFeedHead;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * What the feed of one audience contains. Each request reads what was added since the one before, and the parts of the
 * sequence where something changed its visibility or validity; nothing else. Safe for use by many threads.
 */
final class FeedIndex {

    private static final int MOST_TRIES = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<IndexedPart> parts = new ArrayList<>();
    private long lastSeq;
    private WarningLists lists = WarningLists.NONE;
    private volatile FeedState state = FeedState.NOTHING;
    private long lastModified;
    /** Whether an event changed that {@link #state} does not show yet, also after a refresh that failed. */
    private boolean rewritten = true;

    /** What is known of a part of the sequence. */
    private static final class IndexedPart {
        long stamp;
        long nextChange = Long.MAX_VALUE;
        /** Where the latest versions of its objects lie. */
        BitSet latest = new BitSet();

        Map<EventKey, FeedEvent> events = Map.of();
    }

    /** The feed as it is now. Blocks. */
    FeedState refreshed(FeedReader reader, WarningLists now) throws StoreUnavailable {
        lock.lock();
        try {
            refresh(reader, now, new BitSet());
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The file of an event as it is now; empty when the feed has none of that UUID. Blocks.
     *
     * @param event receives what the file is
     */
    Optional<byte[]> file(FeedReader reader, WarningLists now, String uuid, Consumer<FeedFile> event)
            throws StoreUnavailable {
        lock.lock();
        try {
            BitSet suspects = new BitSet();
            for (int tries = 1; ; tries++) {
                refresh(reader, now, suspects);
                Optional<FeedEvent> known = state.event(uuid);
                if (known.isEmpty()) {
                    return Optional.empty();
                }
                FeedEvent one = known.get();
                MispFeedEvent read = reader.read(one.key().part(), one.key()::equals)
                        .collected()
                        .get(one.key());
                // Something may have changed since the refresh: then the timestamp has to change as well.
                if (read != null && (one.says(read.digest(one.head())) || tries == MOST_TRIES)) {
                    event.accept(one.file());
                    return Optional.of(read.file(one.head(), one.seconds()));
                }
                if (tries == MOST_TRIES) {
                    return Optional.empty();
                }
                suspects.set(one.key().part());
            }
        } finally {
            lock.unlock();
        }
    }

    FeedState state() {
        return state;
    }

    private void refresh(FeedReader reader, WarningLists now, BitSet suspects) throws StoreUnavailable {
        BitSet touched = new BitSet();
        touched.or(suspects);
        long seen = reader.newEntries(lastSeq, touched);
        // Stamps are read before what they stand for: a change in between is seen by the next refresh.
        long[] stamps = new long[Math.max(parts.size(), FeedReader.part(Math.max(seen, 1)) + 1)];
        BitSet changed = new BitSet();
        for (int part = 0; part < stamps.length; part++) {
            stamps[part] = reader.stamp(part);
            if (part >= parts.size() || parts.get(part).stamp != stamps[part]) {
                changed.set(part);
            }
        }
        long moment = StixTimestamp.micros(reader.now());
        for (int part = 0; part < parts.size(); part++) {
            IndexedPart known = parts.get(part);
            if (known.latest.intersects(changed) || known.nextChange <= moment || now != lists) {
                touched.set(part);
            }
        }
        for (int part = touched.nextSetBit(0); part >= 0; part = touched.nextSetBit(part + 1)) {
            while (parts.size() <= part) {
                parts.add(new IndexedPart());
            }
            update(reader, part);
        }
        for (int part = 0; part < stamps.length; part++) {
            if (part == parts.size()) {
                parts.add(new IndexedPart());
            }
            parts.get(part).stamp = stamps[part];
        }
        lastSeq = seen;
        lists = now;
        if (rewritten) {
            lastModified = Math.max(lastModified + 1, reader.now().getEpochSecond());
            state = new FeedState(
                    parts.stream()
                            .flatMap(part -> part.events.values().stream())
                            .toList(),
                    lastModified);
            rewritten = false;
        }
    }

    /** Reads a part anew. */
    private void update(FeedReader reader, int number) throws StoreUnavailable {
        IndexedPart part = parts.get(number);
        FeedReader.Part read = reader.read(number, every -> true);
        Map<EventKey, FeedEvent> events = new LinkedHashMap<>();
        for (Map.Entry<EventKey, MispFeedEvent> one : read.collected().entrySet()) {
            EventKey key = one.getKey();
            FeedEvent before = part.events.get(key);
            MispFeedHead head = read.heads().get(key);
            byte[] digest = one.getValue().digest(head);
            boolean same = before != null && before.says(digest);
            events.put(key, same ? before : event(key, head, one.getValue(), digest, before, reader));
            rewritten |= !same;
        }
        rewritten |= !events.keySet().containsAll(part.events.keySet());
        part.events = events;
        part.latest = read.parts();
        part.nextChange = read.nextChange();
    }

    /** An event that changed gets a later timestamp, also when what changed left no time: something is gone. */
    private static FeedEvent event(
            EventKey key,
            MispFeedHead head,
            MispFeedEvent content,
            byte[] digest,
            FeedEvent before,
            FeedReader reader) {
        long now = reader.now().getEpochSecond();
        long seconds = content.seconds();
        long lastModified = now;
        if (before != null) {
            seconds = seconds > before.seconds() ? seconds : Math.max(before.seconds() + 1, now);
            lastModified = Math.max(before.lastModified() + 1, now);
        }
        return new FeedEvent(key, head, content.strictest(), seconds, digest, content.hashes(), lastModified);
    }
}
