package uz.koprik.gateway.api.misp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.translate.export.MispFeedEvent;

/** The feed of one audience at one moment. Immutable. */
final class FeedState {

    private static final HexFormat HEX = HexFormat.of();

    /** Before anything was read. */
    static final FeedState NOTHING = new FeedState(List.of(), 0);

    private final Map<String, FeedEvent> events = new LinkedHashMap<>();
    private final byte[] manifest;
    private final FeedFile manifestFile;
    private final FeedFile hashesFile;
    private final long weight;

    /** @param lastModified when this centre saw the feed change last, in seconds since the epoch */
    FeedState(Collection<FeedEvent> all, long lastModified) {
        JsonObject.Builder entries = JsonObject.builder();
        MessageDigest hashes = sha256();
        long size = 0;
        for (FeedEvent event : all) {
            events.put(event.head().uuid(), event);
            entries.put(
                    event.head().uuid(),
                    event.head().manifestEntry(event.seconds(), event.tlp()).build());
            hashes.update(event.head().uuid().getBytes(StandardCharsets.US_ASCII));
            hashes.update(event.hashes());
            size += event.hashes().length + 512L;
        }
        this.manifest = CanonicalJson.bytes(entries.build());
        this.manifestFile = new FeedFile(tag(sha256().digest(manifest)), lastModified);
        this.hashesFile = new FeedFile(tag(hashes.digest()), lastModified);
        this.weight = size + manifest.length;
    }

    /** The bytes of {@code manifest.json}; nobody changes them. */
    byte[] manifest() {
        return manifest;
    }

    FeedFile manifestFile() {
        return manifestFile;
    }

    FeedFile hashesFile() {
        return hashesFile;
    }

    /** The lines of {@code hashes.csv}, one text per event. */
    Iterable<String> hashes() {
        return () -> events.values().stream().map(FeedState::lines).iterator();
    }

    Optional<FeedEvent> event(String uuid) {
        return Optional.ofNullable(events.get(uuid));
    }

    List<FeedEvent> events() {
        return new ArrayList<>(events.values());
    }

    /** About how many bytes of memory it takes. */
    long weight() {
        return weight;
    }

    private static String lines(FeedEvent event) {
        byte[] all = event.hashes();
        StringBuilder lines = new StringBuilder(all.length / MispFeedEvent.HASH_BYTES * 70);
        for (int at = 0; at < all.length; at += MispFeedEvent.HASH_BYTES) {
            lines.append(HEX.formatHex(all, at, at + MispFeedEvent.HASH_BYTES))
                    .append(',')
                    .append(event.head().uuid())
                    .append('\n');
        }
        return lines.toString();
    }

    private static String tag(byte[] digest) {
        return '"' + HEX.formatHex(digest, 0, 16) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
