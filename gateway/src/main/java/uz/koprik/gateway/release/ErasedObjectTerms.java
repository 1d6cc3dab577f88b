package uz.koprik.gateway.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The release terms of objects whose content was erased: by them it is decided who may know of the erasure. Papers of
 * the state store, each for a part of the ids. Safe for use by many threads and gateways at once.
 */
public final class ErasedObjectTerms {

    private static final Logger LOG = LoggerFactory.getLogger(ErasedObjectTerms.class);

    private static final String FOLDER = "retention/terms/";

    /** Digits of the digest of an id that name its paper: 4096 papers at most. */
    private static final int DIGITS = 3;

    private final StateStore papers;

    public ErasedObjectTerms(StateStore papers) {
        this.papers = papers;
    }

    /**
     * Keeps the terms of objects, in place of what is known of them already; durable when this returns. Blocks.
     *
     * @param byId terms of all statements of an id that are in view
     */
    public void remember(Map<String, List<ReleaseTerms>> byId) throws StoreUnavailable {
        Map<String, List<String>> byPaper = byId.keySet().stream()
                .collect(Collectors.groupingBy(ErasedObjectTerms::paper, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<String>> part : byPaper.entrySet()) {
            boolean written = false;
            while (!written) {
                Optional<StateStore.Paper> there = papers.read(part.getKey());
                JsonObject json = read(part.getKey(), there);
                for (String id : part.getValue()) {
                    json = json.with(id, array(byId.get(id)));
                }
                written = papers.replace(
                                part.getKey(),
                                there.map(StateStore.Paper::version).orElse(""),
                                CanonicalJson.bytes(json))
                        .isPresent();
            }
        }
    }

    /** The terms of an object; empty when none were in view when it was erased, or its paper is lost. Blocks. */
    List<ReleaseTerms> of(String id) throws StoreUnavailable {
        String name = paper(id);
        return terms(read(name, papers.read(name)), id);
    }

    private static JsonArray array(List<ReleaseTerms> terms) {
        return new JsonArray(terms.stream()
                .<Json>map(one -> JsonObject.builder()
                        .put("class", one.classCode())
                        .put("terms", one.definition())
                        .build())
                .toList());
    }

    private static List<ReleaseTerms> terms(JsonObject json, String id) {
        List<ReleaseTerms> found = new ArrayList<>();
        for (Json item : json.items(id)) {
            if (item instanceof JsonObject one && one.get("class") instanceof JsonNumber code) {
                found.add(ReleaseTerms.of(
                        (int) code.longValue(), one.string("terms").orElse("")));
            }
        }
        return found;
    }

    /** A damaged paper counts as empty: then only those who see everything learn of these erasures. */
    private static JsonObject read(String name, Optional<StateStore.Paper> paper) {
        if (paper.isEmpty()) {
            return JsonObject.builder().build();
        }
        try {
            return StrictJson.parseObject(paper.get().content());
        } catch (MalformedJson damaged) {
            LOG.error("{} is damaged: only who sees everything learns of the erasures in it; restore it", name);
            return JsonObject.builder().build();
        }
    }

    private static String paper(String id) {
        return FOLDER
                + Sha256.hex(Sha256.of(id.getBytes(StandardCharsets.UTF_8))).substring(0, DIGITS) + ".json";
    }
}
