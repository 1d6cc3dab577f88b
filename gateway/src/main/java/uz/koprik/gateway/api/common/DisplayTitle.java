package uz.koprik.gateway.api.common;

import java.nio.ByteBuffer;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/** The title of an object for people. */
public final class DisplayTitle {

    /** Where a name can stand, the best first; STIX types differ in what they have. */
    private static final String[] NAMES = {
        "name", "value", "pattern", "abstract", "relationship_type", "content", "iban", "account_login", "path"
    };

    private static final int MAX_LENGTH = 200;

    private DisplayTitle() {}

    /** Its name, or the nearest thing to one that its type has; its id when there is none. */
    public static String of(Entry entry, JsonObject object) {
        for (String name : NAMES) {
            String title = object.string(name).orElse("");
            if (!title.isBlank()) {
                return title.length() > MAX_LENGTH ? title.substring(0, MAX_LENGTH) + "…" : title;
            }
        }
        return entry.facts().id();
    }

    public static String of(Entry entry) {
        return of(entry, StoredObject.json(entry));
    }
}
