package uz.koprik.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds values to the schemas of the description: as much of JSON Schema as the description uses, and nothing silently.
 */
final class Schemas {

    private final JsonNode document;

    Schemas(JsonNode document) {
        this.document = document;
    }

    /** Everything in which {@code value} departs from {@code schema}, each with its JSON pointer. */
    List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check(schema, value, "", faults);
        return faults;
    }

    JsonNode named(String name) {
        JsonNode schema = document.at("/components/schemas/" + name);
        if (schema.isMissingNode()) {
            throw new AssertionError("the description has no schema " + name);
        }
        return schema;
    }

    JsonNode resolved(JsonNode node) {
        JsonNode ref = node.path("$ref");
        return ref.isMissingNode() ? node : document.at(ref.asText().substring(1));
    }

    private void check(JsonNode given, JsonNode value, String at, List<String> faults) {
        JsonNode schema = resolved(given);
        if (schema.isMissingNode()) {
            faults.add(at + ": refers to a schema that is not there: " + given);
            return;
        }
        if (schema.has("anyOf")) {
            List<String> best = null;
            for (JsonNode one : schema.path("anyOf")) {
                List<String> its = new ArrayList<>();
                check(one, value, at, its);
                best = best == null || its.size() < best.size() ? its : best;
            }
            faults.addAll(best == null ? List.of(at + ": anyOf without schemas") : best);
            return;
        }
        String type = schema.path("type").asText();
        boolean fits =
                switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> throw new AssertionError("a schema without a known type at " + at + ": " + schema);
                };
        if (!fits) {
            faults.add(at + ": " + type + " expected, " + value.getNodeType() + " found");
            return;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            faults.add(at + ": not one of " + schema.path("enum") + ": " + value);
        }
        if (schema.path("format").asText().equals("date-time")) {
            try {
                Instant.parse(value.asText());
            } catch (DateTimeParseException e) {
                faults.add(at + ": not a time: " + value);
            }
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), at + "/" + i, faults);
            }
        }
        if (value.isObject()) {
            members(schema, value, at, faults);
        }
    }

    private void members(JsonNode schema, JsonNode value, String at, List<String> faults) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                faults.add(at + ": the member " + name.asText() + " is missing");
            }
        });
        value.properties().forEach(member -> {
            String place = at + "/" + member.getKey();
            JsonNode known = schema.path("properties").path(member.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (!known.isMissingNode()) {
                check(known, member.getValue(), place, faults);
            } else if (others.isObject()) {
                check(others, member.getValue(), place, faults);
            } else if (others.isBoolean() && !others.asBoolean()) {
                faults.add(place + ": not described");
            }
        });
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
