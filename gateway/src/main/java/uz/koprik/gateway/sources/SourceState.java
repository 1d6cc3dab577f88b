package uz.koprik.gateway.sources;

import java.time.Duration;
import java.time.Instant;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.wording.Sentence;

/**
 * How far a feed got and how it went. Each part changes as a whole.
 *
 * @param content what was last taken in
 * @param papers where its entries are stored
 * @param health how the tries went
 * @param accepted whether an operator said that the next content is right, however short
 * @param last what became of the entries when the feed was last read whole
 * @param totals the same since the beginning
 */
record SourceState(
        SourceContent content,
        Papers papers,
        SourceHealth health,
        boolean accepted,
        SourceFigures last,
        SourceFigures totals) {

    static final SourceState NEW = new SourceState(
            SourceContent.NONE, Papers.NONE, SourceHealth.NEW, false, SourceFigures.NONE, SourceFigures.NONE);

    /**
     * The papers with the entries.
     *
     * @param generation each save has the next one
     * @param entries how many have entries
     * @param events how many say which entries an event has
     */
    record Papers(long generation, int entries, int events) {
        static final Papers NONE = new Papers(0, 0, 0);
    }

    /** Why the last try failed; empty when it did not. */
    String error() {
        return health.failing().map(SourceHealth.Failing::error).orElse("");
    }

    /** Whether the failure waits for an operator. */
    boolean shrunk() {
        return health.failing().filter(SourceHealth.Failing::shrunk).isPresent();
    }

    /** A try failed; what was taken in stays as it is. */
    SourceState failed(Instant now, Sentence reason, boolean waits, Duration pause) {
        return new SourceState(content, papers, health.failed(now, reason, waits, pause), accepted, last, totals);
    }

    /** The feed was read whole; its entries are not stored yet. */
    SourceState succeeded(Instant now, SourceContent taken, SourceFigures figures) {
        return new SourceState(taken, papers, health.succeeded(now), false, figures, totals.plus(figures));
    }

    /** An operator says that the next content is right. */
    SourceState accepting() {
        return new SourceState(content, papers, health, true, last, totals);
    }

    /** As this, with entries stored in other papers. */
    SourceState stored(Papers others) {
        return new SourceState(content, others, health, accepted, last, totals);
    }

    /** As this, so that the whole feed is fetched and compared again. */
    SourceState comparingAgain() {
        return new SourceState(content.unknown(), papers, health, accepted, last, totals);
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("generation", papers.generation())
                .put("parts", papers.entries())
                .put("event_parts", papers.events())
                .put("accepted", accepted)
                .put("last", last.json())
                .put("totals", totals.json());
        content.write(json);
        health.write(json);
        return json.build();
    }

    /** Of a paper of this version or an earlier one. */
    static SourceState read(JsonObject json) {
        return new SourceState(
                SourceContent.read(json),
                new Papers(SourceFigures.number(json, "generation"), (int) SourceFigures.number(json, "parts"), (int)
                        SourceFigures.number(json, "event_parts")),
                SourceHealth.read(json),
                json.get("accepted") instanceof JsonBoolean flag && flag.value(),
                json.object("last").map(SourceFigures::read).orElse(SourceFigures.NONE),
                json.object("totals").map(SourceFigures::read).orElse(SourceFigures.NONE));
    }
}
