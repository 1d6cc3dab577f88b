package uz.koprik.indicators.stix.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;

/**
 * A type whose values are objects with named members, such as an extension: a table like {@link TypeRules}. Immutable.
 */
public final class Shape implements PropertyType {

    private final String section;
    private final Map<String, PropertyType> members;
    private final Set<String> required;
    private final List<TypeRules.Rule> rules;
    private final Additions additions;

    private Shape(Builder b) {
        this.section = b.section;
        this.members = Map.copyOf(b.members);
        this.required = b.required;
        this.rules = List.copyOf(b.rules);
        this.additions = b.additions;
    }

    /** @param section where the type stands */
    public static Builder of(String section) {
        return new Builder(section, CustomProperties::nested);
    }

    /** As {@link #of}, for a predefined extension: what others add to it is named as properties are. */
    public static Builder extension(String section) {
        return new Builder(section, CustomProperties::ofPredefined);
    }

    /** As {@link #extension}, for an extension that STIX does not define. */
    static Builder foreignExtension(String section) {
        return new Builder(section, CustomProperties::ofExtension);
    }

    /** Examines a member that the table does not have. */
    @FunctionalInterface
    private interface Additions {
        void check(String name, Json value, ObjectCheck at);
    }

    @Override
    public void check(Json value, ObjectCheck at) {
        if (!(value instanceof JsonObject object)) {
            at.fault("an object is expected, not a value of kind " + value.kind(), section);
            return;
        }
        at.require(object, required, section);
        for (int i = 0; i < object.size(); i++) {
            PropertyType known = members.get(object.name(i));
            if (known == null) {
                additions.check(object.name(i), object.value(i), at);
            } else {
                at.value(object.name(i), object.value(i), known);
            }
        }
        for (TypeRules.Rule rule : rules) {
            rule.check(object, at);
        }
    }

    /** Collects the lines of the table. */
    public static final class Builder {
        private final String section;
        private final Map<String, PropertyType> members = new HashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
        private final List<TypeRules.Rule> rules = new ArrayList<>();
        private final Additions additions;

        private Builder(String section, Additions additions) {
            this.section = section;
            this.additions = additions;
        }

        public Builder required(String name, PropertyType type) {
            required.add(name);
            return optional(name, type);
        }

        public Builder optional(String name, PropertyType type) {
            members.put(name, type);
            return this;
        }

        /** Several optional members of one type. */
        public Builder all(PropertyType type, String... names) {
            for (String name : names) {
                optional(name, type);
            }
            return this;
        }

        public Builder rule(TypeRules.Rule rule) {
            rules.add(rule);
            return this;
        }

        /** At least one of the members so far is there. */
        public Builder atLeastOne() {
            return rule(Rules.anyOf(section, members.keySet().toArray(String[]::new)));
        }

        public Shape build() {
            return new Shape(this);
        }
    }
}
