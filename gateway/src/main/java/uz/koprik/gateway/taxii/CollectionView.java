package uz.koprik.gateway.taxii;

import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;

/**
 * A collection (TAXII 2.1, section 5.2): a view over the one sequence.
 *
 * @param id stable UUID
 * @param alias short name that serves in URLs as well
 * @param types STIX types it holds; empty for all
 * @param readable whether anybody may read it
 * @param writable whether anybody may write to it
 */
record CollectionView(
        String id,
        String alias,
        String title,
        String description,
        Set<String> types,
        boolean readable,
        boolean writable) {

    CollectionView {
        types = Set.copyOf(types);
    }

    JsonObject json(boolean canRead, boolean canWrite) {
        return JsonObject.builder()
                .put("id", id)
                .put("title", title)
                .put("description", description)
                .put("alias", alias)
                .put("can_read", canRead)
                .put("can_write", canWrite)
                .putStrings("media_types", List.of("application/stix+json;version=2.1"))
                .build();
    }
}
