package uz.koprik.gateway.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The legal holds of a centre: a paper of the state store per case, with all that there were. Safe for use by many
 * threads and gateways at once.
 */
public final class LegalHolds {

    private static final String FOLDER = "retention/holds/";
    private static final String SUFFIX = ".json";

    private final StateStore papers;
    private final InstantSource clock;

    public LegalHolds(StateStore papers, InstantSource clock) {
        this.papers = papers;
        this.clock = clock;
    }

    /** All holds of a case that there were, the earliest first. Blocks. */
    public List<LegalHold> of(String caseId) throws StoreUnavailable {
        Optional<StateStore.Paper> paper = papers.read(FOLDER + caseId + SUFFIX);
        return paper.isEmpty() ? List.of() : read(paper.get());
    }

    /** The hold of a case that holds now. Blocks. */
    public Optional<LegalHold> active(String caseId) throws StoreUnavailable {
        return active(of(caseId));
    }

    private static Optional<LegalHold> active(List<LegalHold> all) {
        return all.stream().filter(hold -> hold.released().isEmpty()).findFirst();
    }

    /** All that hold now. Blocks. */
    public List<LegalHold> active() throws StoreUnavailable {
        List<LegalHold> all = new ArrayList<>();
        for (StateStore.Paper paper : papers.read(papers.names(FOLDER))) {
            active(read(paper)).ifPresent(all::add);
        }
        return all;
    }

    /**
     * Sets a hold; durable when this returns. Blocks.
     *
     * @return the hold; the one that holds already when there is one, unchanged
     */
    public LegalHold hold(String caseId, String number, String reason, String by) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> paper = papers.read(FOLDER + caseId + SUFFIX);
            List<LegalHold> all = new ArrayList<>(paper.isEmpty() ? List.of() : read(paper.get()));
            Optional<LegalHold> there = active(all);
            if (there.isPresent()) {
                return there.get();
            }
            LegalHold hold = new LegalHold(caseId, number, reason, by, clock.instant(), Optional.empty());
            all.add(hold);
            if (written(caseId, paper, all)) {
                return hold;
            }
        }
    }

    /**
     * Ends the hold of a case; durable when this returns. Blocks.
     *
     * @return the hold that ended; empty when none held
     */
    public Optional<LegalHold> release(String caseId, String reason, String by) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> paper = papers.read(FOLDER + caseId + SUFFIX);
            List<LegalHold> all = new ArrayList<>(paper.isEmpty() ? List.of() : read(paper.get()));
            Optional<LegalHold> there = active(all);
            if (there.isEmpty()) {
                return there;
            }
            LegalHold ended = new LegalHold(
                    caseId,
                    there.get().number(),
                    there.get().reason(),
                    there.get().by(),
                    there.get().at(),
                    Optional.of(new LegalHold.Release(by, clock.instant(), reason)));
            all.set(all.indexOf(there.get()), ended);
            if (written(caseId, paper, all)) {
                return Optional.of(ended);
            }
        }
    }

    private boolean written(String caseId, Optional<StateStore.Paper> before, List<LegalHold> all)
            throws StoreUnavailable {
        JsonArray items = new JsonArray(all.stream().<Json>map(LegalHolds::json).toList());
        return papers.replace(
                        FOLDER + caseId + SUFFIX,
                        before.map(StateStore.Paper::version).orElse(""),
                        CanonicalJson.bytes(JsonObject.builder()
                                .put("case", caseId)
                                .put("holds", items)
                                .build()))
                .isPresent();
    }

    private static JsonObject json(LegalHold hold) {
        JsonObject.Builder json = JsonObject.builder()
                .put("number", hold.number())
                .put("reason", hold.reason())
                .put("by", hold.by())
                .put("at", hold.at().toString());
        hold.released()
                .ifPresent(end -> json.put(
                        "released",
                        JsonObject.builder()
                                .put("by", end.by())
                                .put("at", end.at().toString())
                                .put("reason", end.reason())
                                .build()));
        return json.build();
    }

    /** A damaged paper stops every erasure: nobody knows what it holds. */
    private static List<LegalHold> read(StateStore.Paper paper) throws StoreUnavailable {
        try {
            JsonObject json = StrictJson.parseObject(paper.content());
            String caseId = text(json, "case");
            List<LegalHold> all = new ArrayList<>();
            for (Json item : json.items("holds")) {
                JsonObject one = (JsonObject) item;
                all.add(new LegalHold(
                        caseId,
                        text(one, "number"),
                        text(one, "reason"),
                        text(one, "by"),
                        Instant.parse(text(one, "at")),
                        one.object("released")
                                .map(end -> new LegalHold.Release(
                                        text(end, "by"), Instant.parse(text(end, "at")), text(end, "reason")))));
            }
            return all;
        } catch (MalformedJson | IllegalArgumentException | ClassCastException | DateTimeParseException damaged) {
            throw new StoreUnavailable(
                    "the legal hold " + paper.name()
                            + " is damaged, so nothing is erased: restore it from a backup, or remove it and set the hold anew",
                    damaged);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }
}
