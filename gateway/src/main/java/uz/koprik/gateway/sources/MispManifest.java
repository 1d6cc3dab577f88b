package uz.koprik.gateway.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.sources.FetchedContent.Fault;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.imports.layout.FeedLayout;

/**
 * The {@code manifest.json} of a MISP feed: a member for each event, named by its UUID, with the head of the event.
 *
 * @param events by their UUIDs, in the order of the manifest
 * @param faults members that name no event
 */
record MispManifest(Map<UUID, Listed> events, List<Fault> faults) {

    /** The file of the manifest in the folder of a feed. */
    static final String NAME = "manifest.json";

    /** Longest manifest that is read: about 200,000 events. */
    private static final long MOST_BYTES = 64L << 20;

    private static final Pattern EVENT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /**
     * An event in a manifest.
     *
     * @param file its name in the folder of the feed
     * @param version its timestamp; the beginning of a digest of its head when it states none
     */
    record Listed(String file, long version) {}

    /** Whether the settings say that a feed is one of MISP. */
    static boolean isStated(FeedSource source) {
        return FeedLayout.named(source.format())
                .filter(layout -> layout.name().equals("misp"))
                .isPresent();
    }

    /** The UUID of the event whose file has this name; empty for another file. */
    static Optional<UUID> event(String file) {
        String name = file.endsWith(".json") ? file.substring(0, file.length() - ".json".length()) : "";
        return EVENT.matcher(name).matches() ? Optional.of(UUID.fromString(name)) : Optional.empty();
    }

    /** Reads a file; empty when it is no manifest. */
    static Optional<MispManifest> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        JsonObject json;
        try {
            json = StrictJson.parseObject(Files.readAllBytes(file));
        } catch (MalformedJson other) {
            return Optional.empty();
        }
        Map<UUID, Listed> events = new LinkedHashMap<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            if (EVENT.matcher(name).matches() && json.value(i) instanceof JsonObject head) {
                events.put(UUID.fromString(name), new Listed(name + ".json", version(head)));
            } else {
                faults.add(new Fault(NAME, SourceTrouble.FEED_MEMBER_NO_EVENT.of(i + 1)));
            }
        }
        return events.isEmpty() && json.size() > 0
                ? Optional.empty()
                : Optional.of(new MispManifest(events, List.copyOf(faults)));
    }

    private static long version(JsonObject head) {
        Json timestamp = head.get("timestamp");
        String text = timestamp instanceof JsonNumber number
                ? String.valueOf(number.longValue())
                : head.string("timestamp").orElse("");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : SourceObjects.digest(CanonicalJson.bytes(head));
    }
}
