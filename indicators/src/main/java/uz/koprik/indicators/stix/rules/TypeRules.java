package uz.koprik.indicators.stix.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;

/** The rules of one type: its properties, which of them are required, and what must hold between them. Immutable. */
public final class TypeRules {

    /** A rule between properties. Properties of the checked object may be absent or malformed. */
    @FunctionalInterface
    public interface Rule {
        void check(JsonObject object, ObjectCheck at);
    }

    private final String type;
    private final String section;
    private final Map<String, PropertyType> properties;
    private final String[] required;
    private final Rule[] rules;
    private final Rule[] advice;

    private TypeRules(Builder b) {
        this.type = b.type;
        this.section = b.section;
        this.properties = Map.copyOf(b.properties);
        this.required = b.required.toArray(String[]::new);
        this.rules = b.rules.toArray(Rule[]::new);
        this.advice = b.advice.toArray(Rule[]::new);
    }

    /**
     * Begins the table of a type.
     *
     * @param common the properties it has in common with its family
     * @param section where the type stands
     */
    public static Builder of(String type, CommonProperties common, String section) {
        return new Builder(type, common, section);
    }

    public String type() {
        return type;
    }

    /** The names of all properties that the type has. */
    Set<String> properties() {
        return properties.keySet();
    }

    /** Examines an object of this type; {@code declared} when its custom properties are an extension's. */
    public void check(JsonObject object, boolean declared, ObjectCheck at) {
        for (String name : required) {
            if (ObjectCheck.absent(object, name)) {
                at.fault(name, "the property is required and absent", section);
            }
        }
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            PropertyType known = properties.get(name);
            if (known == null) {
                CustomProperties.check(name, object.value(i), declared, at);
            } else {
                at.value(name, object.value(i), known);
            }
        }
        for (Rule rule : rules) {
            rule.check(object, at);
        }
        if (at.advising()) {
            for (Rule rule : advice) {
                rule.check(object, at);
            }
        }
    }

    /** Collects the lines of the table. */
    public static final class Builder {
        private final String type;
        private final String section;
        private final Map<String, PropertyType> properties;
        private final Set<String> required;
        private final List<Rule> rules;
        private final List<Rule> advice;

        private Builder(String type, CommonProperties common, String section) {
            this.type = type;
            this.section = section;
            this.properties = new HashMap<>(common.properties());
            this.required = new LinkedHashSet<>(common.required());
            this.rules = new ArrayList<>(common.rules());
            this.advice = new ArrayList<>(common.advice());
        }

        public Builder required(String name, PropertyType type) {
            required.add(name);
            return optional(name, type);
        }

        public Builder optional(String name, PropertyType type) {
            properties.put(name, type);
            return this;
        }

        /** Several optional properties of one type. */
        public Builder all(PropertyType type, String... names) {
            for (String name : names) {
                optional(name, type);
            }
            return this;
        }

        /** Several optional strings. */
        public Builder strings(String... names) {
            return all(PropertyTypes.STRING, names);
        }

        /** Several optional timestamps. */
        public Builder timestamps(String... names) {
            return all(PropertyTypes.TIMESTAMP, names);
        }

        public Builder rule(Rule rule) {
            rules.add(rule);
            return this;
        }

        /** A rule that only advises; not run at intake. */
        public Builder advice(Rule rule) {
            advice.add(rule);
            return this;
        }

        /** The second, when both are there, is not earlier than the first. */
        public Builder inOrder(String first, String second) {
            return rule(Rules.inOrder(first, second, section, ForgivableRule.TIME_ORDER));
        }

        /** The second, when both are there, is later than the first. */
        public Builder strictlyInOrder(String first, String second) {
            return strictlyInOrder(first, second, ForgivableRule.TIME_ORDER);
        }

        /** As {@link #strictlyInOrder(String, String)}; {@code equal} is the rule that two equal times break. */
        public Builder strictlyInOrder(String first, String second, ForgivableRule equal) {
            return rule(Rules.strictlyInOrder(first, second, section, equal));
        }

        /** At least one of these is there. */
        public Builder anyOf(String... names) {
            return rule(Rules.anyOf(section, names));
        }

        public TypeRules build() {
            return new TypeRules(this);
        }
    }
}
