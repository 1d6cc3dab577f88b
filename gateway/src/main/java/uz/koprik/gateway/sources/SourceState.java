package uz.koprik.gateway.sources;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.sources.FetchedContent.Validators;

/**
 * How far a feed got and how it went.
 *
 * @param validators of the last content that was taken in
 * @param settings digest of the settings by which it was taken in
 * @param generation of the stored entries; each save has the next one
 * @param parts in how many papers they are
 * @param attempt when the feed was last tried
 * @param success when it was last read whole
 * @param failingSince the first failure since then
 * @param error why the last try failed; empty when it did not
 * @param shrunk whether the failure waits for the word of an operator
 * @param accepted whether an operator said that the next content is right, however short
 * @param entries how many entries the feed had when it was last read whole
 * @param last what became of them then
 * @param totals the same since the beginning
 */
record SourceState(
        Validators validators,
        String settings,
        long generation,
        int parts,
        Optional<Instant> attempt,
        Optional<Instant> success,
        Optional<Instant> failingSince,
        String error,
        boolean shrunk,
        boolean accepted,
        long entries,
        Figures last,
        Figures totals) {

    static final SourceState NEW = new SourceState(
            Validators.NONE,
            "",
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            false,
            false,
            0,
            Figures.NONE,
            Figures.NONE);

    /**
     * What became of entries.
     *
     * @param fresh entries that were not there before, or are there again
     * @param changed entries with another content than before
     * @param unchanged entries that were there with the same content
     * @param ended indicators that ended since their entries left the feed
     * @param renewed indicators whose end moved since their entries are still in the feed
     * @param refused entries that were not taken in, by reason
     */
    record Figures(long fresh, long changed, long unchanged, long ended, long renewed, Map<String, Long> refused) {

        static final Figures NONE = new Figures(0, 0, 0, 0, 0, Map.of());

        Figures {
            refused = Map.copyOf(refused);
        }

        Figures plus(Figures other) {
            Map<String, Long> all = new TreeMap<>(refused);
            other.refused.forEach((code, count) -> all.merge(code, count, Long::sum));
            return new Figures(
                    fresh + other.fresh,
                    changed + other.changed,
                    unchanged + other.unchanged,
                    ended + other.ended,
                    renewed + other.renewed,
                    all);
        }

        long refusedCount() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }

        JsonObject json() {
            JsonObject.Builder reasons = JsonObject.builder();
            new TreeMap<>(refused).forEach((code, count) -> reasons.put(code, count));
            return JsonObject.builder()
                    .put("new", fresh)
                    .put("changed", changed)
                    .put("unchanged", unchanged)
                    .put("ended", ended)
                    .put("renewed", renewed)
                    .put("refused", refusedCount())
                    .put("reasons", reasons.build())
                    .build();
        }

        private static Figures read(JsonObject json) {
            Map<String, Long> refused = new TreeMap<>();
            json.object("reasons")
                    .ifPresent(reasons -> reasons.names().forEach(code -> refused.put(code, number(reasons, code))));
            return new Figures(
                    number(json, "new"),
                    number(json, "changed"),
                    number(json, "unchanged"),
                    number(json, "ended"),
                    number(json, "renewed"),
                    refused);
        }
    }

    /** A try failed; what was taken in stays as it is. */
    SourceState failed(Instant now, String reason, boolean waits) {
        return new SourceState(
                validators,
                settings,
                generation,
                parts,
                Optional.of(now),
                success,
                failingSince.or(() -> Optional.of(now)),
                reason,
                waits,
                accepted,
                entries,
                last,
                totals);
    }

    /** The feed was read whole; its entries are not stored yet. */
    SourceState succeeded(Instant now, Validators found, String bySettings, long count, Figures figures) {
        return new SourceState(
                found,
                bySettings,
                generation,
                parts,
                Optional.of(now),
                Optional.of(now),
                Optional.empty(),
                "",
                false,
                false,
                count,
                figures,
                totals.plus(figures));
    }

    /** An operator says that the next content is right. */
    SourceState accepting() {
        return new SourceState(
                validators,
                settings,
                generation,
                parts,
                attempt,
                success,
                failingSince,
                error,
                shrunk,
                true,
                entries,
                last,
                totals);
    }

    /** As this, with entries stored under another generation. */
    SourceState stored(long nextGeneration, int count) {
        return new SourceState(
                validators,
                settings,
                nextGeneration,
                count,
                attempt,
                success,
                failingSince,
                error,
                shrunk,
                accepted,
                entries,
                last,
                totals);
    }

    /** As this, so that the whole feed is fetched and compared again. */
    SourceState comparingAgain() {
        return new SourceState(
                Validators.NONE,
                "",
                generation,
                parts,
                attempt,
                success,
                failingSince,
                error,
                shrunk,
                accepted,
                entries,
                last,
                totals);
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("etag", validators.etag())
                .put("last_modified", validators.lastModified())
                .put("settings", settings)
                .put("generation", generation)
                .put("parts", parts)
                .put("error", error)
                .put("shrunk", shrunk)
                .put("accepted", accepted)
                .put("entries", entries)
                .put("last", last.json())
                .put("totals", totals.json());
        attempt.ifPresent(at -> json.put("attempt", at.toString()));
        success.ifPresent(at -> json.put("success", at.toString()));
        failingSince.ifPresent(at -> json.put("failing_since", at.toString()));
        return json.build();
    }

    static SourceState read(JsonObject json) {
        return new SourceState(
                new Validators(
                        json.string("etag").orElse(""),
                        json.string("last_modified").orElse("")),
                json.string("settings").orElse(""),
                number(json, "generation"),
                (int) number(json, "parts"),
                json.string("attempt").map(Instant::parse),
                json.string("success").map(Instant::parse),
                json.string("failing_since").map(Instant::parse),
                json.string("error").orElse(""),
                is(json, "shrunk"),
                is(json, "accepted"),
                number(json, "entries"),
                json.object("last").map(Figures::read).orElse(Figures.NONE),
                json.object("totals").map(Figures::read).orElse(Figures.NONE));
    }

    private static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    private static boolean is(JsonObject json, String name) {
        return json.get(name) instanceof JsonBoolean flag && flag.value();
    }
}
