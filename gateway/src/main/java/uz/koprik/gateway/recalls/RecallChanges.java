package uz.koprik.gateway.recalls;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Which papers of recalls changed last: gateways that share a store look at this one paper, and read the changed ones
 * only.
 */
final class RecallChanges {

    static final String NAME = RecallPaper.FOLDER + "changes.json";

    private static final int KEPT = 500;

    private final StateStore papers;
    private String version = "";
    private long count = -1;

    RecallChanges(StateStore papers) {
        this.papers = papers;
    }

    /**
     * Ids of the recalls that changed since the last call; empty when the list does not reach back so far, so that all
     * must be read.
     */
    synchronized Optional<Set<String>> since() throws StoreUnavailable {
        Optional<StateStore.Paper> paper = papers.read(NAME);
        String now = paper.map(StateStore.Paper::version).orElse("");
        if (count >= 0 && now.equals(version)) {
            return Optional.of(Set.of());
        }
        JsonObject json = read(paper);
        long reached = number(json);
        List<String> last = last(json);
        long missing = count < 0 ? Long.MAX_VALUE : reached - count;
        version = now;
        count = reached;
        return missing < 0 || missing > last.size()
                ? Optional.empty()
                : Optional.of(new LinkedHashSet<>(last.subList(last.size() - (int) missing, last.size())));
    }

    /** Notes that a recall changed. */
    void add(String id) throws StoreUnavailable {
        while (true) {
            Optional<StateStore.Paper> paper = papers.read(NAME);
            JsonObject json = read(paper);
            List<String> last = new ArrayList<>(last(json));
            last.add(id);
            byte[] content = CanonicalJson.bytes(JsonObject.builder()
                    .put("count", number(json) + 1)
                    .putStrings("last", last.subList(Math.max(0, last.size() - KEPT), last.size()))
                    .build());
            if (papers.replace(NAME, paper.map(StateStore.Paper::version).orElse(""), content)
                    .isPresent()) {
                return;
            }
        }
    }

    private static JsonObject read(Optional<StateStore.Paper> paper) {
        try {
            return paper.isEmpty()
                    ? JsonObject.builder().build()
                    : StrictJson.parseObject(paper.get().content());
        } catch (MalformedJson damaged) {
            return JsonObject.builder().build(); // all are read, and the next change writes it anew
        }
    }

    private static long number(JsonObject json) {
        return json.get("count") instanceof JsonNumber number && number.integer() ? number.longValue() : 0;
    }

    private static List<String> last(JsonObject json) {
        List<String> ids = new ArrayList<>();
        for (Json item : json.items("last")) {
            if (item instanceof JsonString id) {
                ids.add(id.value());
            }
        }
        return ids;
    }
}
