package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.translate.misp.EarlierObjects;

/**
 * Finds objects that stand for several galaxy clusters of MISP. Earlier versions knew a cluster by its UUID alone, and
 * the clusters of older events share the UUID of their galaxy.
 */
final class MixedClusters {

    private static final int PAGE = 1000;
    private static final String SOURCE = "misp-galaxy:";

    private static final PageFilter CLUSTERS = new PageFilter(
            Set.of("threat-actor", "intrusion-set", "malware", "tool", "attack-pattern", "campaign"),
            Set.of(),
            Set.of(),
            Versions.LAST,
            0);

    private final Release release;
    private final Recipient recipient;

    MixedClusters(Release release, Recipient recipient) {
        this.release = release;
        this.recipient = recipient;
    }

    /**
     * An object to which events about different clusters may lead.
     *
     * @param names its own, over all versions, and those of the other objects of the same UUID
     * @param referrers how many objects refer to it
     */
    record Mixed(String id, String galaxy, String uuid, List<String> names, int referrers) {}

    /** A cluster as it is stored. */
    private record Stored(String id, String galaxy, String uuid, String earlierId, Set<String> names) {}

    /** All of them that the recipient may see. Reads all clusters once. */
    List<Mixed> find() throws StoreUnavailable {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        List<Stored> early = new ArrayList<>();
        long after = 0;
        for (boolean more = true; more; ) {
            Page page = release.page(recipient, CLUSTERS, after, PAGE);
            for (Entry entry : page.entries()) {
                for (Stored one : read(entry)) {
                    names.computeIfAbsent(one.earlierId, id -> new LinkedHashSet<>())
                            .addAll(one.names);
                    if (one.id.equals(one.earlierId)) {
                        early.add(one);
                    }
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        List<Mixed> found = new ArrayList<>();
        for (Stored one : early) {
            Set<String> all = names.get(one.earlierId);
            if (all.size() > 1) {
                int referrers = release.referrers(recipient, one.id).size();
                found.add(new Mixed(one.id, one.galaxy, one.uuid, List.copyOf(all), referrers));
            }
        }
        return found;
    }

    private List<Stored> read(Entry entry) throws StoreUnavailable {
        List<Stored> found = new ArrayList<>();
        for (Json reference : StoredObject.json(entry).items("external_references")) {
            String source =
                    reference instanceof JsonObject r ? r.string("source_name").orElse("") : "";
            if (source.startsWith(SOURCE)) {
                String galaxy = source.substring(SOURCE.length());
                String uuid = ((JsonObject) reference).string("external_id").orElse("");
                String id = entry.facts().id();
                String earlier = EarlierObjects.clusterId(
                        id.substring(0, id.indexOf("--")),
                        entry.facts().producer().orElse(""),
                        galaxy,
                        uuid);
                found.add(new Stored(id, galaxy, uuid, earlier, names(id)));
            }
        }
        return found;
    }

    private Set<String> names(String id) throws StoreUnavailable {
        Set<String> names = new LinkedHashSet<>();
        for (Entry version : release.versions(recipient, id)) {
            names.add(StoredObject.json(version).string("name").orElse(""));
        }
        return names;
    }
}
