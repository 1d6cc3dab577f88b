package uz.koprik.indicators.stix.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNull;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.Fault;

/** One examination of one object: where we are in it, and the faults found so far. For one thread, used once. */
public final class Check {

    /** Faults beyond this many are not recorded: one bad object must not fill a log. */
    private static final int MAX_FAULTS = 100;

    private final String objectId;
    private final List<Fault> faults = new ArrayList<>(0);
    /** The way down to the value under examination: names (String) and list positions (Integer). */
    private final Object[] path = new Object[StrictJson.MAX_DEPTH + 1];
    private int depth;

    Check(String objectId) {
        this.objectId = objectId;
    }

    /** What breaks a rule. */
    public List<Fault> faults() {
        return faults;
    }

    /** Records that the value under examination breaks a rule. */
    void fault(String rule, String section) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(objectId, pointer(null), rule, section));
        }
    }

    /** Records that the member {@code name} of the value under examination breaks a rule. */
    void fault(String name, String rule, String section) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(objectId, pointer(name), rule, section));
        }
    }

    void enter(Object step) {
        path[depth++] = step;
    }

    void leave() {
        depth--;
    }

    /** Examines the member {@code name} of {@code object}, when it is there. */
    void member(JsonObject object, String name, PropertyType type) {
        Json value = object.get(name);
        if (value != null) {
            value(name, value, type);
        }
    }

    /** Examines {@code value} as the member or item {@code step}. */
    void value(Object step, Json value, PropertyType type) {
        enter(step);
        if (value instanceof JsonNull) {
            fault("null is not a value; leave the property out", "STIX 2.1, 2");
        } else {
            type.check(value, this);
        }
        leave();
    }

    /** The string member {@code name}, or null when it is absent or no string. */
    static String string(JsonObject object, String name) {
        return object.get(name) instanceof JsonString s ? s.value() : null;
    }

    /** Says so for each of {@code names} that {@code object} lacks. */
    void require(JsonObject object, Set<String> names, String section) {
        for (String name : names) {
            if (!object.has(name)) {
                fault(name, "the property is required and absent", section);
            }
        }
    }

    private String pointer(String last) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            step(path[i].toString(), out);
        }
        if (last != null) {
            step(last, out);
        }
        return out.toString();
    }

    private static void step(String name, StringBuilder out) {
        out.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
}
