package uz.koprik.indicators.stix.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNull;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.stix.values.StixId;

/** One examination of one object: where we are in it, and what was found so far. For one thread, used once. */
public final class ObjectCheck {

    /** Findings beyond this many of a kind are not recorded: one bad object must not fill a log. */
    private static final int MAX_FINDINGS = 100;

    /** What is wrong with an identifier that is not in lower case. */
    static final String OTHER_SPELLING =
            "an identifier is written in lower case, so that one object has one identifier";

    private final String objectId;
    /** Whether to look for violations of recommendations; that takes as long as the rest. */
    private final boolean advising;

    private final List<Fault> faults = new ArrayList<>(0);
    private final List<Fault> advice = new ArrayList<>(0);
    /** The way down to the value under examination: names (String) and list positions (Integer). */
    private final Object[] path = new Object[StrictJson.MAX_DEPTH + 2];

    private int depth;
    /** The {@code objects} of observed data that the value under examination is inside of, or null. */
    private JsonObject container;

    public ObjectCheck(String objectId, boolean advising) {
        this.objectId = objectId;
        this.advising = advising;
    }

    /** What makes the object invalid. */
    public List<Fault> faults() {
        return faults;
    }

    /** What the object does wrong and may be taken with; empty unless it was asked for. */
    public List<Fault> advice() {
        return advice;
    }

    /** Records that the value under examination breaks a rule. */
    public void fault(String rule, String section) {
        record(null, rule, section, Severity.MUST, null);
    }

    /** As {@link #fault(String, String)}, for a rule that intake can forgive. */
    public void fault(String rule, String section, ForgivableRule forgivable) {
        record(null, rule, section, Severity.MUST, forgivable);
    }

    /** Records that the member {@code name} of the value under examination breaks a rule. */
    public void fault(String name, String rule, String section) {
        record(name, rule, section, Severity.MUST, null);
    }

    /** As {@link #fault(String, String, String)}, for a rule that intake can forgive. */
    public void fault(String name, String rule, String section, ForgivableRule forgivable) {
        record(name, rule, section, Severity.MUST, forgivable);
    }

    /** Records a breach of a MUST that the field lives with; see {@link Severity#TOLERATED}. */
    public void tolerate(String rule, String section) {
        record(null, rule, section, Severity.TOLERATED, null);
    }

    /** As {@link #tolerate(String, String)}, for the member {@code name}. */
    public void tolerate(String name, String rule, String section) {
        record(name, rule, section, Severity.TOLERATED, null);
    }

    /** Records that the value under examination does what the specification advises against. */
    public void advise(String rule, String section) {
        record(null, rule, section, Severity.SHOULD, null);
    }

    /** As {@link #advise(String, String)}, for the member {@code name}. */
    public void advise(String name, String rule, String section) {
        record(name, rule, section, Severity.SHOULD, null);
    }

    /** Whether {@link #advise} and {@link #tolerate} have any effect. */
    public boolean advising() {
        return advising;
    }

    /** The dictionary of observables that references lead into, or null where they are identifiers. */
    public JsonObject container() {
        return container;
    }

    public void container(JsonObject objects) {
        container = objects;
    }

    void enter(Object step) {
        path[depth++] = step;
    }

    void leave() {
        depth--;
    }

    /** Examines the member {@code name} of {@code object}, when it is there. */
    public void member(JsonObject object, String name, PropertyType type) {
        Json value = object.get(name);
        if (value != null) {
            value(name, value, type);
        }
    }

    /** Examines {@code value} as the member or item {@code step}. */
    public void value(Object step, Json value, PropertyType type) {
        enter(step);
        if (value instanceof JsonNull && !type.takesNull()) {
            fault("null is not a value; leave the property out", "STIX 2.1, 2", ForgivableRule.NULL_VALUE);
        } else if (value instanceof JsonString s && StixId.isOtherSpelling(s.value())) {
            fault(
                    OTHER_SPELLING,
                    "STIX 2.1, 2.9; RFC 9562, 4"); // wherever it stands: some reader takes it for a reference
        } else {
            type.check(value, this);
        }
        leave();
    }

    /** The string member {@code name}, or null when it is absent or no string. */
    public static String string(JsonObject object, String name) {
        return object.get(name) instanceof JsonString s ? s.value() : null;
    }

    /** Whether {@code object} says nothing under {@code name}, null included. */
    static boolean absent(JsonObject object, String name) {
        Json value = object.get(name);
        return value == null || value instanceof JsonNull;
    }

    /** Says so for each of {@code names} that {@code object} lacks. */
    void require(JsonObject object, Collection<String> names, String section) {
        for (String name : names) {
            if (absent(object, name)) {
                fault(name, "the property is required and absent", section);
            }
        }
    }

    private void record(String name, String rule, String section, Severity severity, ForgivableRule forgivable) {
        List<Fault> findings = severity == Severity.MUST ? faults : advice;
        if ((severity == Severity.MUST || advising) && findings.size() < MAX_FINDINGS) {
            findings.add(new Fault(objectId, pointer(name), rule, section, severity, Optional.ofNullable(forgivable)));
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
        out.append('/').append(JsonPointer.token(name));
    }
}
