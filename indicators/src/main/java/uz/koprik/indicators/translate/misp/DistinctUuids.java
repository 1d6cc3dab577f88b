package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.translate.Untranslatable;

/**
 * Sees to it that no two attributes and objects of an event have one UUID: MISP keeps the first one only. Remembers
 * eight bytes of each. For one thread.
 */
final class DistinctUuids {

    private final Consumer<Untranslatable> unexpressed;
    private long[] table = new long[64];
    private int size;

    /** @param unexpressed takes the parts that get another UUID */
    DistinctUuids(Consumer<Untranslatable> unexpressed) {
        this.unexpressed = unexpressed;
    }

    /**
     * The attribute or object as it is, or with another UUID when one before has it; so its attributes.
     *
     * @param owner id of the STIX object that it was made of; the other UUID follows from it
     */
    JsonObject distinct(JsonObject made, String owner) {
        JsonObject own = named(made, owner);
        List<JsonObject> members = Misp.objects(own, "Attribute");
        if (members.isEmpty()) {
            return own;
        }
        List<Json> renamed = new ArrayList<>();
        boolean same = true;
        for (JsonObject member : members) {
            JsonObject other = named(member, owner);
            same &= other.equals(member);
            renamed.add(other);
        }
        return same ? own : own.with("Attribute", new JsonArray(renamed));
    }

    private JsonObject named(JsonObject made, String owner) {
        String uuid = Misp.uuid(made, "uuid");
        if (uuid.isEmpty() || add(uuid)) {
            return made;
        }
        String other = uuid;
        for (int number = 1; !add(other); number++) {
            other = Uuid5.koprik("misp-attribute", owner, number == 1 ? uuid : uuid + ' ' + number)
                    .toString();
        }
        unexpressed.accept(Untranslatable.part(
                owner, "UUID", "another object of the event has it in MISP; this one is written as " + other));
        return made.with("uuid", new JsonString(other));
    }

    /** False when it is there already; of two that have 64 bits in common, which no two have, the second is renamed. */
    private boolean add(String uuid) {
        if (size * 2 > table.length) {
            grow();
        }
        long key = key(uuid);
        int at = slot(key);
        if (table[at] == key) {
            return false;
        }
        table[at] = key;
        size++;
        return true;
    }

    private int slot(long key) {
        int at = (int) (key >>> 20) & (table.length - 1);
        while (table[at] != 0 && table[at] != key) {
            at = (at + 1) & (table.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] before = table;
        table = new long[before.length * 2];
        for (long key : before) {
            if (key != 0) {
                table[slot(key)] = key;
            }
        }
    }

    private static long key(String uuid) {
        long key = 0xcbf29ce484222325L;
        for (int i = 0; i < uuid.length(); i++) {
            key = (key ^ uuid.charAt(i)) * 0x9E3779B97F4A7C15L;
            key ^= key >>> 29;
        }
        return key == 0 ? 1 : key; // 0 is an empty slot
    }
}
